"""What the engine works with and is handed: a clock, the outbox, who makes messages and who sends them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from uvp.delivery.outbox import Item, NewItem, Result, Step


class Clock(Protocol):
    """The one source of time."""

    def now(self) -> datetime:
        """The moment, aware."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Waits."""
        ...


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent: the posts of one message in order, as the sender takes them, and what its thread is called.

    ``after`` are messages that are planned once this one arrived.
    """

    posts: tuple[Mapping[str, Any], ...]
    after: tuple[NewItem, ...] = ()


class Outbox(Protocol):
    """Where messages are kept; every method is one transaction and raises DatabaseUnavailable."""

    async def lease(self, owner: str, now: datetime, until: datetime, count: int) -> Sequence[Item]:
        """Takes up to ``count`` messages that are planned, due and not leased, in the order of when they are due."""
        ...

    async def turn(self, tenant: str, now: datetime, latest: datetime) -> datetime:
        """Books the next message of a tenant its moment, among all processes; one after ``latest`` is not booked."""
        ...

    async def put_back(self, item: Item, owner: str, next_try: datetime) -> None:
        """Gives up the lease of a message that was not sent, until this moment."""
        ...

    async def begin(self, item: Item, owner: str, now: datetime, until: datetime) -> Item | None:
        """Writes that the request goes out now; None when the lease is lost."""
        ...

    async def finish(
        self, item: Item, owner: str, step: Step, result: Result | None, now: datetime, after: Sequence[NewItem] = ()
    ) -> None:
        """Writes what came of it, and plans what follows. A message that meanwhile went on without us is left alone."""
        ...

    async def overdue_leases(self, now: datetime) -> Sequence[tuple[Item, str]]:
        """Messages in ``sending`` whose lease ran out, each with its owner."""
        ...

    async def alarm(self, now: datetime) -> None:
        """Plans a notice for what should have gone out an hour ago, once for each message."""
        ...


class Composer(Protocol):
    """Makes the message of an item."""

    async def compose(self, item: Item) -> Message | None:
        """The message, or None when there is nothing to say any more."""
        ...


class Sender(Protocol):
    """Brings a post to its place."""

    async def send(self, item: Item, post: Mapping[str, Any]) -> Result:
        """One request, and what came of it; never raises for what the network or the service does."""
        ...
