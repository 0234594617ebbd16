"""The Bot Connector REST API (v3), lean: one aiohttp session, ids encoded, failures as typed errors, no retries.

Source: "Bot Connector API reference" in Microsoft's documentation. Sending is not idempotent: a failure after which the
message may have arrived is ``Uncertain``, and whoever sends decides what that means.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote

import orjson
from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    DummyCookieJar,
    InvalidURL,
    NonHttpUrlClientError,
    TCPConnector,
)
from yarl import URL

from bot.activities import wire
from bot.tokens import AppToken, TokenUnavailable

JSON = "application/json; charset=utf-8"
TIMEOUT = ClientTimeout(total=15, sock_connect=5)
REASON_LIMIT = 500


@dataclass(eq=False)
class ConnectorError(Exception):
    """Root of what goes wrong with the connector. ``status`` is None when nothing was answered; ``code`` is the
    service's own (``BotNotInConversationRoster``); ``retry_after`` are seconds."""

    status: int | None = None
    code: str = ""
    reason: str = ""
    retry_after: float | None = None

    def __str__(self) -> str:
        return " ".join(str(part) for part in (type(self).__name__, self.status, self.code, self.reason) if part)


class NotSent(ConnectorError):
    """The request did not go out: no connection, or no token. Safe to try again."""


class Later(ConnectorError):
    """The service did not take it and says to come back: 412, 429, 503. Safe to try again."""


class Uncertain(ConnectorError):
    """It may or may not have arrived: a timeout, a broken connection, 500, 502, 504."""


class Forbidden(ConnectorError):
    """The bot may not post there (401, 403): removed, blocked or switched off. Stop until it is installed again."""


class Gone(ConnectorError):
    """The conversation or the message does not exist (404)."""


class TooLarge(ConnectorError):
    """The message is too big (413); it never fits."""


class Rejected(ConnectorError):
    """Any other refusal of what was sent; trying again gives the same."""


ERRORS: Mapping[int, type[ConnectorError]] = {
    401: Forbidden,
    403: Forbidden,
    404: Gone,
    412: Later,
    413: TooLarge,
    429: Later,
    500: Uncertain,
    502: Uncertain,
    503: Later,
    504: Uncertain,
}


@dataclass(frozen=True, slots=True)
class Created:
    """A conversation that was made: its id, and that of its first message if there is one."""

    conversation_id: str
    activity_id: str | None


def client_session() -> ClientSession:
    """The session for all outgoing calls: no cookies, connections kept. Call it on a running loop."""
    return ClientSession(
        connector=TCPConnector(limit=100, keepalive_timeout=60),
        cookie_jar=DummyCookieJar(),
        timeout=TIMEOUT,
        skip_auto_headers=("User-Agent", "Accept-Encoding", "Accept"),
        headers={"Content-Type": JSON},
    )


