"""The conversation in a terminal: questions, follow-ups, and reports step by step, typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from uvp.answers.replies import impossible
from uvp.assistant import Assistant
from uvp.members import Member
from uvp.question import Context, Intent, Question, ReportedUpdate
from uvp.reporting.draft import Draft, changes, filled
from uvp.reporting.flow import Asked, Confirmed, NotAnAnswer, Stopped, advance, ask
from uvp.reporting.prompts import Prompt
from uvp.reporting.receipts import receipt
from uvp.reporting.starting import Start, started
from uvp.reporting.words import DialogWords
from uvp.reporting.world import Said, World
from uvp.snapshot import Snapshot
from uvp.updates import NewUpdate, Update, local_day

PLACE = "terminal"

Record = Callable[[Sequence[NewUpdate]], tuple[Sequence[Update], Snapshot]]
"""Records, and gives what was recorded and everything as it then is."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What the conversation works with. Who sits at the terminal has the database anyway, so ``person`` may do all."""

    assistant: Assistant
    words: DialogWords
    person: Member
    now: Callable[[], datetime]
    new_key: Callable[[], str]
    record: Record


class Terminal:
    """One conversation: what was asked before, and the report that is being made."""

    def __init__(self, reach: Reach, snapshot: Snapshot) -> None:
        self._reach = reach
        self._snapshot = snapshot
        self._context: Context | None = None
        self._draft: Draft | None = None

    def answer(self, text: str) -> str:
        """What is said to a message."""
        if self._draft is not None:
            return self._gone_on(self._draft, text)
        return self._begun(text) or self._answered(text)

    def _gone_on(self, draft: Draft, text: str) -> str:
        move = advance(draft, Said(text), self._world())
        match move:
            case Asked(asked, prompt):
                return self._asked(asked, prompt)
            case Stopped(said):
                self._draft = None
                return said
            case Confirmed(confirmed):
                return self._recorded(confirmed)
            case NotAnAnswer():
                return self._aside(move, text)

    def _aside(self, move: NotAnAnswer, text: str) -> str:
        """Something in between: another report, or a question after which the report goes on."""
        if begun := self._begun(text):
            return begun
        match self._reads(text).intent:
            case Intent.UNKNOWN:
                return self._said(move.trouble)
            case Intent.UPDATE:
                return self._answered(text)
        going_on = self._reach.words.say(move.draft.language)("dialog.going_on")
        return f"{self._answered(text)}\n\n{self._said(replace(move.again, remarks=(going_on,)))}"

    def _begun(self, text: str) -> str | None:
        empty, today = Draft(self._reach.new_key(), self._reach.person.id), local_day(self._reach.now())
        start = Start(empty, self._reach.person.name, today, self._snapshot, self._reads, self._reach.words)
        draft = started(text, start, self._context.question.language if self._context else "nl")
        return self._ask(draft) if draft else None

    def _answered(self, text: str) -> str:
        reach, today = self._reach, local_day(self._reach.now())
        made = reach.assistant.respond(text, self._snapshot, today, self._context, reach.person.name)
        self._context, question = made.context, made.answer.question
        if question.intent is not Intent.UPDATE:
            return made.text
        draft = Draft(reach.new_key(), reach.person.id, question.language)
        told = tuple(impossible(reach.words.say(question.language), text))
        return self._ask(filled(draft, question.update or ReportedUpdate(), question.choices), told)

    def _ask(self, draft: Draft, remarks: tuple[str, ...] = ()) -> str:
        asked = ask(draft, self._world(), remarks)
        return self._asked(asked.draft, asked.prompt)

    def _asked(self, draft: Draft, prompt: Prompt) -> str:
        self._draft = draft
        return self._said(prompt)

    def _said(self, prompt: Prompt) -> str:
        return prompt.text(self._reach.words.say(prompt.draft.language))

    def _recorded(self, draft: Draft) -> str:
        now = self._reach.now()
        updates, self._snapshot = self._reach.record(changes(draft, self._reach.person, now, PLACE))
        self._draft = None
        return receipt(self._reach.words.say(draft.language), updates, self._snapshot, now).text

    def _reads(self, text: str) -> Question:
        return self._reach.assistant.read(text, self._snapshot.plan, local_day(self._reach.now()), self._context)

    def _world(self) -> World:
        codes = self._context.codes if self._context else ()
        reach = self._reach
        return World(self._snapshot, reach.person, reach.now(), reach.words, self._reads, codes, PLACE)
