"""What a turn of the bot costs: its parts in microseconds, and the whole beside echo bots, as a ratio.

    python -m tests.turn_cost [--rounds 8] [--turns 200] [--concurrency 1]

Each bot is a process of its own on one core; this process is Teams, on another core where there is one. The bots take
turns in short rounds, because a machine's speed drifts: the ratios count, the microseconds are an indication.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count, cycle, islice
from pathlib import Path
from statistics import median
from time import process_time
from urllib.parse import quote

import orjson
from aiohttp import ClientSession, web
from botbuilder.core import BotFrameworkAdapter, BotFrameworkAdapterSettings, TurnContext
from botbuilder.schema import Activity

from app import build_assistant
from bot.activities import wire
from bot.cards import answer_card
from bot.replies import reply
from bot.state import StateStore
from tests.activities import message
from tests.connector import running, running_connector
from uvp.answers.answering import answer
from uvp.planfile import shipped_plan
from uvp.storage.engine import open_store

TODAY = date(2026, 11, 24)
QUESTIONS = (
    "wat moet er dit kwartaal af voor digitale veiligheid",
    "wat is er te laat?",
    "welke acties vallen onder verkeersveiligheid",
    "wie is portefeuillehouder van zorg en veiligheid",
    "hoeveel acties zijn er te laat",
    "which actions start in Q4 2025",
    "wanneer moet DIG-03 klaar zijn",
    "doorlopende acties",
)
ECHOES = {"aiohttp": "an echo on aiohttp alone", "sdk": "an echo on the SDK's adapter"}
_numbers = count()


@dataclass(frozen=True, slots=True)
class Bot:
    """A running bot: what it is, where it listens, and its process."""

    name: str
    url: str
    pid: int

    def cpu(self) -> float:
        """CPU seconds of all its threads until now."""
        threads = Path(f"/proc/{self.pid}/task").iterdir()
        return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e9


async def echo(kind: str) -> None:
    """An echo bot, until it is killed; says where it listens."""
    async with ClientSession() as session:
        app = web.Application()
        app.router.add_post("/api/messages", _sdk_echo() if kind == "sdk" else _aiohttp_echo(session))
        async with running(app) as url:
            print(url, flush=True)
            await asyncio.Event().wait()


def _aiohttp_echo(session: ClientSession) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def messages(request: web.Request) -> web.Response:
        said = await request.json()
        place = f"{quote(said['conversation']['id'], safe='')}/activities/{quote(said['id'], safe='')}"
        answered = {"type": "message", "text": said["text"], "replyToId": said["id"]}
        async with session.post(f"{said['serviceUrl']}v3/conversations/{place}", json=answered) as response:
            await response.read()
        return web.Response()

    return messages


def _sdk_echo() -> Callable[[web.Request], Awaitable[web.Response]]:
    adapter = BotFrameworkAdapter(BotFrameworkAdapterSettings("", ""))

    async def logic(context: TurnContext) -> None:
        await context.send_activity(context.activity.text)

    async def messages(request: web.Request) -> web.Response:
        await adapter.process_activity(Activity.deserialize(await request.json()), "", logic)
        return web.Response()

    return messages


@asynccontextmanager
async def started(name: str, *arguments: str) -> AsyncIterator[Bot]:
    """A bot as a process on one core; it says where it listens in its first line."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("UVP_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        with suppress(AttributeError, OSError):
            os.sched_setaffinity(process.pid, {max(os.sched_getaffinity(process.pid))})
        assert process.stdout is not None
        line = (await process.stdout.readline()).decode()
        url = next(word for word in line.split() if word.startswith("http")).removesuffix("/api/messages")
        yield Bot(name, url, process.pid)
    finally:
        process.kill()
        await process.wait()


async def round_of(bot: Bot, session: ClientSession, service: str, turns: int, concurrency: int) -> float:
    """Microseconds of CPU a turn over some turns."""
    waiting = iter(range(turns))

    async def person() -> None:
        for _ in waiting:
            number = next(_numbers)
            said = message(QUESTIONS[number % len(QUESTIONS)], service, who=number % 50)
            async with session.post(f"{bot.url}/api/messages", json=said) as response:
                assert response.status < 300, await response.text()

    before = bot.cpu()
    await asyncio.gather(*(person() for _ in range(concurrency)))
    return (bot.cpu() - before) / turns * 1e6


