"""What all commands share: the options, how failures are said, and where commands get what they work with."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from io import TextIOWrapper
from typing import Any, Protocol, TypeVar

import click

from uvp.assistant import Assistant
from uvp.digest.wording import DigestWording
from uvp.errors import UvpError
from uvp.reporting.words import DialogWords
from uvp.storage.members import MemberStore
from uvp.storage.outbox import OutboxStore
from uvp.storage.store import Store
from uvp.storage.subscriptions import SubscriptionStore
from uvp.storage.unknowns import UnknownStore

T = TypeVar("T")


class Workplace(Protocol):
    """Builds what a command works with, when it needs it."""

    def run(self, url: str | None, work: Callable[[Store], Awaitable[T]]) -> T:
        """Does one piece of work on the database at ``url``, or on that of the settings."""

    def now(self, today: date | None) -> datetime:
        """The moment (aware), or noon of the day that was given."""

    def assistant(self) -> Assistant:
        """Reads and answers questions."""

    def dialog_words(self) -> DialogWords:
        """What dialogs and lists say and understand."""

    def digest_wording(self) -> DigestWording:
        """The words of digests."""

    def members(self, store: Store) -> MemberStore:
        """Who may record."""

    def subscriptions(self, store: Store) -> SubscriptionStore:
        """Who gets the digest."""

    def outbox(self, store: Store) -> OutboxStore:
        """What is to be delivered."""

    def unknowns(self, store: Store) -> UnknownStore:
        """What was not understood."""


class Cli(click.Group):
    """Turns a failure that the domain explains into one line on standard error and exit status 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command."""
        forgive_bytes()
        try:
            return super().invoke(ctx)
        except UvpError as error:
            click.echo(f"{ctx.info_name}: {error}", err=True)
            ctx.exit(1)


def forgive_bytes() -> None:
    """What is no text in the encoding of the terminal, in or out, becomes a question mark instead of an error."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


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


class Name(click.ParamType[str]):
    """The name of a person, without spaces around it; never empty."""

    name = "name"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name, or a usage error."""
        return str(value).strip() or self.fail("a name is needed here", param, ctx)


database = click.option(
    "--db", metavar="URL", help="The database; default: UVP_DATABASE_URL, else a local SQLite file."
)
today_option = click.option("--today", type=Day(), metavar="YYYY-MM-DD", help="Answer as if on this day.")
