"""Tokens that come in: own keys, real metadata and requests over real sockets."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

import jwt
import pytest
from aiohttp import ClientSession, web
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from bot.adapter import TeamsAdapter
from bot.auth import TokenCheck
from bot.connector import Connector, client_session
from bot.gate import TeamsGate
from bot.keys import SigningKeys
from bot.settings import SERVICE_HOSTS
from tests.activities import SERVICE_URL, TENANT, activity, message
from tests.clock import Seconds
from tests.connector import running

APP = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"
ISSUER = "https://api.botframework.com"


@dataclass
class Service:
    """The identity service: keys it publishes, how often they were fetched, and tokens it signs."""

    private: dict[str, rsa.RSAPrivateKey] = field(default_factory=dict)
    endorsements: dict[str, list[str]] = field(default_factory=dict)
    fetched: int = 0
    down: bool = False

    def add(self, kid: str, *endorsements: str) -> None:
        """Publishes a new key."""
        self.private[kid] = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.endorsements[kid] = list(endorsements)

    def token(self, kid: str = "one", key: rsa.RSAPrivateKey | None = None, **claims: Any) -> str:
        """A token as the service signs it; a claim of None is left out."""
        now = time.time()
        whole = {"iss": ISSUER, "aud": APP, "serviceurl": SERVICE_URL, "nbf": now - 10, "exp": now + 3600} | claims
        return jwt.encode(
            {name: value for name, value in whole.items() if value is not None},
            key or self.private[kid],
            algorithm="RS256",
            headers={"kid": kid},
        )

    def app(self) -> web.Application:
        """Its web server."""

        async def metadata(request: web.Request) -> web.Response:
            return web.json_response({"issuer": ISSUER, "jwks_uri": f"http://{request.host}/keys"})

        async def keys(_: web.Request) -> web.Response:
            self.fetched += 1
            if self.down:
                return web.Response(status=503)
            published = [
                RSAAlgorithm.to_jwk(k.public_key(), as_dict=True)
                | {"kid": kid, "use": "sig", "endorsements": self.endorsements[kid]}
                for kid, k in self.private.items()
            ]
            return web.json_response({"keys": published})

        app = web.Application()
        app.router.add_get("/metadata", metadata)
        app.router.add_get("/keys", keys)
        return app


@dataclass
class World:
    """A bot behind the gate, and the service that signs its tokens."""

    service: Service
    clock: Seconds
    wall: Seconds
    url: str
    session: ClientSession
    turns: list[str] = field(default_factory=list)
    fails: bool = False

    async def post(self, token: str | None, body: dict[str, Any] | None = None) -> int:
        """The status that a request gets."""
        headers = {"Authorization": f"Bearer {token}"} if token is not None else {}
        async with self.session.post(self.url, json=body or message("hallo"), headers=headers) as response:
            assert "Traceback" not in await response.text()
            return response.status


@pytest.fixture
async def world() -> AsyncIterator[World]:
    service, clock, wall = Service(), Seconds(1000.0), Seconds(time.time())
    service.add("one", "msteams")
    async with AsyncExitStack() as stack:
        address = await stack.enter_async_context(running(service.app()))
        session = await stack.enter_async_context(client_session())
        keys = SigningKeys(session, f"{address}/metadata", clock)
        gate = TeamsGate(TokenCheck(APP, keys, wall), frozenset({TENANT}), SERVICE_HOSTS)
        adapter = TeamsAdapter(Connector(session), gate)

        async def logic(_: Any, incoming: Any) -> None:
            if made.fails:
                raise RuntimeError("the turn fails")
            made.turns.append(incoming.id)

        async def messages(request: web.Request) -> web.Response:
            return await adapter.process(request, logic)

        app = web.Application()
        app.router.add_post("/", messages)
        made = World(service, clock, wall, await stack.enter_async_context(running(app)), session)
        yield made


async def test_a_good_token_is_let_in_and_its_activity_becomes_a_turn(world: World) -> None:
    assert await world.post(world.service.token()) == 200
    assert len(world.turns) == 1


STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PAST = time.time() - 7200
BAD_TOKENS: dict[str, dict[str, Any]] = {
    "expired": {"exp": PAST, "nbf": PAST - 3600},
    "not valid yet": {"nbf": time.time() + 7200},
    "without an end": {"exp": None},
    "signed by somebody else": {"key": STRANGER},
    "for another app": {"aud": "11111111-0000-0000-0000-000000000000"},
    "without audience": {"aud": None},
    "of another issuer": {"iss": "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"},
    "of the emulator": {"iss": "https://login.microsoftonline.com/f8cdef31/v2.0", "appid": APP, "ver": "2.0"},
    "without issuer": {"iss": None},
}


@pytest.mark.parametrize("claims", BAD_TOKENS.values(), ids=BAD_TOKENS.keys())
async def test_a_bad_token_is_refused_with_401(world: World, claims: dict[str, Any]) -> None:
    assert await world.post(world.service.token(**claims)) == 401
    assert world.turns == []


def unsigned() -> str:
    return jwt.encode({"iss": ISSUER, "aud": APP, "serviceurl": SERVICE_URL, "exp": time.time() + 99}, "", "none")


def symmetric() -> str:
    claims = {"iss": ISSUER, "aud": APP, "serviceurl": SERVICE_URL, "exp": time.time() + 99}
    return jwt.encode(claims, "x" * 64, "HS256", headers={"kid": "one"})


NO_TOKENS = [
    None,
    "",
    "garbage",
    "a.b.c",
    "e30.e30.e30",
    "\u00e9\u00e9.\u00e9.\u00e9",
    "x" * 7000,
    unsigned(),
    symmetric(),
]


@pytest.mark.parametrize("token", NO_TOKENS, ids=range(len(NO_TOKENS)))
async def test_what_is_no_token_is_refused_with_401(world: World, token: str | None) -> None:
    assert await world.post(token) == 401
    assert world.turns == []


MISFITS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "no serviceUrl claim": ({"serviceurl": None}, {}),
    "another serviceUrl": ({}, {"serviceUrl": "https://smba.trafficmanager.net/amer/"}),
    "no serviceUrl at all": ({"serviceurl": None}, {"serviceUrl": None}),
    "a serviceUrl elsewhere": ({"serviceurl": "https://evil.example/"}, {"serviceUrl": "https://evil.example/"}),
    "a serviceUrl without https": (
        {"serviceurl": "http://smba.trafficmanager.net/"},
        {"serviceUrl": "http://smba.trafficmanager.net/"},
    ),
    "no channel": ({}, {"channelId": None}),
    "a channel that the key is not endorsed for": ({}, {"channelId": "webchat"}),
    "another tenant": ({}, {"channelData": {"tenant": {"id": "11111111-0000-0000-0000-000000000000"}}}),
    "no tenant": ({}, {"channelData": {}, "conversation": {"id": "a:1", "conversationType": "personal"}}),
}


@pytest.mark.parametrize(("claims", "given"), MISFITS.values(), ids=MISFITS.keys())
async def test_a_token_that_does_not_fit_its_activity_is_refused_with_403(
    world: World, claims: dict[str, Any], given: dict[str, Any]
) -> None:
    assert await world.post(world.service.token(**claims), activity(text="hallo", **given)) == 403
    assert world.turns == []


async def test_the_tenant_is_also_read_from_the_conversation(world: World) -> None:
    assert await world.post(world.service.token(), message("hallo", channelData=None)) == 200


async def test_a_token_serves_many_activities(world: World) -> None:
    token = world.service.token()
    assert [await world.post(token) for _ in range(3)] == [200, 200, 200]
    assert len(set(world.turns)) == 3


async def test_a_request_that_was_answered_is_refused_when_replayed(world: World) -> None:
    token, body = world.service.token(), message("hallo")
    assert [await world.post(token, body), await world.post(token, body)] == [200, 403]
    assert len(world.turns) == 1


async def test_a_request_that_failed_may_be_sent_again(world: World) -> None:
    token, body = world.service.token(), message("hallo")
    world.fails = True
    assert await world.post(token, body) == 500
    world.fails = False
    assert await world.post(token, body) == 200


async def test_an_accepted_token_ends_when_it_expires(world: World) -> None:
    token = world.service.token()
    assert await world.post(token) == 200
    world.wall.seconds += 4000
    assert await world.post(token) == 401


async def test_keys_are_fetched_once_for_many_requests(world: World) -> None:
    for _ in range(5):
        await world.post(world.service.token())
    assert world.service.fetched == 1


async def test_a_new_signing_key_is_found_at_once(world: World) -> None:
    await world.post(world.service.token())
    world.clock.seconds += 61
    world.service.add("two", "msteams")
    assert await world.post(world.service.token("two")) == 200


async def test_unknown_keys_make_the_bot_ask_at_most_once_a_minute(world: World) -> None:
    world.clock.seconds += 61
    statuses = {await world.post(world.service.token("nobody", STRANGER)) for _ in range(5)}
    assert (statuses, world.service.fetched) == ({401}, 1)


async def test_a_withdrawn_key_no_longer_opens_the_door_after_a_refresh(world: World) -> None:
    old = world.service.token()
    assert await world.post(old) == 200
    world.service.private.clear()
    world.service.add("two", "msteams")
    world.clock.seconds += 61
    assert await world.post(world.service.token("two")) == 200
    assert await world.post(old) == 401


async def test_keys_a_day_old_are_renewed_without_making_anybody_wait(world: World) -> None:
    await world.post(world.service.token())
    world.clock.seconds += 24 * 3600 + 1
    assert await world.post(world.service.token()) == 200
    async with asyncio.timeout(10):
        while world.service.fetched < 2:  # noqa: ASYNC110 -- what is waited for happens in the server
            await asyncio.sleep(0.01)
    assert await world.post(world.service.token()) == 200


async def test_old_keys_serve_on_while_the_service_is_down(world: World) -> None:
    await world.post(world.service.token())
    world.service.down = True
    world.clock.seconds += 24 * 3600 + 1
    assert [await world.post(world.service.token()) for _ in range(3)] == [200, 200, 200]


async def test_without_any_keys_the_sender_is_told_to_come_back(world: World) -> None:
    world.service.down = True
    assert await world.post(world.service.token()) == 503
    world.service.down = False
    world.clock.seconds += 61
    assert await world.post(world.service.token()) == 200
