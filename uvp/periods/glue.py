"""Puts back what a scan or haste took away: lost spaces, broken words, digits for letters (rule 12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from uvp.periods.lexer import Piece
from uvp.periods.roles import Roles

LETTERS_AS_DIGITS: Final = str.maketrans("ilos", "1105")
LONE_ONE: Final = frozenset({"l", "i"})
LEFT: Final = frozenset({"ordinal", "this", "next", "previous", "part", "every", "per", "from", "by", "times"})
RIGHT: Final = frozenset({"unit", "month", "season", "half_of", "weekday", "plan_period", "per", "per_abbreviation"})
NAMES: Final = frozenset({"month", "season", "weekday", "half_of"})
SHORT: Final = LEFT - {"times"}  # of these, words of one or two letters begin too many other words
SHORTEST: Final = 3
GLUED_LENGTH: Final = range(3, 25)
MOST_GLUED: Final = 4  # twee keer per jaar

Words = Mapping[str, Roles]
Mended = tuple[list[Piece], int]


def as_scanned(word: str) -> str:
    """The word with its letters as the digits that a scan may see: apri1 and april are both apr11."""
    return word.translate(LETTERS_AS_DIGITS)


def mended(pieces: list[Piece], i: int, words: Words, scanned: Mapping[str, str]) -> bool:
    """Whether the piece at ``i`` was put right, with those behind it; ``pieces`` then holds what it must have been.

    ``scanned`` gives the words of time by how a scan may spell them.
    """
    if pieces[i][0] == "number":
        right = _with_digits(pieces, i, scanned)
    elif pieces[i][1] in words:
        right = _broken_at_dash(pieces, i, words) or _with_digits(pieces, i, scanned)
    else:
        right = (
            _quarter_behind(pieces, i, words)
            or _with_digits(pieces, i, scanned)
            or _broken(pieces, i, words)
            or _lone_one(pieces, i, words)
            or _glued(pieces[i], words)
        )
    if right is None:
        return False
    parts, size = right
    pieces[i : i + size] = parts
    return True


def _quarter_behind(pieces: Sequence[Piece], i: int, words: Words) -> Mended | None:
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


def _with_digits(pieces: Sequence[Piece], i: int, scanned: Mapping[str, str]) -> Mended | None:
    """``apri1``, ``n0v``, ``0ktober``: one word of time, of letters and digits that stand against each other."""
    joined, found = pieces[i][1], None
    for size in (2, 3):
        if i + size > len(pieces) or pieces[i + size - 1][2] != pieces[i + size - 2][3]:
            break
        kind, norm, _, end = pieces[i + size - 1]
        if kind not in ("word", "number"):
            break
        joined += norm
        if word := scanned.get(as_scanned(joined)):
            found = [("word", word, pieces[i][2], end)], size
    return found


def _broken(pieces: Sequence[Piece], i: int, words: Words) -> Mended | None:
    """``kwar taal``, and ``kwar-`` before ``taal``: one known word in pieces."""
    _, norm, start, end = pieces[i]
    if i + 1 == len(pieces):
        return None
    kind, behind, behind_start, behind_end = pieces[i + 1]
    if kind == "word" and norm + behind in words and behind not in words:
        return [("word", norm + behind, start, behind_end)], 2
    return _broken_at_dash(pieces, i, words) if behind == "-" and behind_start == end else None


def _broken_at_dash(pieces: Sequence[Piece], i: int, words: Words) -> Mended | None:
    """``kwar-`` and ``taal``, ``jaar-`` and ``lijks``: the one known word.

    If its tail is a word as well, only where the line broke: ``door-`` and ``lopend``, but not ``na-jaar``.
    """
    if i + 2 >= len(pieces) or pieces[i + 1][1] != "-" or pieces[i + 2][0] != "word":
        return None
    line_ends = pieces[i][3] == pieces[i + 1][2] and pieces[i + 1][3] < pieces[i + 2][2]
    if pieces[i + 2][1] in words and not line_ends:
        return None
    joined = pieces[i][1] + pieces[i + 2][1]
    return ([("word", joined, pieces[i][2], pieces[i + 2][3])], 3) if joined in words else None


def _lone_one(pieces: Sequence[Piece], i: int, words: Words) -> Mended | None:
    """``l juli``: the first; but ``I may`` says something else."""
    _, norm, start, end = pieces[i]
    if norm not in LONE_ONE or i + 1 == len(pieces):
        return None
    month = words.get(pieces[i + 1][1], {})
    return ([("number", "1", start, end)], 1) if "month" in month and "shy" not in month else None


def _glued(piece: Piece, words: Words) -> Mended | None:
    """``ditjaar``, ``xperjaar``, ``doorlopendin``: known words that may stand beside each other."""
    _, norm, start, _ = piece
    if len(norm) not in GLUED_LENGTH:
        return None
    parts: list[Piece] = []
    for word in _cut(norm, words, MOST_GLUED) or ():
        parts.append(("word", word, start, start + len(word)))
        start += len(word)
    return (parts, 1) if parts else None


def _cut(norm: str, words: Words, most: int) -> list[str] | None:
    """The known words that ``norm`` consists of, two at least."""
    for at in range(1, len(norm) - 1):
        left = words.get(norm[:at])
        if left is None or (at < SHORTEST and not SHORT.isdisjoint(left)):
            continue
        right = words.get(norm[at:])
        if right is not None:
            if _beside(left, right):
                return [norm[:at], norm[at:]]
        elif most > 2 and (rest := _cut(norm[at:], words, most - 1)) and _beside(left, words[rest[0]]):
            return [norm[:at], *rest]
    return None


def _beside(left: Roles, right: Roles) -> bool:
    if "recurrence" in left:
        return "lead" in right or "from" in right
    if "shy" in right:
        return False
    if "number" in left and "times" in right:
        return True
    if LEFT.isdisjoint(left) or "part" in left:
        return ("lead" in left or "part" in left) and not NAMES.isdisjoint(right)
    return not RIGHT.isdisjoint(right) or ("by" in left and "part" in right)
