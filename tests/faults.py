"""Real processes on a real PostgreSQL deliver to a connector that misbehaves, and are killed at random moments.

    python -m tests.faults --channels 1000

Every digest has to have arrived once, or to be listed as unknown; after an operator has looked at those, once each.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import random
import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from multiprocessing.process import BaseProcess
from typing import Any

from aiohttp import web

from tests.connector import running
from tests.fleet import TENANT, deliver, now, own_postgresql, seeded, subscribe
from uvp.delivery.outbox import Item, Kind, State
from uvp.storage.outbox import OutboxStore

LEASE_SECONDS = 4.0
DOCUMENTED_PER_TENANT = 30
DOCUMENTED_PER_THREAD = ((7, 1.0), (8, 2.0), (60, 30.0), (1800, 3600.0))
GIVE_UP_SECONDS = 300


@dataclass
class Chaos:
    """A connector that counts what it accepts, whatever it answers."""

    chance: random.Random
    calm: bool = False
    arrived: Counter[str] = field(default_factory=Counter)
    requests: list[float] = field(default_factory=list)
    by_thread: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    answered: Counter[str] = field(default_factory=Counter)

    async def create(self, request: web.Request) -> web.StreamResponse:
        """A new post in a channel."""
        channel = (await request.json())["channelData"]["channel"]["id"]
        return await self._answer(request, channel, {"id": f"{channel};messageid=1", "activityId": "1"}, first=True)

    async def reply(self, request: web.Request) -> web.StreamResponse:
        """A further post in a thread."""
        return await self._answer(request, request.match_info["conversation"], {"id": "2"}, first=False)

    async def _answer(
        self, request: web.Request, channel: str, good: dict[str, str], *, first: bool
    ) -> web.StreamResponse:
        self.requests.append(time.monotonic())
        self.by_thread[channel].append(self.requests[-1])
        fault = "accepted" if self.calm else self._fault()
        self.answered[fault] += 1
        accepted = fault.startswith("accepted")
        if "delay" in fault:
            await asyncio.sleep(self.chance.uniform(0.1, 1.5))
        if accepted and first:
            self.arrived[channel.partition(";")[0]] += 1
        if "drop" in fault:
            if request.transport:
                request.transport.abort()
            return web.Response(status=500)
        status = fault.rpartition(" ")[2]
        if status.isdecimal():
            retry = {"Retry-After": "1"} if status == "429" else {}
            return web.json_response({"error": {"code": "Chaos"}}, status=int(status), headers=retry)
        return web.json_response(good, status=201)

    def _fault(self) -> str:
        faults = {
            "accepted": 66,
            "accepted after a delay": 6,
            "accepted but dropped": 3,
            "accepted but 502": 2,
            "accepted but 504": 2,
            "dropped": 3,
            "not accepted 502": 2,
            "not accepted 412": 3,
            "not accepted 429": 9,
            "not accepted 503": 4,
        }
        return self.chance.choices(list(faults), list(faults.values()))[0]


@dataclass(frozen=True, slots=True)
class Figures:
    """What was seen. ``lost`` and ``doubled`` are channels; all others are numbers of messages, requests or seconds."""

    channels: int
    seconds: float
    kills: int
    requests: int
    arrived: int
    sent: int
    unknown: int
    unknown_arrived: int
    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    wrong_states: int
    busiest_second_of_a_tenant: int
    thread_limits_kept: bool
    once_each_after_the_operator: bool
    answered: dict[str, int]


async def run(database_url: str, channels: int, seed: int = 1, processes: int = 3) -> Figures:
    """Delivers to so many channels with processes that are killed meanwhile."""
    chaos, chance, began = Chaos(random.Random(seed)), random.Random(seed + 1), time.monotonic()
    async with seeded(database_url) as store, connectors(chaos) as urls:
        await subscribe(store, urls, channels)
        outbox, fleet = OutboxStore(store.database), Fleet(database_url, processes)
        try:
            while await unsettled(outbox, channels) and time.monotonic() - began < GIVE_UP_SECONDS:
                await asyncio.sleep(chance.uniform(0.3, 2.5))
                # Half as many kills as channels have hundreds, and three at least; then they may finish.
                if fleet.kills < 3 + channels // 50:
                    fleet.kill_one(chance)
            items = await outbox.items(kinds=[Kind.DIGEST], limit=10 * channels)
            first = [item for item in items if item.part == 0]
            figures = seen(chaos, first, channels, time.monotonic() - began, fleet.kills)
            chaos.calm = True
            await operate(outbox, first, chaos)
            await settled(outbox, channels)
        finally:
            fleet.stop()
        once = len(chaos.arrived) == channels and set(chaos.arrived.values()) == {1}
        return Figures(**figures, once_each_after_the_operator=once, answered=dict(chaos.answered))


class Fleet:
    """Processes that deliver; one that is killed is replaced at once."""

    def __init__(self, database_url: str, size: int) -> None:
        self.kills = 0
        self._database_url = database_url
        self._context = multiprocessing.get_context("spawn")
        self._started = 0
        self._running = [self._start() for _ in range(size)]

    def _start(self) -> BaseProcess:
        self._started += 1
        name = f"process-{self._started}"
        process = self._context.Process(
            target=deliver, args=(self._database_url, name, True, LEASE_SECONDS), daemon=True
        )
        process.start()
        return process

    def kill_one(self, chance: random.Random) -> None:
        """Ends one without a warning."""
        number = chance.randrange(len(self._running))
        self._running[number].kill()
        self._running[number].join()
        self._running[number] = self._start()
        self.kills += 1

    def stop(self) -> None:
        """Ends all in order."""
        for process in self._running:
            process.terminate()
        for process in self._running:
            process.join(20)


@asynccontextmanager
async def connectors(chaos: Chaos) -> AsyncIterator[list[str]]:
    """Two addresses of the connector; the second refuses connections for the first seconds."""
    app = web.Application()
    app.router.add_post("/v3/conversations", chaos.create)
    app.router.add_post("/v3/conversations/{conversation}/activities", chaos.reply)
    async with running(app) as url:
        other = web.AppRunner(_same(chaos), access_log=None, shutdown_timeout=1)
        await other.setup()
        # A free port that nobody listens on until then.
        async with running(web.Application()) as taken:
            port = int(taken.rpartition(":")[2])

        async def open_later() -> None:
            await asyncio.sleep(4)
            await web.TCPSite(other, "127.0.0.1", port).start()

        opening = asyncio.create_task(open_later())
        try:
            yield [url, f"http://127.0.0.1:{port}"]
        finally:
            opening.cancel()
            await other.cleanup()


def _same(chaos: Chaos) -> web.Application:
    app = web.Application()
    app.router.add_post("/v3/conversations", chaos.create)
    app.router.add_post("/v3/conversations/{conversation}/activities", chaos.reply)
    return app


async def unsettled(outbox: OutboxStore, channels: int) -> bool:
    """Whether something is still to be planned, sent or known."""
    counts = await outbox.counts()
    going = counts.get(State.PLANNED, 0) + counts.get(State.SENDING, 0)
    return going > 0 or sum(counts.values()) < channels


async def settled(outbox: OutboxStore, channels: int) -> None:
    """Waits until nothing is under way."""
    async with asyncio.timeout(GIVE_UP_SECONDS):
        while await unsettled(outbox, channels):  # noqa: ASYNC110 (other processes set no event)
            await asyncio.sleep(0.5)


async def operate(outbox: OutboxStore, items: Sequence[Item], chaos: Chaos) -> None:
    """What a coordinator does who looks into each channel whose digest is unknown."""
    for item in items:
        if item.state is State.UNKNOWN:
            there = chaos.arrived[item.place.partition("|")[2]]
            await outbox.settle(item.id, State.SENT if there else State.PLANNED, "operator", now())


def seen(chaos: Chaos, items: Sequence[Item], channels: int, seconds: float, kills: int) -> dict[str, Any]:
    """The figures before the operator does anything."""
    by_channel = {item.place.partition("|")[2]: item for item in items}
    unknown = [c for c, item in by_channel.items() if item.state is State.UNKNOWN]
    sent = [c for c, item in by_channel.items() if item.state is State.SENT]
    return {
        "channels": channels,
        "seconds": round(seconds, 1),
        "kills": kills,
        "requests": len(chaos.requests),
        "arrived": len(chaos.arrived),
        "sent": len(sent),
        "unknown": len(unknown),
        "unknown_arrived": sum(chaos.arrived[c] == 1 for c in unknown),
        "lost": tuple(c for c in sent if not chaos.arrived[c]),
        "doubled": tuple(c for c, n in chaos.arrived.items() if n > 1),
        "wrong_states": channels - len(sent) - len(unknown),
        "busiest_second_of_a_tenant": busiest(sorted(chaos.requests), 1.0),
        "thread_limits_kept": all(
            busiest(sorted(moments), length) <= most
            for moments in chaos.by_thread.values()
            for most, length in DOCUMENTED_PER_THREAD
        ),
    }


def busiest(moments: Sequence[float], length: float) -> int:
    """The most of these sorted moments that lie within so many seconds."""
    return max((bisect_left(moments, start + length) - n for n, start in enumerate(moments)), default=0)


def main() -> None:
    """Prints the figures; exit status 1 when something was lost, doubled or sent too fast."""
    options = argparse.ArgumentParser(description=f"Deliver to many channels of {TENANT} while everything goes wrong.")
    options.add_argument("--channels", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--processes", type=int, default=3)
    given = options.parse_args()
    with own_postgresql() as url:
        figures = asyncio.run(run(url, given.channels, given.seed, given.processes))
    print(json.dumps(asdict(figures), indent=2))
    whole = figures.once_each_after_the_operator and not (figures.lost or figures.doubled or figures.wrong_states)
    slow = figures.thread_limits_kept and figures.busiest_second_of_a_tenant <= DOCUMENTED_PER_TENANT
    raise SystemExit(0 if whole and slow else 1)


if __name__ == "__main__":
    main()
