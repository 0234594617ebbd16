"""Units of the calendar and the days they hold (rules 1, 3, 4).

A unit may lack its year. Impossible ones (Q5, week 60, 31 February) raise ValueError when their days are asked for.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from dateutil.easter import easter

DAY: Final = timedelta(days=1)
MONTHS: Final = {"month": 1, "quarter": 3, "third": 4, "half": 6, "year": 12}
DAYS: Final = {"day": 1, "week": 7, "weekend": 7}
FIXED_DAYS: Final = {
    "christmas": ((12, 25), (12, 26)),
    "kingsday": ((4, 27), (4, 27)),
    "liberation": ((5, 5), (5, 5)),
    "sinterklaas": ((12, 5), (12, 5)),
    "newyear": ((12, 31), (12, 31)),
    "newyearsday": ((1, 1), (1, 1)),
}
EASTER_DAYS: Final = {"easter": (0, 1), "ascension": (39, 39), "pentecost": (49, 50)}
PARTS: Final = ("begin", "middle", "end")
SUMMER: Final = 2
SATURDAY: Final = 5
SCHOOL_MONTH: Final = 8  # a school year runs from August to July by law

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of time. ``kind`` says how ``n`` counts: the n-th quarter of the year, month * 100 + day for a day.

    ``slice`` is ``count`` steps of ``name`` within another unit, the n-th of them first (-1: the last ones); ``helft``
    is half of it, ``around`` the week it lies in.
    ``fixed`` has its days already. ``lean`` is the side on which a missing year is looked for: -2 wholly before today,
    2 wholly after it. The kinds ``number``, ``ordinal`` and ``part`` wait for what the other side of a range
    says (the 1st of *1e en 2e kwartaal*). ``unknown`` cannot be told without today.
    """

    kind: str
    n: int = 0
    year: int | None = None
    part: str | None = None
    name: str = ""
    count: int = 1
    within: Unit | None = None
    days: Days | None = None
    lean: int = 0

    @property
    def yearless(self) -> bool:
        """Whether the year has still to be found."""
        if self.within is not None:
            return self.within.yearless
        return self.year is None and self.kind not in ("fixed", "unknown")

    def of(self, year: int) -> Unit:
        """The same unit of a year."""
        if self.within is not None:
            return replace(self, within=self.within.of(year))
        return replace(self, year=year)


WAITING: Final = frozenset({"number", "ordinal", "part"})
UNKNOWN: Final = Unit("unknown")


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or the last one of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not date.min.year <= year <= date.max.year:
        raise ValueError(year)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def step(day: date, count: int, unit: str) -> date:
    """The day so many units on."""
    return add_months(day, count * MONTHS[unit]) if unit in MONTHS else day + timedelta(days=count * DAYS[unit])


def days_of(unit: Unit) -> Days:
    """First and last day. Raises ValueError or OverflowError for what the calendar does not have."""
    first, last = _whole(unit)
    return _part(unit, first, last) if unit.part else (first, last)


