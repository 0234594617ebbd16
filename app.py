#!/usr/bin/env python3
"""The command line, and the only place where objects are built and joined.

Exit status 0 on success, 2 on bad usage, 1 on a failure that is explained in one line on standard error.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import sys
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
from uvp.commandline import (
    PLACE,
    answer_line,
    lines,
    plan_code,
    plan_organisation,
    receipt,
    reported,
    timing_line,
)
from uvp.errors import ListInvalid, UnknownTheme, UvpError
from uvp.members import Member
from uvp.period import Period
from uvp.updates import AMSTERDAM, Person, local_day

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohttp import ClientSession, web

    from bot.connector import Connector
    from bot.delivery import Delivery
    from bot.gate import Gate
    from bot.handler import Handler
    from bot.reporting.joining import Reporting
    from bot.state import StateStore
    from uvp.assistant import Assistant
    from uvp.digest.wording import DigestWording
    from uvp.reporting.words import DialogWords
    from uvp.storage.members import MemberStore
    from uvp.storage.outbox import OutboxStore
    from uvp.storage.store import Store
    from uvp.storage.subscriptions import SubscriptionStore

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


class Cli(click.Group):
    """Turns a failure that the domain explains into one line on standard error and exit status 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command."""
        try:
            return super().invoke(ctx)
        except UvpError as error:
            click.echo(f"{ctx.info_name}: {error}", err=True)
            ctx.exit(1)


class Day(click.ParamType[date]):
    """A day as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a usage error."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date; write it as 2026-11-24", param, ctx)


database = click.option(
    "--db", metavar="URL", help="The database; default: UVP_DATABASE_URL, else a local SQLite file."
)
today_option = click.option("--today", type=Day(), metavar="YYYY-MM-DD", help="Answer as if on this day.")


