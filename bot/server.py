"""The HTTP server: the bot's endpoint and two questions for whoever watches over it."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress

from aiohttp import web

from uvp.errors import UvpError

log = logging.getLogger(__name__)

Endpoint = Callable[[web.Request], Awaitable[web.StreamResponse]]
Ready = Callable[[], Awaitable[str | None]]
"""Says why the bot cannot work now, or None."""

Upkeep = Callable[[], Awaitable[None]]
"""Work that keeps the house in order, such as forgetting old rows."""

READY_SECONDS = 2
UPKEEP_SECONDS = 3600.0
SHUTDOWN_SECONDS = 15
_LOOK_FOR_CYCLES = 10_000


def make_app(
    messages: Endpoint, ready: Ready, body_limit: int, upkeep: Upkeep | None = None, every: float = UPKEEP_SECONDS
) -> web.Application:
    """``POST /api/messages``, ``GET /healthz`` (the process runs) and ``GET /readyz`` (503 with a reason when it cannot
    work). ``body_limit`` in bytes; ``upkeep`` is done at the start and ``every`` so many seconds."""

    async def healthz(_: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def readyz(_: web.Request) -> web.Response:
        reason = await _ask(ready)
        if reason is None:
            return web.json_response({"status": "ok"})
        return web.json_response({"status": "unavailable", "reason": reason}, status=503)

    app = web.Application(client_max_size=body_limit)
    app.router.add_post("/api/messages", messages)
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    if upkeep is not None:
        app.cleanup_ctx.append(lambda _: _kept_up(upkeep, every))
    return app


async def _kept_up(upkeep: Upkeep, every: float) -> AsyncIterator[None]:
    """Does the upkeep beside the server, from its start to its end."""

    async def regularly() -> None:
        while True:
            try:
                await upkeep()
            except UvpError as error:
                log.warning("upkeep failed", extra={"cause": str(error)})
            await asyncio.sleep(every)

    task = asyncio.create_task(regularly())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def _ask(ready: Ready) -> str | None:
    # Not cancelled when it takes too long: a database that waits for a lock would hold up its own cancelling as well.
    asked = asyncio.ensure_future(ready())
    done, _ = await asyncio.wait([asked], timeout=READY_SECONDS)
    return asked.result() if done else f"no answer within {READY_SECONDS} seconds"


async def serve(app: web.Application, host: str, port: int, say: Callable[[str], None]) -> None:
    """Serves until SIGINT or SIGTERM, then lets running turns end. Port 0 takes a free one; ``say`` gets the address.

    Raises OSError when the address cannot be bound.
    """
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
    await runner.setup()
    # What was built until now lives as long as the process: the collector need not look at it again and again.
    gc.collect()
    gc.freeze()
    # A turn makes thousands of objects and hardly a cycle; looking for cycles after every 700 costs 3 % of it.
    gc.set_threshold(_LOOK_FOR_CYCLES)
    stop = asyncio.Event()
    try:
        await web.TCPSite(runner, host, port, backlog=1024).start()
        bound = runner.addresses[0]
        say(f"http://{f'[{bound[0]}]' if ':' in bound[0] else bound[0]}:{bound[1]}")
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop.set)
        await stop.wait()
    finally:
        await runner.cleanup()
