"""Many people who report at once to several processes that are killed at random; also runs by itself, bigger:

``python -m tests.reporting_load --people 200 --kills 20``
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection as Pipe
from typing import Any

import orjson
from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.activities import execute, message
from tests.clock import Moment
from tests.connector import FakeConnector, running_connector
from tests.reporting_rig import Card, buttons, running_reporter
from uvp.plan import Action, Holder, Named, Plan, Theme
from uvp.storage.engine import open_store

CODES = ("OND-01", "OND-02", "OND-03", "OND-04", "OND-05")
PLAN = Plan(
    slug="druk-2025-2026",
    title="Drukplan 2025-2026",
    region="Voorbeeld",
    start=datetime(2025, 1, 1, tzinfo=UTC).date(),
    end=datetime(2026, 12, 31, tzinfo=UTC).date(),
    municipalities=(Named("Druten"), Named("Heumen")),
    parties=(Named("politie"),),
    themes=(Theme("OND", "Ondermijning", 1, holders=(Holder("De Boer"),)),),
    actions=tuple(Action(code, "OND", "2.1", f"Actie {code}") for code in CODES),
)
FASTER = 30
"""How much faster the clock of the bots goes: what a killed process had begun is taken up after two seconds."""
PATIENCE = 60
AGAIN = "Op deze knop heb je al gedrukt"


@dataclass
class Hasty(Moment):
    """A clock that all processes agree on."""

    began: float = 0.0

    def __call__(self) -> datetime:
        return datetime(2026, 11, 24, 9, tzinfo=UTC) + timedelta(seconds=(time.time() - self.began) * FASTER)


def serve(url: str, service_url: str, began: float, tell: Pipe) -> None:
    """One process of the bot; it says where it listens and runs until it is killed."""

    async def main() -> None:
        store = open_store(url)
        connector = FakeConnector(url=service_url)
        async with running_reporter(store, connector, Hasty(began=began), members={}) as bot:
            tell.send(bot.url)
            await asyncio.Event().wait()

    asyncio.run(main())


class Processes:
    """Two processes of the bot. One that is killed is started again at a new address."""

    def __init__(self, url: str, service_url: str) -> None:
        self._arguments = (url, service_url, time.time())
        # Each process is a fork of one that has imported everything, so that a new one is there at once.
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["tests.reporting_rig"])
        self._running: list[tuple[Any, str]] = []
        self.kills = 0

    def address(self) -> str:
        """Where one of them listens, or listened until just now."""
        return random.choice(self._running)[1]

    async def start(self) -> None:
        """Starts both."""
        self._running = list(await asyncio.gather(self._begin(), self._begin()))

    async def kill_one(self) -> None:
        """Ends one without a warning and starts another in its place."""
        index = random.randrange(len(self._running))
        process, _ = self._running[index]
        process.kill()
        self.kills += 1
        await asyncio.to_thread(process.join)
        self._running[index] = await self._begin()

    def stop(self) -> None:
        """Ends all."""
        for process, _ in self._running:
            process.kill()
            process.join()

    async def _begin(self) -> tuple[Any, str]:
        receiving, sending = self._context.Pipe(duplex=False)
        process = self._context.Process(target=serve, args=(*self._arguments, sending), daemon=True)
        process.start()
        sending.close()
        return process, await asyncio.to_thread(receiving.recv)


@dataclass
class Somebody:
    """A person who reports on one action by typing once and pressing, and does not give up."""

    number: int
    code: str
    processes: Processes
    connector: FakeConnector
    session: ClientSession
    presses: Counter[str] = field(default_factory=Counter)

    async def report(self) -> None:
        """From the first word to the receipt."""
        card = await self._begun()
        async with asyncio.timeout(PATIENCE):
            while not _is_receipt(card):
                picks = [data["pick"] for data in buttons(card) if data.get("do") == "step"]
                pick = next((p for p in ("confirm", "loopt", "*") if p in picks), None)
                # A card without a way on is that of a report that was begun anew meanwhile.
                card = await self._press(card, pick) if pick else await self._begun()

    async def _begun(self) -> Card:
        """Types, again when nothing came back."""
        async with asyncio.timeout(PATIENCE):
            while True:
                body = message(f"update {self.code}", self.connector.url, self.number)
                await self._post(body)
                for _ in range(20):
                    if card := self._card(body["conversation"]["id"]):
                        return card
                    await asyncio.sleep(0.05)

    async def _press(self, card: Card, pick: str) -> Card:
        """Presses, and presses once more when the answer to the first press was lost."""
        data = next(d for d in buttons(card) if d.get("pick") == pick)
        self.presses[pick] += 1
        while True:
            answer = await self._post(execute(data, self.connector.url, self.number, replyToId="card"))
            if answer["type"].endswith("card.adaptive"):
                shown: Card = answer["value"]
                return shown

    async def _post(self, body: dict[str, Any]) -> Any:
        """Sends the same activity again until it is answered, to whichever process is there, as Teams does."""
        data = orjson.dumps(body)
        while True:
            try:
                async with self.session.post(
                    f"{self.processes.address()}/api/messages", data=data, headers={"Content-Type": "application/json"}
                ) as response:
                    if response.status == 200:
                        return orjson.loads(await response.read() or b"null")
            except (ClientError, TimeoutError, ConnectionError):
                pass
            await asyncio.sleep(0.05)

    def _card(self, conversation: str) -> Card | None:
        """The newest card that was posted in a conversation."""
        cards = (c.card for c in reversed(self.connector.messages) if c.conversation == conversation and c.card)
        return next(cards, None)


def _is_receipt(card: Card) -> bool:
    return any(data.get("do") == "undo" for data in buttons(card)) or "Vastgelegd" in str(card.get("fallbackText"))


async def run_load(url: str, people: int, kills: int, pause: float = 0.7) -> dict[str, Any]:
    """Lets everybody report while processes are killed; the updates and what it took. The store is empty before."""
    store = open_store(url)
    await store.migrate()
    await store.add_plan(PLAN)
    async with running_connector() as connector, ClientSession(timeout=ClientTimeout(total=5)) as session:
        processes = Processes(url, connector.url)
        try:
            await processes.start()
            crowd = [Somebody(n, CODES[n % 5], processes, connector, session) for n in range(1, people + 1)]
            began = time.monotonic()
            reports = asyncio.gather(*(somebody.report() for somebody in crowd))
            while processes.kills < kills and not reports.done():
                await asyncio.sleep(random.uniform(0.2, 1) * pause)
                await processes.kill_one()
            await reports
            seconds = time.monotonic() - began
        finally:
            processes.stop()
    snapshot = await store.snapshot()
    updates = sorted((u for entries in snapshot.updates.values() for u in entries), key=lambda u: u.id)
    await store.close()
    confirms = sum(somebody.presses["confirm"] for somebody in crowd)
    return {"updates": updates, "kills": processes.kills, "seconds": seconds, "confirms": confirms}


def main() -> None:
    """A bigger run on a PostgreSQL of its own; prints what it took."""
    from tests.conftest import postgresql_server

    parser = argparse.ArgumentParser(description="Many people report while processes of the bot are killed.")
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--kills", type=int, default=20)
    options = parser.parse_args()
    with postgresql_server() as url:
        result = asyncio.run(run_load(url.replace("@/", "@/postgres"), options.people, options.kills))
    by = Counter(update.by_id for update in result.pop("updates"))
    print(f"{len(by)} people, recorded once each: {set(by.values()) == {1} and len(by) == options.people}; {result}")


if __name__ == "__main__":
    main()
