"""Addresses of the web in what people wrote: they can be pressed, and what is shown is where they lead."""

from __future__ import annotations

import re

from bot.cards.elements import Element, run
from bot.cards.escape import plain

# An address stands by itself: behind anything but a space it may be the hidden half of a link in Markdown or markup.
# What those are made of ends it, and a full stop or bracket behind it is the sentence's.
_END = r"\s<>\"'{}\[\]\\^`|\u2026\u2060"
_ADDRESS = re.compile(rf"(?<!\S)https?://[^{_END}]*[^{_END}.,;:!?)]", re.IGNORECASE)


def linked(text: str, limit: int) -> list[Element]:
    """One line of at most ``limit`` characters as text runs. An address that was cut off is no link."""
    line = plain(text, limit)
    if "://" not in line:
        return [run(line)]
    runs, done = [], 0
    for found in _ADDRESS.finditer(line):
        if line[found.end() :] == "…":
            break
        if before := line[done : found.start()]:
            runs.append(run(before))
        runs.append(_link(found.group()))
        done = found.end()
    if rest := line[done:]:
        runs.append(run(rest))
    return runs


def _link(address: str) -> Element:
    return {**run(address), "color": "Accent", "selectAction": {"type": "Action.OpenUrl", "url": address}}
