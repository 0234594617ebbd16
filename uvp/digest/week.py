"""Weeks as ISO 8601 counts them, and moments that a clock on a wall shows.

A week belongs to the year that holds its Thursday, so that some years have a week 53.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from uvp.errors import UvpError
from uvp.period import Period

_WRITTEN = re.compile(r"\s*(\d{4})-?[Ww](\d{1,2})\s*")
_SATURDAY = 6


@dataclass(eq=False)
class NotAWeek(UvpError):
    """This names no week."""

    text: str

    def __str__(self) -> str:
        return f"{self.text!r} is not a week; write it as 2026-W48"


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """An ISO week; ``number`` is 1 to 53. Weeks sort in the order of time."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        """The week that holds this day."""
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The week written as ``2026-W48``. Raises NotAWeek, also for week 53 of a year that has none."""
        written = _WRITTEN.fullmatch(text)
        if written is None:
            raise NotAWeek(text)
        year, number = map(int, written.groups())
        try:
            date.fromisocalendar(year, number, 1)
        except ValueError:
            raise NotAWeek(text) from None
        return cls(year, number)

    def __str__(self) -> str:
        return f"{self.year:04}-W{self.number:02}"

    def day(self, weekday: int) -> date:
        """The day of this week; Monday is 1, Sunday 7."""
        return date.fromisocalendar(self.year, self.number, weekday)

    @property
    def days(self) -> Period:
        """Monday to Sunday."""
        return Period(self.day(1), self.day(7))

    def plus(self, weeks: int) -> Self:
        """The week so many weeks later."""
        return type(self).of(self.day(1) + timedelta(weeks=weeks))


def moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """When the clocks of a zone show this, in UTC.

    A time that summer time leaves out is the same distance after the change (02:30 becomes 03:30); of a time that comes
    twice the first is meant.
    """
    return datetime.combine(day, at, zone).astimezone(UTC)


def works(day: date, holidays: Container[date]) -> bool:
    """Whether offices are open: no weekend and no public holiday."""
    return day.isoweekday() < _SATURDAY and day not in holidays


def next_working_day(day: date, holidays: Container[date]) -> date:
    """The day itself when offices are open, or the first one after it."""
    while not works(day, holidays):
        day += timedelta(days=1)
    return day


def last_working_day(day: date, holidays: Container[date]) -> date:
    """The day itself when offices are open, or the last one before it."""
    while not works(day, holidays):
        day -= timedelta(days=1)
    return day
