#!/usr/bin/env python3
"""The command line, and the only place where objects are built and joined.

Exit status 0 on success, 2 on bad usage, 1 on a failure that is explained in one line on standard error.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import monotonic
from time import time as epoch
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bot.settings import DEFAULT_DATABASE, Settings, load_settings
from uvp.answers.wording import Wording
from uvp.assistant import Assistant
from uvp.commands.asking import ask, chat, period, unknown
from uvp.commands.delivering import digest, outbox
from uvp.commands.options import Cli, database, today_option
from uvp.commands.recording import communication, members, officials, owner, update
from uvp.digest.wording import DigestWording
from uvp.errors import UvpError
from uvp.language import load, question_data
from uvp.planfile import shipped_plan
from uvp.reporting.words import DialogWords
from uvp.storage.engine import open_store
from uvp.storage.members import MemberStore
from uvp.storage.outbox import OutboxStore
from uvp.storage.store import Store
from uvp.storage.subscriptions import SubscriptionStore
from uvp.storage.unknowns import UnknownStore
from uvp.updates import AMSTERDAM

# The packages of the bot are imported where it is built: the other commands start in half the time without them.
if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohttp import ClientSession, web

    from bot.connector import Connector
    from bot.delivery import Delivery
    from bot.gate import Gate
    from bot.handler import Handler
    from bot.reporting.joining import Reporting
    from bot.state import StateStore

T = TypeVar("T")
Clock = Callable[[], datetime]


@dataclass(eq=False)
class CannotListen(UvpError):
    """The address cannot be listened on."""

    host: str
    port: int
    reason: str

    def __str__(self) -> str:
        return f"cannot listen on {self.host}:{self.port}: {self.reason}"


@click.group(cls=Cli, context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def cli(context: click.Context) -> None:
    """Assistant for a regional safety plan: ask what is due, record progress, run the Teams bot."""
    context.obj = Builder()


for command in (ask, period, unknown, chat, update, members, owner, officials, communication, digest, outbox):
    cli.add_command(command)


@cli.command()
@click.option("--host", help="Where to listen; default: 127.0.0.1.")
@click.option("--port", type=click.IntRange(0, 65535), help="Default: 3978; 0 takes a free one.")
@database
@today_option
def serve(host: str | None, port: int | None, db: str | None, today: date | None) -> None:
    """Run the Teams bot until Ctrl-C or SIGTERM."""
    settings = read_settings(database_url=db, host=host, port=port)
    import uvloop

    from bot.logs import log_to_standard_error

    log_to_standard_error()
    uvloop.run(run_bot(settings, clock(today)))


def build_assistant() -> Assistant:
    """The question engine and the wording over the language files."""
    return Assistant(question_data(), Wording(load("answers")))


def build_digest_wording(assistant: Assistant) -> DigestWording:
    """The words of digests and reminders."""
    return DigestWording(load("digest"), {language: assistant.wording.phrases(language) for language in ("nl", "en")})


def build_dialog_words() -> DialogWords:
    """What dialogs and lists say and understand."""
    return DialogWords(load("answers"), load("dialogs"))


class Builder:
    """What commands work with; see ``uvp.commands.options.Workplace``."""

    def run(self, url: str | None, work: Callable[[Store], Awaitable[T]]) -> T:
        """Does one piece of work on the database."""
        settings = read_settings(database_url=url)

        async def main() -> T:
            async with open_database(settings) as store:
                return await work(store)

        return asyncio.run(main())

    def now(self, today: date | None) -> datetime:
        """The moment, or noon of the day that was given."""
        return clock(today)()

    def assistant(self) -> Assistant:
        """Reads and answers questions."""
        return build_assistant()

    def dialog_words(self) -> DialogWords:
        """What dialogs and lists say and understand."""
        return build_dialog_words()

    def digest_wording(self) -> DigestWording:
        """The words of digests."""
        return build_digest_wording(build_assistant())

    def members(self, store: Store) -> MemberStore:
        """Who may record."""
        return MemberStore(store.database)

    def subscriptions(self, store: Store) -> SubscriptionStore:
        """Who gets the digest."""
        return SubscriptionStore(store.database)

    def outbox(self, store: Store) -> OutboxStore:
        """What is to be delivered."""
        return OutboxStore(store.database)

    def unknowns(self, store: Store) -> UnknownStore:
        """What was not understood."""
        return UnknownStore(store.database)


def read_settings(**given: Any) -> Settings:
    """The settings; makes the folder of the default database, which is this program's own."""
    settings = load_settings(**given)
    if settings.database_url == DEFAULT_DATABASE:
        Path("var").mkdir(exist_ok=True)
    return settings


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator[Store]:
    """The store, migrated; an empty database gets the shipped plan."""

    store = open_store(settings.database_url)
    try:
        await store.migrate()
        await store.seed(shipped_plan())
        yield store
    finally:
        await store.close()