async def whole(rounds: int, turns: int, concurrency: int) -> Iterable[str]:
    """A line for each bot: its median, and the ratio of ours to it."""
    async with AsyncExitStack() as stack:
        connector = await stack.enter_async_context(running_connector())
        session = await stack.enter_async_context(ClientSession())
        file = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "turn.db"
        serve = ("app.py", "serve", "--port=0", f"--today={TODAY}", f"--db=sqlite:///{file}")
        bots = [await stack.enter_async_context(started("this bot", *serve))]
        for kind, name in ECHOES.items():
            bots.append(await stack.enter_async_context(started(name, "-m", "tests.turn_cost", "--echo", kind)))
        costs: dict[str, list[float]] = {bot.name: [] for bot in bots}
        for number in range(rounds + 1):
            for bot in bots:
                cost = await round_of(bot, session, connector.url, turns, concurrency)
                connector.calls.clear()
                if number:  # the first round only warms up
                    costs[bot.name].append(cost)
    ours = costs["this bot"]
    return [_line(name, own, median(a / b for a, b in zip(ours, own, strict=True))) for name, own in costs.items()]


def _line(name: str, costs: Iterable[float], ratio: float) -> str:
    return f"{name:30s}{median(costs):8.0f} µs   this bot costs {ratio:.2f} of it"


async def parts(turns: int) -> Iterable[str]:
    """A line for each part of a turn, measured by itself."""
    assistant, lines = build_assistant(), []
    questions = list(islice(cycle(QUESTIONS), turns))
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/parts.db")
        await store.migrate()
        await store.seed(shipped_plan())
        snapshot, state, now = await store.snapshot(), StateStore(store.database), datetime.now(UTC)
        asked = [assistant.read(text, snapshot.plan, TODAY) for text in questions]
        answers = [answer(question, snapshot, TODAY) for question in asked]
        texts = [assistant.wording.text(found, snapshot, TODAY) for found in answers]
        wording, said = assistant.wording, list(zip(answers, texts, strict=True))
        cards = [answer_card(found, snapshot, TODAY, wording, text=text) for found, text in said]
        for name, part in {
            "reading the question": lambda n: assistant.read(questions[n], snapshot.plan, TODAY),
            "finding the answer": lambda n: answer(asked[n], snapshot, TODAY),
            "the answer in words": lambda n: wording.text(answers[n], snapshot, TODAY),
            "the answer as a card": lambda n: answer_card(answers[n], snapshot, TODAY, wording, text=texts[n]),
            "the card as JSON": lambda n: orjson.dumps(reply(texts[n], cards[n]), default=wire),
        }.items():
            lines.append(await _timed(name, turns, part))

        async def framed(n: int) -> None:
            begun = await state.begin_turn(f"a{n}", f"s{n % 50}", now)
            await state.finish_turn(f"a{n}", f"s{n % 50}", {"n": n}, begun.etag, now)

        lines.append(await _timed("whether the plan changed", turns, lambda _: store.snapshot()))
        lines.append(await _timed("claim and state, both ends", turns, framed))
        await store.close()
    return lines


async def _timed(name: str, turns: int, part: Callable[[int], object]) -> str:
    before = process_time()
    for n in range(turns):
        made = part(n)
        if isinstance(made, Awaitable):
            await made
    return f"{name:30s}{(process_time() - before) / turns * 1e6:8.0f} µs"


async def main(rounds: int, turns: int, concurrency: int) -> None:
    """Prints the parts and the whole."""
    print("\n".join(await parts(turns * 4)))
    print("\n".join(await whole(rounds, turns, concurrency)))


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=8)
    arguments.add_argument("--turns", type=int, default=200)
    arguments.add_argument("--concurrency", type=int, default=1)
    arguments.add_argument("--echo", choices=ECHOES, help=argparse.SUPPRESS)
    chosen = arguments.parse_args()
    if chosen.echo:
        asyncio.run(echo(chosen.echo))
    else:
        asyncio.run(main(chosen.rounds, chosen.turns, chosen.concurrency))
