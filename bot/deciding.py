"""What people decide about messages that were sent: reminders put off or stopped, and what did not arrive settled."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.cards.reminder import reminder_card
from bot.incoming import Incoming
from bot.turns import Outcome, Turn
from uvp.answers import dates
from uvp.delivery.engine import next_part
from uvp.delivery.outbox import Item, Kind, NewItem, State
from uvp.delivery.planner import PERSON
from uvp.delivery.ports import Composer
from uvp.digest.reminders import Choice, Choices, still_open
from uvp.digest.wording import DigestWording
from uvp.snapshot import Snapshot

SNOOZE = timedelta(days=7)
_MOST = 100


class Chosen(Protocol):
    """Where choices about reminders are kept."""

    async def choose(self, person: str, codes: Sequence[str], choice: Choice, now: datetime) -> None:
        """Keeps a choice."""
        ...

    async def choices(self, person: str | None = None) -> Choices:
        """What somebody chose."""
        ...


class Settled(Protocol):
    """The outbox."""

    async def newest(self, place: str, kind: Kind, before: int | None = None) -> Item | None:
        """The newest message of a kind that arrived in a place."""
        ...

    async def settle(self, item_id: int, to: State, by: str, now: datetime) -> Item | None:
        """What an operator decides; None when it was decided already."""
        ...

    async def plan(self, items: Sequence[NewItem], now: datetime) -> int:
        """Plans messages."""
        ...


class Deciding:
    """The verbs ``remind`` and ``outbox``; ``coordinates`` says whether somebody is a coordinator."""

    def __init__(
        self,
        chosen: Chosen,
        outbox: Settled,
        composer: Composer,
        snapshots: Callable[[], Awaitable[Snapshot]],
        wording: DigestWording,
        coordinates: Callable[[Incoming], Awaitable[bool]],
    ) -> None:
        self._chosen = chosen
        self._outbox = outbox
        self._composer = composer
        self._snapshots = snapshots
        self._wording = wording
        self._coordinates = coordinates

    async def remind(self, turn: Turn) -> Outcome | None:
        """Somebody puts actions of their reminder off for a week, or stops reminders for one."""
        person, data, language = turn.incoming.person.object_id, turn.incoming.data, turn.incoming.language
        snapshot, codes = await self._snapshots(), _codes(data)
        if person is None or not codes or any(code not in snapshot.plan.by_code for code in codes):
            return None
        say = self._wording.phrases(language)
        match data.get("how"):
            case "snooze":
                until = turn.today + SNOOZE
                await self._chosen.choose(person, codes, Choice(until), turn.now)
                day = dates.day(self._wording.sayings(language), until)
                said = say.number("reminder.snoozed", len(codes), day=day, codes=", ".join(codes))
            case "stop":
                await self._chosen.choose(person, codes, Choice(), turn.now)
                said = say("reminder.stopped", code=", ".join(codes))
            case _:
                return None
        return Outcome(said, await self._left(turn, person, codes, said), replace=True)

    async def _left(self, turn: Turn, person: str, codes: Sequence[str], said: str) -> Mapping[str, Any]:
        """The reminder without what was put off or stopped: it takes the place of the one that was pressed."""
        newest = await self._outbox.newest(f"{PERSON}{person}", Kind.REMINDER)
        choices = await self._chosen.choices(person)
        named = newest.payload["codes"] if newest else codes
        snapshot = await self._snapshots()
        items = still_open(snapshot, person, named, turn.today, choices)
        return reminder_card(items, snapshot, turn.today, turn.incoming.language, self._wording, said)

    async def settle(self, turn: Turn) -> Outcome | None:
        """A coordinator decides about a message: post it again, or it has arrived."""
        incoming, data = turn.incoming, turn.incoming.data
        say = self._wording.phrases(incoming.language)
        if not await self._coordinates(incoming):
            return Outcome(say("settings.only_coordinator"))
        number = data.get("id")
        if not isinstance(number, int) or isinstance(number, bool):
            return None
        match data.get("how"):
            case "again":
                to, said = State.PLANNED, "notice.planned_again"
            case "arrived":
                to, said = State.SENT, "notice.settled"
            case _:
                return None
        by = incoming.person.name or incoming.person.key
        settled = await self._outbox.settle(number, to, by, turn.now)
        if settled and to is State.SENT and (message := await self._composer.compose(settled)):
            # The rest of a thread that was waiting for its first post; what that is called nobody knows.
            thread = settled.payload.get("thread")
            await self._outbox.plan(next_part(settled, message, turn.now, thread), turn.now)
        return Outcome(say(said if settled else "notice.decided"))


def _codes(data: Mapping[str, Any]) -> list[str]:
    codes = data.get("codes")
    if not isinstance(codes, list) or len(codes) > _MOST:
        return []
    return [code for code in codes if isinstance(code, str)]
