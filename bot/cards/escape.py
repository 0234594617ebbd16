"""Text from people and documents, made safe to put on a card.

Rows and notes stand in text runs, which no client reads as Markdown; only headings stand in text blocks, which every
client does. Why, and what was tried, stands in the decision record on text in cards.
"""

from __future__ import annotations

import re

# Joins what it stands between, takes no room and is not read aloud: it breaks a sequence without changing its looks.
_JOINER = "\u2060"
# Control characters, marks that turn the reading direction of what follows, and halves of characters.
_DROPPED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
# ``{{DATE(…)}}`` is filled in by clients in every text, ``<at>`` is a mention and ``](`` the heart of a link.
_ACTIVE = re.compile(r"\{(?=\{)|<(?=/?\w)|\](?=\()")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>~|])")
_LINE_START = re.compile(r"(\s*)([#+\-=]|\d+(?=[.)]))")


def plain(text: str, limit: int = 200) -> str:
    """One line of at most ``limit`` characters without anything that a client takes for an instruction."""
    if not text.isprintable():
        text = _DROPPED.sub("", " ".join(text.split()))
    if "{{" in text or "<" in text or "](" in text:
        text = _ACTIVE.sub(rf"\g<0>{_JOINER}", text)
    return text if len(text) <= limit else shorten(text, limit)


def shorten(text: str, limit: int) -> str:
    """At most ``limit`` characters, ending in an ellipsis where something was cut."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def escape_markdown(text: str, limit: int = 200) -> str:
    """The same line for where Markdown is read: each character that means something there gets a backslash.

    The result may be up to twice as long as ``limit``; some mobile clients show the backslashes.
    """
    line = plain(text, limit)
    # Most lines hold no such character, and looking for one costs less than replacing none.
    if _MARKDOWN.search(line):
        line = _MARKDOWN.sub(r"\\\1", line)
    start = _LINE_START.match(line)
    return _escape_start(*start.groups()) + line[start.end() :] if start else line


def _escape_start(spaces: str, mark: str) -> str:
    """A number keeps its digits: the dot or bracket that makes it a list gets the backslash, by way of a joiner."""
    return f"{spaces}{mark}{_JOINER}" if mark.isdigit() else f"{spaces}\\{mark}"
