"""A whole bot that records, over real sockets, and people who type and press in it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import orjson
from aiohttp import ClientSession, web

import app as program
from bot.adapter import TeamsAdapter
from bot.connector import Connector, client_session
from bot.gate import LocalGate
from bot.server import make_app
from bot.settings import Settings
from bot.state import StateStore
from tests.activities import execute, in_channel, in_group, message, person, submit
from tests.clock import Moment
from tests.connector import FakeConnector, running, running_connector
from uvp.assistant import Assistant
from uvp.members import Member
from uvp.storage.members import MemberStore
from uvp.storage.store import Store

COORDINATOR, DRUTEN, POLICE, HEUMEN = 1, 2, 3, 4
"""The numbers of people: the first is the coordinator of the settings, the next two are on the list."""
MEMBERS = {DRUTEN: ("Dora van Druten", "Druten"), POLICE: ("Piet Politie", "politie"), HEUMEN: ("Hans", "Heumen")}

PLACES = {"personal": message, "channel": in_channel, "group": in_group}
"""How one speaks, by where."""

Card = dict[str, Any]


@cache
def assistant() -> Assistant:
    """The real one; its readers are kept between tests."""
    return program.build_assistant()


@dataclass
class Reporter:
    """A bot and what it showed last, by person."""

    url: str
    session: ClientSession
    connector: FakeConnector
    store: Store
    clock: Moment
    cards: dict[int, Card] = field(default_factory=dict)
    replaced: bool = False
    """Whether the newest answer took the place of a card."""

    async def say(self, text: str, who: int = COORDINATOR, place: str = "personal", files: Sequence[str] = ()) -> str:
        """Somebody types, with the addresses of files beside it; gives the words of what comes back."""
        attached = [{"contentType": "reference", "contentUrl": file} for file in files]
        return await self.post(PLACES[place](text, self.connector.url, who) | {"attachments": attached}, who)

    async def press(
        self, button: Mapping[str, Any], who: int = COORDINATOR, place: str = "personal", **given: Any
    ) -> str:
        """Somebody presses a button of the card that they were shown last.

        ``button`` holds what its data must hold; ``fields`` what was filled in, ``card`` another card, ``submit`` an
        older client.
        """
        card = given.get("card") or self.cards[who]
        found = [data for data in buttons(card) if button.items() <= data.items()]
        assert found, f"no button {button} among {[(d.get('do'), d.get('pick')) for d in buttons(card)]}"
        data = {**found[0], **given.get("fields", {})}
        make = submit if given.get("submit") else execute
        body = make(data, self.connector.url, who, replyToId="card-1")
        if place != "personal":
            body |= {k: PLACES[place]("", who=who)[k] for k in ("conversation", "channelData")}
        return await self.post(body, who)

    async def post(self, body: dict[str, Any], who: int) -> str:
        """Posts an activity; gives the words of what comes back, in the answer or as messages."""
        before = len(self.connector.messages)
        async with self.session.post(
            f"{self.url}/api/messages", data=orjson.dumps(body), headers={"Content-Type": "application/json"}
        ) as response:
            assert response.status == 200, await response.text()
            answer = orjson.loads(await response.read() or b"null")
        sent = self.connector.messages[before:]
        self.replaced = any(call.method == "PUT" for call in sent)
        for call in sent:
            if call.card:
                self.cards[who] = call.card
        words = [call.words for call in sent]
        if answer and answer["type"].endswith("card.adaptive"):
            self.cards[who] = answer["value"]
            assert not self.replaced or answer["value"] == sent[0].card
            words = words or [answer["value"]["fallbackText"]]
        elif answer and not sent:
            words.append(answer["value"])
        return "\n".join(words)

    async def recorded(self) -> list[str]:
        """What is recorded, in order: code, municipality, status, note and expected date, as far as there is one."""
        snapshot = await self.store.snapshot()
        updates = sorted((u for entries in snapshot.updates.values() for u in entries), key=lambda u: u.id)
        undone = (u.undoes and f"undoes {u.undoes - updates[0].id + 1}" for u in updates)
        parts = (
            (u.code, u.municipality, u.status, u.note, u.expected, by) for u, by in zip(updates, undone, strict=True)
        )
        return [" | ".join(str(part) for part in some if part) for some in parts]


def buttons(value: Any) -> Iterator[dict[str, Any]]:
    """The data of every button of a card, in order, without fallbacks."""
    if isinstance(value, list):
        for item in value:
            yield from buttons(item)
    elif isinstance(value, dict):
        if value.get("type") in ("Action.Execute", "Action.Submit"):
            yield value["data"]
            return
        for item in value.values():
            yield from buttons(item)


@asynccontextmanager
async def running_reporter(
    store: Store, connector: FakeConnector, clock: Moment | None = None, members: Mapping[int, Sequence[str]] = MEMBERS
) -> AsyncIterator[Reporter]:
    """A bot of local mode; several may run over one store, as processes do."""
    clock = clock or Moment()
    listed = MemberStore(store.database)
    for number, (name, organisation) in members.items():
        await listed.put(Member(person(number)["aadObjectId"], name, organisation), "test", clock())
    async with AsyncExitStack() as stack:
        out = Connector(await stack.enter_async_context(client_session()))
        adapter, state = TeamsAdapter(out, LocalGate()), StateStore(store.database)
        settings = Settings(coordinators=(person(COORDINATOR)["aadObjectId"],))
        delivery = program.join_delivery(settings, store, state, out, assistant(), clock)
        reporting = program.join_reporting(settings, store, state, out, assistant(), clock)
        handler = program.build_handler(settings, store, state, assistant(), delivery, clock, reporting)
        adapter.on_turn_error = handler.failed

        async def messages(request: web.Request) -> web.Response:
            return await adapter.process(request, handler)

        url = await stack.enter_async_context(running(make_app(messages, delivery.late, 256 * 1024)))
        yield Reporter(url, await stack.enter_async_context(ClientSession()), connector, store, clock)


@asynccontextmanager
async def reporter_world(store: Store, **given: Any) -> AsyncIterator[Reporter]:
    """A bot and its connector."""
    async with running_connector() as connector, running_reporter(store, connector, **given) as bot:
        yield bot
