"""Questions and answers: a text or a pressed question becomes an answer in words and as a card."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, timedelta
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.cards import Ask, Page, answer_card, press, welcome_card
from bot.turns import Outcome, State, Turn
from bot.words import Words
from uvp.answers.answering import answer
from uvp.assistant import Assistant
from uvp.question import Context, Intent, Language, Question
from uvp.snapshot import Snapshot
from uvp.updates import Person

REMEMBERED = timedelta(days=1)
TEXT_LIMIT = 4000
TALK = "talk"

Snapshots = Callable[[], Awaitable[Snapshot]]
Said = Callable[[Turn, str, Question], Awaitable[Outcome]]
Missed = Callable[[str, Language, date], Awaitable[None]]
"""Is told of a text that was not understood, its language and the day."""
"""Deals with a text that was read as a question of a certain intent."""


def _asker(turn: Turn) -> Person:
    return Person(turn.incoming.person.name, turn.incoming.person.key)


def last_codes(state: State) -> tuple[str, ...]:
    """The codes of the last answer that somebody got."""
    match state.get(TALK):
        case {"context": {"codes": list(codes)}}:
            return tuple(code for code in codes if isinstance(code, str))
    return ()


def last_language(state: State) -> Language | None:
    """The language of the last question that somebody asked."""
    match state.get(TALK):
        case {"context": {"question": {"language": "en"}}}:
            return "en"
        case {"context": {"question": {"language": "nl"}}}:
            return "nl"
    return None


class Talk:
    """Answers what people type and press.

    ``missed`` is told what was not understood; ``intents`` are those that others deal with.
    """

    def __init__(
        self,
        assistant: Assistant,
        snapshots: Snapshots,
        words: Words,
        missed: Missed,
        intents: Mapping[Intent, Said] | None = None,
    ) -> None:
        self._assistant = assistant
        self._snapshots = snapshots
        self._words = words
        self._missed = missed
        self._intents = intents or {}
        # Made once: building a validator costs more than using it a thousand times.
        self._contexts = TypeAdapter(Context)

    async def said(self, turn: Turn) -> Outcome:
        """Somebody typed a message."""
        text, language = turn.incoming.text, last_language(turn.state) or turn.incoming.language
        if not text:
            return self.welcome(language)
        if len(text) > TEXT_LIMIT:
            return Outcome(self._words(language, "too_long", limit=TEXT_LIMIT))
        return await self._answered(turn, text)

    async def ask(self, turn: Turn) -> Outcome | None:
        """Somebody pressed a question: it is asked as if typed. None when the button holds none."""
        match press(turn.incoming.data):
            case Ask(text):
                return await self._answered(turn, text)
        return None

    async def page(self, turn: Turn) -> Outcome | None:
        """Somebody turned a page: the same question, on the day it was asked. None when the button holds none."""
        match press(turn.incoming.data):
            case Page(question, today, group, page):
                snapshot, wording = await self._snapshots(), self._assistant.wording
                found = answer(question, snapshot, today, _asker(turn))
                text = wording.text(found, snapshot, today)
                card = answer_card(found, snapshot, today, wording, page=page, group=group, text=text)
                return Outcome(text, card, replace=True)
        return None

    def welcome(self, language: Language) -> Outcome:
        """What the bot can do, with buttons that ask."""
        card = welcome_card(language)
        return Outcome(card["fallbackText"], card)

    async def _answered(self, turn: Turn, text: str) -> Outcome:
        snapshot, context = await self._snapshots(), self._remembered(turn)
        made = self._assistant.respond(text, snapshot, turn.today, context, _asker(turn))
        question = made.answer.question
        if other := self._intents.get(question.intent):
            return await other(turn, text, question)
        if question.intent is Intent.UNKNOWN:
            await self._missed(text, question.language, turn.today)
        card = answer_card(made.answer, snapshot, turn.today, self._assistant.wording, text=made.text)
        return Outcome(made.text, card, self._remember(turn, made.context))

    def _remembered(self, turn: Turn) -> Context | None:
        """What this person asked before, unless it is a day ago or written by a version that is gone."""
        kept: Any = turn.state.get(TALK)
        if not isinstance(kept, dict) or turn.now.timestamp() - kept.get("at", 0) > REMEMBERED.total_seconds():
            return None
        try:
            return self._contexts.validate_python(kept.get("context"))
        except ValidationError:
            return None

    def _remember(self, turn: Turn, context: Context | None) -> State:
        return {**turn.state, TALK: {"at": turn.now.timestamp(), "context": context}}
