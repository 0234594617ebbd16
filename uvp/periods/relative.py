"""Units relative to today (rule 9): deze maand, komende drie weken, over een jaar, vandaag, maandag.

Without today they are read as such, but nothing is known of them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from uvp.periods.scan import Scan
from uvp.periods.units import DAY, UNKNOWN, Unit, containing, days_of, neighbour, step

Read = tuple[Unit, int]

COMPLETED: Final = frozenset({"quarter", "half", "third"})
WHOLLY: Final = 2


def fixed(first: date, last: date) -> Unit:
    """Days that are known already."""
    return Unit("fixed", days=(first, last))


def direction(s: Scan, i: int) -> int | None:
    """-1 for the one before, 0 for this one, 1 for the next."""
    if s.has(i, "this"):
        return 0
    if s.has(i, "next"):
        return 1
    return -1 if s.has(i, "previous") else None


def relative(s: Scan, i: int) -> Read | None:
    """``deze maand``, ``volgend jaar``, ``komende drie weken``; without a unit it may wait for that of a range."""
    where = direction(s, i)
    j = i + 1
    kind = "school" if s.has(j, "school_year") else s.get(j, "unit")
    if where is None:
        return (current(s, kind), j + 1) if s.has(i, "running") and kind else None
    if kind is not None and s.has(j, "plural"):
        return None
    if kind is not None and not s.has(j + 1, kind):
        return (neighbour(kind, s.today, where) if s.today else UNKNOWN), j + 1
    count = s.get(j, "number")
    if count and where and (kind := s.get(j + 1, "unit")):
        return (rolling(s.today, count * where, kind) if s.today else UNKNOWN), j + 2
    if where == 0 and s.has(j, "plan_period"):
        return plan_period(s, j)
    return _shared(s, j, where)


def _shared(s: Scan, j: int, where: int) -> Read | None:
    """``deze`` in *deze en volgende maand*."""
    k = s.skip(j + 1, "article")
    kind = s.get(k + 1, "unit")
    if kind is None or not s.has(j, "and", "or", "dash", "slash", "range") or direction(s, k) is None:
        return None
    return (neighbour(kind, s.today, where) if s.today else UNKNOWN), j


def named_relative(s: Scan, i: int, inner: Read | None) -> Read | None:
    """``afgelopen zomer``, ``komende maandag``: the one before or after today."""
    where = direction(s, i)
    if where is None:
        return None
    if s.has(i + 1, "weekday"):
        return day_of_week(s.today, s.get(i + 1, "weekday"), where), i + 2
    if inner is None or not inner[0].yearless or inner[0].kind in ("number", "ordinal", "part"):
        return None
    return replace(inner[0], lean=WHOLLY * where), inner[1]


def current(s: Scan, kind: str) -> Unit:
    """The one around today."""
    return containing(kind, s.today) if s.today else UNKNOWN


def rolling(today: date, count: int, kind: str) -> Unit:
    """So many units from today on, or up to today for a negative count; today included."""
    if count > 0:
        return fixed(today, step(today, count, kind) - DAY)
    return fixed(step(today, count, kind) + DAY, today)


def latest(s: Scan, i: int, n: int, count: int, kind: str | None, j: int) -> Read | None:
    """``de laatste twee kwartalen``: completed ones; others roll; a single one is the previous."""
    if n >= 0 or kind is None:
        return None
    if s.today is None:
        return UNKNOWN, j
    if kind in COMPLETED:
        first, last = neighbour(kind, s.today, -count), neighbour(kind, s.today, -1)
        return fixed(days_of(first)[0], days_of(last)[1]), j
    if count == 1 and not s.get(i + 1, "number"):
        return neighbour(kind, s.today, -1), j
    return rolling(s.today, -count, kind), j


def over(s: Scan, i: int) -> Read | None:
    """``over drie weken``, ``in two weeks``: that day."""
    count, kind = s.get(i + 1, "number"), s.get(i + 2, "unit")
    if not count or kind is None or s.has(i + 1, "year") or s.has(i + 3, "ago"):
        return None
    return _point(s, count, kind), s.skip(i + 3, "from_now")


def within(s: Scan, i: int) -> Read | None:
    """``binnen twee weken``: from today on."""
    count, kind = s.get(i + 1, "number"), s.get(i + 2, "unit")
    if not count or kind is None:
        return None
    return (rolling(s.today, count, kind) if s.today else UNKNOWN), i + 3


def ago(s: Scan, i: int) -> Read | None:
    """``drie weken geleden``, ``two weeks from now``: that day."""
    count, kind = s.get(i, "number"), s.get(i + 1, "unit")
    if not count or kind is None:
        return None
    if s.has(i + 2, "ago"):
        return _point(s, -count, kind), i + 3
    if s.has(i + 2, "from") and s.has(i + 3, "now", "day_word"):
        return _point(s, count, kind), i + 4
    return None


def _point(s: Scan, count: int, kind: str) -> Unit:
    if s.today is None:
        return UNKNOWN
    day = step(s.today, count, kind)
    return fixed(day, day)


def day_word(s: Scan, i: int) -> Read | None:
    """``vandaag``, ``overmorgen``."""
    return _point(s, s.get(i, "day_word"), "day"), i + 1


def now(s: Scan, i: int) -> Read | None:
    """``nu``, ``op dit moment``: today."""
    return _point(s, 0, "day"), i + 1


def this_time(s: Scan, i: int) -> Read | None:
    """``vorig jaar om deze tijd``, ``this time last year``: the same day of another year, month or week."""
    j = i + 1 if s.has(i, "same_time") else i
    where, kind = direction(s, j), s.get(j + 1, "unit")
    if where is None or kind is None or not (j > i or s.has(j + 2, "same_time")):
        return None
    return _point(s, where, kind), j + 2 + (j == i)


def plan_period(s: Scan, i: int) -> Read | None:
    """``planperiode``: that of the plan, which a cell does not repeat."""
    plan = s.plan
    if s.today is None or plan is None or plan.start is None or plan.end is None:
        return UNKNOWN, i + 1
    return fixed(plan.start, plan.end), i + 1


def day_of_week(today: date | None, n: int, where: int) -> Unit:
    """The first such day from today on (0), after today (1) or before it (-1); Monday is 0."""
    if today is None:
        return UNKNOWN
    ahead = (n - today.weekday()) % 7
    day = step(today, {0: ahead, 1: ahead or 7, -1: ahead - 7}[where], "day")
    return fixed(day, day)
