"""The ten ways to select actions. Pure; the source is the table of ``select`` in the specification of answers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from uvp.period import Period
from uvp.plan import Action, Plan
from uvp.question import STALE_WEEKS, Select
from uvp.updates import Standing, Status


@dataclass(frozen=True, slots=True)
class Moment:
    """What the rules look at beside the action: the plan, where its actions stand, and what day it is."""

    plan: Plan
    standings: Mapping[str, Standing]
    today: date
    stale_weeks: int = STALE_WEEKS


Rule = Callable[[Action, Standing, Period, Moment], bool]
ALWAYS = Period()


def select(kind: Select, actions: Sequence[Action], period: Period | None, moment: Moment) -> tuple[Action, ...]:
    """Those of ``actions`` (which are in the order of their codes) that ``kind`` means, in the order of the answer."""
    rule, asked = _RULES[kind], effective_period(kind, period, moment.today)
    standings = moment.standings
    chosen = [a for a in actions if rule(a, standings[a.code], asked, moment)]
    # The sort is stable: what falls on one day stays in the order of the codes.
    match kind:
        case Select.DUE | Select.OVERDUE:
            chosen.sort(key=lambda a: a.end or date.max)
        case Select.STARTING:
            chosen.sort(key=lambda a: a.start or date.max)
        case _:
            pass
    return tuple(chosen)


def effective_period(kind: Select, period: Period | None, today: date) -> Period:
    """The period that the rules apply: *due before X* begins today, *active* without a period means today."""
    if period is None:
        return Period(today, today) if kind is Select.ACTIVE else ALWAYS
    if kind is Select.DUE and period.start is None and not period.before(today):
        return replace(period, start=today)
    return period


def runs(action: Action, plan: Plan) -> Period:
    """When an action runs; undated and ongoing ones run for the whole plan."""
    return Period(action.start or plan.start, action.deadline or plan.end)


def _due(action: Action, standing: Standing, period: Period, _: Moment) -> bool:
    deadline = action.deadline
    return deadline is not None and deadline in period and not standing.status.closed


def _overdue(action: Action, standing: Standing, period: Period, moment: Moment) -> bool:
    deadline = action.deadline
    return deadline is not None and deadline < moment.today and deadline in period and not standing.status.closed


def _active(action: Action, standing: Standing, period: Period, moment: Moment) -> bool:
    open_then = not standing.status.closed or period.before(moment.today)
    return open_then and runs(action, moment.plan).overlaps(period)


def _starting(action: Action, _s: Standing, period: Period, _m: Moment) -> bool:
    return action.start is not None and action.start in period


def _ongoing(action: Action, _s: Standing, period: Period, moment: Moment) -> bool:
    return action.ongoing and runs(action, moment.plan).overlaps(period)


def _undated(action: Action, _s: Standing, period: Period, moment: Moment) -> bool:
    return action.undated and runs(action, moment.plan).overlaps(period)


def _done(_a: Action, standing: Standing, period: Period, _m: Moment) -> bool:
    return standing.status is Status.FINISHED and standing.since is not None and standing.since in period


def _updated(_a: Action, standing: Standing, period: Period, _m: Moment) -> bool:
    days = standing.days
    first = bisect_left(days, period.start) if period.start else 0
    return first < len(days) and days[first] in period


def _stale(_a: Action, standing: Standing, _p: Period, moment: Moment) -> bool:
    last_day = moment.today - timedelta(weeks=moment.stale_weeks)
    return not standing.status.closed and (not standing.days or standing.days[-1] <= last_day)


def _all(action: Action, _s: Standing, period: Period, moment: Moment) -> bool:
    return runs(action, moment.plan).overlaps(period)


_RULES: Mapping[Select, Rule] = {
    Select.DUE: _due,
    Select.OVERDUE: _overdue,
    Select.ACTIVE: _active,
    Select.STARTING: _starting,
    Select.ONGOING: _ongoing,
    Select.UNDATED: _undated,
    Select.DONE: _done,
    Select.UPDATED: _updated,
    Select.STALE: _stale,
    Select.ALL: _all,
}
