"""Reads a question: slots (what it names), cues (what it wants) and a remainder (what is left over)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from uvp.period import Period
from uvp.plan import Plan
from uvp.question import Context, Intent, Question
from uvp.questions.actions import ActionIndex
from uvp.questions.explaining import explain
from uvp.questions.followup import Turn, follow_up
from uvp.questions.intents import other_intent
from uvp.questions.language import language_of
from uvp.questions.lexicon import LanguageData, Lexicon
from uvp.questions.meaning import select_of
from uvp.questions.relevance import is_about_plan
from uvp.questions.sentence import Parser, Sentence
from uvp.questions.shaping import shape
from uvp.questions.slots import Slots, read_slots
from uvp.questions.target import Target, find_target
from uvp.questions.update import Parts, reported_update
from uvp.questions.weighing import left_over


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
        return s, slots, find_target(s, slots, self._index, self._lexicon)

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
    left = _shown(s, left_over(s, target))
    if slots.unknown_codes and not slots.codes:
        return replace(base, left_out=(*slots.unknown_codes, *left))
    base = replace(base, left_out=left)
    if not is_about_plan(s, slots, target, select, connectors):
        return base
    return shape(s, slots, target, select, replace(base, intent=Intent.ASK))


def _shown(s: Sentence, indexes: Iterable[int]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s.shown(i, i + 1) for i in indexes))
