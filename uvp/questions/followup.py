"""Follow-ups: a text that changes only what it names of the question before it.

A question that stands on its own starts afresh; a fragment, a pronoun, an ordinal or a word such as *en*, *ook*,
*alleen* or *nee* at the start refers back.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from uvp.plan import Plan
from uvp.question import Context, Filters, Intent, Question, ReportedUpdate, Select, Show
from uvp.questions.actions import ActionIndex
from uvp.questions.meaning import OPEN, is_open, select_of, show_of, stale_weeks
from uvp.questions.sentence import Sentence
from uvp.questions.slots import Slots
from uvp.questions.target import CHOICES, Target
from uvp.questions.update import Parts, Read, reported_update
from uvp.questions.weighing import left_over

_OPENERS = ("and", "also", "only", "correct", "except")
_SHORT = 4  # words: a question this short without a noun of its own refers back
_ABOUT_ONE = (Show.DETAIL, Show.WHEN, Show.HISTORY)
_KEPT_SHOWS = (Show.COUNT, Show.WHO, Show.PROGRESS)
_STANDALONE = ("action", "list", "plan", "foreign", "outside", "help", "digest", "report", "greeting", "thanks")


@dataclass(frozen=True, slots=True)
class Turn:
    """A text in a conversation: what it was taken apart into, what is known of it so far, and what came before."""

    s: Sentence
    slots: Slots
    target: Target
    base: Question
    context: Context

    @property
    def before(self) -> Question:
        """The question before."""
        return self.context.question


def follow_up(turn: Turn, plan: Plan, index: ActionIndex, read: Read) -> Question | None:
    """The question that a follow-up makes of the one before it; None for a text that stands on its own.

    ``read`` takes a part of the text apart.
    """
    if turn.s.has("foreign"):
        return None
    if repeated := _repeated(turn):
        return repeated
    if turn.before.intent not in (Intent.ASK, Intent.UPDATE):
        return None
    if chosen := _chosen(turn, index):
        return chosen
    if reported := _reported(turn, read):
        return reported
    if turn.before.intent is not Intent.ASK:
        return None
    if of_holder := _of_holder(turn, plan):
        return of_holder
    if not _refers_back(turn):
        return None
    return _changed(turn, plan)


def _repeated(turn: Turn) -> Question | None:
    """*Terug* and *opnieuw*: the question before the last, or the last one again."""
    s, slots = turn.s, turn.slots
    if len(s.words) > _SHORT + 1 or slots.filters_something or slots.period or s.of_kind("unknown", "known"):
        return None
    if not set(s.signs) - {"back", "again", "pronoun", "and", "correct", "be", "list", "already"}:
        target = turn.context.previous if s.has("back") else turn.before if s.has("again") else None
        if target is not None:
            return replace(target, text=turn.base.text, reading=turn.base.reading, inherited=_said(target))
    return None


def _said(question: Question) -> tuple[str, ...]:
    """The names of what a question says beside the defaults."""
    named = [f.name for f in fields(Filters) if getattr(question.filters, f.name)]
    return ("show", "select", *named)


def _chosen(turn: Turn, index: ActionIndex) -> Question | None:
    """*De tweede*, or the one of the choices that the text names."""
    offered = turn.before.choices or turn.context.codes
    s = turn.s
    ordinals = [value for _, value in s.names("ordinal")]
    if len(s.words) == 1 and s.words[0].token.word.isdigit() and len(s.words[0].token.word) < 3:
        ordinals = [int(s.words[0].token.word)]
    if ordinals and offered and not s.has("updated", "history", "starting") and not _names_other(turn):
        codes = tuple(offered[n - 1 if n > 0 else n] for n in ordinals if -len(offered) <= n <= len(offered))
        return _picked(turn, codes) if codes else None
    if not turn.before.choices:
        return None
    if s.has("every_one") and turn.before.intent is Intent.ASK and not _names_other(turn):
        return replace(turn.base, intent=Intent.ASK, filters=Filters(codes=turn.before.choices), inherited=("codes",))
    if turn.slots.codes:
        named = [c for c in turn.slots.codes if c in turn.before.choices]
    else:
        rest = [s.words[i].key for i in sorted({*s.of_kind("known", "generic"), *turn.target.words})]
        found = index.find(rest, among=turn.before.choices) if rest else None
        named = list(found.codes) if found and len(found.codes) == 1 else []
    return _picked(turn, tuple(named)) if named else None


def _of_holder(turn: Turn, plan: Plan) -> Question | None:
    """*Welke acties heeft zij*: those of who holds what the question before asked about."""
    s, before = turn.s, turn.before
    if before.show is not Show.WHO or not s.has("holder") or not s.has("action", "thing", "doing", "count"):
        return None
    themes = [t for t in plan.themes if t.code in before.filters.themes]
    people: list[str | None] = [h.person for t in themes for h in t.holders if h.topic == before.topic]
    for action in (plan.by_code[code] for code in before.filters.codes):
        people.append(action.holder or plan.theme_by_code[action.theme].holder)
    named = tuple(dict.fromkeys(p for p in people if p))
    if not named or _names_other(turn):
        return None
    show = Show.COUNT if s.has("count") else Show.ACTIONS
    select = select_of(s, None)
    if select in (None, Select.ACTIVE):
        select = Select.ALL
    return replace(
        turn.base, intent=Intent.ASK, show=show, select=select, filters=Filters(people=named), inherited=("people",)
    )


def _reported(turn: Turn, read: Read) -> Question | None:
    """*Die is klaar in Druten*: a status report about the single action of the answer before."""
    codes = turn.before.filters.codes or turn.context.codes
    if len(codes) != 1 or not turn.s.has("pronoun") or turn.slots.codes or turn.target.codes:
        return None

    def read_about(text: str) -> Parts:
        s, slots, target = read(text)
        slots.codes = slots.codes or list(codes)
        return s, slots, target

    report = reported_update(read_about(turn.s.text), read_about)
    if report is None:
        return None
    return replace(turn.base, intent=Intent.UPDATE, update=report[0], choices=report[1], inherited=("codes",))


def _names_other(turn: Turn) -> bool:
    slots = turn.slots
    return bool(slots.themes or slots.codes or slots.people or slots.partners or slots.aliases or slots.period)


def _picked(turn: Turn, codes: tuple[str, ...]) -> Question:
    before, base = turn.before, turn.base
    if before.intent is Intent.UPDATE:
        update = replace(before.update or ReportedUpdate(), codes=codes)
        return replace(base, intent=Intent.UPDATE, update=update, inherited=("update",))
    said = show_of(turn.s)
    show = said or (before.show if before.choices else Show.DETAIL)
    if show not in (*_ABOUT_ONE, Show.WHO):
        show = Show.DETAIL
    places = tuple(turn.slots.municipalities) or before.filters.municipalities
    filters = Filters(codes=codes, municipalities=places)
    inherited = ("show",) if before.choices and not said else ()
    return replace(base, intent=Intent.ASK, show=show, filters=filters, inherited=(*inherited, "codes"))


def _refers_back(turn: Turn) -> bool:
    s, slots = turn.s, turn.slots
    left = left_over(s, turn.target)
    named = slots.filters_something or slots.period is not None or bool(slots.every) or bool(turn.target.codes)
    if left and (not named or len(left) > 1):
        return False
    if any(m.start <= 1 and (m.start == 0 or sign != "and") for sign in _OPENERS for m in s.signs.get(sign, ())):
        return named or not left
    told = select_of(s, slots.period) is not None or show_of(s) is not None
    own = bool(slots.themes or slots.codes or slots.people or slots.partners or turn.target.codes or slots.topic)
    if s.has("pronoun") and not own and not s.has(*_STANDALONE):
        return True
    if s.has(*_STANDALONE):
        return False
    if not told and not s.has("what", "who", "count", "doing", "must"):
        return named or is_open(s)
    return not named and len(s.words) <= _SHORT and not s.has("what") and not left


def _changed(turn: Turn, plan: Plan) -> Question:
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
        topic=slots.topic[1] if slots.topic else None if slots.themes else before.topic,
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
    return before.show if before.show in _ABOUT_ONE and filters.codes else Show.ACTIONS


def _filters(turn: Turn, plan: Plan) -> Filters:
    slots, old = turn.slots, turn.before.filters
    add = turn.s.has("also")
    changes: dict[str, object] = {}
    for name, values in (
        ("themes", [slots.topic[0]] if slots.topic and not slots.themes else slots.themes),
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
    if slots.period is not None:
        changes["period"] = slots.period
    for name in slots.every:
        changes[name] = ()
    if {"themes", "people", "partners", "sections"} & set(changes) and not add:
        changes |= {"codes": (), "text": None} | ({} if "sections" in changes else {"sections": ()})
    if slots.codes:
        return Filters(codes=tuple(slots.codes), municipalities=old.municipalities)
    return replace(old, **changes)  # type: ignore[arg-type]  # the names are those of the fields above


def _about_one(question: Question, turn: Turn) -> Question:
    """What follows from an action that the text names, or from the single one that the answer before listed."""
    target, filters = turn.target, question.filters
    if target.codes and not turn.slots.topic:
        places = filters.municipalities
        if len(target.codes) == 1 and target.sure:
            filters = Filters(codes=target.codes, municipalities=places)
        elif target.sure and question.show in _ABOUT_ONE and len(target.codes) <= CHOICES:
            return replace(question, filters=Filters(municipalities=places), select=Select.ALL, choices=target.codes)
        else:
            return replace(question, filters=replace(filters, codes=(), text=target.text))
    elif not filters.codes and question.show in _ABOUT_ONE and not _names_other(turn):
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
        show = question.show if question.show in (*_ABOUT_ONE, Show.WHO) else Show.DETAIL
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
