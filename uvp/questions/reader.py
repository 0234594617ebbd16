"""Reads a question: slots (what it names), cues (what it wants) and a remainder (what is left over)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from uvp.period import Period
from uvp.plan import Plan
from uvp.question import Context, Intent, Question, ReportedUpdate
from uvp.questions.actions import ActionIndex
from uvp.questions.clauses import clauses_of
from uvp.questions.exclusion import exclude
from uvp.questions.explaining import explain
from uvp.questions.followup import follow_up, lists_all
from uvp.questions.framing import asks_something, relayed, without_occasion
from uvp.questions.intents import other_intent
from uvp.questions.language import language_of
from uvp.questions.lexicon import LanguageData, Lexicon
from uvp.questions.meaning import select_of
from uvp.questions.parsing import Parser
from uvp.questions.relevance import FOLLOW_UP_SIGNS, is_about_plan, is_fragment
from uvp.questions.remarks import is_bare
from uvp.questions.sentence import Sentence
from uvp.questions.shaping import shape
from uvp.questions.slots import Slots, read_slots
from uvp.questions.strangers import OF_ANOTHER, names_something_else
from uvp.questions.target import Target, find_target
from uvp.questions.turn import Turn
from uvp.questions.update import Parts, reported_update
from uvp.questions.weighing import left_out

_ASIDE = 2  # words beside a clause that refers to what was said before
_PURPOSE = 60  # characters before a colon


class Reader:
    """Reads questions about one plan; building it compiles the language data and indexes the plan.

    ``language_data`` is that of ``uvp.language.question_data``.
    """

    def __init__(self, language_data: LanguageData, plan: Plan) -> None:
        self._plan = plan
        self.lexicon = Lexicon(language_data, plan)
        self.index = ActionIndex(plan)
        self.parser = Parser(self.lexicon, self.index, Period(plan.start, plan.end))

    def read(self, text: str, today: date, context: Context | None = None) -> Question:
        """What a text means on a day, after the question of ``context`` where there is one."""
        parts = self._without_purpose(*self._without_greeting(*self._take_apart(text, today)))
        s, slots, target = self._without_frame(*parts)
        language = language_of(s, self.lexicon.stop)
        base = Question(text, language or "nl", Intent.UNKNOWN, reading=explain(s, target))
        if context is not None:
            if language is None:
                base = replace(base, language=context.question.language)
            if followed := self._following((s, slots, target), base, context):
                return followed
        question = self._standalone(s, slots, target, base)
        if context is not None and lists_all(question, s, context.question):
            question = replace(base, left_out=question.left_out)
        if question.intent is Intent.UNKNOWN and not s.has("foreign"):
            return self._by_clause(s, base, context) or replace(question, suggestion=self._suggestion(s))
        return question

    def _following(self, parts: Parts, base: Question, context: Context) -> Question | None:
        """The text as a follow-up; None where it stands on its own."""
        s, slots, target = parts
        fragment = is_fragment(s, self.lexicon.connectors | self.lexicon.fillers, FOLLOW_UP_SIGNS)
        turn = Turn(s, slots, target, base, context, fragment, self.lexicon)
        return follow_up(turn, self._plan, self.index, lambda part: self._take_apart(part, s.today))

    def _of_participants(self, update: ReportedUpdate, slots: Slots) -> ReportedUpdate:
        """*Overal behalve in Wijchen* means those that take part in the action."""
        if "municipality" not in slots.without or len(update.codes) != 1:
            return update
        takes_part = self._plan.participants(self._plan.by_code[update.codes[0]])
        return replace(update, municipalities=tuple(m for m in update.municipalities if m in takes_part))

    def _by_clause(self, s: Sentence, base: Question, context: Context | None) -> Question | None:
        """*Morgen overleg met Bergman, wat loopt er?*: the only clause that asks something; the others are left out.

        After a mere exclamation (*pardon, verkeer*) it may refer to what was said before.
        """
        clauses = [self._take_apart(clause, s.today) for clause in clauses_of(s.text)]
        if any(clause.has("foreign") for clause, _, _ in clauses):
            return None
        questions = [self._of_clause(s, parts, base, context) for parts in clauses]
        asked = [i for i, question in enumerate(questions) if question.intent is Intent.ASK]
        if len(asked) != 1 or (context is not None and lists_all(questions[asked[0]], s, context.question)):
            return None
        at = asked[0]
        question, others = questions[at], [parts for i, parts in enumerate(clauses) if i != at]
        if self._is_about_else(question, clauses[at][0], clauses[:at], others):
            return None
        people = [person for _, slots, _ in others for person in slots.people]
        if people and clauses[at][0].has("holder") and not clauses[at][1].people:
            filters = replace(question.filters, people=tuple(dict.fromkeys(people)))
            question = replace(question, filters=filters)  # *overleg met Bergman, wat heeft hij te laat?*
        return replace(question, left_out=(*(clause.text for clause, _, _ in others), *question.left_out))

    def _of_clause(self, s: Sentence, parts: Parts, base: Question, context: Context | None) -> Question:
        """What a clause asks: with little beside it also of what was said before."""
        aside = len(s.words) - len(parts[0].words)
        followed = None
        if context is not None and parts[1].of_plan and aside <= _ASIDE:
            followed = self._following(parts, base, context)
        return followed or self._standalone(*parts, base)

    def _is_about_else(self, asked: Question, s: Sentence, before: list[Parts], others: list[Parts]) -> bool:
        """*Verbouwing: wat is te laat*, *klaar, ik ga naar huis*: what the clauses beside make of the one that asks."""
        filters = asked.filters
        if filters.themes or filters.sections or filters.people or filters.codes:
            return False
        headed = [parts for parts in before if not parts[0].has("partners", "section")]  # *partners: CCV*
        if any(names_something_else(clause, target, self.lexicon) for clause, _, target in headed):
            return True
        small = ("greeting", "thanks", "polite", "correct", "partners", "section")
        aside = any(not clause.has(*small) or clause.of_kind("unknown", "generic") for clause, _, _ in others)
        return aside and is_bare(s) and not (asked.inherited or filters.municipalities)

    def _suggestion(self, s: Sentence) -> str | None:
        """The text with its only unknown word replaced by one of the plan that looks like it, if that can be read."""
        unknown = s.of_kind("unknown")
        if len(unknown) != 1:
            return None
        word = s.words[unknown[0]]
        meant = self.parser.speller.resembling(word.token.word)
        if meant is None:
            return None
        text = s.text[: word.start] + meant + s.text[word.end :]
        parts = self._take_apart(text, s.today)
        return text if self._standalone(*parts, Question(text)).intent is Intent.ASK else None

    def _without_greeting(self, s: Sentence, slots: Slots, target: Target) -> Parts:
        """*Hoi, wat is te laat*: read as if the greeting were not there, so that the first word is one that asks."""
        first = next((m for sign in ("greeting", "thanks") for m in s.signs.get(sign, ()) if m.start == 0), None)
        if first is None or first.end == len(s.words):
            return s, slots, target
        if other_intent(s, slots, target) in (Intent.GREETING, Intent.THANKS):
            return s, slots, target
        return self._take_apart(s.text[s.words[first.end].start :], s.today)

    def _without_purpose(self, s: Sentence, slots: Slots, target: Target) -> Parts:
        """*Voor de gezagsdriehoek: wat is te laat?*: what it is for, before a colon, is no part of the question."""
        purpose, colon, rest = s.text.partition(": ")
        if not colon or not rest.strip() or len(purpose) > _PURPOSE:
            return s, slots, target
        before, named, about = self._take_apart(purpose, s.today)
        if (
            before.signs
            or named.filters_something
            or named.period
            or named.unknown_codes
            or any(before.names("ordinal"))
        ):
            return s, slots, target
        if names_something_else(before, about, self.lexicon):
            return s, slots, target
        parts = self._take_apart(rest, s.today)
        parts[0].purpose = purpose
        return parts

    def _without_frame(self, s: Sentence, slots: Slots, target: Target) -> Parts:
        """*De raad wil weten wat te laat is*, *voor het overleg van morgen …*: only the question itself."""
        if (rest := without_occasion(s, self.lexicon)) is not None:
            s, slots, target = self._take_apart(rest, s.today)
        rest = relayed(s)
        if rest is None:
            return s, slots, target
        before, named, _ = self._take_apart(s.text[: len(s.text) - len(rest)], s.today)
        parts = self._take_apart(rest, s.today)
        if named.filters_something or named.period or before.has("foreign", "not") or not asks_something(parts[0]):
            return s, slots, target
        return parts

    def _take_apart(self, text: str, today: date) -> Parts:
        s = self.parser.parse(text, today)
        slots = read_slots(s, self._plan)
        exclude(s, slots, self._plan, self.lexicon.headings)
        return s, slots, find_target(s, slots, self.index, self.lexicon)

    def _standalone(self, s: Sentence, slots: Slots, target: Target, base: Question) -> Question:
        if s.has("foreign") and not slots.codes:
            return replace(base, left_out=_shown(s, left_out(s, target)))
        if reported := reported_update((s, slots, target), lambda part: self._take_apart(part, s.today)):
            update, choices = reported
            if not slots.codes and any(says(s, target) for says in OF_ANOTHER):
                return replace(base, left_out=_shown(s, left_out(s, target)))
            update = self._of_participants(update, slots)
            return replace(base, intent=Intent.UPDATE, update=update, choices=choices)
        if intent := other_intent(s, slots, target):
            return replace(base, intent=intent)
        return ask(s, slots, target, base, self.lexicon)


def ask(s: Sentence, slots: Slots, target: Target, base: Question, lexicon: Lexicon) -> Question:
    """The question about the plan, or ``unknown`` where too little speaks for one."""
    select = select_of(s, slots.period)
    left = (*((s.purpose,) if s.purpose else ()), *_shown(s, left_out(s, target)))
    if slots.unknown_codes and not slots.codes:
        return replace(base, left_out=(*slots.unknown_codes, *left))
    base = replace(base, left_out=left)
    if not is_about_plan(s, slots, target, select, lexicon):
        return base
    return shape(s, slots, target, select, replace(base, intent=Intent.ASK))


def _shown(s: Sentence, indexes: Iterable[int]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s.shown(i, i + 1) for i in indexes))
