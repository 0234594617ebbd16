"""Makes one period of the several that a cell or question may name (rules 10, 12)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from uvp.period import Period
from uvp.periods.items import Item
from uvp.periods.placing import Reading, place
from uvp.periods.scan import Scan


@dataclass(frozen=True, slots=True)
class Dated:
    """A reading with its place in the text and, where they can be told, its days."""

    item: Item
    reading: Reading
    bracketed: bool
    period: Period | None = None


def combined(s: Scan, found: list[Item]) -> Period | None:
    """The days of all that counts: the last of a rescheduled plan, the narrower in brackets, or from first to last."""
    brackets = _brackets(s)
    named = [Dated(i, i.reading, brackets[i.start]) for i in found if i.reading is not None]
    named = _ended(s, _counting(s, named))
    dated = [d for d in _placed(s, named) if d.period is not None]
    outer = [d.period for d in dated if not d.bracketed and d.period]
    inner = [d.period for d in dated if d.bracketed and d.period]
    if outer and inner and not dated[0].bracketed:
        return _narrowed(dated)
    return _hull(outer + inner)


def _brackets(s: Scan) -> list[bool]:
    """For each token whether it stands in brackets, which a scan may leave open."""
    inside = False
    result: list[bool] = []
    for token in s.tokens:
        inside = (inside or "open" in token.roles) and "close" not in token.roles
        result.append(inside)
    return result


def _counting(s: Scan, named: list[Dated]) -> list[Dated]:
    """Without what was the plan before, what only conditions it, and *nu* beside real dates."""
    kept: list[Dated] = []
    for d in named:
        before = s.back(d.item.start - 1, "colon")
        if s.has(before, "moved") and kept:
            kept = []
        elif kept and _conditional(s, kept[-1].item.end, d.item.start):
            continue
        kept.append(d)
    kept = [d for d in kept if not s.has(s.back(d.item.start - 1, "colon"), "was")] or kept
    return [d for d in kept if not s.has(d.item.start, "now")] or kept


def _ended(s: Scan, named: list[Dated]) -> list[Dated]:
    """With a deadline where a cell that names a start goes on to its end: ``start mei 2025, afronding juni 2026``."""
    result: list[Dated] = []
    started = False
    for d in named:
        if started and not d.reading.cue and d.item.start < s.cells:
            k = s.back(d.item.start - 1, "colon", "lead", "article")
            if d.reading.first.part == "end" or s.has(k, "finished"):
                d = replace(d, reading=replace(d.reading, cue="by"))
        started = started or d.reading.cue == "from"
        result.append(d)
    return result


def _conditional(s: Scan, start: int, end: int) -> bool:
    return any(s.has(k, "condition") for k in range(start, end))


def _placed(s: Scan, named: list[Dated]) -> list[Dated]:
    """With their days; in a cell a missing year is that of the next dated one, else of the one before."""
    years = [d.reading.year for d in named]
    placed: list[Dated] = []
    previous: date | None = None
    for k, d in enumerate(named):
        year, rolled = None, False
        if s.today is None and d.reading.yearless:
            year = next((y for y in years[k:] if y), None)
            if year is None:
                year, rolled = next((y for y in reversed(years[:k]) if y), None), True
        period = place(d.reading, s.today, year)
        if rolled and year and period and previous and (period.start or period.end or previous) < previous:
            period = place(d.reading, s.today, year + 1)
        if period is not None and period.start:
            previous = period.start
        placed.append(Dated(d.item, d.reading, d.bracketed, period))
    return placed


def _narrowed(dated: list[Dated]) -> Period | None:
    """A bracket behind a period narrows it: ``2025 (Q3-Q4)``; one that lies elsewhere is a remark."""
    result: list[Period] = []
    k = 0
    while k < len(dated):
        inside: list[Period] = []
        outer = dated[k].period
        k += 1
        while k < len(dated) and dated[k].bracketed:
            if (inner := dated[k].period) is not None:
                inside.append(inner)
            k += 1
        if outer is not None:
            result.append(_within(outer, _hull(inside)))
    return _hull(result)


def _within(outer: Period, inner: Period | None) -> Period:
    if inner is None or not outer.overlaps(inner):
        return outer
    start = max((d for d in (outer.start, inner.start) if d), default=None)
    end = min((d for d in (outer.end, inner.end) if d), default=None)
    return Period(start, end)


def _hull(periods: list[Period]) -> Period | None:
    """From the first start to the last end; a start and a deadline apart make one period."""
    if not periods:
        return None
    starts = [p.start for p in periods if p.start]
    ends = [p.end for p in periods if p.end]
    opens = any(p.end is None for p in periods)
    due = any(p.start is None for p in periods)
    start = min(starts) if starts and (opens or periods[0].start) else None
    end = max(ends) if ends and (due or not opens) else None
    return Period(start, end) if start is None or end is None or start <= end else None
