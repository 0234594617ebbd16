"""Puts back what a scan or haste took away: lost spaces, broken words, digits for letters (rule 12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from uvp.periods.lexer import Piece
from uvp.periods.roles import Roles

LETTER_FOR_DIGIT: Final = {"1": "li", "0": "o"}
LEFT: Final = frozenset({"ordinal", "this", "next", "previous", "part", "every", "per", "from", "by", "times"})
RIGHT: Final = frozenset({"unit", "month", "season", "half_of", "weekday", "plan_period", "per", "per_abbreviation"})
NAMES: Final = frozenset({"month", "season", "weekday", "half_of"})
SHORT: Final = LEFT - {"times"}  # of these, words of one or two letters begin too many other words
SHORTEST: Final = 3

Words = Mapping[str, Roles]


def mended(pieces: list[Piece], i: int, words: Words) -> bool:
    """Whether the piece at ``i`` was put right, with those behind it; ``pieces`` then holds what it must have been."""
    if pieces[i][1] in words:
        right = _broken_at_dash(pieces, i, words)
    else:
        right = _quarter_behind(pieces, i, words) or _broken(pieces, i, words) or _two_words(pieces[i], words)
    if right is None:
        return False
    parts, size = right
    pieces[i : i + size] = parts
    return True


def _quarter_behind(pieces: Sequence[Piece], i: int, words: Words) -> tuple[list[Piece], int] | None:
    """``enQ2``, ``t/mQ32026``: a known word, Q and its number."""
    _, norm, start, end = pieces[i]
    if norm[-1] not in "qk" or i + 1 == len(pieces) or norm[:-1] not in words:
        return None
    kind, digits, number_start, number_end = pieces[i + 1]
    if kind != "number" or number_start != end or len(digits) not in (1, 5):
        return None
    parts: list[Piece] = [("word", norm[:-1], start, end - 1), ("quarter", "q" + digits[0], end - 1, end + 1)]
    if len(digits) == 5:
        parts.append(("number", digits[1:], end + 1, number_end))
    return parts, 2


def _broken(pieces: Sequence[Piece], i: int, words: Words) -> tuple[list[Piece], int] | None:
    """``apri1``, ``ju1i``, ``kwar taal``, and ``kwar-`` before ``taal``: one known word in pieces."""
    _, norm, start, end = pieces[i]
    if i + 1 == len(pieces):
        return None
    if pieces[i + 1][0] == "word" and norm + pieces[i + 1][1] in words and pieces[i + 1][1] not in words:
        return [("word", norm + pieces[i + 1][1], start, pieces[i + 1][3])], 2
    if pieces[i + 1][2] != end:
        return None
    _, sign, _, sign_end = pieces[i + 1]
    tail = pieces[i + 2] if i + 2 < len(pieces) and pieces[i + 2][0] == "word" else None
    if sign == "-":
        return _broken_at_dash(pieces, i, words)
    for letter in LETTER_FOR_DIGIT.get(sign, ""):
        if norm + letter in words:
            return [("word", norm + letter, start, sign_end)], 2
        if tail and tail[2] == sign_end and norm + letter + tail[1] in words:
            return [("word", norm + letter + tail[1], start, tail[3])], 3
    return None


def _broken_at_dash(pieces: Sequence[Piece], i: int, words: Words) -> tuple[list[Piece], int] | None:
    """``kwar-`` and ``taal``, ``jaar-`` and ``lijks``: the one known word, unless its tail is a word as well."""
    if i + 2 >= len(pieces) or pieces[i + 2][0] != "word" or pieces[i + 2][1] in words:
        return None
    joined = pieces[i][1] + pieces[i + 2][1]
    return ([("word", joined, pieces[i][2], pieces[i + 2][3])], 3) if joined in words else None


def _two_words(piece: Piece, words: Words) -> tuple[list[Piece], int] | None:
    """``ditjaar``, ``perkwartaal``, ``xper``, ``doorlopendin``: two known words that may stand beside each other."""
    _, norm, start, _ = piece
    if not 3 <= len(norm) <= 24:
        return None
    for at in range(1, len(norm) - 1):
        left = words.get(norm[:at])
        if left is None or (at < SHORTEST and not SHORT.isdisjoint(left)):
            continue
        right = words.get(norm[at:])
        if right is not None and _beside(left, right):
            return [("word", norm[:at], start, start + at), ("word", norm[at:], start + at, start + len(norm))], 1
    return None


def _beside(left: Roles, right: Roles) -> bool:
    if "recurrence" in left:
        return "lead" in right or "from" in right
    if "shy" in right:
        return False
    if LEFT.isdisjoint(left) or "part" in left:
        return ("lead" in left or "part" in left) and not NAMES.isdisjoint(right)
    return not RIGHT.isdisjoint(right)
