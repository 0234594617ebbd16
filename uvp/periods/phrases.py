"""Reads one timing from the tokens: the words before it, a unit or a range of units, the words behind it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from uvp.periods.naming import current
from uvp.periods.operands import operand
from uvp.periods.placing import Cue, Reading
from uvp.periods.relative import day_of_week
from uvp.periods.scan import Scan
from uvp.periods.units import UNKNOWN, WAITING, Unit, step
from uvp.periods.years import with_year

Read = tuple[Reading, int]

CUES: Final[dict[str, Cue]] = {"by": "by", "since": "since", "after": "after", "from": "from", "before": "before"}
LABELS: Final[dict[str, Cue]] = {"begin": "from", "end": "by"}  # begin: mei 2025, einde: juni 2026
CELL_CUES: Final[dict[str, Cue]] = {"cell_by": "by", "cell_from": "from"}
REMAINDER: Final = ("still", "rest", "later")
STARTS: Final = frozenset({*CUES, *CELL_CUES, *REMAINDER, "earlier", "so_far", "arrow"})
FILLERS: Final = ("lead", "article", "of_link", "for", "colon", "between")
JOINS: Final = ("range", "dash", "slash", "and", "range_before", "arrow")
MOST_WORDS: Final = 7
MOST_JOINED: Final = 6
MOST_WAITING: Final = 3
SHARED: Final = {
    "number": frozenset({"day", "quarter", "week"}),
    "ordinal": frozenset({"day", "quarter", "half", "third", "week", "slice"}),
}


def timing(s: Scan, i: int) -> Read | None:
    """The timing whose first word stands at ``i``."""
    if s.has(i, "so_far"):
        return _so_far(s, i)
    if s.has(i, "since") and (found := _since(s, i + 1)) is not None:
        return Reading(found[0], found[0], "since"), found[1]
    frame = Reading(UNKNOWN, UNKNOWN)
    for j in range(i, i + MOST_WORDS):
        found = operand(s, j) or (current(s, j) if frame.rest and not s.has(j, "plural") else None)
        if found is not None:
            if s.has(j, "year") and s.has(j - 1, "article"):
                frame = Reading(UNKNOWN, UNKNOWN)  # "voor de" of another column, then the year of this one
            return _joined(s, found, frame)
        if s.has(j, *REMAINDER) and not frame.rest:
            frame = replace(frame, rest=True)
        elif s.has(j, "earlier"):
            frame = replace(frame, past=True)
        elif (cue := _cue(s, j)) is not None:
            if cue == frame.cue:
                return None
            frame = frame if (frame.cue, cue) == ("by", "from") else replace(frame, cue=cue)
        elif not s.has(j, *FILLERS) and not (frame.rest and s.has(j, "plural")):
            return None
    return None


def _cue(s: Scan, i: int) -> Cue | None:
    """What the word makes of the unit behind it."""
    roles = s[i].roles
    for kind, cue in CUES.items():
        if kind in roles:
            if cue == "before" and s.has(i - 1, "negation") and i <= s.cells:
                return "from"  # "niet voor 2027" in a cell
            return None if cue == "before" and _not_before(s, i) else cue
    if i < s.cells:
        if "part" in roles and s.has(i + 1, "colon"):
            return LABELS.get(roles["part"])
        for kind, cue in CELL_CUES.items():
            if kind in roles:
                return cue
    return "after" if "arrow" in roles and not s[i - 1].norm else None


def _not_before(s: Scan, i: int) -> bool:
    """``voor`` that says for which period, and ``uitgesteld tot`` that says to which."""
    if s.has(i, "range_before"):
        return s.has(i - 1, "moved_until")
    if not s.has(i, "for") or s[i].stressed:
        return False
    j = s.skip(i + 1, "article")
    if (found := operand(s, j)) is not None and s.has(found[1], "finished"):
        return False
    if s.has(j, "this", "running") or s.get(j, "day_word") == 0:
        return True
    follow_up = s.has(i - 1, "and") and not s[i - 2].norm  # "en voor december?"
    bounded = s.has(j, "number", "part", "holiday", "recess", "season") and not s.has(j, "year")
    return (follow_up or s.has(i - 1, "for_context")) and not bounded


def _so_far(s: Scan, i: int) -> Read:
    """``tot nu toe``, ``so far this year``."""
    found = operand(s, i + 1)
    if found is not None and found[0].kind in ("year", "half", "quarter", "month", "week"):
        return Reading(found[0], found[0], past=True), found[1]
    today = Unit("fixed", days=(s.today, s.today)) if s.today else UNKNOWN
    return Reading(today, today, "by"), i + 1


def _since(s: Scan, i: int) -> tuple[Unit, int] | None:
    """``sinds zes weken``, ``sinds maandag``: looking back, where the words alone would not."""
    n, kind = s.get(i, "number"), s.get(i + 1, "unit")
    if s.today is None:
        return None
    if s.has(i, "weekday"):
        return day_of_week(s.today, s.get(i, "weekday"), -1), i + 1
    if not n or kind is None or s.has(i + 2, "ago"):
        return None
    day = step(s.today, -n, kind)
    return Unit("fixed", days=(day, day)), i + 2


def _joined(s: Scan, found: tuple[Unit, int], frame: Reading) -> Read | None:
    """The range that starts with a unit, and what stands behind it."""
    unit, j = found
    units = [unit]
    until = False
    most = MOST_WAITING if unit.kind in WAITING else MOST_JOINED
    while len(units) < most and (join := _next_unit(s, j, units[-1])) is not None:
        unit, j, until = join
        units.append(unit)
    completed = _completed(units)
    if completed is None:
        return None
    cue = frame.cue
    if len(units) > 1:
        cue = "" if cue in ("from", "since") else cue
    elif s.has(j, *JOINS) and not s.has(j, "and") and s.has(j + 1, "present"):
        cue, j = "since", j + 2
    return _behind(s, j, replace(frame, first=completed[0], last=completed[-1], cue=cue, until=until), len(units) > 1)


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


def _completed(units: list[Unit]) -> list[Unit] | None:
    """The units with what they wait for, which comes from the right; None if nothing says it."""
    done = [units[-1]]
    for unit in reversed(units[:-1]):
        right = done[-1]
        if unit.kind == "part":
            unit = replace(right, part=unit.part)
        elif unit.kind in WAITING:
            if right.kind not in SHARED[unit.kind]:
                return None
            unit = replace(right, n=right.n // 100 * 100 + unit.n if right.kind == "day" else unit.n)
        done.append(unit)
    return None if done[0].kind in WAITING else done[::-1]


def _behind(s: Scan, j: int, reading: Reading, ranged: bool) -> Read:
    """What the words behind a unit make of it: e.v., a.s., uiterlijk, nog."""
    if s.has(j, "ahead", "past") and reading.first.yearless:
        reading = replace(reading, first=replace(reading.first, lean=2 if s.has(j, "ahead") else -2))
        j += 1
    if (size := _onwards(s, j)) and reading.cue in ("", "from"):
        return replace(reading, cue="from"), j + size
    if reading.cue:
        return reading, j
    if s.has(j, "so_far"):
        return replace(reading, past=True), j + 1
    if s.has(j, "still") and not s.has(j + 1, "never_still"):
        return replace(reading, rest=True), j + 1
    if not ranged and (s.has(j, "arrow") or (s.has(j, "plus") and s[j].glued)):
        return replace(reading, cue="from"), j + 1
    late = s.has(j, "by") and operand(s, j + 1) is None and not s.has(j + 1, *FILLERS)
    if late or (s.has(j, "cell_by") and j < s.cells and operand(s, j + 1) is None):
        return replace(reading, cue="by"), j + 1
    return reading, j


def _onwards(s: Scan, j: int) -> int:
    """How many tokens say *e.v.*, *en volgende*; *en daarna jaarlijks* does not."""
    if s.has(j, "onwards"):
        return int(not s.has(j + 1, "recurrence", "every"))
    ends = not s[j + 2].norm or s.has(j + 2, "stop", "close", "comma")
    return 2 if s.has(j, "and") and s.has(j + 1, "next") and ends else 0
