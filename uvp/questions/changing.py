"""The question that a follow-up makes of the one before it: what it names in the place of what that said."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from uvp.period import Period
from uvp.plan import Plan
from uvp.question import Context, Filters, Question, Select, Show
from uvp.questions.meaning import OPEN, is_open, select_of, show_of, stale_weeks
from uvp.questions.sentence import Sentence
from uvp.questions.slots import Slots
from uvp.questions.target import CHOICES, Target
from uvp.questions.weighing import left_over

ABOUT_ONE = (Show.DETAIL, Show.WHEN, Show.HISTORY)
SHORT = 4  # words: a question this short without a noun of its own refers back
_FOR = frozenset({"voor", "for", "by"})
_LONG = 27  # days: a shorter time is one to be ready by
_KEPT_SHOWS = (Show.COUNT, Show.WHO, Show.PROGRESS)


@dataclass(frozen=True, slots=True)
class Turn:
    """A text in a conversation: what it was taken apart into, what is known of it so far, and what came before.

    ``fragment`` says that it is names and the small words between them, no sentence.
    """

    s: Sentence
    slots: Slots
    target: Target
    base: Question
    context: Context
    fragment: bool
    determiners: frozenset[str]

    @property
    def before(self) -> Question:
        """The question before."""
        return self.context.question


def names_actions(turn: Turn) -> bool:
    """Whether it names a theme, an action, a person or a party of its own."""
    slots = turn.slots
    return bool(slots.themes or slots.codes or slots.people or slots.partners or slots.aliases)


def names_other(turn: Turn) -> bool:
    """Whether it names actions of its own, or a period."""
    return names_actions(turn) or turn.slots.period is not None


def changed(turn: Turn, plan: Plan) -> Question:
    """The question before with what the text names in the place of what it said."""
    s, slots, before = turn.s, turn.slots, turn.before
    select, show = select_of(s, slots.period), show_of(s)
    if select is Select.UPDATED and len(before.filters.codes) == 1:
        show = Show.HISTORY
    if show in (None, Show.DETAIL) and s.has("deadline") and len(before.filters.codes) == 1:
        show = Show.WHEN
    if show is Show.WHEN and select in (Select.DUE, Select.DONE):
        select = None  # *when must that be finished* asks for the dates of what was listed
    if show is Show.DETAIL and (select is not None or slots.themes or slots.people):
        show = None
    if show is Show.PROGRESS and select is None:
        select = Select.ALL  # *how is that going* is about all of it
    filters = _filters(turn, plan)
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
        left_out=tuple(s.shown(i, i + 1) for i in left_over(s, turn.target)),
        select=select or before.select,
        show=_show(show, select, before, filters),
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


def _show(show: Show | None, select: Select | None, before: Question, filters: Filters) -> Show:
    if show is not None:
        return show
    if before.show is Show.COUNT or (before.show in _KEPT_SHOWS and select is None):
        return before.show
    return before.show if before.show in ABOUT_ONE and filters.codes else Show.ACTIONS


def _topics(turn: Turn) -> tuple[str, ...]:
    named = tuple(topic for _, topic in turn.slots.topics)
    keeps = turn.s.has("also") or not (named or turn.slots.themes)
    return (*(turn.before.topics if keeps else ()), *named)


def _filters(turn: Turn, plan: Plan) -> Filters:
    slots, old = turn.slots, turn.before.filters
    add = turn.s.has("also")
    changes: dict[str, object] = {}
    for name, values in (
        ("themes", slots.themes or [theme for theme, _ in slots.topics]),
        ("sections", slots.sections),
        ("municipalities", slots.municipalities),
        ("people", slots.people),
        ("partners", slots.partners),
        ("statuses", slots.statuses),
        ("recurrences", slots.recurrences),
    ):
        if values:
            kept = getattr(old, name) if add else ()
            changes[name] = tuple(dict.fromkeys((*kept, *values)))
    if excluded := slots.without.get("theme"):
        kept = old.themes or tuple(t.code for t in plan.themes)
        changes["themes"] = tuple(t for t in kept if t not in excluded)
    if slots.period is not None and not slots.now:
        changes["period"] = _in_place_of(old.period, turn) or slots.period
    for name in slots.every:
        changes[name] = ()
    if slots.remaining:
        changes["codes"] = tuple(c for c in old.codes or slots.remaining if c in slots.remaining)
    elif {"themes", "people", "partners", "sections"} & set(changes) and not add:
        changes |= {"codes": (), "text": None} | ({} if "sections" in changes else {"sections": ()})
    if slots.codes:
        return Filters(codes=tuple(slots.codes), municipalities=old.municipalities)
    return replace(old, **changes)  # type: ignore[arg-type]  # the names are those of the fields above


def _in_place_of(period: Period | None, turn: Turn) -> Period | None:
    """*En voor Q1?* after a period means that quarter, not what ends before it; *vóór* keeps its meaning."""
    s = turn.s
    if period is None or period.start is None or not s.periods:
        return None
    start, end, found = s.periods[0]
    if (
        end - start < 2
        or found.period is None
        or found.period.start is not None
        or s.shown(start, start + 1) not in _FOR
    ):
        return None
    named = s.period_of(start + 1)
    if named is None or named.start is None or named.end is None:
        return None
    return named if (named.end - named.start).days >= _LONG else None


def _about_one(question: Question, turn: Turn) -> Question:
    """What follows from an action that the text names, or from the single one that the answer before listed."""
    target, filters = turn.target, question.filters
    if turn.slots.remaining:
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
