"""What a channel or chat has chosen: whether it gets the weekly digest, when, and about what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from functools import cache
from zoneinfo import ZoneInfo

from uvp.question import Language

MOST_WEEKS_AHEAD = 13
"""A quarter: what lies further ahead is in the digest's own list of the quarter, or asked for."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """The setting of one place. ``place`` is the key of a conversation as the bot keeps it, ``tenant`` whose it is.

    ``weekday`` is 1 (Monday) to 7, ``at`` what the clocks of ``zone`` then show. Empty ``themes`` and
    ``municipalities`` mean all of them. ``weeks_ahead`` (1 to 13) is how far the digest looks ahead, this week
    included. ``active`` is what people chose; ``paused`` why it does not go out although they chose it, else None.
    ``team`` is the team of a channel, ``name`` what people call the place, where that is known.
    """

    place: str
    tenant: str
    weekday: int = 1
    at: time = time(9)
    zone: str = "Europe/Amsterdam"
    language: Language = "nl"
    themes: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    weeks_ahead: int = 1
    mentions: bool = True
    active: bool = True
    paused: str | None = None
    team: str | None = None
    name: str = ""

    @property
    def runs(self) -> bool:
        """Whether it goes out."""
        return self.active and self.paused is None


def zone_exists(name: str) -> bool:
    """Whether this names a time zone."""
    try:
        time_zone(name)
    except (KeyError, ValueError, OSError):
        # What the tz library raises for unknown names, for names that are no path, and for folders.
        return False
    return True


@cache
def time_zone(name: str) -> ZoneInfo:
    """The zone of this name; raises ZoneInfoNotFoundError."""
    return ZoneInfo(name)
