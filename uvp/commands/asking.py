"""Commands that ask: questions, timings, a chat, and what was not understood."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from getpass import getuser
from secrets import token_hex

import click

from uvp.commandline import answer_line, lines, timing_line
from uvp.commands.options import Workplace, database, today_option
from uvp.commands.talking import PLACE, Reach, Terminal
from uvp.members import Member
from uvp.period import Period
from uvp.planfile import shipped_plan
from uvp.snapshot import Snapshot
from uvp.storage.store import Store
from uvp.updates import NewUpdate, Update, local_day


@click.command()
@click.argument("text", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a question, for scripts.")
@click.option("--explain", is_flag=True, help="Show what each word was taken for.")
@database
@today_option
@click.pass_obj
def ask(desk: Workplace, text: str | None, as_json: bool, explain: bool, db: str | None, today: date | None) -> None:
    """Answer TEXT, or each line of standard input.

    With --json a line may also be a JSON list of turns; the last one is answered.
    """
    assistant, snapshot = desk.assistant(), desk.run(db, lambda store: store.snapshot())
    day = local_day(desk.now(today))
    for line in [text] if text is not None else lines(sys.stdin):
        click.echo(answer_line(assistant, snapshot, day, line, as_json=as_json, explain=explain))


@click.command()
@click.argument("text", required=False)
@database
@today_option
@click.pass_obj
def period(desk: Workplace, text: str | None, db: str | None, today: date | None) -> None:
    """Show how the timing TEXT, or each line of standard input, is read.

    Without --today it is read as in a document: what depends on today is not guessed. Without --db no database is
    needed: "the whole plan" is then that of the plan that comes with the program.
    """
    known = shipped_plan() if db is None else desk.run(db, lambda store: store.snapshot()).plan
    plan = Period(known.start, known.end)
    for line in [text] if text is not None else lines(sys.stdin):
        click.echo(timing_line(line, today, plan))


@click.command()
@database
@click.pass_obj
def unknown(desk: Workplace, db: str | None) -> None:
    """List how often questions were not understood, by week: week, language, times and, where kept, the text."""
    for row in desk.run(db, lambda store: desk.unknowns(store).all()):
        click.echo("\t".join((row.week, row.language, str(row.times), row.text)).rstrip())


@click.command()
@database
@today_option
@click.pass_obj
def chat(desk: Workplace, db: str | None, today: date | None) -> None:
    """Talk with the assistant in this terminal; an empty line or Ctrl-D ends it."""

    def record(new: Sequence[NewUpdate]) -> tuple[Sequence[Update], Snapshot]:
        async def work(store: Store) -> tuple[Sequence[Update], Snapshot]:
            return await store.record(new), await store.snapshot()

        return desk.run(db, work)

    assistant, person = desk.assistant(), Member(PLACE, getuser(), coordinator=True)
    reach = Reach(assistant, desk.dialog_words(), person, lambda: desk.now(today), lambda: token_hex(8), record)
    terminal = Terminal(reach, desk.run(db, lambda store: store.snapshot()))
    click.echo(assistant.wording.welcome("nl") + "\n")
    while text := prompt():
        click.echo(f"\n{terminal.answer(text)}\n")


def prompt() -> str:
    """The next line of the terminal; empty at its end."""
    try:
        return input("> ").strip()
    except (EOFError, KeyboardInterrupt):
        return ""
