"""How big a card is on the wire, measured so that no way of writing the JSON makes it bigger."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import orjson

from bot.cards.elements import Element

LIMIT = 28_000
Room = TypeVar("Room")


def size(card: Element) -> int:
    """Bytes: the larger of UTF-16 and of JSON that escapes all but ASCII and puts spaces behind commas and colons."""
    raw = orjson.dumps(card)
    spaces = raw.count(b",") + raw.count(b":")
    if raw.isascii():
        return max(2 * len(raw), len(raw) + spaces)
    text = raw.decode()
    units = len(text.encode("utf-16-le")) // 2
    plain = len(text.encode("ascii", "ignore"))
    return max(2 * units, plain + 6 * (units - plain) + spaces)


def fitting(build: Callable[[Room], Element], rooms: Iterable[Room]) -> Element:
    """The first card that stays within the limit; the last room must always do."""
    made: Element = {}
    for room in rooms:
        made = build(room)
        if size(made) <= LIMIT:
            break
    return made
