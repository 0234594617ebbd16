"""The loop that delivers: leases what is due, sends it once, and writes down what came of it.

Any number of processes may run it over one outbox. ``sending`` is written before the request goes out; a process that
dies after that leaves a message whose lease runs out, and which is then unknown.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from uvp.delivery.limits import Limiter
from uvp.delivery.outbox import LEASE, Item, NewItem, Result, State, Step, before_sending, decide, lapsed
from uvp.delivery.ports import Clock, Composer, Message, Outbox, Sender
from uvp.errors import DatabaseUnavailable, UvpError

log = logging.getLogger(__name__)

IN_FLIGHT = 48
REFILL = 24
"""With so many under way it leases more, so that leasing is not done for each message anew."""
IDLE_SECONDS = 5.0
BROKEN_SECONDS = 5.0
PARTS_APART = timedelta(seconds=0.6)
"""Between the posts of one thread; two a second keeps every limit of a thread, whichever processes post them."""
WRITE_TRIES = 5
LATE = timedelta(seconds=0.4)
"""A turn that is used so much later would have a process that was held up send all that waited at once, beside what the
other processes send then: it gets another turn."""
TURNS = 3
"""So many times at most; on a machine that is slower than that nobody sends too fast."""


Chore = Callable[[datetime], Awaitable[None]]


class Engine:
    """Delivers what an outbox holds. ``owner`` is the name of this process, ``chance`` gives numbers from 0 up to 1.

    ``chores`` are done every few seconds: planning what has become due.
    """

    def __init__(
        self,
        outbox: Outbox,
        composer: Composer,
        sender: Sender,
        clock: Clock,
        owner: str,
        chance: Callable[[], float],
        threads: Limiter,
        tenants: Limiter,
        chores: Sequence[Chore] = (),
        lease: timedelta = LEASE,
    ) -> None:
        self._outbox = outbox
        self._composer = composer
        self._sender = sender
        self._clock = clock
        self._owner = owner
        self._chance = chance
        self._threads = threads
        self._tenants = tenants
        self._chores = (*chores, self._settle_lapsed, outbox.alarm)
        self._chores_due: datetime | None = None
        self._lease = lease
        self._flying: set[asyncio.Task[None]] = set()

    async def run(self, stop: asyncio.Event) -> None:
        """Delivers until told to stop, then lets end what is under way."""
        while not stop.is_set():
            try:
                taken = await self.take()
            except DatabaseUnavailable as error:
                log.warning("the outbox cannot be read", extra={"cause": str(error)})
                await self._pause(stop, BROKEN_SECONDS)
                continue
            except Exception:  # whatever it was: a loop that ended would deliver nothing until somebody looks
                log.exception("delivering failed")
                await self._pause(stop, BROKEN_SECONDS)
                continue
            if self._flying:
                await self._room(REFILL if taken else 0)
            else:
                await self._pause(stop, IDLE_SECONDS)
        await self.landed()

    async def take(self) -> int:
        """Starts what is due, as far as there is room; gives how many."""
        now = self._clock.now()
        room = IN_FLIGHT - len(self._flying)
        if self._chores_due is None or now >= self._chores_due:
            await self._do_chores(now)
        leased = await self._outbox.lease(self._owner, now, now + self._lease, room) if room else ()
        for each in leased:
            task = asyncio.create_task(self._deliver(each))
            self._flying.add(task)
            task.add_done_callback(self._flying.discard)
        return len(leased)

    async def landed(self) -> None:
        """Waits for everything that is under way."""
        while self._flying:
            await asyncio.wait(self._flying)

    async def _room(self, under_way: int) -> None:
        """Waits until no more than this are under way, or a while."""
        async with _at_most(IDLE_SECONDS):
            while len(self._flying) > under_way:
                await asyncio.wait(self._flying, return_when=asyncio.FIRST_COMPLETED)

    async def _do_chores(self, now: datetime) -> None:
        for chore in self._chores:
            try:
                await chore(now)
            except DatabaseUnavailable:
                raise
            except Exception:  # planning that fails must not keep what is planned from going out; it is tried again
                log.exception("a chore of the delivery failed", extra={"chore": getattr(chore, "__name__", "")})
        self._threads.forget(now.timestamp())
        self._tenants.forget(now.timestamp())
        self._chores_due = now + timedelta(seconds=IDLE_SECONDS)

    async def _settle_lapsed(self, now: datetime) -> None:
        for item, owner in await self._outbox.overdue_leases(now):
            await self._outbox.finish(item, owner, lapsed(item, now), None, now)

    async def _deliver(self, item: Item) -> None:
        try:
            await self._send(item)
        except DatabaseUnavailable as error:
            # Its lease runs out, and it is then taken again or becomes unknown, whichever is right.
            log.warning("a message was left to its lease", extra={"item": item.id, "cause": str(error)})

    async def _send(self, item: Item) -> None:
        if step := before_sending(item, self._clock.now()):
            await self._finish(item, step)
            return
        message = await self._composed(item)
        if isinstance(message, Step):
            await self._finish(item, message)
            return
        booked = await self._booked(item)
        if isinstance(booked, Step):
            await self._outbox.put_back(item, self._owner, booked.next_try or self._clock.now())
            return
        now = self._clock.now()
        begun = await self._outbox.begin(item, self._owner, now, now + self._lease)
        if begun is None:
            return
        if step := await self._on_time(begun, booked):
            await self._finish(begun, step)
            return
        result = await self._posted(begun, message.posts[0])
        step = decide(begun, result, self._clock.now(), self._chance())
        await self._finish(
            begun, step, result, self._follows(begun, message, result) if step.state is State.SENT else ()
        )

    async def _composed(self, item: Item) -> Message | Step:
        try:
            message = await self._composer.compose(item)
        except DatabaseUnavailable:
            raise
        except UvpError as error:
            return Step(State.FAILED, reason=str(error))
        except Exception as error:  # one message that cannot be made must not hold up all others; it is reported
            log.exception("a message could not be made", extra={"item": item.id})
            return Step(State.FAILED, reason=f"could not be made: {type(error).__name__}")
        return message or Step(State.SKIPPED, reason="nothing left to say", quiet=True)

    async def _posted(self, item: Item, post: Mapping[str, Any]) -> Result:
        try:
            return await self._sender.send(item, post)
        except Exception as error:  # after a mistake of our own nobody knows whether the request went out
            log.exception("sending broke off", extra={"item": item.id})
            return Result(None, reason=f"broke off: {type(error).__name__}")

    async def _booked(self, item: Item) -> datetime | Step:
        """Waits for the turn that the tenant's rate, kept with all processes, and this process's own limits give it.

        Its turn is booked when all else is ready: turns booked ahead would be used late and several at once. A turn
        that is too far off is not waited for, since the lease would run out and the turn be lost: planned for then.
        """
        now = self._clock.now()
        latest = now + self._lease / 2
        moment = await self._outbox.turn(item.tenant, now, latest)
        if moment <= latest:
            seconds = now.timestamp()
            own = max(self._tenants.book(item.tenant, seconds), self._threads.book(item.place, seconds))
            moment = max(moment, datetime.fromtimestamp(own, UTC))
        if moment > latest:
            return Step(State.PLANNED, moment)
        wait = (moment - self._clock.now()).total_seconds()
        if wait > 0:
            await self._clock.sleep(wait)
        return moment

    async def _on_time(self, item: Item, booked: datetime) -> Step | None:
        """Waits for another turn where this one has passed meanwhile; where it goes when that is too far off."""
        for _ in range(TURNS):
            if self._clock.now() - booked <= LATE:
                return None
            again = await self._booked(item)
            if isinstance(again, Step):
                return again
            booked = again
        return None

    def _follows(self, item: Item, message: Message, result: Result) -> tuple[NewItem, ...]:
        """The next post of the same thread, and what is planned once this one arrived."""
        thread = item.payload.get("thread") or result.conversation
        return (*next_part(item, message, self._clock.now() + PARTS_APART, thread), *message.after)

    async def _finish(
        self, item: Item, step: Step, result: Result | None = None, after: Sequence[NewItem] = ()
    ) -> None:
        """Writes down what came of it, insisting: what is not written will be taken for unknown."""
        for left in reversed(range(WRITE_TRIES)):
            try:
                await self._outbox.finish(item, self._owner, step, result, self._clock.now(), after)
            except DatabaseUnavailable:
                if not left:
                    raise
                await self._clock.sleep(BROKEN_SECONDS)
            else:
                return

    async def _pause(self, stop: asyncio.Event, seconds: float) -> None:
        """Waits, unless told to stop."""
        waits = [asyncio.ensure_future(self._clock.sleep(seconds)), asyncio.ensure_future(stop.wait())]
        _, pending = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()


def next_part(item: Item, message: Message, due: datetime, thread: str | None) -> tuple[NewItem, ...]:
    """The post after the first one of a message, with all those after it; without a thread it begins one."""
    if len(message.posts) < 2:
        return ()
    payload = {**item.payload, "thread": thread, "posts": [dict(post) for post in message.posts[1:]]}
    return (NewItem(item.place, item.tenant, item.kind, item.slot, due, item.part + 1, payload),)


@asynccontextmanager
async def _at_most(seconds: float) -> AsyncIterator[None]:
    """Leaves the block after this time, as if it had ended."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            yield
