"""How fast may be sent: sliding windows over moments that are handed in.

Sources: the documented limits of a bot per thread and per tenant ("Delivering" in the facts about Teams). Per tenant
the lower end of what is documented is kept.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Rate:
    """At most ``count`` in any ``seconds`` seconds."""

    count: int
    seconds: float


PER_THREAD: Final = (Rate(7, 1), Rate(8, 2), Rate(60, 30), Rate(1800, 3600))
PER_TENANT: Final = (Rate(30, 1),)


def earliest(booked: Sequence[float], rates: Sequence[Rate], now: float) -> float:
    """The first moment from ``now`` on at which one more keeps all rates; ``booked`` are moments, sorted.

    Nothing is booked before what is booked already, so that the windows of one moment are those that end with it.
    """
    moment = max(now, booked[-1]) if booked else now
    for rate in rates:
        if len(booked) >= rate.count:
            moment = max(moment, booked[-rate.count] + rate.seconds)
    return moment


class Limiter:
    """Books moments by key (a thread, a tenant) so that no key exceeds its rates."""

    def __init__(self, rates: Sequence[Rate]) -> None:
        self._rates = rates
        self._longest = max(rate.seconds for rate in rates)
        self._booked: dict[str, list[float]] = {}

    def book(self, key: str, now: float) -> float:
        """Books the first moment that is free for this key and gives it; moments are seconds of any one clock."""
        booked = self._booked.setdefault(key, [])
        del booked[: bisect_left(booked, now - self._longest)]
        moment = earliest(booked, self._rates, now)
        insort(booked, moment)
        return moment

    def forget(self, now: float) -> None:
        """Drops the keys whose windows are all over."""
        over = now - self._longest
        self._booked = {key: booked for key, booked in self._booked.items() if booked and booked[-1] >= over}
