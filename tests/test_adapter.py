"""What the endpoint makes of requests, good and bad, over real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import orjson
import pytest
from aiohttp import ClientSession, web
from botbuilder.core import InvokeResponse, MessageFactory, TurnContext
from botbuilder.schema import Activity, ActivityTypes, Attachment, ConversationParameters, Entity

from bot.activities import Malformed, read_activity, wire
from bot.adapter import TeamsAdapter
from bot.connector import Connector, client_session
from bot.gate import LocalGate
from bot.incoming import Incoming
from bot.replies import card_answer, message_answer, reply
from bot.sdk import NoSignIn, SignInNotOffered
from bot.server import make_app
from tests.activities import TENANT, activity, execute, message
from tests.connector import FakeConnector, running, running_connector


@dataclass
class Endpoint:
    """An adapter at an address; ``say`` is what its turns send."""

    url: str
    session: ClientSession
    connector: FakeConnector
    adapter: TeamsAdapter
    say: list[Any] = field(default_factory=list)
    turns: list[TurnContext] = field(default_factory=list)

    async def post(self, body: Any, content_type: str | None = "application/json") -> tuple[int, bytes]:
        """The status and body of the answer."""
        data = body if isinstance(body, bytes) else orjson.dumps(body)
        headers = {"Content-Type": content_type} if content_type else {}
        async with self.session.post(f"{self.url}/api/messages", data=data, headers=headers) as response:
            answer = await response.read()
            assert b"Traceback" not in answer
            return response.status, answer


@pytest.fixture
async def endpoint() -> AsyncIterator[Endpoint]:
    async with running_connector() as connector, client_session() as session, ClientSession() as client:
        adapter = TeamsAdapter(Connector(session), LocalGate(tenants=frozenset({TENANT})))

        async def logic(context: TurnContext, _: Incoming) -> None:
            made.turns.append(context)
            for item in made.say:
                await context.send_activity(item)

        async def messages(request: web.Request) -> web.Response:
            return await adapter.process(request, logic)

        async def ready() -> None:
            return None

        async with running(make_app(messages, ready, 256 * 1024)) as url:
            made = Endpoint(url, client, connector, adapter)
            yield made


BAD_BODIES: dict[str, Any] = {
    "empty": b"",
    "binary": bytes(range(256)),
    "not JSON": b"{",
    "not UTF-8": b'{"type": "message", "text": "\xff\xfe"}',
    "half a surrogate pair": b'{"type": "message", "text": "\\ud800"}',
    "deep nesting": b"[" * 5000 + b"]" * 5000,
    "a list": [],
    "a text": "message",
    "a number": 5,
    "null": None,
}


@pytest.mark.parametrize("body", BAD_BODIES.values(), ids=BAD_BODIES.keys())
async def test_a_body_that_is_no_json_object_is_answered_400(endpoint: Endpoint, body: Any) -> None:
    status, _ = await endpoint.post(body)
    assert (status, endpoint.turns) == (400, [])


BAD_FIELDS: dict[str, dict[str, Any]] = {
    "no type": {"kind": None},
    "an empty type": {"kind": ""},
    "a type that is a number": {"kind": 5},
    "no channel": {"channelId": None},
    "no conversation": {"conversation": None, "channelData": {"tenant": {"id": TENANT}}},
    "a conversation that is a text": {"conversation": "a:1"},
    "a conversation without id": {"conversation": {"conversationType": "personal"}},
    "a conversation whose id climbs": {"conversation": {"id": ".."}},
    "a conversation whose id has a NUL": {"conversation": {"id": "a\x00b"}},
    "an endless id": {"id": "x" * 5000},
    "an id that is a number": {"id": 5},
    "no sender": {"from": None},
    "a sender that is a list": {"from": []},
    "a sender without id": {"from": {"name": "x"}},
    "no recipient": {"recipient": None},
    "entities that are a mapping": {"entities": {"type": "mention"}},
    "entities of texts": {"entities": ["mention"]},
    "members that are numbers": {"membersAdded": [5]},
    "a text that is a mapping": {"text": {"a": 1}},
    "a timestamp that is none": {"timestamp": "yesterday"},
    "a timestamp that is a number": {"timestamp": 5},
    "attachments of nulls": {"attachments": [None]},
}


@pytest.mark.parametrize("given", BAD_FIELDS.values(), ids=BAD_FIELDS.keys())
async def test_a_malformed_activity_is_answered_400(endpoint: Endpoint, given: dict[str, Any]) -> None:
    fields = activity(service_url=endpoint.connector.url, **{k: v for k, v in given.items() if k != "kind"})
    if "kind" in given:
        fields["type"] = given["kind"]
    status, _ = await endpoint.post(fields)
    assert (status, endpoint.turns) == (400, [])


ODD_FIELDS: list[dict[str, Any]] = [
    {"channelData": "text"},
    {"channelData": {"team": "x", "tenant": {"id": TENANT}}, "conversation": {"id": "a", "tenantId": TENANT}},
    {"entities": []},
    {"locale": None},
    {"somethingNew": {"a": [1, 2]}},
    {"value": None},
    {"textFormat": "unheard-of"},
    {"timestamp": None},
]


@pytest.mark.parametrize("given", ODD_FIELDS, ids=str)
async def test_what_the_protocol_allows_is_let_in_however_odd(endpoint: Endpoint, given: dict[str, Any]) -> None:
    status, _ = await endpoint.post(message("hallo", endpoint.connector.url, **given))
    assert (status, len(endpoint.turns)) == (200, 1)


@pytest.mark.parametrize("content_type", [None, "text/plain", "application/x-www-form-urlencoded", "garbage"])
async def test_another_content_type_than_json_is_answered_415(endpoint: Endpoint, content_type: str | None) -> None:
    status, _ = await endpoint.post(message("hallo", endpoint.connector.url), content_type)
    assert status == 415


async def test_a_charset_beside_the_content_type_is_fine(endpoint: Endpoint) -> None:
    body = message("hallo", endpoint.connector.url)
    assert (await endpoint.post(body, "application/json; charset=utf-8"))[0] == 200


async def test_a_body_of_a_megabyte_is_answered_413_and_the_next_one_works(endpoint: Endpoint) -> None:
    assert (await endpoint.post(message("x" * 1_000_000, endpoint.connector.url)))[0] == 413
    assert (await endpoint.post(message("hallo", endpoint.connector.url)))[0] == 200


@pytest.mark.parametrize(
    "service_url", ["https://evil.example/", "http://169.254.169.254/", "file:///etc/passwd", "http://[", "", None, 5]
)
async def test_in_local_mode_answers_go_to_this_machine_only(endpoint: Endpoint, service_url: Any) -> None:
    status, _ = await endpoint.post(message("hallo", serviceUrl=service_url))
    assert (status, endpoint.turns) == (403, [])


async def test_in_local_mode_another_tenant_is_refused_when_tenants_are_set(endpoint: Endpoint) -> None:
    body = message("hallo", endpoint.connector.url, channelData={"tenant": {"id": "another"}})
    assert (await endpoint.post(body))[0] == 403


def invoke_answer(body: Any) -> Activity:
    return Activity(type=ActivityTypes.invoke_response, value=InvokeResponse(status=200, body=body))


async def test_an_invoke_is_answered_with_the_body_that_the_turn_gave(endpoint: Endpoint) -> None:
    endpoint.say = [
        Activity(type=ActivityTypes.invoke_response, value=InvokeResponse(status=200, body={"a": [1, "é"]}))
    ]
    status, body = await endpoint.post(execute({}, endpoint.connector.url))
    assert (status, orjson.loads(body)) == (200, {"a": [1, "é"]})


async def test_an_invoke_may_be_answered_with_a_model_of_the_sdk(endpoint: Endpoint) -> None:
    endpoint.say = [
        Activity(type=ActivityTypes.invoke_response, value=InvokeResponse(status=200, body=Attachment(name="x")))
    ]
    _, body = await endpoint.post(execute({}, endpoint.connector.url))
    assert orjson.loads(body) == {"name": "x"}


async def test_an_invoke_may_be_answered_with_a_card_or_a_text(endpoint: Endpoint) -> None:
    for answer, value in (
        (card_answer({"type": "AdaptiveCard"}), {"type": "AdaptiveCard"}),
        (message_answer("x"), "x"),
    ):
        endpoint.say = [answer]
        status, body = await endpoint.post(execute({}, endpoint.connector.url))
        assert (status, orjson.loads(body)["value"]) == (200, value)


async def test_an_invoke_that_no_turn_answers_is_answered_501(endpoint: Endpoint) -> None:
    assert (await endpoint.post(execute({}, endpoint.connector.url)))[0] == 501


async def test_replies_that_are_expected_in_the_response_come_there(endpoint: Endpoint) -> None:
    endpoint.say = ["hallo terug"]
    status, body = await endpoint.post(message("hallo", endpoint.connector.url, deliveryMode="expectReplies"))
    assert (status, [a["text"] for a in orjson.loads(body)["activities"]]) == (200, ["hallo terug"])
    assert endpoint.connector.calls == []


async def test_a_failing_turn_is_answered_500_without_a_word_of_the_inside(endpoint: Endpoint) -> None:
    endpoint.say = [object()]
    status, body = await endpoint.post(message("hallo", endpoint.connector.url))
    assert status == 500
    assert b"object" not in body


async def test_the_sdk_sends_updates_and_deletes_over_the_connector(endpoint: Endpoint) -> None:
    asked = message("hallo", endpoint.connector.url)
    await endpoint.post(asked)
    context = endpoint.turns[0]
    sent = await context.send_activity(MessageFactory.text("a"))
    changed = MessageFactory.text("b")
    changed.id = sent.id
    await context.update_activity(changed)
    await context.delete_activity(sent.id)
    calls = [(c.method, c.activity_id, c.body.get("text")) for c in endpoint.connector.calls]
    assert calls == [("POST", asked["id"], "a"), ("PUT", sent.id, "b"), ("DELETE", sent.id, None)]


async def test_the_sdk_starts_conversations_over_the_connector(endpoint: Endpoint) -> None:
    seen: list[Any] = []

    async def callback(context: TurnContext) -> None:
        seen.append((context.activity.conversation.id, context.activity.id))

    parameters = ConversationParameters(
        is_group=True,
        channel_data={"channel": {"id": "19:iv@thread.tacv2"}},
        activity=MessageFactory.text("weekoverzicht"),
    )
    await endpoint.adapter.create_conversation("app", callback, parameters, "msteams", endpoint.connector.url)
    (call,) = endpoint.connector.calls
    assert (call.body["channelData"], call.body["activity"]["text"]) == (
        {"channel": {"id": "19:iv@thread.tacv2"}},
        "weekoverzicht",
    )
    assert seen == [("19:new@thread.tacv2;messageid=1", "sent-1")]


async def test_the_sdk_continues_conversations_over_the_connector(endpoint: Endpoint) -> None:
    await endpoint.post(message("hallo", endpoint.connector.url))
    reference = TurnContext.get_conversation_reference(endpoint.turns[0].activity)

    async def callback(context: TurnContext) -> None:
        await context.send_activity("later")

    await endpoint.adapter.continue_conversation(reference, callback, "app")
    assert [c.body["text"] for c in endpoint.connector.calls] == ["later"]


async def test_nobody_gets_in_through_the_check_of_the_sdk(endpoint: Endpoint) -> None:
    with pytest.raises(PermissionError):
        await endpoint.adapter.process_activity("Bearer x", Activity(type="message"), None)


async def test_users_are_not_signed_in() -> None:
    with pytest.raises(SignInNotOffered):
        await NoSignIn().get_user_token("user", "connection", "msteams", "code")


def test_an_activity_survives_the_way_in_and_out() -> None:
    asked = message("hallo", value={"a": {"b": [1, None]}}, attachments=[{"contentType": "x", "content": {"y": 1}}])
    there = orjson.loads(orjson.dumps(read_activity(asked), default=wire))
    times = ("timestamp", "localTimestamp")
    assert {k: v for k, v in there.items() if k not in times} == {k: v for k, v in asked.items() if k not in times}


def test_an_activity_is_read_as_the_sdk_reads_it() -> None:
    asked = message("hallo", membersAdded=[{"id": "a", "aadObjectId": "b", "extra": 1}])
    ours, theirs = read_activity(asked), Activity().deserialize(asked)
    for name in Activity._attribute_map:
        mine, its = getattr(ours, name), getattr(theirs, name)
        assert _plain(mine) == _plain(its), name


def _plain(value: Any) -> Any:
    return orjson.loads(orjson.dumps(value, default=wire))


def test_what_is_no_activity_names_the_field_and_not_its_content() -> None:
    with pytest.raises(Malformed, match=r"Activity\.text") as refused:
        read_activity({"text": ["secret"]})
    assert "secret" not in str(refused.value)


def test_only_what_the_protocol_knows_goes_over_the_wire() -> None:
    assert orjson.dumps(Entity(type="mention"), default=wire) == b'{"type":"mention"}'
    with pytest.raises(TypeError):
        orjson.dumps({"a": object()}, default=wire)


async def test_a_reply_is_copied_without_its_contents() -> None:
    """The SDK copies deeply before it sends; a card of 28 KB would cost more than the rest of the turn."""
    import copy

    made = reply("tekst", {"type": "AdaptiveCard", "body": []})
    copied = copy.deepcopy(made)
    copied.id = "1"
    assert made.id is None
    assert copied.attachments is made.attachments
