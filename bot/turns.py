"""Turns: one for each activity, in order within a conversation, the state stored before anything is said."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from botbuilder.core import TurnContext

from bot.incoming import Incoming
from bot.state import StateConflict, StateStore
from uvp.updates import local_day

log = logging.getLogger(__name__)

State = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Turn:
    """What a turn is decided on: what arrived, what is remembered of this person here, and the moment (aware).

    Each feature keeps its part of ``state`` under a name of its own. ``context`` is the SDK's, for dialogs.
    """

    incoming: Incoming
    state: State
    now: datetime
    context: TurnContext

    @property
    def today(self) -> date:
        """The day in Europe/Amsterdam."""
        return local_day(self.now)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a turn says and leaves behind; ``state`` None leaves the state as it was.

    ``text`` is the whole of it in words, ``card`` the same as a card. With ``replace`` the card takes the place of the
    one that was pressed, with ``everybody`` for all who see it and not just for who pressed. ``then`` is said after it,
    as a message of its own; its state does not count.
    """

    text: str
    card: Mapping[str, Any] | None = None
    state: State | None = None
    replace: bool = False
    everybody: bool = False
    then: Outcome | None = None


Decide = Callable[[Turn], Awaitable[Outcome]]
Deliver = Callable[[Outcome], Awaitable[None]]


class Turns:
    """Runs turns over the stored state. ``now`` gives aware moments."""

    def __init__(self, store: StateStore, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now
        self._queues: dict[str, _Queue] = {}

    async def take(self, incoming: Incoming, context: TurnContext, decide: Decide, deliver: Deliver) -> bool:
        """Decides and delivers; False when this activity was taken before, here or by another process.

        A turn that fails is given back, so that it is taken when Teams sends it again. Raises what ``decide`` and
        ``deliver`` raise, StateConflict when the state changed twice meanwhile, and DatabaseUnavailable.
        """
        key = incoming.activity_key
        async with self._in_order(incoming.state_key):
            begun = await self._store.begin_turn(key, incoming.state_key, self._now())
            if begun.duplicate:
                return False
            try:
                outcome = await self._decided(incoming, context, decide, begun.state, begun.etag)
            except BaseException:
                if key is not None:
                    await self._store.release(key)
                raise
            try:
                await deliver(outcome)
            except BaseException:
                await self.reopen(incoming)
                raise
            return True

    async def _decided(
        self, incoming: Incoming, context: TurnContext, decide: Decide, state: State | None, etag: str | None
    ) -> Outcome:
        """The outcome, after its state is stored; decided anew when another process changed the state meanwhile."""
        outcome = await decide(Turn(incoming, state or {}, self._now(), context))
        try:
            await self._finish(incoming, outcome, etag)
        except StateConflict:
            stored = await self._store.read(incoming.state_key)
            state, etag = (stored.state, stored.etag) if stored else (None, None)
            outcome = await decide(Turn(incoming, state or {}, self._now(), context))
            await self._finish(incoming, outcome, etag)
        return outcome

    async def _finish(self, incoming: Incoming, outcome: Outcome, etag: str | None) -> None:
        state = None if outcome.state is None else dict(outcome.state)
        await self._store.finish_turn(incoming.activity_key, incoming.state_key, state, etag, self._now())

    async def reopen(self, incoming: Incoming) -> None:
        """Lets an activity be taken once more that was taken before."""
        if incoming.activity_key is not None:
            await self._store.reopen(incoming.activity_key)

    @asynccontextmanager
    async def _in_order(self, key: str) -> AsyncIterator[None]:
        """Turns of one conversation in this process wait for each other, in the order in which they came."""
        queue = self._queues.get(key) or self._queues.setdefault(key, _Queue())
        queue.length += 1
        try:
            async with queue.lock:
                yield
        finally:
            queue.length -= 1
            if queue.length == 0:
                del self._queues[key]


class _Queue:
    """A lock and how many turns hold it or wait for it."""

    __slots__ = ("length", "lock")

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.length = 0
