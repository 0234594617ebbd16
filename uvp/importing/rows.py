"""What the rows of a filled-in list mean. Pure: rows in, updates and numbered problems out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from uvp.commandline import plan_code, plan_municipality
from uvp.errors import UnknownAction, UnknownMunicipality, UvpError
from uvp.period import Period
from uvp.periods import read_timing
from uvp.plan import Plan
from uvp.recording import check
from uvp.reporting.draft import EXPLAINED
from uvp.reporting.replies import YEARS_AHEAD
from uvp.reporting.words import DialogWords, folded
from uvp.updates import NewUpdate, Status, local_day

HEADER_ROWS = 10
"""Titles may stand above the headings."""
NEEDED = ("code", "status")
_PARTS = re.compile(r"[,;\n]")

Row = Sequence[object]


@dataclass(frozen=True, slots=True)
class Reading:
    """The updates of a list in the order of its rows, and what is wrong with it; rows count from 1, as Excel does."""

    changes: tuple[NewUpdate, ...] = ()
    problems: tuple[str, ...] = ()


class _Wrong(ValueError):
    """A cell cannot be used."""


def read_rows(rows: Sequence[Row], plan: Plan, words: DialogWords, by: str, at: datetime, place: str) -> Reading:
    """The updates that a list reports; rows without a status are left alone."""
    head = next((n for n, row in enumerate(rows[:HEADER_ROWS]) if set(NEEDED) <= _headings(row, words).keys()), None)
    if head is None:
        return Reading(problems=(f"no row among the first {HEADER_ROWS} has headings for {' and '.join(NEEDED)}",))
    columns, base = _headings(rows[head], words), NewUpdate("", Status.UNKNOWN, by, at, place=place)
    changes: dict[tuple[str, str | None], NewUpdate] = {}
    problems = []
    for number, row in enumerate(rows[head + 1 :], head + 2):
        cells = {name: row[index] if index < len(row) else None for name, index in columns.items()}
        try:
            for change in _changes(cells, plan, words, base):
                if (change.code, change.municipality) in changes:
                    raise _Wrong(f"{change.code} stands here twice")
                changes[change.code, change.municipality] = _keyed(change, number)
        except (_Wrong, UvpError) as error:
            problems.append(f"row {number}: {error}")
    return Reading((), tuple(problems)) if problems else Reading(tuple(changes.values()))


def _headings(row: Row, words: DialogWords) -> dict[str, int]:
    found = ((words.column(_text(cell)), index) for index, cell in enumerate(row))
    return {name: index for name, index in reversed(list(found)) if name}


def _changes(cells: dict[str, object], plan: Plan, words: DialogWords, base: NewUpdate) -> Iterator[NewUpdate]:
    if not _text(cells["status"]):
        return
    status = words.status(_text(cells["status"]))
    if status is None:
        raise _Wrong(f"{_text(cells['status'])!r} is not a status")
    note = _text(cells.get("note"))
    if status in EXPLAINED and not note:
        raise _Wrong(f"a reason goes with {status}")
    code, today = _code(plan, _text(cells["code"])), local_day(base.at)
    expected = _plausible(_day(cells.get("expected"), plan, today), today)
    if expected is not None and status is not Status.DELAYED:
        raise _Wrong(f"an expected date goes with {Status.DELAYED} only")
    change = replace(base, code=code, status=status, note=note, expected=expected)
    for municipality in _municipalities(plan, words, _text(cells.get("municipalities"))):
        scoped = replace(change, municipality=municipality)
        check(plan, scoped)
        yield scoped


def _code(plan: Plan, text: str) -> str:
    """The code, which may stand before a title."""
    try:
        return plan_code(plan, text)
    except UnknownAction:
        return plan_code(plan, text.split()[0]) if " " in text else plan_code(plan, text)


def _municipalities(plan: Plan, words: DialogWords, text: str) -> list[str | None]:
    if not text or words.means(text, "whole"):
        return [None]
    names = [part.strip() for part in _PARTS.split(text) if part.strip()]
    try:
        return list(dict.fromkeys(plan_municipality(plan, name) for name in names))
    except UnknownMunicipality as error:
        raise _Wrong(str(error)) from error


def _day(cell: object, plan: Plan, today: date) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date) or not _text(cell):
        return cell if isinstance(cell, date) else None
    period = read_timing(_text(cell), today, Period(plan.start, plan.end)).period
    if period is None or period.end is None:
        raise _Wrong(f"{_text(cell)!r} is not a date")
    return period.end


def _plausible(expected: date | None, today: date) -> date | None:
    """The new expected date, held to what chat holds it to."""
    if expected is not None and expected < today:
        raise _Wrong(f"the expected date {expected} is in the past")
    if expected is not None and expected.year > today.year + YEARS_AHEAD:
        raise _Wrong(f"the expected date {expected} is too far away")
    return expected


def _text(cell: object) -> str:
    if cell is None:
        return ""
    return str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell).strip()


def _keyed(change: NewUpdate, row: int) -> NewUpdate:
    """With a key that the same row of the same list has again, so that a second import records nothing twice."""
    parts = (row, change.code, change.municipality, change.status, change.note, change.expected, change.by)
    digest = hashlib.sha256(folded(repr(parts)).encode()).hexdigest()[:16]
    return replace(change, key=f"list-{digest}:{change.code}:{change.municipality or ''}")
