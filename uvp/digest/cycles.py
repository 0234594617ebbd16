"""What comes round: meetings, newsletters and evaluations that the plan wants so many times a year.

A recurrence divides the calendar into windows (quarters, halves, years; longer ones count from the plan's first year).
In each window the thing has to happen once, so it is named in the last weeks of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from uvp.answers.select import runs
from uvp.period import Period
from uvp.plan import Action, Plan
from uvp.updates import Standing


@dataclass(frozen=True, slots=True)
class Cycle:
    """One window of something that comes round: ``updated`` is the newest day in it on which something was reported."""

    code: str
    recurrence: str
    window: Period
    updated: date | None = None


@dataclass(frozen=True, slots=True)
class _Rhythm:
    """Months of a window, and how many weeks before its end it is named."""

    months: int
    weeks: int


_RHYTHMS: Mapping[str, _Rhythm] = {
    "per kwartaal": _Rhythm(3, 4),
    "viermaandelijks": _Rhythm(4, 4),
    "halfjaarlijks": _Rhythm(6, 6),
    "jaarlijks": _Rhythm(12, 8),
    "tweejaarlijks": _Rhythm(24, 13),
    "vierjaarlijks": _Rhythm(48, 13),
}


def cycles(plan: Plan, actions: Iterable[Action], standings: Mapping[str, Standing], today: date) -> tuple[Cycle, ...]:
    """What has to happen before a window ends that ends soon, by the day it ends, then by code."""
    found = [c for a in actions if not standings[a.code].status.closed for c in _of(plan, a, standings[a.code], today)]
    return tuple(sorted(found, key=lambda c: c.window.end or date.max))


def _of(plan: Plan, action: Action, standing: Standing, today: date) -> Iterator[Cycle]:
    if today not in runs(action, plan):
        return
    for recurrence in action.recurrences:
        rhythm = _RHYTHMS.get(recurrence)
        if rhythm is None:
            continue
        start, end = _window(plan.start.year, rhythm.months, today)
        if today > end - timedelta(weeks=rhythm.weeks):
            yield Cycle(action.code, recurrence, Period(start, end), _newest(standing.days, start))


def _window(first_year: int, months: int, today: date) -> tuple[date, date]:
    """The window that holds today; windows are laid end to end from the first January of the plan."""
    since = (today.year - first_year) * 12 + today.month - 1
    start = date(first_year, 1, 1) + relativedelta(months=since - since % months)
    return start, start + relativedelta(months=months, days=-1)


def _newest(days: Sequence[date], start: date) -> date | None:
    return days[-1] if days and days[-1] >= start else None
