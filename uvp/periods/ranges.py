"""Joins units to a range (rule 2): Q3 t/m Q1 2026, van maart tot juni, week 14-18, 1e en 2e kwartaal."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from uvp.periods.operands import operand
from uvp.periods.scan import Scan
from uvp.periods.units import WAITING, Unit
from uvp.periods.years import with_year

FILLERS: Final = ("lead", "article", "of_link", "for", "colon", "between")
MOST_JOINED: Final = 6
MOST_WAITING: Final = 3
JOINS: Final = ("range", "dash", "slash", "and", "range_before", "arrow")
# What the unit on the right may be for one on its left that waits: "1e en 2e kwartaal", but not "1 en maart".
SHARED: Final = {
    "number": frozenset({"day", "quarter", "week"}),
    "ordinal": frozenset({"day", "quarter", "half", "third", "week", "slice"}),
}


def joined(s: Scan, found: tuple[Unit, int]) -> tuple[list[Unit], int, bool]:
    """The units from ``found`` on: (units, index behind them, whether the last lies outside).

    No units if the first waits for what nothing says.
    """
    unit, j = found
    units = [unit]
    until = False
    most = MOST_WAITING if unit.kind in WAITING else MOST_JOINED
    while len(units) < most and (further := _next_unit(s, j, units[-1])) is not None:
        unit, j, until = further
        units.append(unit)
    return _completed(units), j, until


def _next_unit(s: Scan, j: int, before: Unit) -> tuple[Unit, int, bool] | None:
    """What a sign or word of a range joins to the unit before it: (unit, index, whether it lies outside)."""
    choice = s.has(j, "or") and (s.cells > 0 or before.kind in WAITING)
    if not (choice or s.has(j, "comma", *JOINS)) or s.has(j, "moved"):
        return None
    if s.has(j + 1, "present") and not s.has(j, "and", "comma"):
        return None
    until = s.has(j, "range_before") and not s.has(j, "range")
    for k in range(j + 1, j + 5):
        found = _number_like(s, k, before) or operand(s, k)
        if found is not None:
            return None if s.has(j, "comma") and not _listed(before, found[0]) else (*found, until)
        if not (s.has(k, "by", "from", *FILLERS) or (s.has(k, "cell_by") and k < s.cells)):
            return None
        until = until and not s.has(k, "by")
    return None


def _listed(before: Unit, unit: Unit) -> bool:
    """Whether a comma between two units lists them: ``Q1, Q2 en Q3 2026``, ``2025: Q3, Q4``."""
    return before.kind in WAITING or (before.kind == unit.kind and (before.yearless or unit.yearless))


def _number_like(s: Scan, k: int, before: Unit) -> tuple[Unit, int] | None:
    """``Q1-3``, ``week 14 t/m 18 2026``, ``2025/26``: a bare number of the kind of the unit before it."""
    n, figures = s.get(k, "number"), len(s.get(k, "figure") or "")
    if figures not in (1, 2) or s.has(k + 1, "times", "counted", "month", "unit", "ordinal"):
        return None
    if before.kind == "year" and before.year is not None and figures == 2 and 0 < n - before.year % 100 < 30:
        return Unit("year", year=before.year - before.year % 100 + n), k + 1
    if before.kind in ("quarter", "week") and before.yearless:
        return with_year(s, Unit(before.kind, n), k + 1, short=True)
    return None


def _completed(units: list[Unit]) -> list[Unit]:
    """The units with what they wait for, which comes from the right; none if nothing says it."""
    done = [units[-1]]
    for unit in reversed(units[:-1]):
        right = done[-1]
        if unit.kind == "part":
            unit = replace(right, part=unit.part)
        elif unit.kind in WAITING:
            if right.kind not in SHARED[unit.kind]:
                return []
            unit = replace(right, n=right.n // 100 * 100 + unit.n if right.kind == "day" else unit.n)
        done.append(unit)
    return [] if done[0].kind in WAITING else done[::-1]
