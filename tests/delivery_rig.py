"""What tests of delivery share: a clock that is set, a sender that is told what comes of each request."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from uvp.delivery.engine import Engine
from uvp.delivery.limits import PER_TENANT, PER_THREAD, Limiter
from uvp.delivery.outbox import LEASE, Item, Kind, NewItem, Result
from uvp.delivery.ports import Message
from uvp.digest.holiday_calendar import dutch_holidays
from uvp.storage.outbox import OutboxStore

START = datetime(2026, 11, 23, 8, tzinfo=UTC)
SENT = Result(201, conversation="19:iv@thread.tacv2;messageid=1", activity="1")


@cache
def holidays() -> Any:
    """Read once: a year takes a millisecond."""
    return dutch_holidays()


@dataclass
class SetClock:
    """A clock that moves when it is told, and when somebody sleeps."""

    moment: datetime = START
    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        """The moment it shows."""
        return self.moment

    async def sleep(self, seconds: float) -> None:
        """Goes on at once, so much later."""
        self.slept.append(seconds)
        self.moment += timedelta(seconds=seconds)
        await asyncio.sleep(0)

    def pass_(self, **amount: float) -> datetime:
        """Moves on."""
        self.moment += timedelta(**amount)
        return self.moment


@dataclass
class ToldSender:
    """Notes what it is given; ``results`` are what comes of the next requests, then all are accepted."""

    clock: SetClock
    results: deque[Result] = field(default_factory=deque)
    posts: list[tuple[datetime, Item, Mapping[str, Any]]] = field(default_factory=list)
    while_out: Callable[[Item], None] = lambda _: None

    async def send(self, item: Item, post: Mapping[str, Any]) -> Result:
        """One request."""
        self.posts.append((self.clock.now(), item, post))
        self.while_out(item)
        return self.results.popleft() if self.results else SENT

    @property
    def arrived(self) -> Counter[tuple[str, str]]:
        """How often each place was sent a message of each slot."""
        return Counter((item.place, item.slot) for _, item, _ in self.posts)


@dataclass
class PlainComposer:
    """Every message is as many posts as its payload says, one by default; ``gone`` have nothing to say any more."""

    gone: bool = False
    after: tuple[NewItem, ...] = ()

    async def compose(self, item: Item) -> Message | None:
        """The message."""
        if self.gone:
            return None
        posts = item.payload.get("posts") or [{"part": n} for n in range(item.payload.get("parts", 1))]
        return Message(tuple(posts), self.after)


def item(place: str = "a", kind: Kind = Kind.DIGEST, slot: str = "2026-W48", **given: Any) -> NewItem:
    """A message that is due at the start."""
    fields: dict[str, Any] = {"tenant": "tenant", "kind": kind, "slot": slot, "due": START, **given}
    return NewItem(place, **fields)


@dataclass
class Rig:
    """One process that delivers."""

    outbox: OutboxStore
    clock: SetClock
    sender: ToldSender
    composer: PlainComposer
    owner: str = "one"

    def engine(self, chores: Any = (), lease: timedelta = LEASE) -> Engine:
        """A new engine, as after a start."""
        return Engine(
            self.outbox,
            self.composer,
            self.sender,
            self.clock,
            self.owner,
            lambda: 0.5,
            Limiter(PER_THREAD),
            Limiter(PER_TENANT),
            chores,
            lease,
        )

    async def turn(self, engine: Engine | None = None) -> None:
        """Delivers what is due now."""
        engine = engine or self.engine()
        await engine.take()
        await engine.landed()


def day(text: str) -> date:
    """A day as YYYY-MM-DD."""
    return date.fromisoformat(text)
