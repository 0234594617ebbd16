"""Who gets in: tokens, tenants, addresses and replays, checked before the SDK sees anything.

About replay: the service uses one token for an hour, so a token seen before is normal. The same request again (token
and body) is either Teams sending again because the first try was not answered in time, which must get through and is
then deduplicated by its id, or, once the first was answered, a replay, which is refused.
"""

# ruff: noqa: ARG002 -- the local gate has the signatures of the other one

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any, Protocol
from urllib.parse import urlsplit

from bot.auth import Refused, TokenCheck
from bot.settings import is_loopback

REQUESTS_KEPT = 10_000


class Gate(Protocol):
    """Lets requests in or refuses them."""

    async def admit(self, header: str, body: bytes, activity: Mapping[str, Any]) -> Mapping[str, Any]:
        """The claims of who sends; empty in local mode. Raises Refused, KeysUnavailable."""

    def answered(self, header: str, body: bytes) -> None:
        """Notes that the request was answered with success."""


@dataclass(frozen=True, slots=True)
class LocalGate:
    """Local mode: no tokens, and answers go to this machine only. Empty ``tenants`` lets every tenant in."""

    tenants: Collection[str] = ()

    async def admit(self, header: str, body: bytes, activity: Mapping[str, Any]) -> Mapping[str, Any]:
        """No claims. Raises Refused."""
        check_local_url(activity.get("serviceUrl"))
        if self.tenants:
            check_tenant(activity, self.tenants)
        return {}

    def answered(self, header: str, body: bytes) -> None:
        """Nothing to remember: without tokens nothing can be replayed."""


class TeamsGate:
    """The gate towards Microsoft's service."""

    def __init__(self, tokens: TokenCheck, tenants: Collection[str], hosts: Collection[str]) -> None:
        self._tokens = tokens
        self._tenants = tenants
        self._hosts = hosts
        self._replays = Replays()

    async def admit(self, header: str, body: bytes, activity: Mapping[str, Any]) -> Mapping[str, Any]:
        """The claims of the token. Raises Refused, KeysUnavailable."""
        claims = await self._tokens.claims(header, activity)
        check_service_url(activity.get("serviceUrl"), self._hosts)
        check_tenant(activity, self._tenants)
        self._replays.check(header, body)
        return claims

    def answered(self, header: str, body: bytes) -> None:
        """From now on the same request is a replay."""
        self._replays.note(header, body)


class Replays:
    """Requests that were answered. Bounded, and of this process only; the store deduplicates across processes."""

    def __init__(self) -> None:
        self._answered: OrderedDict[bytes, None] = OrderedDict()

    def check(self, header: str, body: bytes) -> None:
        """Raises Refused when the same token came with the same body before."""
        if _digest(header, body) in self._answered:
            raise Refused(403, "a request that was answered already")

    def note(self, header: str, body: bytes) -> None:
        """Remembers that the request was answered."""
        self._answered[_digest(header, body)] = None
        if len(self._answered) > REQUESTS_KEPT:
            self._answered.popitem(last=False)


def _digest(header: str, body: bytes) -> bytes:
    return sha256(header.encode("utf-8", "surrogateescape") + b"\0" + body).digest()


def check_tenant(activity: Mapping[str, Any], allowed: Collection[str]) -> None:
    """Refuses people of other tenants. The SDK's own ``conversation.tenant_id`` is always None, so the raw activity is
    read. Raises Refused."""
    tenant = tenant_of(activity)
    if tenant is None:
        raise Refused(403, "no tenant")
    if tenant not in allowed:
        raise Refused(403, "another tenant")


def tenant_of(activity: Mapping[str, Any]) -> str | None:
    """The tenant that a raw activity names, in its channel data or its conversation."""
    for outer, inner in (("channelData", "tenant"), ("conversation", None)):
        place: Any = activity.get(outer)
        if inner and isinstance(place, Mapping):
            place = place.get(inner)
        value = place.get("id" if inner else "tenantId") if isinstance(place, Mapping) else None
        if isinstance(value, str) and value:
            return value
    return None


def check_local_url(url: object) -> None:
    """In local mode answers go to this machine only. Raises Refused."""
    scheme, host = _origin(url) if isinstance(url, str) else ("", "")
    if scheme not in ("http", "https") or not is_loopback(host):
        raise Refused(403, "serviceUrl is not on this machine")


def check_service_url(url: object, hosts: Collection[str]) -> None:
    """Answers go to Microsoft's hosts over https. Raises Refused.

    An own check beside the signed claim: a reference with a wrong address would later receive the bot's token.
    """
    scheme, host = _origin(url) if isinstance(url, str) else ("", "")
    if scheme != "https" or not any(host.endswith(h) if h.startswith(".") else host == h for h in hosts):
        raise Refused(403, "serviceUrl is not an address the bot may send to")


@lru_cache(maxsize=256)
def _origin(url: str) -> tuple[str, str]:
    """Scheme and host; empty where it is no address."""
    try:
        parts = urlsplit(url)
        return parts.scheme, parts.hostname or ""
    except ValueError:
        return "", ""
