"""Days, periods and deadlines in words. Pure: ``today`` is a parameter; ``say`` holds the language."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from uvp.answers.phrases import Phrases
from uvp.period import Period
from uvp.plan import ONGOING, Action
from uvp.updates import AMSTERDAM, Standing

_DAYS_IN_WORDS = 14
_WEEKS_IN_WORDS = 9 * 7
_MONTHS_IN_WORDS = 24
_DAYS_A_MONTH = 365.2425 / 12


def day(say: Phrases, when: date) -> str:
    """*31 december 2026*."""
    return say("dates.day", day=when.day, month=say.months[when.month - 1], year=when.year)


def moment(say: Phrases, when: datetime) -> str:
    """*12 november 2026, 14:05*, as the clock in Amsterdam stood."""
    local = when.astimezone(AMSTERDAM)
    return say("dates.moment", day=day(say, local.date()), time=f"{local:%H:%M}")


def period(say: Phrases, asked: Period) -> str:
    """A period as people call it: a year, half, quarter, month or week where it is one, else its days."""
    return _named(say, asked)[1]


def within(say: Phrases, asked: Period) -> str:
    """The same with its preposition: *in Q4 2026*, *in de periode 1 t/m 12 mei 2026*, *vanaf 1 mei 2026*."""
    kind, words = _named(say, asked)
    return say(f"within.{kind}", period=words)


def _named(say: Phrases, asked: Period) -> tuple[str, str]:
    start, end = asked.start, asked.end
    if start is None:
        return "open", say("dates.whole") if end is None else say("dates.until", end=day(say, end))
    if end is None:
        return "open", say("dates.from", start=day(say, start))
    if start == end:
        return "day", day(say, start)
    return _calendar_unit(say, start, end) or ("span", _days(say, start, end))


def _calendar_unit(say: Phrases, start: date, end: date) -> tuple[str, str] | None:
    """Whole years, halves, quarters and months, a range of one of these, or a calendar week."""
    if start.isoweekday() == 1 and end - start == timedelta(days=6):
        return "unit", say("dates.week", week=start.isocalendar().week, days=_days(say, start, end))
    if start.day != 1 or (end + timedelta(days=1)).day != 1:
        return None
    first, months = start.year * 12 + start.month - 1, (end.year - start.year) * 12 + end.month - start.month + 1
    last = first + months - 1
    if first % 12 == 0 and months % 12 == 0:
        return _range(say, str(start.year), str(end.year))
    if months == 6 and first % 6 == 0:
        return "half", say("dates.half.h1" if first % 12 == 0 else "dates.half.h2", year=start.year)
    if first % 3 == 0 and months % 3 == 0:
        return _range(say, *(say("dates.quarter", quarter=m % 12 // 3 + 1, year=m // 12) for m in (first, last)))
    if start.year == end.year and months > 1:
        return _range(say, say.months[start.month - 1], _month(say, last))
    return _range(say, _month(say, first), _month(say, last))


def _month(say: Phrases, number: int) -> str:
    return say("dates.month", month=say.months[number % 12], year=number // 12)


def _range(say: Phrases, start: str, end: str) -> tuple[str, str]:
    return ("unit", start) if start == end else ("span", say("dates.range", start=start, end=end))


def _days(say: Phrases, start: date, end: date) -> str:
    """*23 t/m 29 november 2026*: what both days share stands once."""
    if start.year != end.year:
        first = day(say, start)
    elif start.month != end.month:
        first = say("dates.day_month", day=start.day, month=say.months[start.month - 1])
    else:
        first = str(start.day)
    return say("dates.range", start=first, end=day(say, end))


def distance(say: Phrases, when: date, today: date) -> str:
    """*vandaag*, *over 5 weken*, *11 maanden te laat*: rounded, coarser as it is further away."""
    days = (when - today).days
    match days:
        case 0:
            return say("distance.today")
        case 1:
            return say("distance.tomorrow")
    return say("distance.ahead" if days > 0 else "distance.late", distance=_length(say, abs(days)))


def _length(say: Phrases, days: int) -> str:
    if days < _DAYS_IN_WORDS:
        return say.number("distance.days", days)
    if days < _WEEKS_IN_WORDS:
        return say.number("distance.weeks", round(days / 7))
    months = round(days / _DAYS_A_MONTH)
    if months < _MONTHS_IN_WORDS:
        return say.number("distance.months", months)
    return say.number("distance.years", round(months / 12))


def deadline(say: Phrases, action: Action, today: date, standing: Standing | None = None) -> str:
    """The deadline with its distance; *doorlopend* or *geen einddatum* where there is none.

    With ``standing``: a closed action is not late, and a new expected date stands beside the plan's own.
    """
    end = action.deadline
    if end is None:
        return timeless(say, action)
    words = day(say, end)
    if standing is None or not standing.status.closed:
        words = say("deadlines.dated", day=words, distance=distance(say, end, today))
    return expecting(say, words, standing)


def timeless(say: Phrases, action: Action) -> str:
    """*doorlopend* or *geen einddatum*, and how often."""
    return recurring(say, say("deadlines.ongoing" if action.ongoing else "deadlines.undated"), action)


def recurring(say: Phrases, words: str, action: Action) -> str:
    """The words with how often the action recurs behind them, where it does."""
    if not (often := recurrences(say, action)):
        return words
    return say("deadlines.recurring", when=words, recurrence=often)


def recurrences(say: Phrases, action: Action) -> str:
    """*jaarlijks en halfjaarlijks*; empty where the action does not recur (*doorlopend* is no recurrence here)."""
    return say.join(say.names("recurrences", [r for r in action.recurrences if r != ONGOING]))


def expecting(say: Phrases, words: str, standing: Standing | None) -> str:
    """The words with the new expected date behind them, where there is one."""
    if standing is None or standing.expected is None:
        return words
    return say("deadlines.expected", when=words, day=day(say, standing.expected))
