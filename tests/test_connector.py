"""What the bot sends, and what it makes of a connector that refuses, throttles, delays or breaks off."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import ClientSession, ClientTimeout

from bot.connector import (
    Connector,
    ConnectorError,
    Forbidden,
    Gone,
    Later,
    NotSent,
    Rejected,
    TooLarge,
    Uncertain,
    client_session,
)
from bot.tokens import AppToken
from tests.clock import Seconds
from tests.connector import FakeConnector, Misbehaviour, running_connector

HELLO = {"type": "message", "text": "hallo"}


@dataclass
class Identity:
    """An identity service that gives numbered tokens, or what it is told to give."""

    answers: list[Mapping[str, Any] | Exception] = field(default_factory=list)
    asked: int = 0
    lifetime: float = 3600

    def __call__(self) -> Mapping[str, Any]:
        self.asked += 1
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, Exception):
            raise answer
        return answer or {"access_token": f"token-{self.asked}", "expires_in": self.lifetime}


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with client_session() as made:
        yield made


@pytest.fixture
async def service() -> AsyncIterator[FakeConnector]:
    async with running_connector() as connector:
        yield connector


async def test_ids_are_encoded_in_the_path(session: ClientSession, service: FakeConnector) -> None:
    conversation, reply = "19:a/b?c=d#e&f g@thread.tacv2;messageid=1", "../1:é"
    assert await Connector(session).send(service.url, conversation, HELLO, reply) == "sent-1"
    assert (service.calls[0].conversation, service.calls[0].activity_id) == (conversation, reply)


async def test_a_service_url_may_lack_its_slash(session: ClientSession, service: FakeConnector) -> None:
    assert await Connector(session).send(service.url.rstrip("/"), "a", HELLO) == "sent-1"


async def test_messages_are_replaced_and_taken_away(session: ClientSession, service: FakeConnector) -> None:
    connector = Connector(session)
    await connector.update(service.url, "a", "1", HELLO)
    await connector.delete(service.url, "a", "1")
    assert [(c.method, c.conversation, c.activity_id) for c in service.calls] == [
        ("PUT", "a", "1"),
        ("DELETE", "a", "1"),
    ]


async def test_a_conversation_is_started(session: ClientSession, service: FakeConnector) -> None:
    created = await Connector(session).create(service.url, {"isGroup": True, "activity": HELLO})
    assert created.conversation_id.startswith("19:new")
    assert created.activity_id == "sent-1"


async def test_a_member_is_looked_up(session: ClientSession, service: FakeConnector) -> None:
    service.members = {"29:1": {"aadObjectId": "x"}}
    assert (await Connector(session).member(service.url, "a", "29:1"))["aadObjectId"] == "x"


FAILURES: dict[Misbehaviour, type[ConnectorError]] = {
    Misbehaviour(status=400): Rejected,
    Misbehaviour(status=403, code="BotNotInConversationRoster"): Forbidden,
    Misbehaviour(status=404, code="ConversationNotFound"): Gone,
    Misbehaviour(status=412): Later,
    Misbehaviour(status=413): TooLarge,
    Misbehaviour(status=429, retry_after="7"): Later,
    Misbehaviour(status=500): Uncertain,
    Misbehaviour(status=502): Uncertain,
    Misbehaviour(status=503): Later,
    Misbehaviour(status=504): Uncertain,
    Misbehaviour(status=302): Rejected,
    Misbehaviour(drop=True): Uncertain,
    Misbehaviour(drop=True, accept=True): Uncertain,
}


@pytest.mark.parametrize(("bad", "error"), FAILURES.items(), ids=str)
async def test_each_failure_says_what_it_means_for_sending_again(
    session: ClientSession, service: FakeConnector, bad: Misbehaviour, error: type[ConnectorError]
) -> None:
    service.plan.append(bad)
    with pytest.raises(ConnectorError) as raised:
        await Connector(session).send(service.url, "a", HELLO)
    assert type(raised.value) is error
    assert (raised.value.status, raised.value.code) == (bad.status, bad.code)
    assert len(service.plan) == 0


@pytest.mark.parametrize(("header", "seconds"), [("7", 7.0), ("0.5", 0.5), ("-1", 0.0), ("soon", None), (None, None)])
async def test_a_throttled_message_says_how_long_to_wait(
    session: ClientSession, service: FakeConnector, header: str | None, seconds: float | None
) -> None:
    service.plan.append(Misbehaviour(status=429, retry_after=header))
    with pytest.raises(Later) as raised:
        await Connector(session).send(service.url, "a", HELLO)
    assert raised.value.retry_after == seconds


async def test_a_service_that_is_not_there_got_nothing(session: ClientSession) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(NotSent):
            await Connector(session).send(f"http://127.0.0.1:{taken.getsockname()[1]}", "a", HELLO)


async def test_a_service_that_takes_too_long_may_have_got_it(service: FakeConnector) -> None:
    service.plan.append(Misbehaviour(delay=0.5))
    async with ClientSession(timeout=ClientTimeout(total=0.1)) as impatient:
        with pytest.raises(Uncertain):
            await Connector(impatient).send(service.url, "a", HELLO)


@pytest.mark.parametrize("url", ["", "nonsense", "ftp://127.0.0.1/", "http://"])
async def test_an_address_that_is_none_gets_nothing(session: ClientSession, url: str) -> None:
    with pytest.raises(NotSent):
        await Connector(session).send(url, "a", HELLO)


async def test_one_token_serves_many_messages(session: ClientSession, service: FakeConnector) -> None:
    identity = Identity()
    connector = Connector(session, AppToken(identity, Seconds()))
    for _ in range(3):
        await connector.send(service.url, "a", HELLO)
    assert [c.authorization for c in service.calls] == ["Bearer token-1"] * 3
    assert identity.asked == 1


async def test_a_token_is_renewed_before_it_ends_without_making_a_message_wait() -> None:
    identity, clock = Identity(), Seconds()
    token = AppToken(identity, clock)
    assert await token.header() == "Bearer token-1"
    clock.seconds = 3600 - 200
    assert await token.header() == "Bearer token-1"
    await _until_asked(identity, 2)
    assert await token.header() == "Bearer token-2"


async def test_a_renewal_that_fails_leaves_the_old_token_until_it_ends(caplog: pytest.LogCaptureFixture) -> None:
    identity, clock = Identity(), Seconds()
    token = AppToken(identity, clock)
    await token.header()
    identity.answers = [OSError("no network"), {"error": "invalid_client"}]
    clock.seconds = 3600 - 200
    assert await token.header() == "Bearer token-1"
    await _until_asked(identity, 2)
    assert await token.header() == "Bearer token-1"
    clock.seconds = 3600
    with pytest.raises(Exception, match="invalid_client"):
        await token.header()
    assert "no token from the identity service" in caplog.text


async def _until_asked(identity: Identity, count: int) -> None:
    async with asyncio.timeout(10):
        while identity.asked < count:  # noqa: ASYNC110 -- what is waited for happens in a thread
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)


async def test_a_token_that_the_connector_does_not_accept_is_replaced_once(
    session: ClientSession, service: FakeConnector
) -> None:
    service.plan.append(Misbehaviour(status=401))
    connector = Connector(session, AppToken(Identity(), Seconds()))
    assert await connector.send(service.url, "a", HELLO)
    assert [c.authorization for c in service.calls] == ["Bearer token-2"]


async def test_without_a_token_nothing_is_sent(session: ClientSession, service: FakeConnector) -> None:
    identity = Identity(answers=[{"error": "invalid_client", "error_description": "AADSTS7000215: Invalid secret"}])
    with pytest.raises(NotSent, match="AADSTS7000215"):
        await Connector(session, AppToken(identity, Seconds())).send(service.url, "a", HELLO)
    assert service.calls == []
