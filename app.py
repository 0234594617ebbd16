#!/usr/bin/env python3
"""The command line, and the only place where objects are built and joined.

Exit status 0 on success, 2 on bad usage, 1 on a failure that is explained in one line on standard error.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any, TypeVar

import click

from uvp.errors import UnknownAction, UnknownStatus, UvpError
from uvp.plan import Plan
from uvp.updates import AMSTERDAM, NewUpdate, Status

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from uvp.assistant import Assistant
    from uvp.snapshot import Snapshot
    from uvp.storage import Store

T = TypeVar("T")


class Cli(click.Group):
    """Turns a failure that the domain explains into one line on standard error and exit status 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command."""
        try:
            return super().invoke(ctx)
        except UvpError as error:
            click.echo(f"{ctx.info_name}: {error}", err=True)
            ctx.exit(1)


class Day(click.ParamType):
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


database = click.option("--db", metavar="URL", help="The database; default: UVP_DATABASE_URL, else a local SQLite file.")
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
    from uvp.periods import read_timing
    from uvp.planfile import shipped_plan

    plan = shipped_plan().period
    for line in [text] if text is not None else lines(sys.stdin):
        timing = read_timing(line, today, plan)
        start, end = (timing.period.start, timing.period.end) if timing.period else (None, None)
        click.echo(as_line({"text": line, "start": iso(start), "end": iso(end), "recurrence": timing.recurrence}))


@cli.command()
@click.argument("code")
@click.argument("status")
@click.option("--municipality", "-m", "municipalities", multiple=True, metavar="NAME", help="Only for this one.")
@click.option("--note", default="", help="What there is to say about it.")
@click.option("--expected", type=Day(), metavar="DATE", help="When it is expected to be finished now.")
@click.option("--by", required=True, metavar="NAME", help="Who reports it.")
@click.option("--at", type=Day(), metavar="DATE", help="On which day it was reported; default: now.")
@database
def update(
    code: str,
    status: str,
    municipalities: tuple[str, ...],
    note: str,
    expected: date | None,
    by: str,
    at: date | None,
    db: str | None,
) -> None:
    """Record STATUS for the action CODE."""

    async def record(store: Store) -> str:
        plan = (await store.snapshot()).plan
        change = NewUpdate(
            code=plan_code(plan, code),
            status=plan_status(status),
            by=by,
            at=datetime.combine(at, time(12), AMSTERDAM) if at else datetime.now(UTC),
            note=note,
            expected=expected,
            place="command line",
        )
        recorded = await store.record([replace(change, municipality=m) for m in municipalities] or [change])
        return "\n".join(" ".join(filter(None, [u.code, u.municipality, u.status])) for u in recorded)

    click.echo(run(db, record))


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


def answer_line(
    assistant: Assistant, snapshot: Snapshot, today: date, line: str, *, as_json: bool, explain: bool = False
) -> str:
    """The answer to one question, or to the last of a list of turns, as text or as a line of JSON."""
    from uvp.answers.record import as_record

    context = None
    for turn in turns(line) if as_json else [line]:
        response = assistant.respond(turn, snapshot, today, context)
        context = response.context
    if as_json:
        return as_line(as_record(response.answer, response.text))
    if explain:
        return "\n".join(f"{w.text}\t{w.kind}\t{w.value}" for w in response.answer.question.reading)
    return response.text


def turns(line: str) -> list[str]:
    """The turns of a conversation: a JSON list of texts, or the line itself."""
    if line.lstrip().startswith("["):
        try:
            value = json.loads(line)
        except ValueError:
            return [line]
        if isinstance(value, list) and value and all(isinstance(v, str) for v in value):
            return value
    return [line]


def lines(stream: Iterable[str]) -> Iterator[str]:
    """Lines without their ends."""
    return (line.rstrip("\r\n") for line in stream)


def as_line(value: object) -> str:
    """One line of JSON, readable for people."""
    return json.dumps(value, ensure_ascii=False)


def iso(day: date | None) -> str | None:
    """The day as YYYY-MM-DD."""
    return day.isoformat() if day else None


def current_day() -> date:
    """Today in Europe/Amsterdam."""
    return datetime.now(AMSTERDAM).date()


def plan_code(plan: Plan, text: str) -> str:
    """The code as the plan writes it (``dig-3`` is DIG-03). Raises UnknownAction."""
    theme, _, number = text.strip().upper().replace(" ", "-").partition("-")
    code = f"{theme}-{number.zfill(2)}"
    if code not in plan.by_code:
        raise UnknownAction(text)
    return code


def plan_status(text: str) -> Status:
    """The status by its name. Raises UnknownStatus."""
    try:
        return Status(text.strip().lower())
    except ValueError:
        raise UnknownStatus(text) from None


def build_assistant() -> Assistant:
    """The question engine and the wording over the language files."""
    from uvp.answers.wording import Wording
    from uvp.assistant import Assistant
    from uvp.language import load

    return Assistant(load("questions"), Wording(load("answers")))


@asynccontextmanager
async def open_database(url: str | None) -> AsyncIterator[Store]:
    """The store, migrated; an empty database gets the shipped plan."""
    from bot.settings import Settings
    from uvp.planfile import shipped_plan
    from uvp.storage import open_store

    store = open_store(url or Settings().database_url)
    try:
        await store.migrate()
        if await store.empty():
            await store.seed(shipped_plan())
        yield store
    finally:
        await store.close()


def run(url: str | None, work: Callable[[Store], Awaitable[T]]) -> T:
    """Does one piece of work on the database."""

    async def main() -> T:
        async with open_database(url) as store:
            return await work(store)

    return asyncio.run(main())


if __name__ == "__main__":
    cli(prog_name="app.py")