@click.group(cls=Cli, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Assistant for a regional safety plan: ask what is due, record progress, run the Teams bot."""


@cli.command()
@click.argument("text", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a question, for scripts.")
@click.option("--explain", is_flag=True, help="Show what each word was taken for.")
@database
@today_option
def ask(text: str | None, as_json: bool, explain: bool, db: str | None, today: date | None) -> None:
    """Answer TEXT, or each line of standard input.

    With --json a line may also be a JSON list of turns; the last one is answered.
    """
    assistant, snapshot = build_assistant(), run(db, lambda store: store.snapshot())
    day = today or current_day()
    for line in [text] if text is not None else lines(sys.stdin):
        click.echo(answer_line(assistant, snapshot, day, line, as_json=as_json, explain=explain))


@cli.command()
@click.argument("text", required=False)
@today_option
def period(text: str | None, today: date | None) -> None:
    """Show how the timing TEXT, or each line of standard input, is read.

    Without --today it is read as in a document: what depends on today is not guessed.
    """
    from uvp.planfile import shipped_plan

    shipped = shipped_plan()
    plan = Period(shipped.start, shipped.end)
    for line in [text] if text is not None else lines(sys.stdin):
        click.echo(timing_line(line, today, plan))


@cli.command()
@click.argument("code", required=False)
@click.argument("status", required=False)
@click.option("--municipality", "-m", "municipalities", multiple=True, metavar="NAME", help="Only for this one.")
@click.option("--note", default="", help="What there is to say about it.")
@click.option("--expected", type=Day(), metavar="DATE", help="When it is expected to be finished now.")
@click.option("--by", metavar="NAME", help="Who reports it; needed for recording.")
@click.option("--at", type=Day(), metavar="DATE", help="On which day it was reported; default: now.")
@click.option("--from", "filled", type=click.Path(path_type=Path), metavar="FILE.xlsx", help="Record a filled-in list.")
@click.option("--dry-run", is_flag=True, help="With --from: only say what would be recorded.")
@click.option("--list", "blank", type=click.Path(path_type=Path), metavar="FILE.xlsx", help="Write a list to fill in.")
@database
def update(
    code: str | None,
    status: str | None,
    municipalities: tuple[str, ...],
    note: str,
    expected: date | None,
    by: str | None,
    at: date | None,
    filled: Path | None,
    dry_run: bool,
    blank: Path | None,
    db: str | None,
) -> None:
    """Record STATUS for the action CODE, or a whole list that was filled in with Excel."""
    if blank is not None:
        run(db, lambda store: write_blank_list(store, blank))
        return
    if by is None or ((code is None or status is None) and filled is None):
        raise click.UsageError("give CODE, STATUS and --by; or --from FILE.xlsx and --by; or --list FILE.xlsx")
    moment = datetime.combine(at, time(12), AMSTERDAM) if at else datetime.now(UTC)

    async def record(store: Store) -> str:
        plan = (await store.snapshot()).plan
        if filled is not None:
            return await import_list(store, filled, by, moment, dry_run=dry_run)
        changes = reported(
            plan, code or "", status or "", municipalities, note=note, expected=expected, by=by, at=moment
        )
        return receipt(await store.record(changes))

    click.echo(run(db, record))


@cli.group()
def members() -> None:
    """Who may record, and for which organisation."""


@members.command("list")
@database
def list_members(db: str | None) -> None:
    """Everybody on the list: id, name, organisation."""
    for member in run(db, lambda store: member_store(store).all()):
        mark = " (coordinator)" if member.coordinator else ""
        click.echo(f"{member.id}\t{member.name}\t{member.organisation}{mark}")


@members.command("add")
@click.argument("object_id")
@click.argument("name")
@click.option("--organisation", "-o", required=True, help="A municipality, politie, openbaar ministerie or regio.")
@click.option("--coordinator", is_flag=True, help="May record and undo everything, and keeps this list.")
@click.option("--by", default=PLACE, help="Who changes the list.")
@database
def add_member(object_id: str, name: str, organisation: str, coordinator: bool, by: str, db: str | None) -> None:
    """Put NAME, whose object id in the directory is OBJECT_ID, on the list, or change what is noted there."""

    async def put(store: Store) -> None:
        known = plan_organisation((await store.snapshot()).plan, organisation)
        await member_store(store).put(Member(object_id, name, known, coordinator), by, datetime.now(UTC))

    run(db, put)


@members.command("remove")
@click.argument("object_id")
@database
def remove_member(object_id: str, db: str | None) -> None:
    """Take somebody off the list."""
    if not run(db, lambda store: member_store(store).remove(object_id)):
        raise click.UsageError(f"nobody on the list has the id {object_id!r}")


@cli.command()
@click.argument("code")
@click.argument("names", nargs=-1)
@click.option("--none", is_flag=True, help="Nobody any more.")
@database
def owner(code: str, names: tuple[str, ...], none: bool, db: str | None) -> None:
    """Set who owns the action CODE, or without NAMES show it."""

    async def work(store: Store) -> str:
        known = plan_code((await store.snapshot()).plan, code)
        if names or none:
            await store.set_owners(known, [Person(name) for name in names])
        return "\n".join((await store.snapshot()).owners.get(known, ()))

    click.echo(run(db, work))


@cli.command()
@click.argument("theme")
@click.argument("names", nargs=-1)
@click.option("--none", is_flag=True, help="Nobody any more.")
@database
def officials(theme: str, names: tuple[str, ...], none: bool, db: str | None) -> None:
    """Set the officials who carry THEME (its code), or without NAMES show them."""

    async def work(store: Store) -> str:
        if names or none:
            await store.set_officials(theme.upper(), [Person(name) for name in names])
        snapshot = await store.snapshot()
        if theme.upper() not in snapshot.plan.theme_by_code:
            raise UnknownTheme(theme)
        return "\n".join(snapshot.officials.get(theme.upper(), ()))

    click.echo(run(db, work))


@cli.command()
@click.argument("code")
@click.argument("text", required=False)
@click.option("--none", is_flag=True, help="No communication any more.")
@database
def communication(code: str, text: str | None, none: bool, db: str | None) -> None:
    """Set what communication goes with the action CODE, which and when; or without TEXT show it."""

    async def work(store: Store) -> str:
        known = plan_code((await store.snapshot()).plan, code)
        if text or none:
            await store.set_communication(known, text or "")
        return (await store.snapshot()).communications.get(known, "")

    click.echo(run(db, work))


@cli.command()
@click.option("--host", help="Where to listen; default: 127.0.0.1.")
@click.option("--port", type=click.IntRange(0, 65535), help="Default: 3978; 0 takes a free one.")
@database
@today_option
def serve(host: str | None, port: int | None, db: str | None, today: date | None) -> None:
    """Run the Teams bot until Ctrl-C or SIGTERM."""
    settings = read_settings(database_url=db, host=host, port=port)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("alembic.runtime.plugins").setLevel(logging.WARNING)  # ten lines at every start, about nothing
    import uvloop

    uvloop.run(run_bot(settings, clock(today)))


@cli.command()
@click.option("--week", metavar="2026-W48", help="Which week, as it was; default: this one.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for scripts.")
@click.option("--send", is_flag=True, help="Give it to every place that has it switched on; the running bot delivers.")
@database
@today_option
def digest(week: str | None, as_json: bool, send: bool, db: str | None, today: date | None) -> None:
    """Show the weekly digest, or with --send let it go out where it has not yet arrived."""
    from uvp.digest.commandline import digest_lines, send_lines
    from uvp.digest.week import Week

    now = clock(today)()
    wanted = Week.parse(week) if week else Week.of(local_day(now))
    if send:
        outcome = run(db, lambda store: send_lines(*stores(store), wanted, now))
    else:
        wording = build_digest_wording(build_assistant())
        outcome = run(db, lambda store: digest_lines(store.snapshot, wording, wanted, as_json))
    click.echo("\n".join(outcome))


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a message, for scripts.")
@click.option("--all", "everything", is_flag=True, help="Also what has arrived.")
@click.option("--again", type=int, metavar="ID", help="Post this one again, whether or not it has arrived.")
@click.option("--arrived", type=int, metavar="ID", help="This unknown one has arrived.")
@database
@today_option
def outbox(
    as_json: bool, everything: bool, again: int | None, arrived: int | None, db: str | None, today: date | None
) -> None:
    """Show what is to be delivered and what did not arrive, or decide about one message."""
    from uvp.delivery.listing import outbox_lines

    now = clock(today)()
    shown = run(db, lambda store: outbox_lines(stores(store)[1], now, again, arrived, as_json, everything))
    click.echo("\n".join(shown))


@cli.command()
@database
def unknown(db: str | None) -> None:
    """List how often questions were not understood, by week: week, language, times and, where kept, the text."""
    from uvp.storage.unknowns import UnknownStore

    for row in run(db, lambda store: UnknownStore(store.database).all()):
        click.echo("\t".join((row.week, row.language, str(row.times), row.text)).rstrip())


@cli.command()
@database
@today_option
def chat(db: str | None, today: date | None) -> None:
    """Talk with the assistant in this terminal; an empty line or Ctrl-D ends it."""
    assistant, snapshot = build_assistant(), run(db, lambda store: store.snapshot())
    context = None
    click.echo(assistant.wording.welcome("nl") + "\n")
    while text := prompt():
        response = assistant.respond(text, snapshot, today or current_day(), context)
        context = response.context
        click.echo(f"\n{response.text}\n")


def prompt() -> str:
    """The next line of the terminal; empty at its end."""
    try:
        return input("> ").strip()
    except (EOFError, KeyboardInterrupt):
        return ""


def current_day() -> date:
    """Today in Europe/Amsterdam."""
    return datetime.now(AMSTERDAM).date()


def build_assistant() -> Assistant:
    """The question engine and the wording over the language files."""
    from uvp.answers.wording import Wording
    from uvp.assistant import Assistant
    from uvp.language import load, question_data

    return Assistant(question_data(), Wording(load("answers")))


def build_digest_wording(assistant: Assistant) -> DigestWording:
    """The words of digests and reminders."""
    from uvp.digest.wording import DigestWording
    from uvp.language import load

    return DigestWording(load("digest"), {language: assistant.wording.phrases(language) for language in ("nl", "en")})


def stores(store: Store) -> tuple[SubscriptionStore, OutboxStore]:
    """Who gets the digest, and what is to be delivered."""
    from uvp.storage.outbox import OutboxStore
    from uvp.storage.subscriptions import SubscriptionStore

    return SubscriptionStore(store.database), OutboxStore(store.database)


def member_store(store: Store) -> MemberStore:
    """Who may record."""
    from uvp.storage.members import MemberStore

    return MemberStore(store.database)


def build_dialog_words() -> DialogWords:
    """What dialogs and lists say and understand."""
    from uvp.language import load
    from uvp.reporting.words import DialogWords

    return DialogWords(load("answers"), load("dialogs"))


async def import_list(store: Store, path: Path, by: str, at: datetime, *, dry_run: bool) -> str:
    """Records a filled-in list, all of it or nothing; what was recorded, a line each. Raises ListInvalid."""
    from uvp.importing.rows import read_rows
    from uvp.importing.workbook import read_list

    plan = (await store.snapshot()).plan
    reading = read_rows(read_list(path), plan, build_dialog_words(), by, at, path.name)
    if reading.problems:
        raise ListInvalid(path.name, reading.problems)
    return receipt(reading.changes if dry_run else await store.record(reading.changes))


async def write_blank_list(store: Store, path: Path) -> None:
    """A list of all actions to fill in. Raises ListInvalid."""
    from uvp.importing.workbook import write_list

    words, snapshot = build_dialog_words(), await store.snapshot()
    try:
        write_list(path, snapshot, words.columns("nl"), words.say("nl"))
    except OSError as error:
        raise ListInvalid(path.name, (error.strerror or str(error),)) from error


def read_settings(**given: Any) -> Settings:
    """The settings; makes the folder of the default database, which is this program's own."""
    settings = load_settings(**given)
    if settings.database_url == DEFAULT_DATABASE:
        Path("var").mkdir(exist_ok=True)
    return settings


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator[Store]:
    """The store, migrated; an empty database gets the shipped plan."""
    from uvp.planfile import shipped_plan
    from uvp.storage.engine import open_store

    store = open_store(settings.database_url)
    try:
        await store.migrate()
        await store.seed(shipped_plan())
        yield store
    finally:
        await store.close()


def run(url: str | None, work: Callable[[Store], Awaitable[T]]) -> T:
    """Does one piece of work on the database."""

    async def main() -> T:
        async with open_database(settings) as store:
            return await work(store)

    settings = read_settings(database_url=url)

    return asyncio.run(main())


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
                await store.snapshot()
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
    from uvp.language import load
    from uvp.storage.members import MemberStore

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
    from uvp.language import load
    from uvp.reporting.setting import Settings as SettingSentences

    roster = None if settings.local else Roster(connector.member, state.references, now)
    access = Access(member_store(store), settings.coordinators, roster, now)
    sentences = SettingSentences({language: data["settings"] for language, data in load("dialogs").items()})
    desk = Desk(access, store, store.undo, assistant, build_dialog_words(), lambda: secrets.token_hex(8))
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
    from uvp.language import load
    from uvp.storage.unknowns import UnknownStore

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
