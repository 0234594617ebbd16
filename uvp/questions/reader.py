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
from uvp.questions.weighing import ENOUGH, ENOUGH_KNOWN, is_fragment, left_over, names_only_places, weight

_ABOUT_ONE = (Show.DETAIL, Show.WHEN, Show.HISTORY)


class Reader:
    """Reads questions about one plan; building it compiles the language data and indexes the plan.

    ``language_data`` is that of ``uvp.language.question_data``.
    """

    def __init__(self, language_data: LanguageData, plan: Plan) -> None:
        self._plan = plan
        self._lexicon = Lexicon(language_data, plan)
        self._index = ActionIndex(plan)
        self._connectors = self._lexicon.connectors
        self._parser = Parser(self._lexicon, self._index, Period(plan.start, plan.end))

    def read(self, text: str, today: date, context: Context | None = None) -> Question:
        """What a text means on a day, after the question of ``context`` where there is one."""
        s, slots, target = self._take_apart(text, today)
        language = language_of(s, self._lexicon.stop)
        base = Question(text, language or "nl", Intent.UNKNOWN, reading=explain(s, target))
        if context is not None:
            if language is None:
                base = replace(base, language=context.question.language)
            turn = Turn(s, slots, target, base, context)
            if followed := follow_up(turn, self._plan, self._index, lambda part: self._take_apart(part, today)):
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
        return ask(s, slots, target, base, self._connectors)


def ask(s: Sentence, slots: Slots, target: Target, base: Question, connectors: frozenset[str]) -> Question:
    """The question about the plan, or ``unknown`` where too little speaks for one."""
    select = select_of(s, slots.period)
    left = left_over(s, target)
    base = replace(base, left_out=_shown(s, left))
    if slots.unknown_codes and not slots.codes:
        return replace(base, left_out=(*slots.unknown_codes, *base.left_out))
    score = weight(s, slots, target, select) + 0.5 * is_open(s)
    if score < (ENOUGH if left else ENOUGH_KNOWN) or not _is_about_plan(s, slots, target, select, connectors):
        return base
    return shape(s, slots, target, select, replace(base, intent=Intent.ASK))


def _is_about_plan(
    s: Sentence, slots: Slots, target: Target, select: Select | None, connectors: frozenset[str]
) -> bool:
    """Whether it says what of the plan it wants, where naming a theme, a place or a party is not enough."""
    told = s.has("action", "plan", "list", "progress") or bool(slots.codes)
    about_one = target.sure and s.has("when", "who", "history", "detail")
    if s.has("outside") and not told and not about_one:
        return False
    if s.has("doubtful") and not (told or target.sure or select is not None):
        return False
    if s.has("when") and not (told or target.codes or slots.filters_something or s.has("thing", "we", "deadline")):
        return False
    if names_only_places(slots, target) and not told and select is None:
        return s.has("thing", "doing") or is_fragment(s, connectors)
    # Words of a description alone are too common to be what a question is about.
    if is_fragment(s, connectors):
        return True
    return not target.codes or target.sure or told or s.has("thing", "doing", "we") or bool(slots.themes or slots.topic)


def shape(s: Sentence, slots: Slots, target: Target, select: Select | None, base: Question) -> Question:
    """Joins what is named and what is wanted to one question."""
    show = show_of(s)
    if show is None and s.has("title") and (slots.themes or slots.topic) and not (slots.people or s.has("action")):
        show = Show.WHO
    filters = Filters(
        themes=tuple(slots.themes),
        sections=tuple(dict.fromkeys(slots.sections)),
        period=slots.period,
        statuses=tuple(slots.statuses),
        municipalities=tuple(slots.municipalities),
        people=tuple(slots.people),
        partners=tuple(slots.partners),
        recurrences=tuple(dict.fromkeys(slots.recurrences)),
        codes=tuple(slots.remaining),
    )
    if slots.codes:
        return _about(s, tuple(slots.codes), show, filters, base)
    plural = _plural(s, show)
    if target.codes and not (slots.topic and show is Show.WHO):
        if len(target.codes) == 1 and target.sure and not plural:
            return _about(s, target.codes, show, filters, base)
        listing = plural or (show not in _ABOUT_ONE and _lists(s, select, show))
        if 1 < len(target.codes) <= CHOICES and target.sure and not listing and show in (*_ABOUT_ONE, None):
            return replace(_about(s, (), show, filters, base), choices=target.codes)
        filters = replace(filters, text=target.text or None)
    elif slots.topic:
        theme, topic = slots.topic
        base = replace(base, topic=topic)
        filters = replace(filters, themes=(theme,))
    return _listed(s, slots, select, show, filters, base)


def _about(s: Sentence, codes: tuple[str, ...], show: Show | None, filters: Filters, base: Question) -> Question:
    """One action, or the few that are named: everything else named only tells where."""
    if s.has("updated") and show is not Show.DETAIL:
        show = Show.HISTORY
    elif show is None and s.has("deadline", "planned"):
        show = Show.WHEN
    elif show in (None, Show.PROGRESS, Show.COUNT, Show.ACTIONS):
        show = Show.DETAIL
    kept = Filters(codes=codes, municipalities=filters.municipalities)
    return replace(base, show=show, select=Select.ALL, filters=kept)


def _plural(s: Sentence, show: Show | None) -> bool:
    """Whether it speaks of actions, not of one."""
    plural = any(s.words[m.end - 1].token.word.endswith(("s", "en")) for m in s.signs.get("action", ()))
    return plural or show is Show.COUNT or s.has("section")


def _lists(s: Sentence, select: Select | None, show: Show | None) -> bool:
    """Whether all that fits is asked for, so that no one needs to be chosen."""
    return show in (Show.WHO, Show.PROGRESS) or s.has("list", "planned") or (select is not None and s.has("what"))


def _listed(
    s: Sentence, slots: Slots, select: Select | None, show: Show | None, filters: Filters, base: Question
) -> Question:
    if select is None and is_open(s) and not filters.statuses:
        filters = replace(filters, statuses=OPEN)
    if show in (Show.WHEN, Show.DETAIL, Show.HISTORY):
        if show is Show.WHEN and select in (None, Select.DONE):
            select = Select.DUE
        if show is Show.HISTORY and select is None:
            select = Select.UPDATED
        show = Show.ACTIONS
    if show is Show.WHO and select in (Select.ACTIVE, Select.ALL):
        select = Select.ALL
    if show is Show.PROGRESS:
        if select in (None, Select.ACTIVE, Select.ALL, Select.UPDATED, Select.DONE):
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
        mine=s.has("mine") and show is not Show.WHO and (select is not None or s.has("action", "thing")),
        stale_weeks=weeks,
    )


def _shown(s: Sentence, indexes: Iterable[int]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s.shown(i, i + 1) for i in indexes))
