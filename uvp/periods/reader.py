"""Reads a whole text as one timing, or finds the timings in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from uvp.period import Period, Timing
from uvp.periods.combining import combined
from uvp.periods.items import Item, items
from uvp.periods.placing import place
from uvp.periods.recurring import WEAK, yearly_event
from uvp.periods.scan import EVERYWHERE, Scan
from uvp.periods.tokens import tokens
from uvp.periods.units import DAY
from uvp.periods.vocabulary import vocabulary

BEFORE: Final = ("lead", "of_link", "between", "for", "range_before")


@dataclass(frozen=True, slots=True)
class Found:
    """A timing in a text: ``text[start:end]``, with its days or how often it recurs."""

    start: int
    end: int
    period: Period | None
    recurrence: str | None


def find_periods(text: str, today: date, plan: Period | None = None) -> tuple[Found, ...]:
    """Every separate timing in a sentence, in order; what cannot be told is left to the sentence.

    Offsets are characters of ``text``. A preposition or article before a timing is part of it.
    """
    s = Scan(tokens(text, vocabulary()), today, plan)
    found = items(s)
    years = _years(s, found)
    result: list[Found] = []
    done = 0
    for item, year in zip(found, years, strict=True):
        period = place(item.reading, today, year) if item.reading is not None else None
        label = item.recurring.label if item.recurring is not None else None
        if period is None and label is None:
            continue
        start = _opening(s, item.start, done)
        done = item.end
        result.append(Found(s.tokens[start].start, s.tokens[item.end - 1].end, period, label))
    return tuple(result)


def _opening(s: Scan, start: int, done: int) -> int:
    """Where a timing starts with its article and prepositions: two at most, and no part of a verb before another."""
    if start > done and s.has(start - 1, "article") and not s.has(start - 1, "or"):
        start -= 1
    second = s.has(start, *BEFORE)
    while start > done and s.has(start - 1, *BEFORE) and not s.has(start - 1, "or"):
        if second and s.has(start - 1, "particle"):
            break
        start -= 1
        if second:
            break
        second = True
    return start


def _years(s: Scan, found: list[Item]) -> list[int | None]:
    """The year that a timing takes from the one it is compared with: ``Q1 vergeleken met Q2 2026``."""
    years: list[int | None] = [None] * len(found)
    for k in range(len(found) - 2, -1, -1):
        left, right = found[k], found[k + 1]
        if left.reading and right.reading and left.reading.yearless and s.has(left.end, "or", "versus"):
            years[k] = right.reading.year or years[k + 1]
    return years


def read_timing(text: str, today: date | None = None, plan: Period | None = None) -> Timing:
    """The whole text as one timing: a cell of a plan (``today`` None: nothing is guessed) or a question."""
    s = Scan(tokens(text, vocabulary()), today, plan, EVERYWHERE if today is None else 1)
    found = items(s)
    period = combined(s, found)
    label = _label(s, found, period)
    if period is None and today is not None and not any(item.reading for item in found):
        period = _overdue(s, today)
    return Timing(text, period, label)


def _overdue(s: Scan, today: date) -> Period | None:
    """What is late ended before today."""
    if today > date.min and any("overdue" in token.roles for token in s.tokens):
        return Period(None, today - DAY)
    return None


def _label(s: Scan, found: list[Item], period: Period | None) -> str | None:
    """How often: the first that is named, a precise one before *periodiek*; conditions say nothing beside dates."""
    again = [item.recurring for item in found if item.recurring is not None]
    labels = [r.label for r in again if not (r.conditional and period is not None)]
    strong = [label for label in labels if label not in WEAK]
    if strong or labels:
        return (strong or labels)[0]
    if s.today is None and len(s.tokens) == 1:
        label: str | None = s.get(0, "whole_cell")
        return label
    return yearly_event(s) if s.today is None and period is None else None
