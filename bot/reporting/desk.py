"""What all ways of reporting share: who reports, on what it is decided, and what is shown of what it comes to."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.access import Access
from bot.cards import notice_card
from bot.cards.steps import Owner, receipt_card, step_card
from bot.connector import ConnectorError
from bot.talk import last_codes, last_language
from bot.turns import Outcome, State, Turn
from dialogs.update import Records
from uvp.answers.phrases import Phrases
from uvp.assistant import Assistant
from uvp.members import Member, Reason, Refusal
from uvp.question import Language, Question
from uvp.reporting.offering import offered
from uvp.reporting.prompts import Prompt
from uvp.reporting.receipts import Receipt
from uvp.reporting.refusing import refused
from uvp.reporting.words import DialogWords
from uvp.reporting.world import World
from uvp.snapshot import Snapshot
from uvp.updates import Update

log = logging.getLogger(__name__)

DIALOG = "dialog"
"""The part of the state that is the running dialog."""

Undo = Callable[[Sequence[int], str, str | None, datetime, str | None], Awaitable[Sequence[Update]]]
"""``Store.undo_all``: takes updates back in one transaction, each once."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Somebody may not do this; ``text`` says why and whom to ask."""

    text: str


@dataclass(frozen=True, slots=True)
class Desk:
    """``records`` keeps updates and ``undo`` takes them back; ``new_key`` gives a key that no other draft has."""

    access: Access
    records: Records
    undo: Undo
    assistant: Assistant
    words: DialogWords
    new_key: Callable[[], str]

    def say(self, language: Language) -> Phrases:
        """The sentences of a language."""
        return self.words.say(language)

    async def snapshot(self) -> Snapshot:
        """The plan and all that is recorded."""
        return await self.records.snapshot()

    async def reporter(self, turn: Turn, language: Language) -> Member | Refused:
        """Who is at it, as somebody who may record something; else why not."""
        try:
            member = await self.access.member(turn.incoming)
        except ConnectorError as error:
            log.warning("the team could not be asked for a member", extra={"cause": str(error)})
            return Refused(self.say(language)("dialog.refused.unchecked"))
        if member is None:
            return await self.refusal(turn, Refusal(Reason.STRANGER), language)
        return member

    async def refusal(self, turn: Turn, refusal: Refusal, language: Language, own: str = "") -> Refused:
        """Why not, with the names of the coordinators."""
        return Refused(refused(self.say(language), refusal, own, await self.coordinators(turn, language)))

    async def coordinators(self, turn: Turn, language: Language) -> str:
        """Whom to ask, in words."""
        say, names = self.say(language), await self.access.coordinators(turn.incoming)
        return say.join(names, "either") or say("dialog.refused.coordinator")

    async def world(self, turn: Turn, snapshot: Snapshot, member: Member) -> World:
        """On what a step is decided."""
        whom: dict[Language, str] = {
            "nl": await self.coordinators(turn, "nl"),
            "en": await self.coordinators(turn, "en"),
        }

        def reads(text: str) -> Question:
            return self.assistant.read(text, snapshot.plan, turn.today)

        codes = offered(snapshot, turn.today, turn.incoming.person.name, member.id, last_codes(turn.state))
        return World(snapshot, member, turn.now, self.words, reads, codes, turn.incoming.base, whom)

    def asked(self, prompt: Prompt, turn: Turn, snapshot: Snapshot, state: State | None) -> Outcome:
        """A step as an answer."""
        say = self.say(prompt.draft.language)
        text = prompt.text(say)
        card = step_card(prompt, owner_of(turn), snapshot.plan, turn.today, say, text)
        return in_place(Outcome(text, card, state), turn)

    def receipt(self, made: Receipt, turn: Turn, language: Language, state: State | None) -> Outcome:
        """A receipt as an answer."""
        card = receipt_card(made, owner_of(turn), language, self.say(language))
        return in_place(Outcome(made.text, card, state), turn)

    def notice(self, text: str, language: Language, turn: Turn, state: State | None) -> Outcome:
        """Something that is only said; where a card was pressed, in its place."""
        card = notice_card(text, language) if turn.incoming.data else None
        return in_place(Outcome(text, card, state), turn)


def in_place(outcome: Outcome, turn: Turn) -> Outcome:
    """What follows from a press takes the place of the card, for everybody who sees it."""
    return replace(outcome, replace=True, everybody=True) if turn.incoming.data else outcome


def owner_of(turn: Turn) -> Owner:
    """Whose card it is."""
    return Owner(turn.incoming.person.key, turn.incoming.person.name)


def without_dialog(state: State) -> State:
    """The state after the dialog has ended."""
    return {name: value for name, value in state.items() if name != DIALOG}


def language_of(turn: Turn) -> Language:
    """The language that a card says it is in, or else that of the conversation, or the client's."""
    match turn.incoming.data.get("language"):
        case "nl":
            return "nl"
        case "en":
            return "en"
    return last_language(turn.state) or turn.incoming.language


def others_card(turn: Turn, words: DialogWords) -> Outcome | None:
    """Says so when a card is somebody else's."""
    data, say = turn.incoming.data, words.say(language_of(turn))
    if data.get("by") == turn.incoming.person.key:
        return None
    who = data.get("who")
    name = who[:80] if isinstance(who, str) and who else say("dialog.refused.somebody")
    return Outcome(say("dialog.refused.not_yours", name=name))
