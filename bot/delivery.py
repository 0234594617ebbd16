"""Everything of digests and reminders joined: what Teams may say and press about them, and the loop that delivers."""

from __future__ import annotations

import asyncio
import logging
import os
import random
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Container, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.composer import Compose
from bot.connector import Connector
from bot.deciding import Deciding
from bot.handler import Joined, Verb
from bot.incoming import Incoming
from bot.proactive import Targets, TeamsSender
from bot.state import StateStore
from bot.talk import Said
from bot.weekly import Known, Weekly
from uvp.delivery.engine import Engine
from uvp.delivery.limits import PER_TENANT, PER_THREAD, Limiter
from uvp.delivery.outbox import Kind
from uvp.delivery.planner import PERSON, Planner
from uvp.digest.commands import Commands
from uvp.digest.wording import DigestWording
from uvp.members import Member
from uvp.question import Intent
from uvp.storage.outbox import OutboxStore
from uvp.storage.store import Store
from uvp.storage.subscriptions import SubscriptionStore
from uvp.updates import Person

log = logging.getLogger(__name__)

STOP_SECONDS = 20
"""Longer than a request takes, so that what is under way is known when the process ends."""

Now = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of the engine: the moments that ``now`` gives, and real waiting."""

    moment: Now

    def now(self) -> datetime:
        """The moment, aware."""
        return self.moment()

    async def sleep(self, seconds: float) -> None:
        """Waits."""
        await asyncio.sleep(seconds)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the bot does about digests and reminders; ``run`` delivers while the block runs."""

    verbs: Mapping[str, Verb]
    intents: Mapping[Intent, Said]
    joined: Joined
    late: Callable[[], Awaitable[str | None]]
    engine: Engine

    @asynccontextmanager
    async def run(self) -> AsyncIterator[None]:
        """Delivers in the background; at the end lets end what is under way."""
        stop = asyncio.Event()
        task = asyncio.create_task(self.engine.run(stop))
        # Were it to break off, the alarm on /readyz says so as soon as something is late.
        task.add_done_callback(_report)
        try:
            yield
        finally:
            stop.set()
            await asyncio.wait([task], timeout=STOP_SECONDS)


class Listed(Protocol):
    """The list of members that the coordinators keep."""

    async def all(self) -> Sequence[Member]:
        """Everybody."""
        ...


class Coordination:
    """Who coordinates: those of the settings (object ids), and those that the list says."""

    def __init__(self, first: Sequence[str], listed: Listed) -> None:
        self._first = first
        self._listed = listed

    async def people(self) -> Sequence[Person]:
        """The coordinators, each with an id. Raises DatabaseUnavailable."""
        names = {member.id: member.name for member in await self._listed.all() if member.coordinator}
        return [Person(names.get(id_, ""), id_) for id_ in dict.fromkeys((*self._first, *names))]

    async def holds(self, incoming: Incoming) -> bool:
        """Whether who wrote or pressed coordinates; everybody does where nobody was named, so that the bot can be
        tried. Raises DatabaseUnavailable."""
        ids = [person.id for person in await self.people()]
        return not ids or incoming.person.key in ids


def build_delivery(
    store: Store,
    state: StateStore,
    connector: Connector,
    wording: DigestWording,
    commands: Commands,
    holidays: Container[date],
    coordination: Coordination,
    tenant: str,
    now: Now,
) -> Delivery:
    """Joins the parts. ``tenant`` is whose people the coordinators and all others are, empty for any."""

    async def told() -> list[tuple[str, str]]:
        return [(f"{PERSON}{person.id}", tenant) for person in await coordination.people()]

    outbox = OutboxStore(store.database, told)
    subscriptions, targets = SubscriptionStore(store.database), Targets(state, now)
    compose = Compose(subscriptions, outbox, targets, store.snapshot, wording, now)
    weekly = Weekly(
        Known(
            subscriptions, state, outbox, connector.channels, store.snapshot, compose, holidays, coordination.holds, now
        ),
        wording,
        commands,
    )
    deciding = Deciding(subscriptions, outbox, compose, store.snapshot, wording, coordination.holds)
    planner = Planner(
        subscriptions, outbox, store.snapshot, holidays, coordination.people, tenant, targets.know_anybody
    )

    async def late() -> str | None:
        moment = now()
        digests = len(await outbox.late(moment, [Kind.DIGEST])) + await subscriptions.unplanned(moment)
        return f"{digests} digests are more than an hour late" if digests else None

    return Delivery(
        verbs={"digest": weekly.pressed, "remind": deciding.remind, "outbox": deciding.settle},
        intents={Intent.DIGEST: weekly.said},
        joined=weekly.installed,
        late=late,
        engine=Engine(
            outbox,
            compose,
            TeamsSender(connector, targets),
            Clock(now),
            process_name(),
            random.random,
            Limiter(PER_THREAD),
            Limiter(PER_TENANT),
            (planner.plan_digests, planner.plan_reminders),
        ),
    )


def process_name() -> str:
    """What tells this process from all others that deliver from the same outbox, also from one before a restart."""
    return f"{socket.gethostname()}/{os.getpid()}/{random.randrange(16**6):06x}"


def _report(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()):
        log.critical("delivering broke off", exc_info=error)
