"""Reads one unit of time from the tokens: a date, month, quarter, season, relative day …

Every reader takes the scan and an index and gives the unit with the index to read on, or None.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from uvp.periods.dates import day_behind, number_unit, shy, weekday
from uvp.periods.relative import (
    day_word,
    latest,
    named_relative,
    now,
    over,
    plan_period,
    relative,
    this_time,
    within,
)
from uvp.periods.scan import DEEPEST, Scan
from uvp.periods.units import UNKNOWN, Unit, containing
from uvp.periods.years import double_year, plain_year, with_year, year_behind

Read = tuple[Unit, int]
Reader = Callable[[Scan, int], Read | None]

NUMBERED: Final = frozenset({"quarter", "half", "third", "week", "month"})
LAST: Final = {"quarter": 4, "half": 2, "third": 3}
EACH: Final = frozenset({"quarter", "half", "third"})


def operand(s: Scan, i: int) -> Read | None:
    """The unit that starts at ``i``."""
    for kind in s[i].roles:
        reader = READERS.get(kind)
        if reader is not None and (found := reader(s, i)) is not None:
            return found
    return None


def inner_operand(s: Scan, i: int) -> Read | None:
    """The unit at ``i`` within another one."""
    return operand(s.deeper(), i) if s.depth < DEEPEST else None


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


def unit(s: Scan, i: int) -> Read | None:
    """``kwartaal 1``, ``week 14``, ``jaar 2026``, ``maand maart``."""
    kind = s.get(i, "unit")
    j = i + 1
    if kind == "year":
        return year(s, j) if s.has(j, "year") else None
    if kind == "month" and s.has(j, "month"):
        return month(s, j)
    if kind == "quarter" and s.has(j, "quarter"):
        return quarter(s, j)
    if kind not in NUMBERED:
        return None
    j += s.has(j, "dash", "colon")
    n = s.get(j, "number") or s.get(j, "ordinal")
    if (
        n is None
        or s.has(j, "year")
        or n < 0
        or s.has(j + 1, "times", "month", "unit")
        or s[j + 1].norm in ("e", "ste")
    ):
        return None
    return with_year(s, Unit(kind, n), j + 1, short=kind != "month")


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


def year(s: Scan, i: int) -> Read | None:
    """``2026``, and the year before its unit: ``2026 Q1``, ``2026: maart``, ``2026-W14``."""
    value = plain_year(s, i)
    if value is None:
        return None
    if (found := year_first(s, i + 1, value)) is not None:
        return found
    return Unit("year", year=value), i + 1


def year_first(s: Scan, i: int, value: int) -> Read | None:
    """The yearless unit that a year stands before."""
    if s.has(i, "isoweek") or (s.has(i, "dash") and s.has(i + 1, "isoweek")):
        j = i + (not s.has(i, "isoweek"))
        return Unit("week", s.get(j, "isoweek"), value), j + 1
    j = s.skip(i, "dash", "colon", "comma", "slash", "lead", "article", "of_link")
    if s.has(j, "quarter", "half", "ordinal", "unit", "month", "season", "part") and not s.has(j, "next"):
        found = inner_operand(s, j)
        if found is not None and found[0].yearless and not found[0].lean and found[0].kind not in ("number", "ordinal"):
            return found[0].of(value), found[1]
    return None


def ordinal(s: Scan, i: int) -> Read | None:
    """``1e kwartaal``, ``eerste drie maanden van``, ``tweede helft``, ``4th of April``."""
    n = s.get(i, "ordinal")
    j = i + 1
    if (count := s.get(j, "number")) and s.get(j + 1, "unit") and not s.has(j, "year"):
        return _slice(s, i, j + 1, n, count)
    if s.has(j, "half_of") or (s.has(j, "half_word") and s.get(j + 1, "unit") != "year"):
        return _half_of(s, j + 1, n)
    kind = s.get(j, "unit")
    if kind in EACH:
        return _each(s, i, j + 1, kind, n)
    if kind is not None:
        return _slice(s, i, j, n, 1)
    j = s.skip(j, "of_link", "article") if s.has(j, "of_link") else j
    if s.has(j, "month") and n > 0:
        return with_year(s, Unit("day", s.get(j, "month") * 100 + n), j + 1)
    if s.today and n > 0 and s.get(j + 1, "unit") == "month" and (found := relative(s, j)) is not None:
        return replace(found[0], kind="day", n=found[0].n * 100 + n), found[1]
    if s.has(i + 1, "and", "range", "range_before", "dash", "slash", "comma", "or"):
        return Unit("ordinal", n), i + 1
    return None


def _each(s: Scan, i: int, j: int, kind: str, n: int) -> Read | None:
    found, k = with_year(s, Unit(kind, n if n > 0 else LAST[kind]), j, short=True)
    if found.yearless and n < 0 and s.has(i, "previous"):
        return relative(s, i)  # "last quarter", but "last quarter of 2025"
    return found, k


def _half_of(s: Scan, j: int, n: int) -> Read | None:
    found, k = with_year(s, Unit("half", n if n > 0 else 2), j)
    if not found.yearless:
        return found, k
    k = s.skip(j, "of_link", "article", "or")
    if k > j or s.has(k, "month", "quarter", "season"):
        inner = inner_operand(s, k) or current(s, k)
        if inner is not None and inner[0].kind in ("month", "quarter", "season", "unknown"):
            return Unit("slice", n if n > 0 else 2, name="helft", within=inner[0]), inner[1]
        if k > j and not s.has(k, "unit") and s.has(j, "of_link"):
            return None  # half of something else
    return found, j


def _slice(s: Scan, i: int, j: int, n: int, count: int) -> Read | None:
    """``eerste drie maanden van 2026``; of nothing: the first of this year, the last before today."""
    name = s.get(j, "unit")
    if name == "year" or name is None:
        return relative(s, i) if s.has(i, "previous") else latest(s, i, n, count, name, j + 1)
    year, k = year_behind(s, j + 1)
    if year is not None:
        return Unit("slice", n, name=name, count=count, within=Unit("year", year=year)), k
    k = s.skip(j + 1, "of_link", "article", "or")
    if (k > j + 1 or s.has(k, "month", "quarter")) and (inner := inner_operand(s, k) or current(s, k)) is not None and inner[0].kind != "fixed":
        return Unit("slice", n, name=name, count=count, within=inner[0]), inner[1]
    if n < 0:
        return latest(s, i, n, count, name, j + 1)
    return Unit("slice", n, name=name, count=count, within=Unit("year")), j + 1


def part(s: Scan, i: int) -> Read | None:
    """``begin 2026``, ``eind van de maand``, ``mid-2025``; alone it waits for the other side: ``begin/medio 2026``."""
    value = s.get(i, "part")
    j = s.skip(i + 1, "dash", "of_link", "article", "or", "lead") if not s.has(i + 2, "part") else i + 1
    if s.has(j, "part"):
        return None
    inner = inner_operand(s, j) or current(s, j)
    if inner is not None and inner[0].kind not in ("number", "ordinal"):
        return replace(inner[0], part=value), inner[1]
    if s.has(i + 1, "slash", "dash", "and", "range", "or") and s.has(i + 2, "part"):
        return Unit("part", part=value), i + 1
    return None


def half_month(s: Scan, i: int) -> Read | None:
    """``half maart``: its middle."""
    found = month(s, i + 1) if s.has(i + 1, "month") else None
    return None if found is None or found[0].kind != "month" else (replace(found[0], part="middle"), found[1])


def year_end(s: Scan, i: int) -> Read | None:
    """``jaareinde 2026``, ``year-end``."""
    found, j = with_year(s, Unit("year", part="end"), i + 1)
    return found, j


def current(s: Scan, i: int) -> Read | None:
    """``jaar`` in *het einde van het jaar*: the one around today."""
    kind = s.get(i, "unit")
    if kind is None:
        return None
    return (containing(kind, s.today) if s.today else UNKNOWN), i + 1


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


def _this(s: Scan, i: int) -> Read | None:
    found = this_time(s, i) or relative(s, i)
    if found is None:
        inner = inner_operand(s, i + 1) if not s.has(i + 1, "this", "next", "previous", "number", "day_word") else None
        return named_relative(s, i, inner)
    unit, j = found
    if unit.kind == "year" and unit.year and (inner := year_first(s, j, unit.year)) is not None:
        return inner
    if unit.kind == "week" and s.has(j, "weekday"):
        return weekday(s, j, unit)
    return found


READERS: Final[Mapping[str, Reader]] = MappingProxyType(
    {
        "ordinal": ordinal,
        "number": named_number,
        "year": year,
        "quarter": quarter,
        "half": half,
        "isoweek": isoweek,
        "unit": unit,
        "month": month,
        "season": season,
        "recess": recess,
        "holiday": holiday,
        "part": part,
        "half_word": half_month,
        "year_end": year_end,
        "school_year": school_year,
        "this": _this,
        "running": _this,
        "next": _this,
        "previous": _this,
        "same_time": this_time,
        "over": over,
        "within": within,
        "day_word": day_word,
        "now": now,
        "weekday": weekday,
        "weekday_mark": weekday,
        "plan_period": plan_period,
    }
)
