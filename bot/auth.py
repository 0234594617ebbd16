"""The complete check of a token: signed by the Bot Framework service for this app, and fit for its activity.

Source of the rules: "Authenticate requests from the Bot Connector service to your bot" in Microsoft's documentation.
Tokens of the emulator, of other bots and of users carry another issuer and are refused.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import jwt

from bot.keys import SigningKeys

ISSUER = "https://api.botframework.com"
LEEWAY_SECONDS = 300
REQUIRED = ["exp", "iss", "aud"]
TOKENS_KEPT = 64


@dataclass(eq=False)
class Refused(Exception):
    """The request is not let in: HTTP ``status`` 401 (who are you) or 403 (not with this), and why, for the log."""

    status: int
    reason: str

    def __str__(self) -> str:
        return f"{self.status} {self.reason}"


@dataclass(frozen=True, slots=True)
class Verified:
    """Claims whose signature was checked, the channels they may speak for, and when they end (epoch seconds)."""

    claims: Mapping[str, Any]
    endorsements: frozenset[str]
    expires: float


class TokenCheck:
    """Checks tokens of the service for one app. ``now`` gives epoch seconds."""

    def __init__(self, app_id: str, keys: SigningKeys, now: Callable[[], float]) -> None:
        self._app_id = app_id
        self._keys = keys
        self._now = now
        self._verified: OrderedDict[str, Verified] = OrderedDict()
        self._generation = keys.generation

    async def claims(self, header: str | None, activity: Mapping[str, Any]) -> Mapping[str, Any]:
        """The claims of a token that fits the activity. Raises Refused, KeysUnavailable."""
        scheme, _, token = (header or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Refused(401, "no bearer token")
        verified = self._known(token) or await self._verify(token)
        if self._now() >= verified.expires + LEEWAY_SECONDS:
            raise Refused(401, "token expired")
        channel, service_url = activity.get("channelId"), activity.get("serviceUrl")
        if not isinstance(channel, str) or channel not in verified.endorsements:
            raise Refused(403, "the signing key is not endorsed for the channel")
        if not service_url or verified.claims.get("serviceurl") != service_url:
            raise Refused(403, "the token is for another serviceUrl")
        return verified.claims

    def _known(self, token: str) -> Verified | None:
        """A token verified before: the service uses one for an hour, and a signature costs more than the turn."""
        self._keys.refresh_if_old()
        if self._generation != self._keys.generation:
            self._verified.clear()
            self._generation = self._keys.generation
        return self._verified.get(token)

    async def _verify(self, token: str) -> Verified:
        key = await self._keys.find(_key_id(token))
        if key is None:
            raise Refused(401, "unknown signing key")
        try:
            claims = jwt.decode(
                token,
                key.key,
                algorithms=["RS256"],
                audience=self._app_id,
                issuer=ISSUER,
                leeway=LEEWAY_SECONDS,
                options={"require": REQUIRED},
            )
        except jwt.PyJWTError as error:
            raise Refused(401, f"token refused: {type(error).__name__}") from None
        verified = Verified(claims, key.endorsements, float(claims["exp"]))
        self._verified[token] = verified
        if len(self._verified) > TOKENS_KEPT:
            self._verified.popitem(last=False)
        return verified


def _key_id(token: str) -> str:
    try:
        header = jwt.get_unverified_header(token)
    except jwt.PyJWTError:
        raise Refused(401, "not a token") from None
    if header.get("alg") != "RS256" or not isinstance(header.get("kid"), str):
        raise Refused(401, "another algorithm, or no key id")
    return str(header["kid"])
