"""Reads units that carry their own name: Q1, H1, W14, maart, voorjaar, zomerreces, kerst, schooljaar."""

from __future__ import annotations

from uvp.periods.dates import day_behind, number_unit, shy
from uvp.periods.scan import Scan
from uvp.periods.units import UNKNOWN, Unit, containing
from uvp.periods.years import double_year, plain_year, with_year

Read = tuple[Unit, int]


def quarter(s: Scan, i: int) -> Read | None:
    """``Q1``, ``K3``."""
    return with_year(s, Unit("quarter", s.get(i, "quarter")), i + 1, short=True)


def half(s: Scan, i: int) -> Read | None:
    """``H1``, ``2H``."""
    return with_year(s, Unit("half", s.get(i, "half")), i + 1, short=True)


def isoweek(s: Scan, i: int) -> Read | None:
    """``W14 2026``; without a year W14 may be anything."""
    unit, j = with_year(s, Unit("week", s.get(i, "isoweek")), i + 1)
    return None if unit.year is None else (unit, j)


def month(s: Scan, i: int) -> Read | None:
    """``maart 2026``, ``March 4, 2026``."""
    if s.get(i, "shy") and not shy(s, i):
        return None
    n = s.get(i, "month")
    if (found := day_behind(s, i, n)) is not None:
        day, j = found
        return with_year(s, Unit("day", n * 100 + day), j)
    return with_year(s, Unit("month", n), i + 1, short=s.today is None)


def season(s: Scan, i: int) -> Read | None:
    """``voorjaar 2026``, ``winter 2025-2026``."""
    if s.get(i, "shy") and not shy(s, i):
        return None
    found, j = with_year(s, Unit("season", s.get(i, "season")), i + 1)
    return found, (double_year(s, j, found.year) if found.year and found.n == 4 else j)


def recess(s: Scan, i: int) -> Read | None:
    """``zomerreces 2026``."""
    return with_year(s, Unit("recess"), i + 1)


def holiday(s: Scan, i: int) -> Read | None:
    """``kerst``, ``Pasen 2026``, ``jaarwisseling 2025/2026``."""
    name = s.get(i, "holiday")
    found, j = with_year(s, Unit("holiday", name=name), i + 1)
    return found, (double_year(s, j, found.year) if found.year and name == "newyear" else j)


def school_year(s: Scan, i: int) -> Read | None:
    """``schooljaar 2025-2026``."""
    value = plain_year(s, i + 1)
    if value is None:
        return None
    return Unit("school", year=value), double_year(s, i + 2, value)


def named_number(s: Scan, i: int) -> Read | None:
    """``14 maart``, ``1-7-2026``, ``over drie weken`` and what else begins with a number."""
    found = number_unit(s, i)
    if found is None:
        return None
    unit, j = found
    return with_year(s, unit, j) if unit.kind == "day" and unit.year is None else found


def week_of(s: Scan, i: int) -> Read | None:
    """``week van 14 maart``: the one around that day."""
    inner = named_number(s, i) if s.has(i, "number") else None
    if inner is None or inner[0].kind != "day":
        return None
    return Unit("slice", name="around", within=inner[0]), inner[1]


def year_end(s: Scan, i: int) -> Read | None:
    """``jaareinde 2026``, ``year-end``."""
    return with_year(s, Unit("year", part="end"), i + 1)


def current(s: Scan, i: int) -> Read | None:
    """``jaar`` in *het einde van het jaar*: the one around today."""
    kind = s.get(i, "unit")
    if kind is None:
        return None
    return (containing(kind, s.today) if s.today else UNKNOWN), i + 1