class Connector:
    """Sends for the bot. ``token`` None is local mode: nothing is authenticated.

    An activity is an SDK model or a mapping as it goes over the wire.
    """

    def __init__(self, session: ClientSession, token: AppToken | None = None) -> None:
        self._session = session
        self._token = token

    async def send(self, service_url: str, conversation: str, activity: Any, reply_to: str | None = None) -> str | None:
        """Posts an activity and gives its id. Raises ConnectorError."""
        answer = await self._call("POST", address(service_url, conversation, reply_to or ""), activity)
        return _text(answer, "id")

    async def update(self, service_url: str, conversation: str, activity_id: str, activity: Any) -> str | None:
        """Replaces an activity that was sent before. Raises ConnectorError."""
        return _text(await self._call("PUT", address(service_url, conversation, activity_id), activity), "id")

    async def delete(self, service_url: str, conversation: str, activity_id: str) -> None:
        """Takes an activity away. Raises ConnectorError."""
        await self._call("DELETE", address(service_url, conversation, activity_id))

    async def create(self, service_url: str, parameters: Any) -> Created:
        """Starts a conversation, or a thread in a channel. Raises ConnectorError."""
        answer = await self._call("POST", URL(f"{service_url.rstrip('/')}/v3/conversations", encoded=True), parameters)
        conversation = _text(answer, "id")
        if conversation is None:
            raise Uncertain(reason="the answer names no conversation")
        return Created(conversation, _text(answer, "activityId"))

    async def member(self, service_url: str, conversation: str, person: str) -> Mapping[str, Any]:
        """One member of a conversation or team, as the service describes them. Raises ConnectorError."""
        path = f"{quote(conversation, safe='')}/members/{quote(person, safe='')}"
        answer = await self._call("GET", URL(f"{service_url.rstrip('/')}/v3/conversations/{path}", encoded=True))
        return answer if isinstance(answer, dict) else {}

    async def channels(self, service_url: str, team: str) -> Mapping[str, str]:
        """The channels of a team, name by id; the first one has no name and is everybody's. Raises ConnectorError."""
        path = f"v3/teams/{quote(team, safe='')}/conversations"
        answer = await self._call("GET", URL(f"{service_url.rstrip('/')}/{path}", encoded=True))
        listed = answer.get("conversations") if isinstance(answer, dict) else None
        return {c: _text(entry, "name") or "" for entry in listed or () if (c := _text(entry, "id"))}

    async def _call(self, method: str, url: URL, body: Any = None) -> Any:
        """One request, and a second with a fresh token where the first was not accepted."""
        data = None if body is None else orjson.dumps(body, default=wire)
        try:
            return await self._request(method, url, data)
        except Forbidden as refused:
            if refused.status != 401 or self._token is None:
                raise
            self._token.forget()
            return await self._request(method, url, data)

    async def _request(self, method: str, url: URL, data: bytes | None) -> Any:
        try:
            headers = {"Authorization": await self._token.header()} if self._token else None
        except TokenUnavailable as error:
            raise NotSent(reason=str(error)) from error
        try:
            async with self._session.request(
                method, url, data=data, headers=headers, allow_redirects=False
            ) as response:
                answer = _json(await response.read())
                if response.status < 300:
                    return answer
                raise _failure(response.status, answer, response.headers.get("Retry-After"))
        except (ClientConnectorError, ConnectionTimeoutError, InvalidURL, NonHttpUrlClientError) as error:
            raise NotSent(reason=repr(error)) from error
        except (ClientError, TimeoutError) as error:
            raise Uncertain(reason=repr(error)) from error


@lru_cache(maxsize=4096)
def _activities(service_url: str, conversation: str) -> str:
    return f"{service_url.rstrip('/')}/v3/conversations/{quote(conversation, safe='')}/activities"


def address(service_url: str, conversation: str, activity_id: str = "") -> URL:
    """The address of an activity in a conversation, or of its activities."""
    base = _activities(service_url, conversation)
    # Already encoded, so that yarl does not parse and quote it a second time.
    return URL(f"{base}/{quote(activity_id, safe='')}" if activity_id else base, encoded=True)


def _json(body: bytes) -> Any:
    try:
        return orjson.loads(body) if body else None
    except orjson.JSONDecodeError:
        return None


def _text(answer: Any, name: str) -> str | None:
    value = answer.get(name) if isinstance(answer, dict) else None
    return value if isinstance(value, str) and value else None


def _failure(status: int, answer: Any, retry_after: str | None) -> ConnectorError:
    error = answer.get("error") if isinstance(answer, dict) else None
    kind = ERRORS.get(status, Uncertain if status >= 500 else Rejected)
    return kind(
        status, _text(error, "code") or "", (_text(error, "message") or "")[:REASON_LIMIT], _seconds(retry_after)
    )


def _seconds(retry_after: str | None) -> float | None:
    """Seconds of a Retry-After header; a date in it is left to the caller's own pause."""
    try:
        return max(0.0, float(retry_after)) if retry_after else None
    except ValueError:
        return None
