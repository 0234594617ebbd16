"""``app.py serve`` as an administrator runs it: a process of its own, a port, a database file and signals."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from tests.activities import message
from tests.connector import FakeConnector, running_connector

ROOT = Path(__file__).resolve().parent.parent
QUESTION = "what is due this quarter for digitale veiligheid"


@dataclass
class Served:
    """A running server and where it listens."""

    process: Process
    address: str

    async def post(self, activity: dict[str, Any]) -> int:
        """Delivers an activity; gives the status of the response."""
        async with ClientSession() as client, client.post(f"{self.address}/api/messages", json=activity) as response:
            return response.status

    async def get(self, path: str) -> int:
        """The status of a GET."""
        async with ClientSession() as client, client.get(f"{self.address}{path}") as response:
            return response.status

    async def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Sends a signal; gives the exit status."""
        self.process.send_signal(number)
        async with asyncio.timeout(20):
            return await self.process.wait()


async def start(*arguments: str) -> Process:
    """``app.py serve`` with the settings of these arguments only."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("UVP_")}
    command = [sys.executable, "app.py", "serve", "--today=2026-11-24", *arguments]
    return await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment, stdout=PIPE, stderr=PIPE)


@asynccontextmanager
async def serving(folder: Path) -> AsyncIterator[Served]:
    """A server on a free port over the database file in the folder."""
    process = await start("--port=0", f"--db=sqlite:///{folder}/uvp.db")
    try:
        assert process.stdout is not None
        async with asyncio.timeout(30):
            said = (await process.stdout.readline()).decode()
        found = re.search(r"http://127\.0\.0\.1:\d+", said)
        assert found, said
        yield Served(process, found.group())
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


@pytest.fixture
async def connector() -> AsyncIterator[FakeConnector]:
    async with running_connector() as running:
        yield running


def codes(text: str) -> list[str]:
    """The codes of actions, in order."""
    return re.findall(r"\b[A-Z]{3,4}-\d{2}\b", text)


async def test_the_question_of_the_mission_is_answered_over_the_wire(connector: FakeConnector, tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        assert await served.get("/readyz") == 200
        assert await served.post(message(QUESTION, connector.url)) == 200
        (answer,) = await connector.wait_for(1)
        assert codes(answer.words) == ["DIG-02", "DIG-03", "DIG-04", "DIG-06", "DIG-07", "DIG-05", "DIG-01"]
        assert answer.card is not None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_it_and_after_a_restart_the_conversation_goes_on(
    connector: FakeConnector, tmp_path: Path, number: signal.Signals
) -> None:
    async with serving(tmp_path) as served:
        await served.post(message(QUESTION, connector.url))
        assert await served.end(number) == 0
    async with serving(tmp_path) as served:
        await served.post(message("how many is that?", connector.url))
        _, counted = await connector.wait_for(2)
        assert re.search(r"\b5\b", counted.words)


async def test_a_port_that_is_taken_is_said_in_one_line(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        second = await start(f"--port={served.address.rpartition(':')[2]}", f"--db=sqlite:///{tmp_path}/other.db")
        _, told = await second.communicate()
        assert second.returncode == 1
        (line,) = (line for line in told.decode().splitlines() if " INFO " not in line)
        assert served.address.removeprefix("http://") in line
