"""The new date in a status report: *tot Q1 2027*, *wordt maart*, *pas in het najaar*."""

from __future__ import annotations

from datetime import date, timedelta

from uvp.period import Period
from uvp.periods import Found, find_periods
from uvp.questions.sentence import Sentence
from uvp.questions.standing import told_statuses

_LEADS = 3  # words between what announces a date and the date
Span = tuple[int, int, Found]
"""The words from an index up to another one, and the time that they name."""


def expected_date(s: Sentence) -> date | None:
    """The last day of the last period named that is not over; *until X* means X itself here."""
    found = (_date_ahead(s, span) for span in _spans(s) if not _was_planned(s, span[0]))
    return next((day for day in found if day), None)


def announced_date(s: Sentence) -> date | None:
    """The same of a time that is told as a new one."""
    found = (_date_ahead(s, span) for span in _spans(s) if _is_announced(s, span[0]))
    return next((day for day in found if day), None)


def is_set_off(s: Sentence) -> bool:
    """*… wordt pas maart*: a date ahead later than planned."""
    return any(_follows(s, span[0], s.grammar.not_until) and _date_ahead(s, span) for span in _spans(s))


def is_dated(s: Sentence) -> bool:
    """*… wordt Q2 2027*, *nieuwe datum …: 1 maart*: nothing but a new date ahead is told, at the end."""
    spans = _spans(s)
    if not spans or s.has("starting", "finish", "finished", "finishing"):
        return False
    start, end, _ = spans[0]
    moved = _follows(s, start, s.grammar.put_to & s.grammar.until)
    told = moved or s.has("expected") or any(m.end == start for m in s.signs.get("will", ()))
    return told and end == len(s.words) and _date_ahead(s, spans[0]) is not None


def _spans(s: Sentence) -> list[Span]:
    """Where periods are named, from the last to the first."""
    return [span for span in reversed(s.periods) if span[2].period is not None]


def _date_ahead(s: Sentence, span: Span) -> date | None:
    """The last day meant, if it lies ahead; *wordt maart* said in November is that of the year after."""
    start, _, found = span
    day = _last_day(s, span, found.period)
    if day is None or day > s.today:
        return day
    year = s.today.year
    if day.year != year or not _is_announced(s, start):
        return None
    if any(_same_on(s, found, date(year, month, d)) != found.period for month, d in ((1, 1), (12, 31))):
        return None  # *vorige week* is no week of next year
    day = _last_day(s, span, _same_on(s, found, date(year + 1, 1, 1)))
    return day if day and day > s.today else None


def _last_day(s: Sentence, span: Span, period: Period | None) -> date | None:
    """The end of the period that a span names; after *until* that of the period itself, not the day before it."""
    start, end, _ = span
    if period is None or period.end is None:
        return None
    inclusive = s.following(start + 1) in s.grammar.and_or
    if period.start is None and s.following(start) in s.grammar.until and not inclusive and start + 1 < end:
        after = period.end + timedelta(days=1)
        for day in (s.today, after):
            named = _named_on(s, start + 1, end, day)
            if named is not None and named.start == after and named.end:
                return named.end
    return period.end


def _same_on(s: Sentence, found: Found, today: date) -> Period | None:
    """What a time in the text means on another day."""
    return next((f.period for f in find_periods(s.read_text, today, s.plan_period) if f.start == found.start), None)


def _named_on(s: Sentence, start: int, end: int, today: date) -> Period | None:
    """The period that words name by themselves on a day."""
    text = s.read_text[s.words[start].token.start : s.words[end - 1].token.end]
    found = find_periods(text, today, s.plan_period)
    return found[0].period if found else None


def _was_planned(s: Sentence, start: int) -> bool:
    """*De sessie, die in december zou zijn, is uitgesteld*, *niet klaar vóór maart*: a date that nothing announces."""
    statuses = told_statuses(s)
    denied = any(w.token.word in s.grammar.denies for w in s.words[:start])
    return bool(statuses) and (start < statuses[-1][0] or denied) and not _is_announced(s, start)


def _is_announced(s: Sentence, start: int) -> bool:
    """Whether a time is told as a new one: *tot*, *naar*, *pas*, *wordt* or *verwacht* leads to it."""
    announced = [m.end for sign in ("expected", "will") for m in s.signs.get(sign, ())]
    leads = s.grammar.until | s.grammar.not_until
    return _follows(s, start, leads) or any(
        end in range(start - _LEADS, start + 1) and all(s.words[i].kind == "stop" for i in range(end, start))
        for end in announced
    )


def _follows(s: Sentence, start: int, words: frozenset[str]) -> bool:
    """Whether one of these words leads to a time (*pas in maart*) or begins it."""
    return any(s.following(at) in words for at in range(max(0, start - 2), start + 1))
