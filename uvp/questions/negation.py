"""What a sentence denies or excludes: *niet zorg*, *behalve die van Bergman*, *op Wijchen na*, *zorg uitgezonderd*."""

from __future__ import annotations

from collections.abc import Iterable

from uvp.questions.phrases import Match
from uvp.questions.sentence import Sentence

_BEFORE_NAMES = frozenset(
    {"pronoun", "title", "honorific", "action", "thing", "plan", "section", "deadline", "also", "and", "what"}
)


def is_negated(s: Sentence, at: int) -> bool:
    """Whether something excludes or denies the word at an index."""
    return is_excepted(s, at) or any(
        m.end <= at <= m.end + 1
        and not s.ends_clause(m.end - 1)  # *nee toch niet, vertraagd*
        and all(s.words[i].kind == "stop" for i in range(m.end, at))
        for m in s.signs.get("not", ())
    )


def is_excepted(s: Sentence, at: int, first: bool = False) -> bool:
    """Whether *except* before, *left aside* behind or *op … na* around it governs the word at an index.

    ``first`` asks whether it is the first of what is excluded (*behalve Bergman dit kwartaal* excludes no quarter).
    """
    before = (m for m in s.signs.get("except", ()) if m.end <= at and not _closes(s, m))
    return (
        any(_leads_to(s, range(m.end, at), first) for m in before)
        or any(_follows(s, at, m) for m in s.signs.get("left_aside", ()))
        or _is_around(s, at)
        or any(_denies_clause(s, at, m) for m in s.signs.get("not", ()))
    )


def _leads_to(s: Sentence, between: Iterable[int], first: bool = False) -> bool:
    """Whether only *die van burgemeester …* and then an enumeration of names stands between."""
    named = False
    for i in between:
        named = named or s.words[i].kind in ("name", "code", "period")
        if (first and named) or not (_continues(s, i) or (not named and _says(s, i) <= _BEFORE_NAMES)):
            return False
    return True


def _continues(s: Sentence, index: int) -> bool:
    """Whether an enumeration of names goes on over this word."""
    return s.words[index].kind in ("stop", "name", "code") or s.words[index].token.word in s.grammar.and_or


def _says(s: Sentence, index: int) -> set[str]:
    """The signs that a word is part of; the word itself where it is none."""
    signs = {e.value for m in s.matches if m.start <= index < m.end for e in m.entries if e.kind == "sign"}
    return signs & _BEFORE_NAMES or {s.words[index].token.word}


def _closes(s: Sentence, match: Match) -> bool:
    """*Zorg uitgezonderd, wat …*: what could stand before a name stands behind one and ends the clause."""
    if not any(e.value == "left_aside" for e in match.entries) or not match.start:
        return False
    return match.end == len(s.words) or s.ends_clause(match.end - 1)


def _follows(s: Sentence, at: int, match: Match) -> bool:
    """*Zorg niet meegerekend*: names and nothing but small words before what leaves them aside."""
    leads = any(e.value == "except" for e in match.entries) and not _closes(s, match)
    return not leads and at < match.start and all(_continues(s, i) for i in range(at, match.start))


def _denies_clause(s: Sentence, at: int, match: Match) -> bool:
    """*…, maar die van Bergman niet*: a clause of its own of names and *not*."""
    if at >= match.start or not (match.end == len(s.words) or s.ends_clause(match.end - 1)):
        return False
    first = at
    while first and not s.ends_clause(first - 1):
        if s.words[first - 1].token.word in s.grammar.but:
            break
        first -= 1
    return first > 0 and _leads_to(s, range(first, match.start))


def _is_around(s: Sentence, at: int) -> bool:
    """*Op zorg na*."""
    end = next((i for i in range(at, len(s.words)) if s.words[i].token.word in s.grammar.closes), -1)
    if end < 0 or s.words[end].kind == "period" or not all(_continues(s, i) for i in range(at + 1, end)):
        return False
    start = next((i for i in range(at - 1, -1, -1) if s.words[i].token.word in s.grammar.encloses), -1)
    return start >= 0 and s.words[start].kind != "period" and _leads_to(s, range(start + 1, at))