async def run_bot(settings: Settings, now: Clock) -> None:
    """The bot, until it is told to stop."""
    from bot.adapter import TeamsAdapter
    from bot.connector import client_session
    from bot.server import make_app
    from bot.server import serve as serve_app
    from bot.state import StateStore

    async with open_database(settings) as store, client_session() as session:
        connector, gate = build_edge(settings, session)
        adapter = TeamsAdapter(connector, gate)
        state, assistant = StateStore(store.database), build_assistant()
        # Building the reader takes longer than anybody should wait for the first answer.
        assistant.read("", (await store.snapshot()).plan, now().date())
        delivery = join_delivery(settings, store, state, connector, assistant, now)
        reporting = join_reporting(settings, store, state, connector, assistant, now)
        handler = build_handler(settings, store, state, assistant, delivery, now, reporting)
        adapter.on_turn_error = handler.failed

        async def ready() -> str | None:
            try:
                await store.check()
                return await delivery.late()
            except UvpError as error:
                return str(error)

        async def messages(request: web.Request) -> web.Response:
            return await adapter.process(request, handler)

        app = make_app(messages, ready, settings.body_limit, upkeep=lambda: state.purge(now()))
        try:
            async with delivery.run():
                await serve_app(app, settings.host, settings.port, lambda address: say_where(settings, address))
        except OSError as error:
            raise CannotListen(settings.host, settings.port, error.strerror or str(error)) from error


def build_edge(settings: Settings, session: ClientSession) -> tuple[Connector, Gate]:
    """The way out and the way in: with tokens, or in local mode without."""
    from bot.auth import TokenCheck
    from bot.connector import Connector
    from bot.gate import LocalGate, TeamsGate
    from bot.keys import SigningKeys
    from bot.tokens import AppToken, msal_acquire

    if settings.app_id is None:
        return Connector(session), LocalGate(settings.tenants)
    keys = SigningKeys(session, settings.metadata_url, monotonic)
    gate = TeamsGate(TokenCheck(settings.app_id, keys, epoch), settings.tenants, settings.service_hosts)
    return Connector(session, AppToken(msal_acquire(settings), monotonic)), gate


def join_delivery(
    settings: Settings, store: Store, state: StateStore, connector: Connector, assistant: Assistant, now: Clock
) -> Delivery:
    """Digests and reminders, and the loop that delivers them."""
    from bot.delivery import Coordination, build_delivery
    from uvp.digest.commands import Commands
    from uvp.digest.holiday_calendar import dutch_holidays

    commands = Commands({language: data["commands"] for language, data in load("digest").items()})
    return build_delivery(
        store,
        state,
        connector,
        build_digest_wording(assistant),
        commands,
        dutch_holidays(),
        Coordination(settings.coordinators, MemberStore(store.database)),
        next(iter(sorted(settings.tenants)), ""),
        now,
    )


def join_reporting(
    settings: Settings, store: Store, state: StateStore, connector: Connector, assistant: Assistant, now: Clock
) -> Reporting:
    """Reporting a status: who may, the steps, the form, and taking back."""
    from bot.access import Access
    from bot.reporting.desk import Desk
    from bot.reporting.joining import build_reporting
    from bot.roster import Roster
    from uvp.reporting.setting import Settings as SettingSentences

    roster = None if settings.local else Roster(connector.member, state.references, now)
    access = Access(MemberStore(store.database), settings.coordinators, roster, now)
    sentences = SettingSentences({language: data["settings"] for language, data in load("dialogs").items()})
    desk = Desk(access, store, store.undo_all, assistant, build_dialog_words(), lambda: secrets.token_hex(8))
    return build_reporting(desk, store, sentences)


def build_handler(
    settings: Settings,
    store: Store,
    state: StateStore,
    assistant: Assistant,
    delivery: Delivery,
    now: Clock,
    reporting: Reporting,
) -> Handler:
    """What arrives and what is done about it, over the store."""
    from bot.handler import Handler
    from bot.places import Places
    from bot.talk import Talk
    from bot.turns import Turns
    from bot.words import Words

    words = Words(load("bot"))
    unknowns = UnknownStore(store.database, settings.keep_unknown_texts)
    talk = Talk(assistant, store.snapshot, words, unknowns.note, {**delivery.intents, **reporting.intents})
    verbs = {**delivery.verbs, **reporting.verbs}
    said = reporting.before(talk.said)
    return Handler(Turns(state, now), talk, Places(state, now), words, verbs, delivery.joined, said)


def say_where(settings: Settings, address: str) -> None:
    """One line for whoever started the bot."""
    mode = "local mode, without authentication: set UVP_APP_ID for Teams" if settings.local else "Teams"
    click.echo(f"The bot listens on {address}/api/messages ({mode}).")
    if settings.local:
        click.echo("Nobody can be checked in local mode: who is not on the list counts as a member of the region.")


def clock(today: date | None) -> Clock:
    """The clock; on a given day it begins at noon there, which only tests and demonstrations want."""
    if today is None:
        return lambda: datetime.now(UTC)
    noon, started = datetime.combine(today, time(12), AMSTERDAM).astimezone(UTC), monotonic()
    return lambda: noon + timedelta(seconds=monotonic() - started)


if __name__ == "__main__":
    cli(prog_name="app.py")
