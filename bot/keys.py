"""The keys with which the Bot Framework service signs its tokens, fetched over aiohttp and kept.

Source of the protocol: "Authentication with the Bot Connector API" in Microsoft's documentation: an OpenID metadata
document names the address of the key set; each key lists the channels it is endorsed for.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import jwt
import orjson
from aiohttp import ClientError, ClientSession, ClientTimeout

log = logging.getLogger(__name__)

FRESH_SECONDS = 24 * 3600
PAUSE_SECONDS = 60
FETCH_TIMEOUT = ClientTimeout(total=10)


class KeysUnavailable(Exception):
    """No signing keys could be fetched yet, so no token can be checked."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A public key and the channels that its tokens may speak for."""

    key: jwt.PyJWK
    endorsements: frozenset[str]


class SigningKeys:
    """Keys by id. Refreshed when a day old, and at most once a minute when an unknown id turns up.

    ``clock`` gives monotonic seconds. ``generation`` grows with each refresh, so that what was derived from older keys
    can be dropped.
    """

    def __init__(self, session: ClientSession, metadata_url: str, clock: Callable[[], float]) -> None:
        self._session = session
        self._url = metadata_url
        self._clock = clock
        self._keys: Mapping[str, SigningKey] = {}
        self._fetched: float | None = None
        self._tried: float | None = None
        self._lock = asyncio.Lock()
        self._background: asyncio.Task[None] | None = None
        self.generation = 0

    async def find(self, key_id: str) -> SigningKey | None:
        """The key, or None when the service does not publish it. Raises KeysUnavailable."""
        self.refresh_if_old()
        key = self._keys.get(key_id)
        if key is None:
            await self._refresh()
            key = self._keys.get(key_id)
        if key is None and self._fetched is None:
            raise KeysUnavailable
        return key

    def refresh_if_old(self) -> None:
        """Starts a refresh behind the scenes when the keys are a day old; they serve on until it is done."""
        if self._fetched is None or self._clock() - self._fetched < FRESH_SECONDS:
            return
        if self._may_try() and (self._background is None or self._background.done()):
            self._background = asyncio.create_task(self._refresh())

    async def _refresh(self) -> None:
        """Fetches the keys unless another turn did within the last minute; keeps the old ones on failure."""
        async with self._lock:
            if not self._may_try():
                return
            self._tried = self._clock()
            try:
                self._keys = _parse(await self._fetch((await self._fetch(self._url))["jwks_uri"]))
            except (ClientError, TimeoutError, ValueError, KeyError, TypeError, jwt.PyJWTError) as error:
                log.warning("signing keys could not be fetched", extra={"cause": repr(error)})
                return
            self._fetched = self._clock()
            self.generation += 1

    def _may_try(self) -> bool:
        return self._tried is None or self._clock() - self._tried >= PAUSE_SECONDS

    async def _fetch(self, url: str) -> Any:
        async with self._session.get(url, timeout=FETCH_TIMEOUT, raise_for_status=True) as response:
            return orjson.loads(await response.read())


def _parse(document: Any) -> dict[str, SigningKey]:
    """RSA signing keys of a key set by id; others are left out."""
    return {
        key["kid"]: SigningKey(jwt.PyJWK(key, algorithm="RS256"), frozenset(key.get("endorsements", ())))
        for key in document["keys"]
        if key.get("kty") == "RSA" and key.get("use", "sig") == "sig" and "kid" in key
    }
