"""From what was read to days: which year is meant, and what the words before it make of it (rules 2 and 4 to 9)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from uvp.period import Period
from uvp.periods.units import DAY, SUMMER, Days, Unit, days_of, last_before

Cue = Literal["", "before", "by", "from", "since", "after"]
LEAN: Final[dict[str, int]] = {"before": 1, "by": 1, "from": 1, "after": 1, "since": -1}
WINTER: Final = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """One timing as it was read, without its days: from ``first`` to ``last``, under a cue.

    ``until`` says that the last unit itself lies outside (*van maart tot juni*), ``rest`` and ``past`` that it is cut
    at today (*nog dit jaar*, *eerder dit jaar*).
    """

    first: Unit
    last: Unit
    cue: Cue = ""
    until: bool = False
    rest: bool = False
    past: bool = False

    @property
    def yearless(self) -> bool:
        """Whether neither side has a year."""
        return self.first.yearless and self.last.yearless

    @property
    def year(self) -> int | None:
        """The year it names last."""
        return _year(self.last) or _year(self.first)


def place(reading: Reading, today: date | None, year: int | None = None) -> Period | None:
    """The days of a reading, None where they cannot be told; ``year`` is that of the text around it."""
    try:
        if not reading.yearless or year is not None:
            return _days(dated(reading, year), today)
        return None if today is None else _nearest(reading, today)
    except (ValueError, OverflowError):  # the calendar does not have it: Q5, 31 February
        return None


def dated(reading: Reading, year: int | None) -> Reading:
    """The reading with both years: a missing one comes from the right, else from the left, else it is ``year``."""
    first, last = reading.first, reading.last
    if first is last:
        whole = _with(last, year)
        return replace(reading, first=whole, last=whole)
    if first.yearless and last.yearless:
        whole, start = _with(last, year), _with(first, year)
        if days_of(start)[0] > days_of(whole)[1]:  # november t/m februari
            start = start.of((year or 0) - 1)
        return replace(reading, first=start, last=whole)
    if first.yearless:
        known = _year(last) or days_of(last)[0].year
        start = first.of(known)
        if days_of(start)[0] > days_of(last)[1]:
            start = first.of(known - 1)
        return replace(reading, first=start)
    if last.yearless:
        known = _year(first) or days_of(first)[0].year
        end = last.of(known)
        if days_of(end)[1] < days_of(first)[0]:
            end = last.of(known + 1)
        return replace(reading, last=end)
    return reading


def _span(reading: Reading) -> Days:
    first = days_of(reading.first)
    return first[0], (first if reading.last is reading.first else days_of(reading.last))[1]


def _with(unit: Unit, year: int | None) -> Unit:
    return unit if year is None or not unit.yearless else unit.of(year)


def _year(unit: Unit) -> int | None:
    return _year(unit.within) if unit.within is not None else unit.year


def _nearest(reading: Reading, today: date) -> Period | None:
    """The year is that of today, or the first or last that fits the side on which the words look (rule 8)."""
    lean = reading.first.lean or LEAN.get(reading.cue, 0)
    base = today.year
    if reading.first.kind == "week" and today.isocalendar().week == reading.first.n:
        base = today.isocalendar().year
    if lean == 0:
        return _this_year(reading, today, base)
    # A unit reaches a year beyond its own (winter, school year); a leap day comes once in eight years at least.
    for year in range(base - 1, base + 9) if lean > 0 else range(base + 1, base - 9, -1):
        try:
            if _fits(reading, today, year, lean):
                return _days(dated(reading, year), today)
        except (ValueError, OverflowError):
            continue
    return None


def _this_year(reading: Reading, today: date, year: int) -> Period | None:
    """Without a side to look at: this year; a range that ends before it starts runs into the next one."""
    if reading.first.kind == "season" and reading.first.n == WINTER and today.month < 3:
        year -= 1
    if reading.first is not reading.last:
        first, last = reading.first.of(year), reading.last.of(year)
        if days_of(first)[0] > days_of(last)[1]:
            year += 1
    return _days(dated(reading, year), today)


def _fits(reading: Reading, today: date, year: int, lean: int) -> bool:
    whole = dated(reading, year)
    first, last = _span(whole)
    match lean:
        case 1:
            end = last_before(whole.first, first) if reading.cue == "before" else last
            return end >= today
        case 2:
            return first > today
        case -1:
            return (last if _recess(whole.first) else first) <= today
        case _:
            return last < today


def _days(reading: Reading, today: date | None) -> Period | None:
    """The days of a reading that has its years."""
    first, last = _span(reading)
    if reading.until:
        last = last_before(reading.last, days_of(reading.last)[0])
    match reading.cue:
        case "before":
            return Period(None, last_before(reading.first, first))
        case "by":
            return Period(None, last)
        case "from":
            return Period(first, None)
        case "after":
            return Period(last + DAY, None)
        case "since":
            first, end = (last + DAY if _recess(reading.first) else first), today
            return Period(first, end) if end is None or first <= end else None
    ends = last if reading.first.kind != "fixed" else last - DAY  # *de afgelopen week nog* looks back
    if today is not None and reading.rest and ends >= today:
        first = max(first, today)
    if today is not None and reading.past:
        last = min(last, today)
    return Period(first, last) if first <= last else None


def _recess(unit: Unit) -> bool:
    """Summer as a boundary is the council recess (rule 4)."""
    return (unit.kind == "season" and unit.n == SUMMER and unit.part is None) or unit.kind == "recess"
