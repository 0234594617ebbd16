"""What people say around a question: for which occasion it is, and who asked it."""

from __future__ import annotations

from uvp.questions.lexicon import Lexicon
from uvp.questions.sentence import Sentence

_DAYS = 7  # an occasion is on a day or in a week
_NEAR = 5  # small words between a preposition, an occasion and its day
_ASKS = ("what", "who", "when", "count", "progress", "list", "detail", "history", "action", "deadline")


def without_occasion(s: Sentence, lexicon: Lexicon) -> str | None:
    """The text without *voor het overleg van morgen*; None where it names no occasion with a day."""
    for start, end, found in s.periods:
        period = found.period
        if period is None or period.start is None or period.end is None or (period.end - period.start).days >= _DAYS:
            continue
        opening = _opening(s, start, lexicon)
        closing = end
        if opening is None and (closing := _closing(s, end, lexicon)):
            opening = _preposition(s, start, lexicon)
        if opening is not None and closing - opening < len(s.words):
            return f"{s.text[: s.words[opening].start]} {s.text[s.words[closing - 1].end :].lstrip(' ,')}".strip()
    return None


def _opening(s: Sentence, start: int, lexicon: Lexicon) -> int | None:
    """Where *voor het overleg van* begins that leads to the time at an index."""
    for at in range(start, max(-1, start - _NEAR), -1):
        if s.following(at) in lexicon.occasions:
            return _preposition(s, at, lexicon)
    return None


def _closing(s: Sentence, end: int, lexicon: Lexicon) -> int:
    """The end of *for tomorrow's meeting*, whose time ends at an index; 0 where it goes on otherwise."""
    return next((at + 1 for at in range(end, min(len(s.words), end + 2)) if s.following(at) in lexicon.occasions), 0)


def _preposition(s: Sentence, at: int, lexicon: Lexicon) -> int | None:
    """The preposition that leads to what begins at an index."""
    for before in range(at, max(-1, at - _NEAR), -1):
        if s.following(before) in lexicon.before_occasions:
            return before
    return None


def relayed(s: Sentence) -> str | None:
    """What *de raad wil weten* leads to; None where nobody is quoted."""
    quotes = s.signs.get("relay", ())
    if not quotes or quotes[0].end >= len(s.words) or (s.has("we") and quotes[0].start < 2):
        return None
    return s.text[s.words[quotes[0].end].start :]


def asks_something(s: Sentence) -> bool:
    """Whether a text begins with what it asks for."""
    return any(s.at(sign) in (0, 1) for sign in _ASKS)
