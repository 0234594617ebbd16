"""Clocks that a test can move."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass
class Seconds:
    """Seconds since some moment."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Moment:
    """An aware moment."""

    moment: datetime = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def move(self, **by: float) -> None:
        """Lets time pass, in the units of timedelta."""
        self.moment += timedelta(**by)
