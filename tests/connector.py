"""A stand-in for the Bot Connector service: the real REST protocol over a real socket, and able to misbehave."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
from aiohttp import web


@dataclass(frozen=True, slots=True)
class Misbehaviour:
    """What happens to one request: an error status, a wait, or a connection dropped before or after it counts."""

    status: int | None = None
    code: str = ""
    retry_after: str | None = None
    delay: float = 0.0
    drop: bool = False
    accept: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """A request that arrived and was accepted. Ids are decoded; ``activity_id`` is empty where the path has none."""

    method: str
    conversation: str
    activity_id: str
    body: dict[str, Any]
    authorization: str | None

    @property
    def card(self) -> dict[str, Any] | None:
        """The first card of what was sent."""
        attachments = self.body.get("attachments") or []
        return attachments[0]["content"] if attachments else None

    @property
    def words(self) -> str:
        """The text of what was sent, as a notification or a screen reader has it."""
        return self.body.get("text") or self.body.get("summary") or ""


@dataclass
class FakeConnector:
    """Notes what it accepts; ``plan`` holds what happens to the next requests, one each."""

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    plan: deque[Misbehaviour] = field(default_factory=deque)
    members: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    channels: list[dict[str, str]] = field(default_factory=list)
    arrived: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def messages(self) -> list[Call]:
        """The messages that were posted, without typing."""
        return [c for c in self.calls if c.method in ("POST", "PUT") and c.body.get("type") == "message"]

    async def wait_for(self, count: int) -> list[Call]:
        """The messages, once there are ``count`` of them."""
        async with self.arrived, asyncio.timeout(10):
            await self.arrived.wait_for(lambda: len(self.messages) >= count)
        return self.messages

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One request of the bot."""
        body = await request.read()
        bad = self.plan.popleft() if self.plan else Misbehaviour()
        if bad.delay:
            await asyncio.sleep(bad.delay)
        if (member := request.match_info.get("member")) is not None and member not in self.members:
            bad = Misbehaviour(status=404, code="MemberNotFoundInConversation", accept=True)
        good = bad.status is None and not bad.drop
        if good or bad.accept:
            await self._note(request, orjson.loads(body) if body else {})
        if bad.drop and request.transport:
            request.transport.abort()
        if good:
            return web.json_response(self._answer(request))
        return _refusal(bad)

    async def _note(self, request: web.Request, body: dict[str, Any]) -> None:
        path = request.match_info
        self.calls.append(
            Call(
                request.method,
                path.get("conversation", ""),
                path.get("activity", ""),
                body,
                request.headers.get("Authorization"),
            )
        )
        async with self.arrived:
            self.arrived.notify_all()

    def _answer(self, request: web.Request) -> Mapping[str, Any]:
        number = len(self.calls)
        if "team" in request.match_info:
            return {"conversations": self.channels}
        if "member" in request.match_info:
            return self.members[request.match_info["member"]]
        if "conversation" in request.match_info:
            return {"id": f"sent-{number}"}
        return {"id": f"19:new@thread.tacv2;messageid={number}", "activityId": f"sent-{number}"}


def _refusal(bad: Misbehaviour) -> web.Response:
    headers = {"Retry-After": bad.retry_after} if bad.retry_after else {}
    error = {"error": {"code": bad.code, "message": "as the test wants it"}}
    return web.json_response(error, status=bad.status or 500, headers=headers)


@asynccontextmanager
async def running_connector() -> AsyncIterator[FakeConnector]:
    """A connector on a free port of loopback."""
    connector = FakeConnector()
    app = web.Application()
    base = "/v3/conversations"
    app.router.add_post(base, connector.handle)
    app.router.add_post(base + "/{conversation}/activities", connector.handle)
    app.router.add_route("*", base + "/{conversation}/activities/{activity}", connector.handle)
    app.router.add_get(base + "/{conversation}/members/{member}", connector.handle)
    app.router.add_get("/v3/teams/{team}/conversations", connector.handle)
    async with running(app) as url:
        connector.url = url + "/"
        yield connector


@asynccontextmanager
async def running(app: web.Application) -> AsyncIterator[str]:
    """Serves an application on a free port of loopback; gives its address without a slash at the end."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
