"""The year behind a unit: 2026, '26, of last year, (2026)."""

from __future__ import annotations

from typing import Final

from uvp.periods.scan import Scan
from uvp.periods.tokens import two_digit_year
from uvp.periods.units import Unit

NO_YEAR: Final = 0  # a relative year without today: no calendar has it
SHORT_YEARS: Final = range(20, 40)  # a bare 25 behind a unit is a year, a bare 14 a number


def relative_year(s: Scan, i: int) -> tuple[int, int] | None:
    """``vorig jaar``, ``het jaar``: the year and where to read on."""
    shift = 0
    j = i + (s.has(i, "article") and s.has(i + 1, "this", "next", "previous"))
    if s.has(j, "this", "running"):
        j += 1
    elif s.has(j, "next"):
        j, shift = j + 1, 1
    elif s.has(j, "previous"):
        j, shift = j + 1, -1
    elif s.has(j, "article"):
        j += 1
    else:
        return None
    if s.get(j, "unit") != "year" or s.has(j + 1, "year", "same_time"):
        return None
    return (s.today.year + shift if s.today else NO_YEAR), j + 1


def plain_year(s: Scan, i: int) -> int | None:
    """The year that stands at ``i``, unless it counts something."""
    year: int | None = s.get(i, "year")
    return None if year is None or s.has(i + 1, "counted") or s.has(i - 1, "numbered") else year


def year_behind(s: Scan, i: int, short: bool = False) -> tuple[int | None, int]:
    """The year that belongs to the unit before ``i``, None if there is none. ``short``: a bare 25 is one."""
    j = s.skip(i, "dash", "slash", "comma", "dot", "colon") if s.has(i, "dash", "slash", "comma", "dot", "colon") else i
    if s.has(j, "close") and not s.has(j - 3, "year"):
        j += 1  # "(Q3) 2025"
    signed = j > i
    opened = s.has(j, "open")
    j += opened
    linked = s.has(j, "of_link")
    j += linked
    if (found := relative_year(s, j)) and (
        linked or not s.has(j, "article") or s.has(j + 1, "next", "previous", "this")
    ):
        return found
    if s.has(j, "article"):
        j += 1
    if s.get(j, "unit") == "year":
        j += 1
    year = plain_year(s, j)
    if year is None and (short or (signed and s[j].glued)):
        year = _short_year(s, j)
    if year is None or (signed and _has_own_unit(s, j + 1)):
        return None, i
    return year, j + 1 + (opened and s.has(j + 1, "close"))


def with_year(s: Scan, unit: Unit, i: int, short: bool = False) -> tuple[Unit, int]:
    """The unit with the year behind it, if one stands there, and where to read on."""
    year, j = year_behind(s, i, short)
    return (unit if year is None else unit.of(year)), j


def _short_year(s: Scan, j: int) -> int | None:
    number = s.get(j, "number")
    if s.has(j + 1, "dash") and s.has(j + 2, "number"):
        return None
    if number in SHORT_YEARS and len(s.get(j, "figure") or "") == 2 and not s.has(j + 1, "counted", "month", "year"):
        return two_digit_year(number)
    return None


def _has_own_unit(s: Scan, i: int) -> bool:
    """``Q4 / 2026 Q2``: the year belongs to what follows it."""
    j = i + s.has(i, "dash")
    return s.has(j, "quarter", "half", "isoweek") and not plain_year(s, j + 1)


def double_year(s: Scan, i: int, year: int) -> int:
    """Where to read on behind ``2025-2026`` of a winter or school year that is named after both."""
    if s.has(i, "dash", "slash") and (s.get(i + 1, "year") == year + 1 or s.get(i + 1, "number") == (year + 1) % 100):
        return i + 2
    return i
