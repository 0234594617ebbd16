"""A whole bot over real sockets: server, adapter, handler, state, and a connector that stands in for Teams."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import orjson
from aiohttp import ClientSession, web

from bot.adapter import TeamsAdapter
from bot.connector import Connector, client_session
from bot.gate import LocalGate
from bot.handler import Handler, Verb
from bot.places import Places
from bot.server import make_app
from bot.state import StateStore
from bot.talk import Talk
from bot.turns import Turns
from bot.words import Words
from tests.clock import Moment
from tests.connector import FakeConnector, running, running_connector
from uvp.answers.wording import Wording
from uvp.assistant import Assistant
from uvp.language import load
from uvp.plan import Plan
from uvp.question import Context, Filters, Intent, Question, Select
from uvp.storage.store import Store
from uvp.storage.unknowns import UnknownStore

QUESTIONS = {
    "wat is te laat": Question("wat is te laat", select=Select.OVERDUE),
    "what is overdue": Question("what is overdue", language="en", select=Select.OVERDUE),
    "alles": Question("alles"),
    "alles van ondermijning": Question("alles van ondermijning", filters=Filters(themes=("OND",))),
}


class Scripted(Assistant):
    """The real assistant, but for reading: it knows a few sentences, *en nu* repeats, and *stuk* breaks it."""

    def read(
        self,
        text: str,
        plan: Plan,  # noqa: ARG002 -- the table knows no plan and no day
        today: date,  # noqa: ARG002
        context: Context | None = None,
    ) -> Question:
        """A question of the table."""
        if text == "stuk":
            raise RuntimeError("the reader fails")
        if text == "en nu" and context is not None:
            return context.question
        return QUESTIONS.get(text) or Question(text, intent=Intent.UNKNOWN)


@dataclass
class Bot:
    """The bot at an address, and what it says."""

    url: str
    session: ClientSession
    connector: FakeConnector
    store: Store
    state: StateStore
    clock: Moment
    unavailable: list[str] = field(default_factory=list)

    async def post(self, body: Any, content_type: str = "application/json") -> tuple[int, Any]:
        """Posts a value, or bytes as they are; the status and the answer."""
        data = body if isinstance(body, bytes) else orjson.dumps(body)
        async with self.session.post(
            f"{self.url}/api/messages", data=data, headers={"Content-Type": content_type}
        ) as response:
            answer = await response.read()
            assert b"Traceback" not in answer
            return response.status, orjson.loads(answer) if response.content_type == "application/json" else answer

    async def say(self, body: Mapping[str, Any]) -> str:
        """The words of what the bot sends back to an activity; empty when it sends nothing."""
        before = len(self.connector.messages)
        status, _ = await self.post(body)
        assert status == 200
        return "\n".join(call.words for call in self.connector.messages[before:])


@asynccontextmanager
async def running_bot(
    store: Store,
    connector: FakeConnector,
    clock: Moment | None = None,
    verbs: Mapping[str, Verb] | None = None,
    assistant: Assistant | None = None,
) -> AsyncIterator[Bot]:
    """A bot in local mode; several may run over one store, as processes do."""
    clock = clock or Moment()
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(client_session())
        adapter = TeamsAdapter(Connector(session), LocalGate())
        state, words = StateStore(store.database), Words(load("bot"))
        talk = Talk(
            assistant or Scripted({}, Wording(load("answers"))),
            store.snapshot,
            words,
            UnknownStore(store.database).note,
        )
        handler = Handler(Turns(state, clock), talk, Places(state, clock), words, verbs)
        adapter.on_turn_error = handler.failed
        unavailable: list[str] = []

        async def ready() -> str | None:
            return unavailable[0] if unavailable else None

        async def messages(request: web.Request) -> web.Response:
            return await adapter.process(request, handler)

        app = make_app(messages, ready, 256 * 1024)
        url = await stack.enter_async_context(running(app))
        client = await stack.enter_async_context(ClientSession())
        yield Bot(url, client, connector, store, state, clock, unavailable)


@asynccontextmanager
async def running_world(store: Store, **given: Any) -> AsyncIterator[Bot]:
    """A bot and its connector."""
    async with running_connector() as connector, running_bot(store, connector, **given) as bot:
        yield bot
        # What a test did not wait for must not outlive it.
        await asyncio.sleep(0)
