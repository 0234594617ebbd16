"""The question that a follow-up makes of the one before it: what it names in the place of what that said."""

from __future__ import annotations

from dataclasses import fields, replace

from uvp.plan import Plan
from uvp.question import Filters, Question, Select, Show
from uvp.questions.carrying import carried
from uvp.questions.meaning import OPEN, is_open, select_of, show_of, stale_weeks
from uvp.questions.target import CHOICES
from uvp.questions.turn import ABOUT_ONE, Turn, names_other, of_everybody
from uvp.questions.weighing import left_out

_KEPT_SHOWS = (Show.COUNT, Show.WHO, Show.PROGRESS)


def changed(turn: Turn, plan: Plan) -> Question:
    """The question before with what the text names in the place of what it said."""
    s, slots, before = turn.s, turn.slots, turn.before
    select, show = _wanted(turn)
    filters = carried(turn, plan)
    if select is Select.STALE:
        filters = replace(filters, period=before.filters.period)
    if is_open(s) and select is None:
        filters = replace(filters, statuses=OPEN)
    elif select is not None and filters.statuses == OPEN:
        filters = replace(filters, statuses=())
    question = replace(
        before,
        text=turn.base.text,
        language=turn.base.language,
        reading=turn.base.reading,
        left_out=tuple(s.shown(i, i + 1) for i in left_out(s, turn.target)),
        select=select or before.select,
        show=_show(show, select, turn, filters),
        filters=filters,
        topics=_topics(turn),
        mine=before.mine or s.has("mine"),
        stale_weeks=stale_weeks(s, slots.period) if select is Select.STALE else before.stale_weeks,
        compared=None,
        choices=(),
        suggestion=None,
    )
    question = _about_one(question, turn)
    return replace(question, inherited=_inherited(question, before))


def _wanted(turn: Turn) -> tuple[Select | None, Show | None]:
    """Which actions and which shape the text asks for, seen from the question before; None for what stays."""
    s, slots, before = turn.s, turn.slots, turn.before
    select, show = select_of(s, slots.period), show_of(s)
    window = slots.period and slots.period.start  # *tot nu toe* is no time of its own
    if select is Select.UPDATED and len(before.filters.codes) == 1 and not window:
        show = Show.HISTORY
    if show in (None, Show.DETAIL) and s.has("deadline") and len(before.filters.codes) == 1:
        show = Show.WHEN
    if show is Show.WHO and (select is Select.ACTIVE or of_everybody(turn)):
        select, show = None, None if of_everybody(turn) else show  # *who does them* is not about what runs
    if select is Select.ACTIVE and _tells_which(turn):
        select = None
    if show is Show.WHEN and select in (Select.DUE, Select.DONE):
        select = None  # *when must that be finished* asks for the dates of what was listed
    if show is Show.DETAIL and (select is not None or slots.themes or slots.people):
        show = None
    if show is Show.PROGRESS and select is None:
        select = Select.ALL  # *how is that going* is about all of it
    return select, show


def _tells_which(turn: Turn) -> bool:
    """*Alleen wat Sengers doet*, *alleen wat in Wijchen speelt*: the verb belongs to what it names."""
    s = turn.s
    verb = not s.has("active") or turn.before.select is not Select.ALL
    return s.has("only") and s.has("what", "pronoun") and turn.slots.filters_something and verb


def _show(show: Show | None, select: Select | None, turn: Turn, filters: Filters) -> Show:
    s, before = turn.s, turn.before
    if show is not None:
        return show
    if before.show is Show.WHO and is_open(s):
        return Show.ACTIONS  # *en wat is daar nog open*
    if before.show is Show.COUNT and (s.has("which") or (s.has("define") and s.has("pronoun"))):
        return Show.ACTIONS
    if before.show is Show.COUNT or (before.show in _KEPT_SHOWS and select is None):
        return before.show
    return before.show if before.show in ABOUT_ONE and filters.codes else Show.ACTIONS


def _topics(turn: Turn) -> tuple[str, ...]:
    named = tuple(topic for _, topic in turn.slots.topics)
    keeps = turn.s.has("also") or not (named or turn.slots.themes)
    return (*(turn.before.topics if keeps else ()), *named)


def _about_one(question: Question, turn: Turn) -> Question:
    """What follows from an action that the text names, or from the single one that the answer before listed."""
    target, filters = turn.target, question.filters
    if turn.slots.remaining or turn.slots.not_held:
        return question if question.show not in ABOUT_ONE else replace(question, show=Show.ACTIONS)
    if target.codes and not turn.slots.topics:
        places = filters.municipalities
        if len(target.codes) == 1 and target.sure:
            filters = Filters(codes=target.codes, municipalities=places)
        elif target.sure and question.show in ABOUT_ONE and len(target.codes) <= CHOICES:
            return replace(question, filters=Filters(municipalities=places), select=Select.ALL, choices=target.codes)
        else:
            return replace(question, filters=replace(filters, codes=(), text=target.text))
    elif not filters.codes and question.show in ABOUT_ONE and not names_other(turn):
        listed = turn.context.codes
        if len(listed) == 1:
            filters = Filters(codes=listed, municipalities=filters.municipalities)
        elif question.show is Show.WHEN:
            return question
        elif 1 < len(listed) <= CHOICES:
            return replace(
                question, filters=Filters(municipalities=filters.municipalities), select=Select.ALL, choices=listed
            )
        else:
            return replace(question, show=Show.ACTIONS)
    if filters.codes:
        show = question.show if question.show in (*ABOUT_ONE, Show.WHO) else Show.DETAIL
        return replace(question, show=show, select=Select.ALL, filters=replace(filters, period=None))
    return replace(question, show=Show.ACTIONS) if question.show in (Show.DETAIL, Show.HISTORY) else question


def _inherited(question: Question, before: Question) -> tuple[str, ...]:
    """The names of what was taken over as it was."""
    names = [
        f.name
        for f in fields(Filters)
        if (v := getattr(question.filters, f.name)) and v == getattr(before.filters, f.name)
    ]
    if question.select is before.select and question.select is not Select.ALL:
        names.insert(0, "select")
    if question.show is before.show and question.show is not Show.ACTIONS:
        names.insert(0, "show")
    return tuple(names)
