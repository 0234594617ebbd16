"""The server: health, readiness, the way it starts and the way it stops."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, web

from bot.server import make_app, serve
from tests.connector import running
from uvp.errors import DatabaseUnavailable


class Readiness:
    """What the bot would say about itself."""

    reason: str | None = None
    seconds: float = 0

    async def __call__(self) -> str | None:
        await asyncio.sleep(self.seconds)
        return self.reason


async def slow_turn(request: web.Request) -> web.Response:
    await request.read()
    await asyncio.sleep(0.3)
    return web.Response(text="done")


@pytest.fixture
def readiness() -> Readiness:
    return Readiness()


@pytest.fixture
async def url(readiness: Readiness) -> AsyncIterator[str]:
    async with running(make_app(slow_turn, readiness, 1000)) as address:
        yield address


async def get(url: str) -> tuple[int, dict[str, str]]:
    async with ClientSession() as session, session.get(url) as response:
        return response.status, await response.json()


async def test_a_running_bot_is_healthy_and_ready(url: str) -> None:
    assert await get(f"{url}/healthz") == (200, {"status": "ok"})
    assert await get(f"{url}/readyz") == (200, {"status": "ok"})


async def test_a_bot_that_cannot_work_is_healthy_but_not_ready_and_says_why(url: str, readiness: Readiness) -> None:
    readiness.reason = "the database cannot be used: locked"
    assert await get(f"{url}/healthz") == (200, {"status": "ok"})
    status, answer = await get(f"{url}/readyz")
    assert (status, answer["reason"]) == (503, "the database cannot be used: locked")


async def test_readiness_is_not_waited_for_endlessly(url: str, readiness: Readiness) -> None:
    readiness.seconds = 60
    status, answer = await get(f"{url}/readyz")
    assert status == 503
    assert "no answer" in answer["reason"]


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/api/messages", 405), ("POST", "/", 404)])
async def test_everything_else_is_not_there(url: str, method: str, path: str, status: int) -> None:
    async with ClientSession() as session, session.request(method, url + path) as response:
        assert response.status == status


async def test_a_turn_that_runs_when_the_bot_is_stopped_is_finished(readiness: Readiness) -> None:
    said: asyncio.Queue[str] = asyncio.Queue()
    app = make_app(slow_turn, readiness, 1000)
    server = asyncio.create_task(serve(app, "127.0.0.1", 0, said.put_nowait))
    async with asyncio.timeout(10):
        address = await said.get()
        async with ClientSession() as session:
            turn = asyncio.create_task(session.post(f"{address}/api/messages", data=b"{}"))
            await asyncio.sleep(0.1)
            os.kill(os.getpid(), signal.SIGTERM)
            response = await turn
            assert (response.status, await response.text()) == (200, "done")
        await server


async def test_an_address_that_is_taken_is_an_error(url: str, readiness: Readiness) -> None:
    port = int(url.rpartition(":")[2])
    with pytest.raises(OSError, match="address already in use"):
        await serve(make_app(slow_turn, readiness, 1000), "127.0.0.1", port, print)


async def test_upkeep_is_done_again_and_again_also_after_a_failure(readiness: Readiness) -> None:
    done: asyncio.Queue[int] = asyncio.Queue()

    async def upkeep() -> None:
        done.put_nowait(1)
        if done.qsize() == 1:
            raise DatabaseUnavailable("locked")

    async with asyncio.timeout(10), running(make_app(slow_turn, readiness, 1000, upkeep, every=0.01)):
        for _ in range(3):
            await done.get()
