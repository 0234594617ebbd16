"""How fast one process on one core delivers digests, and what memory it takes, to a connector that takes everything.

    python -m tests.throughput --channels 1000 [--db URL]

The connector runs in a process of its own, on another core where there is one.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import resource
import time
from contextlib import suppress
from datetime import timedelta
from multiprocessing.connection import Connection

from aiohttp import web

from tests.connector import running
from tests.fleet import delivering, own_postgresql, seeded, subscribe
from uvp.delivery.outbox import State
from uvp.storage.outbox import OutboxStore

LEAST_PER_SECOND = 60
MOST_MEGABYTES = 250


def accept(ready: Connection) -> None:
    """A connector that takes everything, until it is killed."""

    async def created(request: web.Request) -> web.Response:
        await request.read()
        return web.json_response({"id": "19:c;messageid=1", "activityId": "1"}, status=201)

    async def main() -> None:
        app = web.Application()
        app.router.add_post("/v3/conversations", created)
        app.router.add_post("/v3/conversations/{conversation}/activities", created)
        async with running(app) as url:
            ready.send(url)
            await asyncio.Event().wait()

    asyncio.run(main())


def measure(database_url: str, connector: str, channels: int, answer: Connection) -> None:
    """Delivers in this process, on one core; sends digests a second, CPU seconds and megabytes."""
    with suppress(AttributeError, OSError):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    answer.send(asyncio.run(_measured(database_url, connector, channels)))


async def _measured(database_url: str, connector: str, channels: int) -> dict[str, float]:
    async with seeded(database_url) as store:
        await subscribe(store, [connector], channels)
        outbox = OutboxStore(store.database)
        async with delivering(database_url, "one", throttled=False, lease=timedelta(seconds=60)) as engine:
            stop, began, cpu = asyncio.Event(), time.perf_counter(), time.process_time()
            running_engine = asyncio.create_task(engine.run(stop))
            while (await outbox.counts()).get(State.SENT, 0) < channels:  # noqa: ASYNC110 (rows set no event)
                await asyncio.sleep(0.2)
            seconds, used = time.perf_counter() - began, time.process_time() - cpu
            stop.set()
            await running_engine
        sent = sum((await outbox.counts()).values())
    return {
        "digests_per_second": round(channels / seconds, 1),
        "posts": sent,
        "seconds": round(seconds, 2),
        "cpu_seconds": round(used, 2),
        "megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }


def run(database_url: str, channels: int) -> dict[str, float]:
    """The figures of one run."""
    context = multiprocessing.get_context("spawn")
    url, told = context.Pipe(duplex=False)
    result, answer = context.Pipe(duplex=False)
    connector = context.Process(target=accept, args=(told,), daemon=True)
    connector.start()
    try:
        process = context.Process(target=measure, args=(database_url, url.recv(), channels, answer))
        process.start()
        figures: dict[str, float] = result.recv()
        process.join()
        return figures
    finally:
        connector.kill()


def main() -> None:
    """Prints the figures; exit status 1 when they are worse than promised."""
    options = argparse.ArgumentParser(description="Measure how fast digests are delivered.")
    options.add_argument("--channels", type=int, default=1000)
    options.add_argument("--db", metavar="URL", help="default: a PostgreSQL of its own")
    given = options.parse_args()
    if given.db:
        figures = run(given.db, given.channels)
    else:
        with own_postgresql() as url:
            figures = run(url, given.channels)
    print(json.dumps(figures, indent=2))
    good = figures["digests_per_second"] >= LEAST_PER_SECOND and figures["megabytes"] < MOST_MEGABYTES
    raise SystemExit(0 if good else 1)


if __name__ == "__main__":
    main()
