"""From an HTTP request to a turn of the SDK and back; an own adapter, because the SDK's answers 500 to every invoke."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

import orjson
from aiohttp import web
from botbuilder.core import CloudAdapterBase, InvokeResponse, TurnContext

from bot.activities import Malformed, read_activity, wire
from bot.auth import Refused
from bot.connector import Connector, ConnectorError
from bot.gate import Gate, tenant_of
from bot.incoming import Incoming, read
from bot.keys import KeysUnavailable
from bot.sdk import Authentication

log = logging.getLogger(__name__)

Logic = Callable[[TurnContext, Incoming], Awaitable[None]]
ON_TRY_LATER = {"Retry-After": "10"}


class TeamsAdapter(CloudAdapterBase):  # type: ignore[misc]  # the SDK has no types
    """Receives activities over HTTP and sends over the connector."""

    def __init__(self, connector: Connector, gate: Gate) -> None:
        self._authentication = Authentication(connector)
        self._gate = gate
        super().__init__(self._authentication)

    async def process(self, request: web.Request, logic: Logic) -> web.Response:
        """One turn. Refusals say what is wrong in a word; nothing of the inside leaves."""
        try:
            return await self._turn(request, logic)
        except Refused as refused:
            log.info("request refused", extra={"status": refused.status, "reason": refused.reason})
            return web.Response(status=refused.status, text="not authorised")
        except Malformed as malformed:
            log.info("request malformed", extra={"reason": malformed.reason})
            return web.Response(status=400, text=malformed.reason)
        except KeysUnavailable:
            return web.Response(status=503, text="the signing keys are not available", headers=ON_TRY_LATER)
        except ConnectorError as error:
            # Logged where it happened. A status that is no success makes Teams send the activity again.
            return web.Response(status=502, text=f"the answer was not delivered ({type(error).__name__})")

    async def _turn(self, request: web.Request, logic: Logic) -> web.Response:
        if request.content_type != "application/json":
            return web.Response(status=415, text="send application/json")
        body, header = await request.read(), request.headers.get("Authorization", "")
        raw = _object(body)
        claims = await self._gate.admit(header, body, raw)
        activity = read_activity(raw)
        incoming = read(activity, tenant_of(raw))
        answer = await self.process_activity(
            self._authentication.admitted(claims), activity, lambda context: logic(context, incoming)
        )
        self._gate.answered(header, body)
        return _response(answer)


def _object(body: bytes) -> dict[str, Any]:
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise Malformed("not JSON") from None
    if not isinstance(value, dict):
        raise Malformed("not a JSON object")
    return value


def _response(answer: InvokeResponse | None) -> web.Response:
    """The answer to an invoke, or an empty success."""
    if answer is None:
        return web.Response(status=200)
    if answer.body is None:
        return web.Response(status=int(answer.status))
    body = orjson.dumps(answer.body, default=wire)
    return web.Response(status=int(answer.status), body=body, content_type="application/json")