def _whole(unit: Unit) -> Days:
    year, n = unit.year, unit.n
    if unit.days is not None:
        return unit.days
    if unit.within is not None:
        return _slice(unit, *days_of(unit.within))
    if year is None:
        raise ValueError(unit)
    match unit.kind:
        case "day":
            day = date(year, n // 100, n % 100)
            return day, day
        case "week":
            return date.fromisocalendar(year, n, 1), date.fromisocalendar(year, n, 7)
        case "year" | "half" | "third" | "quarter" | "month":
            return _months(year, n, MONTHS[unit.kind])
        case "season":
            start = date(year, 3 * n, 1)
            return start, add_months(start, 3) - DAY
        case "recess":
            return date(year, 7, 1), date(year, 8, 31)
        case "school":
            return date(year, SCHOOL_MONTH, 1), date(year + 1, SCHOOL_MONTH - 1, 31)
        case "holiday":
            return _holiday(unit.name, year)
    raise ValueError(unit)


def _months(year: int, n: int, length: int) -> Days:
    if length == 12:
        n = 1
    if not 1 <= n <= 12 // length:
        raise ValueError(n)
    start = date(year, (n - 1) * length + 1, 1)
    return start, add_months(start, length) - DAY


def _holiday(name: str, year: int) -> Days:
    if name in EASTER_DAYS:
        sunday = easter(year)
        first, last = EASTER_DAYS[name]
        return sunday + first * DAY, sunday + last * DAY
    (month, day), (last_month, last_day) = FIXED_DAYS[name]
    return date(year, month, day), date(year, last_month, last_day)


def _slice(unit: Unit, first: date, last: date) -> Days:
    """The n-th of the steps of a unit; half a unit is cut at its middle month or day."""
    if unit.name == "helft":
        return _half(unit.n, first, last)
    if unit.name == "around":
        return days_of(containing("week", first))
    if unit.name == "week" and unit.within is not None and unit.within.kind == "year":
        first, last = _iso_year(first.year)
    if unit.n < 0:
        return max(first, step(last + DAY, -unit.count, unit.name)), last
    start = step(first, unit.n - 1, unit.name)
    return start, min(last, step(start, unit.count, unit.name) - DAY)


def _half(n: int, first: date, last: date) -> Days:
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if first.day == 1 and months % 2 == 0:
        middle = add_months(first, months // 2)
    else:
        middle = first + timedelta(days=((last - first).days + 1) // 2)
    return (first, middle - DAY) if n == 1 else (middle, last)


def _iso_year(year: int) -> Days:
    return date.fromisocalendar(year, 1, 1), date.fromisocalendar(year + 1, 1, 1) - DAY


def _part(unit: Unit, first: date, last: date) -> Days:
    """Begin, middle or end (rule 3); what the rule does not name is cut in three."""
    if first == last:
        return first, last
    at = PARTS.index(unit.part)
    length = (last.year - first.year) * 12 + last.month - first.month + 1
    if unit.kind == "month":
        start = first.replace(day=1 + 10 * at)
        return start, last if at == 2 else start + 9 * DAY
    if length % 12 == 0:
        start = add_months(first, (0, length // 2 - 1, length - 2)[at])
        return start, add_months(start, 2) - DAY
    if length % 3 == 0:
        start = add_months(first, at * length // 3)
        return start, add_months(start, length // 3) - DAY
    third = ((last - first).days + 1) // 3
    start = first + at * third * DAY
    return start, last if at == 2 else start + (third - 1) * DAY


def containing(kind: str, day: date) -> Unit:
    """The calendar unit around a day."""
    match kind:
        case "week":
            year, week, _ = day.isocalendar()
            return Unit("week", week, year)
        case "weekend":
            saturday = day + timedelta(days=SATURDAY - day.weekday())
            return Unit("fixed", days=(saturday, saturday + DAY))
        case "day":
            return Unit("fixed", days=(day, day))
        case "school":
            return Unit("school", year=day.year - (day.month < SCHOOL_MONTH))
        case _:
            return Unit(kind, (day.month - 1) // MONTHS[kind] + 1, day.year)


def neighbour(kind: str, day: date, count: int) -> Unit:
    """The calendar unit so many after the one around a day."""
    if kind == "school":
        return containing(kind, add_months(day, 12 * count))
    if kind == "weekend" and count > 0 and day.weekday() < SATURDAY:
        count -= 1
    first = day.replace(day=1) if kind in MONTHS else day
    return containing(kind, step(first, count, kind))


def last_before(unit: Unit, first: date) -> date:
    """The last day before a unit as a boundary (rules 4, 5): summer is the recess, the end of a year its last day."""
    if unit.part == "end" or unit.name == "newyear":
        return days_of(unit)[1]
    if unit.kind == "season" and unit.n == SUMMER and unit.part is None:
        return date(first.year, 6, 30)
    return first - DAY
