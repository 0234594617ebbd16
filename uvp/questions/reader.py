"""Reads a question: slots (what it names), cues (what it wants) and a remainder (what is left over)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from uvp.period import Period
from uvp.plan import Plan
from uvp.question import Context, Filters, Intent, Question, Select, Show
from uvp.questions.actions import ActionIndex
from uvp.questions.explaining import explain
from uvp.questions.followup import Turn, follow_up
from uvp.questions.intents import other_intent
from uvp.questions.language import language_of
from uvp.questions.lexicon import LanguageData, Lexicon
from uvp.questions.meaning import OPEN, is_open, select_of, show_of, stale_weeks
from uvp.questions.sentence import Parser, Sentence
from uvp.questions.slots import Slots, read_slots
from uvp.questions.target import CHOICES, Target, find_target
from uvp.questions.update import Parts, reported_update
from uvp.questions.weighing import ENOUGH, ENOUGH_KNOWN, left_over, weight

_ABOUT_ONE = (Show.DETAIL, Show.WHEN, Show.HISTORY)


class Reader:
    """Reads questions about one plan; building it compiles the language data and indexes the plan.

    ``common`` are words that are never taken for a typing error, beside those of the language data and the plan.
    """

    def __init__(self, language_data: LanguageData, plan: Plan, common: Iterable[str] = ()) -> None:
        self._plan = plan
        self._lexicon = Lexicon(language_data, plan, common)
        self._index = ActionIndex(plan)
        self._parser = Parser(self._lexicon, self._index, Period(plan.start, plan.end))

    def read(self, text: str, today: date, context: Context | None = None) -> Question:
        """What a text means on a day, after the question of ``context`` where there is one."""
        s, slots, target = self._take_apart(text, today)
        language = language_of(s, self._lexicon.stop)
        base = Question(text, language or "nl", Intent.UNKNOWN, reading=explain(s, target))
        if context is not None:
            if language is None:
                base = replace(base, language=context.question.language)
            if followed := follow_up(Turn(s, slots, target, base, context), self._plan, self._index):
                return followed
        return self._standalone(s, slots, target, base)

    def _take_apart(self, text: str, today: date) -> Parts:
        s = self._parser.parse(text, today)
        slots = read_slots(s, self._plan)
        return s, slots, find_target(s, slots, self._index)

    def _standalone(self, s: Sentence, slots: Slots, target: Target, base: Question) -> Question:
        if s.has("foreign") and not slots.codes:
            return replace(base, left_out=_shown(s, left_over(s, target)))
        if reported := reported_update((s, slots, target), lambda part: self._take_apart(part, s.today)):
            update, choices = reported
            return replace(base, intent=Intent.UPDATE, update=update, choices=choices)
        if intent := other_intent(s, slots, target):
            return replace(base, intent=intent)
        return ask(s, slots, target, base)


def ask(s: Sentence, slots: Slots, target: Target, base: Question) -> Question:
    """The question about the plan, or ``unknown`` where too little speaks for one."""
    select = select_of(s, slots.period)
    left = left_over(s, target)
    score = weight(s, slots, target, select)
    outside = s.has("outside") and not (s.has("action", "plan", "list") or slots.codes)
    enough = ENOUGH if left or outside else ENOUGH_KNOWN
    if is_open(s):
        score += 0.5
    base = replace(base, left_out=_shown(s, left))
    if slots.unknown_codes and not slots.codes:
        return replace(base, left_out=(*slots.unknown_codes, *base.left_out))
    if score < enough or (outside and not target.sure):
        return base
    return shape(s, slots, target, select, replace(base, intent=Intent.ASK))


def shape(s: Sentence, slots: Slots, target: Target, select: Select | None, base: Question) -> Question:
    """Joins what is named and what is wanted to one question."""
    show = show_of(s)
    filters = Filters(
        themes=tuple(slots.themes),
        sections=tuple(dict.fromkeys(slots.sections)),
        period=slots.period,
        statuses=tuple(slots.statuses),
        municipalities=tuple(slots.municipalities),
        people=tuple(slots.people),
        partners=tuple(slots.partners),
        recurrences=tuple(dict.fromkeys(slots.recurrences)),
    )
    if slots.codes:
        return _about(tuple(slots.codes), show, filters, base)
    listing = _listing(s, select, show)
    if target.codes and not (slots.topic and show is Show.WHO):
        if len(target.codes) == 1 and target.sure and not listing:
            return _about(target.codes, show, filters, base)
        if 1 < len(target.codes) <= CHOICES and target.sure and not listing and show in (*_ABOUT_ONE, None):
            about = _about((), show, filters, base)
            return replace(about, choices=target.codes)
        filters = replace(filters, text=target.text or None)
    elif slots.topic:
        theme, topic = slots.topic
        base = replace(base, topic=topic)
        filters = replace(filters, themes=(theme,))
    return _listed(s, slots, select, show, filters, base)


def _about(codes: tuple[str, ...], show: Show | None, filters: Filters, base: Question) -> Question:
    """One action, or the few that are named: everything else named only tells where."""
    if show in (None, Show.PROGRESS, Show.COUNT, Show.ACTIONS):
        show = Show.DETAIL
    kept = Filters(codes=codes, municipalities=filters.municipalities)
    return replace(base, show=show, select=Select.ALL, filters=kept)


def _listing(s: Sentence, select: Select | None, show: Show | None) -> bool:
    """Whether several actions are asked for, not a single one."""
    plural = any(s.words[m.end - 1].token.word.endswith(("s", "en", "n")) for m in s.signs.get("action", ()))
    if plural or show is Show.COUNT or s.has("planned", "section"):
        return True
    if show in _ABOUT_ONE:
        return False
    return s.has("list") or (select is not None and s.has("what"))


def _listed(
    s: Sentence, slots: Slots, select: Select | None, show: Show | None, filters: Filters, base: Question
) -> Question:
    if select is None and is_open(s) and not filters.statuses:
        filters = replace(filters, statuses=OPEN)
    if show in (Show.WHEN, Show.DETAIL, Show.HISTORY):
        if show is Show.WHEN and select is None:
            select = Select.DUE
        if show is Show.HISTORY and select is None:
            select = Select.UPDATED
        show = Show.ACTIONS
    if show is Show.WHO and select in (Select.ACTIVE, Select.ALL):
        select = Select.ALL
    if show is Show.PROGRESS:
        if select in (None, Select.ACTIVE, Select.ALL, Select.UPDATED):
            select = Select.ALL
        else:
            show = Show.ACTIONS
    weeks = base.stale_weeks
    if select is Select.STALE:
        weeks, filters = stale_weeks(s, filters.period), replace(filters, period=None)
    return replace(
        base,
        show=show or Show.ACTIONS,
        select=select or Select.ALL,
        filters=filters,
        compared=slots.compared,
        mine=s.has("mine"),
        stale_weeks=weeks,
    )


def _shown(s: Sentence, indexes: Iterable[int]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s.shown(i, i + 1) for i in indexes))
