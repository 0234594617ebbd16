"""Cuts a text into words, numbers and signs.

Linear: every character is looked at once, and a text of more than ``MOST`` pieces is read up to there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice
from typing import Final

MOST: Final = 600
LETTER: Final = r"[^\W\d_]"

# The order matters: what looks like several things is the first of these. Scans lose spaces (Q12025) and read the 1
# as a letter (Ql), so those stand here too.
PIECE: Final = re.compile(
    rf"""
      \s+
    | (?P<quarter>  [Qq]\ ?[.-]?\ ?[0-9](?![0-9]|(?i:e|ste|de)(?!{LETTER})) | [Kk][0-9](?![0-9]|{LETTER})
                  | [QKqk][0-9](?=(?:19|20)[0-9]{{2}}(?![0-9])) | [Qq][0-9](?=[23][0-9](?![0-9]))
                  | [1-4][Qq](?!{LETTER}) | Q\ ?(?:[lI|!]{{1,3}}|IV)(?!{LETTER}) | Q[lI](?=en|tm|t/m) )
    | (?P<half>     [Hh][12](?![0-9]|{LETTER}) | [Hh][12](?=20[0-9]{{2}}(?![0-9]))
                  | [12]H(?!{LETTER}) | HJ\ ?[12](?![0-9]) )
    | (?P<isoweek>  [Ww][0-9]{{1,2}}(?![0-9]|{LETTER}) )
    | (?P<ordinal>  [0-9]{{1,2}}(?: (?i:e|ste|de|st|nd|rd|th)(?!{LETTER}) | [°º] | ['’-]e(?!{LETTER})
                  | (?i:e(?=kw|half|helft|tert|q(?!{LETTER}))) ) )
    | (?P<short>    ['’‘`´][0-9]{{2}}(?![0-9]) )
    | (?P<dotted>   [tT]/[mM](?={LETTER}{{3}}|[QKqk][1-4]) | [a-zA-Z](?:[./][a-zA-Z](?!{LETTER}))+ )
    | (?P<word>     {LETTER}[^\W\d_\u0300-\u036f]*(?:[\u0300-\u036f]+{LETTER}*)* )
    | (?P<number>   [0-9]+ )
    | (?P<compare>  [<>]= | [≤≥<] )
    | (?P<arrow>    [-–=]{{1,3}}> | [→➔➜»] | > )
    | (?P<dash>     [-‐‑‒–—―−]+ )
    | (?P<sign>     [^\w\s] )
    | \w+
    """,
    re.VERBOSE,
)
# Letters that a scan saw in figures: 2O25, Q42O25, 3O juni, l-10-2025, 1-l-2025.
MISREAD: Final = re.compile(
    r"""
      (?: (?<![^\W_]) | (?<=[QqKkHh][1-4]) ) 2[0Oo][0-9OoIl]{2} (?![^\W_])
    | (?<![^\W_]) (?: [0-9][OoIl] | [OoIl][0-9] ) (?![^\W_])
    | (?<![^\W_]) [lI][Oo]? (?= [-/.] [0-9OoIl]{1,2} [-/.] (?:20)? [0-9]{2} (?![^\W_]) )
    | (?<= [0-9OoIl] [-/.] ) [lI] (?= [-/.] (?:20)? [0-9]{2} (?![^\W_]) )
    """,
    re.VERBOSE,
)
LONGEST_SCAN: Final = 2000  # what is longer than a cell has no figures to mend
DIGITS: Final = str.maketrans("OoIl", "0011")
ARROW: Final = "→"

WORDS: Final = frozenset({"word", "dotted"})

Piece = tuple[str, str, int, int]


def plain(text: str) -> str:
    """Without capitals and diacritics."""
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))


def repaired(text: str) -> str:
    """The text with the letters in its figures read as digits; as long as ``text``."""
    if len(text) > LONGEST_SCAN:
        return text
    return MISREAD.sub(lambda match: match[0].translate(DIGITS), text)


def _one_sign(kind: str, piece: str) -> str:
    """The piece in plain letters; every dash is one dash, every arrow but > one arrow."""
    if kind == "dash":
        return "-"
    return ARROW if kind == "arrow" and piece != ">" else plain(piece)


def cut(text: str) -> Iterator[Piece]:
    """The pieces of a text as (kind, the piece in plain letters, start, end), without the points of abbreviations."""
    before = None
    for match in islice(PIECE.finditer(text), MOST):
        kind = match.lastgroup
        if kind is not None:
            start, end = match.span()
            norm = _one_sign(kind, match[0])
            if norm != "." or before not in WORDS:
                yield kind, norm, start, end
        before = kind
