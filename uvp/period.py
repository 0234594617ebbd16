"""A period of inclusive days, and a timing: what a text says about when and how often."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

_MONTH = 27  # days from the first to the last of the shortest month


@dataclass(frozen=True, slots=True)
class Period:
    """Inclusive days; None is open at that side. ``start`` <= ``end`` where both are given."""

    start: date | None = None
    end: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.start is None or day >= self.start) and (self.end is None or day <= self.end)

    def overlaps(self, other: Period) -> bool:
        """Whether any day lies in both."""
        return not (
            (self.end is not None and other.start is not None and other.start > self.end)
            or (other.end is not None and self.start is not None and self.start > other.end)
        )

    @property
    def lasts(self) -> bool:
        """Whether it is as long as a month at least, which is what a plan speaks of; an open one does not tell."""
        return self.start is not None and self.end is not None and (self.end - self.start).days >= _MONTH

    def before(self, day: date) -> bool:
        """Whether the whole period lies before ``day``."""
        return self.end is not None and self.end < day


@dataclass(frozen=True, slots=True)
class Timing:
    """How a timing is read: ``period`` None and ``recurrence`` None mean that it could not be read."""

    text: str
    period: Period | None = None
    recurrence: str | None = None
