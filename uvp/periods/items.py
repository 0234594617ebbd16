"""Everything in a text that is a timing, in order and without overlap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from uvp.periods import operands, phrases, recurring
from uvp.periods.placing import Reading
from uvp.periods.recurring import Recurring
from uvp.periods.scan import Scan

STARTS: Final = operands.STARTS | phrases.STARTS | recurring.STARTS
PARTS_OF_YEARS: Final = frozenset({"week", "month", "quarter", "third", "half"})
DATING: Final = ("before", "after", "by", "from", "since")


@dataclass(frozen=True, slots=True)
class Item:
    """What was read at ``tokens[start:end]``: a reading of days or a recurrence."""

    start: int
    end: int
    reading: Reading | None = None
    recurring: Recurring | None = None


def items(s: Scan) -> list[Item]:
    """The items of a text."""
    found: list[Item] = []
    i = done = 0
    while i < len(s.tokens):
        roles = s.tokens[i].roles
        item = None if not roles or STARTS.isdisjoint(roles) else _item(s, i, done)
        if item is None:
            i += 1
            continue
        if not _names_document(s, item) and not _remnant(s, item, done):
            found.append(item)
        i = done = item.end
    return found


def _item(s: Scan, i: int, done: int) -> Item | None:
    again = recurring.recurring(s, i)
    if again is not None:
        return Item(max(done, again.start), again.end, recurring=again)
    try:
        read = phrases.timing(s, i)
    except (ValueError, OverflowError):  # today is at the edge of the calendar
        return None
    return None if read is None else Item(i, read[1], reading=read[0])


def _remnant(s: Scan, item: Item, done: int) -> bool:
    """Whether a year in a cell is all that could be read of more: ``x-10-2025``, ``Q? 2025``, ``?e kwartaal 2026``."""
    k = item.start - 1
    if item.start >= s.cells or item.reading is None or item.reading.first.kind != "year" or k < done:
        return False
    if s.has(k, "dash", "slash", "dot"):
        return s[item.start].glued and s[k].glued and s.has(k - 1, "number", "ordinal", "month")
    k = s.back(k, "stop", "of_link", "article")
    return k >= done and s.get(k, "unit") in PARTS_OF_YEARS and not s.has(k, "plural")


def _names_document(s: Scan, item: Item) -> bool:
    """``vóór de kadernota 2021``: a year that is part of a document's name; in a question only behind a boundary."""
    if item.reading is None or item.reading.first.kind not in ("year", "unknown"):
        return False
    k = item.start - 1 if s.has(item.start, "year", "number") else item.start
    if not s.has(k, "document"):
        return False
    return s.today is None or s.has(k - 1 - s.has(k - 1, "article"), *DATING)
