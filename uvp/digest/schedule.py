"""When a digest goes out: pure functions of the setting, the holidays and a moment."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from uvp.digest.subscription import Subscription, time_zone
from uvp.digest.week import Week, moment, next_working_day

STILL_SENT = timedelta(hours=36)
"""After this a digest that could not go out is not sent any more: the next one says it better."""
ALARM = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One digest of a place: the week it stands for and the moment (UTC) at which it goes out.

    The week is that of the day that was chosen; a holiday may move the moment into the week after it.
    """

    week: Week
    at: datetime


def occurrence(setting: Subscription, week: Week, holidays: Container[date]) -> Occurrence:
    """The digest of this week. A holiday moves it to the next working day; a weekend that was chosen stays."""
    chosen = week.day(setting.weekday)
    day = next_working_day(chosen, holidays) if chosen in holidays else chosen
    return Occurrence(week, moment(day, setting.at, time_zone(setting.zone)))


def next_occurrence(
    setting: Subscription, now: datetime, holidays: Container[date], done: Week | None = None
) -> Occurrence:
    """The first digest after ``now`` of a week after ``done``, the last week that was planned already."""
    return next(o for o in _from(setting, now, holidays) if o.at > now and (done is None or o.week > done))


def following(setting: Subscription, before: Occurrence, holidays: Container[date]) -> Occurrence:
    """The digest of the week after: none is passed over, however late it is."""
    return occurrence(setting, before.week.plus(1), holidays)


def _from(setting: Subscription, now: datetime, holidays: Container[date]) -> Iterator[Occurrence]:
    # Holidays may have moved the digest of the weeks before to after now.
    week = Week.of(now.date()).plus(-2)
    while True:
        yield occurrence(setting, week, holidays)
        week = week.plus(1)


def too_late(due: datetime, now: datetime) -> bool:
    """Whether it is not sent any more."""
    return now > due + STILL_SENT


def alarming(due: datetime, now: datetime) -> bool:
    """Whether somebody must be told that it has not gone out."""
    return now > due + ALARM
