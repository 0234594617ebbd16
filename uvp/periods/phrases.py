"""Reads one timing from the tokens: the words before it, a unit or a range of units, the words behind it.

The words make a deadline, an open end or a remainder of it (rules 5, 6, 9).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from uvp.periods.naming import current
from uvp.periods.operands import operand
from uvp.periods.placing import Cue, Reading
from uvp.periods.ranges import FILLERS, JOINS, joined
from uvp.periods.relative import day_of_week
from uvp.periods.scan import Scan
from uvp.periods.units import UNKNOWN, Unit, step

Read = tuple[Reading, int]

CUES: Final[dict[str, Cue]] = {"by": "by", "since": "since", "after": "after", "from": "from", "before": "before"}
LABELS: Final[dict[str, Cue]] = {"begin": "from", "end": "by"}  # begin: mei 2025, einde: juni 2026
CELL_CUES: Final[dict[str, Cue]] = {"cell_by": "by", "cell_from": "from"}
REMAINDER: Final = ("still", "rest", "later")
STARTS: Final = frozenset({*CUES, *CELL_CUES, *REMAINDER, "earlier", "so_far", "arrow"})
MOST_WORDS: Final = 7


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
            return _framed(s, found, frame)
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


def _framed(s: Scan, found: tuple[Unit, int], frame: Reading) -> Read | None:
    """The unit or range under the words before it, and what the words behind it make of it."""
    units, j, until = joined(s, found)
    if not units:
        return None
    cue = frame.cue
    if len(units) > 1:
        cue = "" if cue in ("from", "since") else cue
    elif s.has(j, *JOINS) and not s.has(j, "and") and s.has(j + 1, "present"):
        cue, j = "since", j + 2
    return _behind(s, j, replace(frame, first=units[0], last=units[-1], cue=cue, until=until), len(units) > 1)


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
