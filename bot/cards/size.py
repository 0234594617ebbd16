"""How big a card is on the wire, measured so that no way of writing the JSON makes it bigger."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import orjson

from bot.cards.elements import Element

LIMIT = 28_000
Room = TypeVar("Room")
_NON_ASCII = bytes(range(0x80, 0x100))


def size(card: Element) -> int:
    """Bytes at most: as UTF-16, or as JSON that escapes all but ASCII and puts spaces behind commas and colons."""
    raw = orjson.dumps(card)
    ascii_bytes = len(raw.translate(None, _NON_ASCII))
    # Each character that is not ASCII takes two to four bytes here, and six to twelve when it is escaped.
    escaped = ascii_bytes + 3 * (len(raw) - ascii_bytes) + raw.count(b",") + raw.count(b":")
    return max(2 * len(raw), escaped)


def fitting(build: Callable[[Room], Element], rooms: Iterable[Room]) -> Element:
    """The first card that stays within the limit; the last room must always do."""
    made: Element = {}
    for room in rooms:
        made = build(room)
        if size(made) <= LIMIT:
            break
    return made
