"""A period told from the one before it: *een kwartaal later*, *het jaar ervoor*."""

from __future__ import annotations

from datetime import date, timedelta

from uvp.period import Period
from uvp.questions.sentence import Sentence

_MONTH = 28  # days: a unit this long is one of months


def moved(period: Period | None, s: Sentence) -> Period | None:
    """The time as long as the unit that the text names, that much later or earlier; None without such a move."""
    if period is None or period.start is None or s.steps is None:
        return None
    if abs(s.steps) < _MONTH:
        days = timedelta(days=s.steps)
        return Period(period.start + days, period.end and period.end + days)
    months = round(s.steps / 30.4)
    start = _in_months(period.start, months)
    return Period(start, _in_months(start, abs(months)) - timedelta(days=1))


def _in_months(day: date, months: int) -> date:
    """The first of the month that many months on."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)
