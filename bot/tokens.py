"""The bot's own token for the connector: acquired in a thread by MSAL, kept, and renewed before it ends."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

from bot.settings import Settings

log = logging.getLogger(__name__)

SCOPE = "https://api.botframework.com"
LOGIN_URL = "https://login.microsoftonline.com/"
LEGACY_TENANT = "botframework.com"
RENEW_SECONDS = 240  # under MSAL's own 300, within which it asks for a new token instead of giving the one it keeps
MARGIN_SECONDS = 30
RETRY_SECONDS = 30
REQUEST_SECONDS = 10

Acquire = Callable[[], Mapping[str, Any]]
"""Blocking; gives what MSAL gives: ``access_token`` and ``expires_in`` (seconds), or ``error`` and its description."""


class TokenUnavailable(Exception):
    """The identity service gives the bot no token; the reason is its own."""


class AppToken:
    """One token shared by all turns. ``clock`` gives monotonic seconds."""

    def __init__(self, acquire: Acquire, clock: Callable[[], float]) -> None:
        self._acquire = acquire
        self._clock = clock
        self._header: str | None = None
        self._ends = 0.0
        self._renew = 0.0
        self._renewing: asyncio.Task[str] | None = None

    async def header(self) -> str:
        """The Authorization header. Waits only when there is no valid token. Raises TokenUnavailable."""
        now = self._clock()
        if self._header is not None and now < self._ends:
            if now >= self._renew:
                self._start()
            return self._header
        # Shielded: the turn that happens to start the renewal may be cancelled, the others still wait for it.
        return await asyncio.shield(self._start())

    def forget(self) -> None:
        """Drops the token, because the connector did not accept it."""
        self._header = None

    def _start(self) -> asyncio.Task[str]:
        if self._renewing is None or self._renewing.done():
            self._renewing = asyncio.create_task(self._fetch())
            self._renewing.add_done_callback(_note_failure)
        return self._renewing

    async def _fetch(self) -> str:
        self._renew = self._clock() + RETRY_SECONDS
        try:
            answer = await asyncio.to_thread(self._acquire)
        except (OSError, ValueError) as error:  # what requests and MSAL raise without a network or a usable credential
            raise TokenUnavailable(repr(error)) from error
        token = answer.get("access_token")
        if not token:
            raise TokenUnavailable(str(answer.get("error_description") or answer.get("error") or "no token"))
        lifetime = float(answer.get("expires_in", 0))
        now = self._clock()
        self._ends = now + lifetime - MARGIN_SECONDS
        self._renew = now + max(lifetime - RENEW_SECONDS, lifetime / 2)
        self._header = f"Bearer {token}"
        return self._header


def _note_failure(task: asyncio.Task[str]) -> None:
    """Takes the error of a renewal that nobody may be waiting for."""
    if not task.cancelled() and (error := task.exception()):
        log.warning("no token from the identity service", extra={"cause": str(error)})


def msal_acquire(settings: Settings) -> Acquire:
    """Acquires over MSAL with the secret, certificate or managed identity of the settings.

    One client serves all calls. It is made at the first one, in the thread, because its constructor already asks the
    network; calls never overlap, so it needs no lock.
    """
    make = cache(_managed_identity if settings.app_type == "UserAssignedMSI" else _confidential)

    def acquire() -> Mapping[str, Any]:
        return make(settings)()

    return acquire


def _confidential(settings: Settings) -> Acquire:
    from msal import ConfidentialClientApplication

    tenant = LEGACY_TENANT if settings.app_type == "MultiTenant" else settings.tenant
    client = ConfidentialClientApplication(
        settings.app_id,
        client_credential=_credential(settings),
        authority=LOGIN_URL + str(tenant),
        timeout=REQUEST_SECONDS,
    )
    return partial(client.acquire_token_for_client, scopes=[f"{SCOPE}/.default"])


def _managed_identity(settings: Settings) -> Acquire:
    from msal import ManagedIdentityClient, UserAssignedManagedIdentity
    from requests import Session

    client = ManagedIdentityClient(UserAssignedManagedIdentity(client_id=settings.app_id), http_client=Session())
    return partial(client.acquire_token_for_client, resource=SCOPE)


def _credential(settings: Settings) -> str | dict[str, str]:
    """What MSAL takes: a secret, or a private key (PEM) with its thumbprint."""
    if settings.certificate is None:
        return settings.secret.get_secret_value() if settings.secret else ""
    return {
        "private_key": settings.certificate.read_text(encoding="ascii"),
        "thumbprint": (settings.certificate_thumbprint or "").replace(":", ""),
    }
