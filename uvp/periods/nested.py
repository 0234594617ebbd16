"""Reads units that hold another one: begin 2026, eerste week van maart, 2026 Q1, kwartaal 1, dit jaar maart.

``inner`` reads the unit inside, one step deeper.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from uvp.periods.dates import weekday
from uvp.periods.naming import current, month, quarter, week_of
from uvp.periods.relative import latest, named_relative, relative, this_time
from uvp.periods.scan import Scan
from uvp.periods.units import UNKNOWN, Unit, containing
from uvp.periods.years import plain_year, with_year, year_behind

Read = tuple[Unit, int]
Reader = Callable[[Scan, int], Read | None]

NUMBERED: Final = frozenset({"quarter", "half", "third", "week", "month"})
ORDINAL_ENDS: Final = frozenset({"e", "ste"})
READ_AS_ONE: Final = frozenset({"i", "l"})
LAST: Final = {"quarter": 4, "half": 2, "third": 3}
AFTER_YEAR: Final = ("quarter", "half", "ordinal", "unit", "month", "season", "part")


def unit(s: Scan, i: int, inner: Reader) -> Read | None:
    """``kwartaal 1``, ``week 14``, ``jaar 2026``, ``maand maart``."""
    kind = s.get(i, "unit")
    j = i + 1
    if kind == "year":
        return year(s, j, inner) if s.has(j, "year") else None
    if kind == "month" and s.has(j, "month"):
        return month(s, j)
    if kind == "quarter" and s.has(j, "quarter"):
        return quarter(s, j)
    if kind == "weekend" and s.today and s.has(i - 1, "article"):
        return containing("weekend", s.today), j
    if kind == "week" and s.has(j, "of_link"):
        return week_of(s, s.skip(j, "of_link", "article"))
    if kind not in NUMBERED:
        return None
    j += s.has(j, "dash", "colon")
    n = _number_behind(s, j)
    return None if n is None else with_year(s, Unit(kind, n), j + 1, short=kind != "month")


def _number_behind(s: Scan, j: int) -> int | None:
    """The number that a unit before it has: not a year, and not that of what follows (``week 2 kwartaal``)."""
    if s.has(j, "year") or s.has(j + 1, "times", "month", "unit") or s[j + 1].norm in ORDINAL_ENDS:
        return None
    if s[j].norm in READ_AS_ONE:
        return 1
    n: int | None = s.get(j, "number") or s.get(j, "ordinal")
    return n if n is None or n > 0 else None


def year(s: Scan, i: int, inner: Reader) -> Read | None:
    """``2026``, and the year before its unit: ``2026 Q1``, ``2026: maart``, ``2026-W14``."""
    value = plain_year(s, i)
    if value is None:
        return None
    if (found := year_first(s, i + 1, value, inner)) is not None:
        return found
    return Unit("year", year=value), i + 1


def year_first(s: Scan, i: int, value: int, inner: Reader) -> Read | None:
    """The yearless unit that a year stands before."""
    if s.has(i, "isoweek") or (s.has(i, "dash") and s.has(i + 1, "isoweek")):
        j = i + (not s.has(i, "isoweek"))
        return Unit("week", s.get(j, "isoweek"), value), j + 1
    j = s.skip(i, "dash", "colon", "comma", "slash", "lead", "article", "of_link")
    if s.has(j, *AFTER_YEAR) and not s.has(j, "next"):
        found = inner(s, j)
        if found is not None and found[0].yearless and not found[0].lean and found[0].kind not in ("number", "ordinal"):
            return found[0].of(value), found[1]
    return None


def ordinal(s: Scan, i: int, inner: Reader) -> Read | None:
    """``1e kwartaal``, ``eerste drie maanden van``, ``tweede helft``, ``4th of April``."""
    n = s.get(i, "ordinal")
    j = i + 1
    if (count := s.get(j, "number")) and s.get(j + 1, "unit") and not s.has(j, "year"):
        return _slice(s, i, j + 1, n, count, inner)
    if s.has(j, "half_of") or (s.has(j, "half_word") and s.get(j + 1, "unit") != "year"):
        return _half_of(s, j + 1, n, inner)
    kind = s.get(j, "unit")
    if kind in LAST:
        return _each(s, i, j + 1, kind, n, inner)
    if kind is not None:
        return _slice(s, i, j, n, 1, inner)
    j = s.skip(j, "of_link", "article") if s.has(j, "of_link") else j
    if s.has(j, "month") and n > 0:
        return with_year(s, Unit("day", s.get(j, "month") * 100 + n), j + 1)
    if s.today and n > 0 and s.get(j + 1, "unit") == "month" and (found := relative(s, j)) is not None:
        return replace(found[0], kind="day", n=found[0].n * 100 + n), found[1]
    if s.has(i + 1, "and", "range", "range_before", "dash", "slash", "comma", "or"):
        return Unit("ordinal", n), i + 1
    return None


def _each(s: Scan, i: int, j: int, kind: str, n: int, inner: Reader) -> Read | None:
    """``1e kwartaal``, ``laatste kwartaal van 2025``; of nothing, the last is the one before today."""
    found, k = with_year(s, Unit(kind, n if n > 0 else LAST[kind]), j, short=True)
    if not found.yearless:
        return found, k
    k = s.skip(j, "of_link", "article") if s.has(j, "of_link") else j
    if s.has(k, "plan_period") and (held := inner(s, k)) is not None:
        return Unit("slice", n, name=kind, within=held[0]), held[1]
    if n < 0 and s.today and s.depth == 0:
        return latest(s, i, n, 1, kind, j)
    return found, j


def _half_of(s: Scan, j: int, n: int, inner: Reader) -> Read | None:
    """``eerste helft 2026``, ``tweede helft van maart``."""
    found, k = with_year(s, Unit("half", n if n > 0 else 2), j)
    if not found.yearless:
        return found, k
    k = s.skip(j, "of_link", "article", "or")
    if k > j or s.has(k, "month", "quarter", "season"):
        held = inner(s, k) or current(s, k)
        if held is not None and held[0].kind in ("month", "quarter", "season", "unknown"):
            return Unit("slice", n if n > 0 else 2, name="helft", within=held[0]), held[1]
        if k > j and not s.has(k, "unit") and s.has(j, "of_link"):
            return None  # half of something else
    return found, j


def _slice(s: Scan, i: int, j: int, n: int, count: int, inner: Reader) -> Read | None:
    """``eerste drie maanden van 2026``; of nothing: the first of this year, the last before today."""
    name = s.get(j, "unit")
    if name == "year" or name is None:
        return relative(s, i) if s.has(i, "previous") else latest(s, i, n, count, name, j + 1)
    year, k = year_behind(s, j + 1)
    if year is not None:
        return Unit("slice", n, name=name, count=count, within=Unit("year", year=year)), k
    k = s.skip(j + 1, "of_link", "article", "or")
    held = (inner(s, k) or current(s, k)) if k > j + 1 or s.has(k, "month", "quarter") else None
    if held is not None and held[0].kind != "fixed":
        return Unit("slice", n, name=name, count=count, within=held[0]), held[1]
    if n < 0:
        return latest(s, i, n, count, name, j + 1)
    return Unit("slice", n, name=name, count=count, within=Unit("year")), j + 1


def part(s: Scan, i: int, inner: Reader) -> Read | None:
    """``begin 2026``, ``eind van de maand``, ``mid-2025``; alone it waits for the other side: ``begin/medio 2026``."""
    value = s.get(i, "part")
    j = s.skip(i + 1, "dash", "of_link", "article", "or") if not s.has(i + 2, "part") else i + 1
    if s.has(j, "part") or s.has(i - 1, "subject"):
        return None
    held = inner(s, j) or current(s, j)
    if held is not None and held[0].kind not in ("number", "ordinal"):
        return replace(held[0], part=value), held[1]
    if s.has(i + 1, "slash", "dash", "and", "range", "or") and s.has(i + 2, "part"):
        return Unit("part", part=value), i + 1
    return None


def half_way(s: Scan, i: int, inner: Reader) -> Read | None:
    """``half maart``, ``half 2026``: its middle."""
    found = month(s, i + 1) if s.has(i + 1, "month") else year(s, i + 1, inner)
    if found is None or found[0].kind not in ("month", "year"):
        return None
    return replace(found[0], part="middle"), found[1]


def whole_year(s: Scan, i: int, inner: Reader) -> Read | None:
    """``het hele jaar``, ``hele jaar 2026``."""
    if s.has(i + 1, "year"):
        return year(s, i + 1, inner)
    return (containing("year", s.today) if s.today else UNKNOWN), i + 1


def named(s: Scan, i: int, inner: Reader) -> Read | None:
    """``deze maand``, ``volgend jaar maart``, ``volgende week vrijdag``, ``afgelopen zomer``."""
    found = this_time(s, i) or relative(s, i)
    if found is None:
        held = inner(s, i + 1) if not s.has(i + 1, "this", "next", "previous", "number", "day_word") else None
        return named_relative(s, i, held)
    unit, j = found
    if unit.kind == "year" and unit.year and (held := year_first(s, j, unit.year, inner)) is not None:
        return held
    if unit.kind == "week" and s.has(j, "weekday"):
        return weekday(s, j, unit)
    return found
