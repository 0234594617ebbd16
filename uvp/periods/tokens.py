"""From a text to tokens with roles: phrases joined, typing errors seen through, lost spaces put back."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from uvp.periods.glue import mended
from uvp.periods.lexer import WORDS, Piece, cut, repaired
from uvp.periods.roles import NOTHING, Roles
from uvp.periods.vocabulary import Vocabulary

YEARS: Final = range(1950, 2100)
SCANNED_YEAR: Final = re.compile(r"20[0-9]{2}7")  # the scan read the question mark behind the year as 7
CENTURY: Final = 80  # two digits from here on are of the century before
CORRECTIONS: Final = 80  # unknown words looked up per text: bounds the work on a hostile one
SIGNS: Final = {
    "-": "dash",
    "/": "slash",
    ",": "comma",
    ":": "colon",
    ";": "stop",
    "(": "open",
    "[": "open",
    ")": "close",
    "]": "close",
    ".": "dot",
    ">": "arrow",
    "&": "and",
    "+": "and",
}
SIGN_ROLES: Final = {sign: {kind: True} for sign, kind in SIGNS.items()} | {
    "+": {"and": True, "plus": True},
    "→": {"arrow": True, "moved": True},
    "<=": {"by": True},
    "≤": {"by": True},
    "<": {"before": True},
    ">=": {"from": True},
    "≥": {"from": True},
    "?": {"stop": True},
    "!": {"stop": True},
    "%": {"counted": True},
    "€": {"numbered": True},
    "§": {"numbered": True},
    "×": {"times": True},
}


class Token(NamedTuple):
    """A piece of the text: ``text[start:end]``, what it may mean, and whether it stands against the one before."""

    norm: str
    start: int
    end: int
    roles: Roles
    glued: bool
    stressed: bool = False  # written with accents: vóór


def two_digit_year(number: int) -> int:
    """15 is 2015, 95 is 1995."""
    return number + (2000 if number < CENTURY else 1900)


@lru_cache(maxsize=4096)
def _number(digits: str) -> Roles:
    if len(digits) == 5 and SCANNED_YEAR.fullmatch(digits):
        digits = digits[:4]
    if len(digits) > 8:
        return NOTHING
    number = int(digits)
    if len(digits) == 4 and number in YEARS:
        return {"number": number, "year": number, "figure": digits}
    return {"number": number, "figure": digits}


@lru_cache(maxsize=4096)
def _coded(kind: str, norm: str) -> Roles:
    """The roles of a piece that is more than a word: Q1, W14, 2e, '25."""
    digits = "".join(c for c in norm if c in "0123456789")
    number = int(digits) if digits else _roman(norm)
    match kind:
        case "short":
            return {"year": two_digit_year(number)}
        case "quarter" | "half" | "isoweek":
            return {kind: number}
        case _:
            return {"ordinal": number, "spelled": True}


def _roman(norm: str) -> int:
    """``QIV``, ``QII``, and ``Ql`` from a scan."""
    return 4 if norm.endswith("iv") else sum(c in "il|!" for c in norm)


def tokens(text: str, vocabulary: Vocabulary) -> tuple[Token, ...]:
    """The tokens of a text; signs without a meaning are left out."""
    pieces = list(cut(repaired(text)))
    found: list[Token] = []
    plainly = text.isascii()
    budget = CORRECTIONS
    i, last = 0, -1
    while i < len(pieces):
        kind, norm, start, end = pieces[i]
        roles: Roles | None
        if (phrase := _phrase(pieces, i, vocabulary)) is not None:
            size, roles = phrase
            i += size
            end = pieces[i][3]
        elif (roles := vocabulary.words.get(norm)) is None and kind in WORDS:
            roles = NOTHING
            if budget and kind == "word":
                budget -= 1
                if norm not in vocabulary.no_typo and mended(pieces, i, vocabulary.words, vocabulary.scanned):
                    continue
                roles = vocabulary.corrected(norm)
        elif budget and _splits(pieces, i) and mended(pieces, i, vocabulary.words, vocabulary.scanned):
            budget -= 1
            continue
        elif roles is None:
            roles = _roles(kind, norm)
        i += 1
        if roles or kind != "sign":
            found.append(Token(norm, start, end, roles, start == last, not plainly and not text[start:end].isascii()))
            last = end
    return tuple(found)


def _splits(pieces: list[Piece], i: int) -> bool:
    """Whether a word or number runs on into the next piece, so that both may be parts of another word."""
    if i + 1 == len(pieces) or pieces[i + 1][2] != pieces[i][3]:
        return False
    match pieces[i][0], pieces[i + 1][0]:
        case ("word", "dash" | "number") | ("number", "word"):
            return True
        case _:
            return False


def _roles(kind: str, norm: str) -> Roles:
    match kind:
        case "number":
            return _number(norm)
        case "sign" | "dash" | "arrow" | "compare":
            return SIGN_ROLES.get(norm, NOTHING)
        case _:
            return _coded(kind, norm)


def _phrase(pieces: list[Piece], i: int, vocabulary: Vocabulary) -> tuple[int, Roles] | None:
    """How many further pieces the longest phrase at ``i`` takes, with its roles."""
    for rest, roles in vocabulary.phrases.get(pieces[i][1], ()):
        if len(rest) < len(pieces) - i and all(pieces[i + k][1] == word for k, word in enumerate(rest, start=1)):
            return len(rest), roles
    return None
