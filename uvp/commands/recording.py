"""Commands that record: updates, who may record them, and who carries what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click

from uvp.commandline import PLACE, plan_code, plan_organisation, receipt, reported
from uvp.commands.options import Day, Name, Workplace, database
from uvp.errors import ListInvalid, UnknownTheme
from uvp.members import DUO, Member, ids_by_name
from uvp.reporting.words import DialogWords
from uvp.storage.members import MemberStore
from uvp.storage.store import Store
from uvp.updates import Person


@click.command()
@click.argument("code", required=False)
@click.argument("status", required=False)
@click.option("--municipality", "-m", "municipalities", multiple=True, metavar="NAME", help="Only for this one.")
@click.option("--note", default="", help="What there is to say about it.")
@click.option("--expected", type=Day(), metavar="DATE", help="When it is expected to be finished now.")
@click.option("--by", type=Name(), metavar="NAME", help="Who reports it; needed for recording.")
@click.option("--at", type=Day(), metavar="DATE", help="On which day it was reported; default: now.")
@click.option("--from", "filled", type=click.Path(path_type=Path), metavar="FILE.xlsx", help="Record a filled-in list.")
@click.option("--dry-run", is_flag=True, help="With --from: only say what would be recorded.")
@click.option("--list", "blank", type=click.Path(path_type=Path), metavar="FILE.xlsx", help="Write a list to fill in.")
@database
@click.pass_obj
def update(
    desk: Workplace,
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
        desk.run(db, lambda store: write_blank_list(store, desk.dialog_words(), blank))
        return
    if by is None or ((code is None or status is None) and filled is None):
        raise click.UsageError("give CODE, STATUS and --by; or --from FILE.xlsx and --by; or --list FILE.xlsx")
    moment = desk.now(at)

    async def record(store: Store) -> str:
        plan = (await store.snapshot()).plan
        if filled is not None:
            return await import_list(store, desk.dialog_words(), filled, by, moment, dry_run=dry_run)
        changes = reported(
            plan, code or "", status or "", municipalities, note=note, expected=expected, by=by, at=moment
        )
        return receipt(await store.record(changes))

    click.echo(desk.run(db, record))


@click.group()
def members() -> None:
    """Who may record, and for which organisation."""


@members.command("list")
@database
@click.pass_obj
def list_members(desk: Workplace, db: str | None) -> None:
    """Everybody on the list: id, name, organisation."""
    for member in desk.run(db, lambda store: desk.members(store).all()):
        mark = " (coordinator)" if member.coordinator else ""
        click.echo(f"{member.id}\t{member.name}\t{member.organisation}{mark}")


@members.command("add")
@click.argument("object_id")
@click.argument("name", type=Name())
@click.option("--organisation", "-o", required=True, help="A municipality, politie, openbaar ministerie or regio.")
@click.option("--coordinator", is_flag=True, help="May record and undo everything, and keeps this list.")
@click.option("--by", type=Name(), default=PLACE, help="Who changes the list.")
@database
@click.pass_obj
def add_member(
    desk: Workplace, object_id: str, name: str, organisation: str, coordinator: bool, by: str, db: str | None
) -> None:
    """Put NAME, whose object id in the directory is OBJECT_ID, on the list, or change what is noted there."""

    async def put(store: Store) -> None:
        known = plan_organisation((await store.snapshot()).plan, organisation)
        await desk.members(store).put(Member(object_id, name, known, coordinator), by, desk.now(None))

    desk.run(db, put)


@members.command("remove")
@click.argument("object_id")
@database
@click.pass_obj
def remove_member(desk: Workplace, object_id: str, db: str | None) -> None:
    """Take somebody off the list."""
    if not desk.run(db, lambda store: desk.members(store).remove(object_id)):
        raise click.UsageError(f"nobody on the list has the id {object_id!r}")


object_ids = click.option(
    "--id",
    "ids",
    multiple=True,
    type=Name(),
    metavar="OBJECT-ID",
    help="The object id in the directory of each NAME, in the same order, for mentions and reminders; "
    "without it, the id of who has this name on the list of members.",
)


@click.command()
@click.argument("code")
@click.argument("names", nargs=-1, type=Name())
@object_ids
@click.option("--none", is_flag=True, help="Nobody any more.")
@database
@click.pass_obj
def owner(desk: Workplace, code: str, names: tuple[str, ...], ids: tuple[str, ...], none: bool, db: str | None) -> None:
    """Set who owns the action CODE, or without NAMES show it."""
    _check_ids(names, ids)

    async def work(store: Store) -> str:
        known = plan_code((await store.snapshot()).plan, code)
        if names or none:
            await store.set_owners(known, await _people(desk.members(store), names, ids))
        return _shown((await store.snapshot()).persons.get(known, ()))

    click.echo(desk.run(db, work))


@click.command()
@click.argument("theme")
@click.argument("names", nargs=-1, type=Name())
@object_ids
@click.option("--none", is_flag=True, help="Nobody any more.")
@database
@click.pass_obj
def officials(
    desk: Workplace, theme: str, names: tuple[str, ...], ids: tuple[str, ...], none: bool, db: str | None
) -> None:
    """Set the two officials who carry THEME (its code), or without NAMES show them."""
    _check_ids(names, ids)
    if len(names) > DUO:
        raise click.UsageError(f"at most {DUO} officials carry a theme")

    async def work(store: Store) -> str:
        if names or none:
            await store.set_officials(theme.upper(), await _people(desk.members(store), names, ids))
        snapshot = await store.snapshot()
        if theme.upper() not in snapshot.plan.theme_by_code:
            raise UnknownTheme(theme)
        return _shown(snapshot.persons.get(theme.upper(), ()))

    click.echo(desk.run(db, work))


def _check_ids(names: Sequence[str], ids: Sequence[str]) -> None:
    if ids and len(ids) != len(names):
        raise click.UsageError("give one --id for each name, in the same order, or none at all")


async def _people(members: MemberStore, names: Sequence[str], ids: Sequence[str]) -> list[Person]:
    """People with their ids: as given, else as on the list of members."""
    if ids:
        return [Person(name, id_) for name, id_ in zip(names, ids, strict=True)]
    known = ids_by_name(await members.all())
    return [Person(name, known.get(name.casefold())) for name in names]


def _shown(people: Sequence[Person]) -> str:
    """A line each: the name, and behind it the id where it is known."""
    return "\n".join("\t".join(filter(None, (person.name, person.id))) for person in people)


@click.command()
@click.argument("code")
@click.argument("text", required=False)
@click.option("--none", is_flag=True, help="No communication any more.")
@database
@click.pass_obj
def communication(desk: Workplace, code: str, text: str | None, none: bool, db: str | None) -> None:
    """Set what communication goes with the action CODE, which and when; or without TEXT show it."""

    async def work(store: Store) -> str:
        known = plan_code((await store.snapshot()).plan, code)
        if text or none:
            await store.set_communication(known, text or "")
        return (await store.snapshot()).communications.get(known, "")

    click.echo(desk.run(db, work))


async def import_list(store: Store, words: DialogWords, path: Path, by: str, at: datetime, *, dry_run: bool) -> str:
    """Records a filled-in list, all of it or nothing; what was recorded, a line each. Raises ListInvalid."""
    from uvp.importing.rows import read_rows
    from uvp.importing.workbook import read_list

    plan = (await store.snapshot()).plan
    reading = read_rows(read_list(path), plan, words, by, at, path.name)
    if reading.problems:
        raise ListInvalid(path.name, reading.problems)
    return receipt(reading.changes if dry_run else await store.record(reading.changes))


async def write_blank_list(store: Store, words: DialogWords, path: Path) -> None:
    """A list of all actions to fill in. Raises ListInvalid."""
    from uvp.importing.workbook import write_list

    snapshot = await store.snapshot()
    try:
        write_list(path, snapshot, words.columns("nl"), words.say("nl"))
    except OSError as error:
        raise ListInvalid(path.name, (error.strerror or str(error),)) from error
