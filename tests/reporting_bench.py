"""What a turn of a dialog costs beside a plain question, in CPU of the bot's process.

``python -m tests.reporting_bench`` prints the ratio of each step to a question within the same repetition, and that of
all steps together.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import orjson
from aiohttp import ClientSession

from tests.activities import execute, message
from tests.connector import FakeConnector, running_connector
from tests.reporting_load import serve
from tests.reporting_rig import Card, buttons
from uvp.planfile import shipped_plan
from uvp.storage.engine import open_store

QUESTIONS = (
    "wat is er te laat?",
    "wat moet er dit kwartaal af voor zorg en veiligheid",
    "vertel eens wat meer over Hackshield",
    "hoe staat het met zorg en veiligheid",
    "hoeveel acties zijn er te laat",
    "wie is portefeuillehouder van verkeer",
)
STEPS = ("begin", "status", "note", "noted", "confirm")
PICKS = {"status": "loopt", "note": "note", "noted": "chosen", "confirm": "confirm"}
TICKS = os.sysconf("SC_CLK_TCK")


class Bench:
    """One process of the bot, and what it costs."""

    def __init__(self, url: str, pid: int, connector: FakeConnector, session: ClientSession, codes: list[str]) -> None:
        self._url, self._pid, self._connector, self._session = url, pid, connector, session
        self._codes = codes
        self._cards: dict[int, Card] = {}

    def cpu(self) -> float:
        """Seconds of CPU that the process has used."""
        fields = Path(f"/proc/{self._pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    async def post(self, body: dict[str, Any]) -> Any:
        """One activity; its answer."""
        headers = {"Content-Type": "application/json"}
        async with self._session.post(
            f"{self._url}/api/messages", data=orjson.dumps(body), headers=headers
        ) as response:
            assert response.status == 200
            return orjson.loads(await response.read() or b"null")

    async def question(self, who: int) -> None:
        """A plain question."""
        await self.post(message(QUESTIONS[who % len(QUESTIONS)], self._connector.url, who))

    async def step(self, name: str, who: int) -> None:
        """One step of this person's report."""
        if name == "begin":
            await self.post(message(f"update {self._codes[who % len(self._codes)]}", self._connector.url, who))
            sent = self._connector.messages[-1].card
        else:
            pick = next(d for d in buttons(self._cards[who]) if d.get("pick") == PICKS[name])
            data = {**pick, "note": "besproken in het overleg"} if name == "noted" else pick
            sent = (await self.post(execute(data, self._connector.url, who, replyToId="card")))["value"]
        assert isinstance(sent, dict), sent
        self._cards[who] = sent

    async def measured(self, name: str, people: range) -> float:
        """CPU milliseconds a turn, one for each of these people."""
        self._connector.calls.clear()
        before = self.cpu()
        for who in people:
            await (self.question(who) if name == "question" else self.step(name, who))
            self._connector.calls[:-3] = []
        return (self.cpu() - before) * 1000 / len(people)


async def run(folder: str, people: int, repetitions: int) -> dict[str, list[float]]:
    """The cost of each kind of turn in each repetition."""
    url, plan = f"sqlite:///{folder}/uvp.db", shipped_plan()
    store = open_store(url)
    await store.migrate()
    await store.seed(plan)
    context = multiprocessing.get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    async with running_connector() as connector, ClientSession() as session:
        process = context.Process(target=serve, args=(url, connector.url, time.time(), sending), daemon=True)
        process.start()
        try:
            address = await asyncio.to_thread(receiving.recv)
            bench = Bench(address, process.pid or 0, connector, session, [a.code for a in plan.actions])
            found: dict[str, list[float]] = {name: [] for name in ("question", *STEPS)}
            for repetition in range(repetitions + 1):
                # The first person is the coordinator, who is asked more. Everybody reports on an action of their own,
                # so that nobody has to confirm twice.
                crowd = range(2, people + 2)
                for name, costs in found.items():
                    cost = await bench.measured(name, crowd)
                    if repetition:  # the first one warms up
                        costs.append(cost)
        finally:
            process.kill()
            process.join()
    await store.close()
    return found


def main() -> None:
    """Prints milliseconds and ratios."""
    parser = argparse.ArgumentParser(description="What a turn of a dialog costs beside a plain question.")
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--reps", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(run(folder, min(options.people, 50), options.reps))
    questions = found["question"]
    print(f"question: {statistics.median(questions):.2f} ms")
    for name in STEPS:
        ratio = statistics.median(cost / base for cost, base in zip(found[name], questions, strict=True))
        print(f"{name}: {statistics.median(found[name]):.2f} ms, {ratio:.2f} times a question")
    every = [sum(costs) / len(STEPS) for costs in zip(*(found[name] for name in STEPS), strict=True)]
    ratio = statistics.median(cost / base for cost, base in zip(every, questions, strict=True))
    print(f"a turn of a dialog: {ratio:.2f} times a question")


if __name__ == "__main__":
    main()
