"""A message as words: cleaned, folded and stemmed, with the place of every word in the cleaned text.

Nothing here knows the plan or a language's data. All work is bounded by the limits below, so that a hostile message
costs no more than a long one.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

TEXT_LIMIT = 2_000
TOKEN_LIMIT = 200
WORD_LIMIT = 40

_MENTION = re.compile(r"<at\b[^<>]{0,80}>[^<>]{0,80}</at>", re.IGNORECASE)
_LEADING_MENTION = re.compile(r"^\s*@[^\s,:]{1,40}[,:]?\s*")
_WORD = re.compile(r"[^\W_]+(?:['’`´][^\W_]+)*")
_NUMBER_THEN_LETTERS = re.compile(r"(\d+)([a-z]{3,})")
_INVISIBLE = dict.fromkeys(
    [*range(0x09), *range(0x0E, 0x20), 0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF]
)
_APOSTROPHES = str.maketrans("", "", "'’`´")


class Token(NamedTuple):
    """A word: as folded (``word``), as stemmed (``key``), and where it stands in the text (``start``, ``end``)."""

    word: str
    key: str
    start: int
    end: int


def clean(text: str) -> tuple[str, bool]:
    """The text on one line without mentions, entities and invisible characters, and whether it was cut off."""
    pieces = text.split(None, 2 * TOKEN_LIMIT)
    text = " ".join(pieces[: 2 * TOKEN_LIMIT])
    cut = len(pieces) > 2 * TOKEN_LIMIT or len(text) > TEXT_LIMIT
    text = text[:TEXT_LIMIT]
    if "&" in text:
        text = html.unescape(text)
    if not text.isascii():
        text = text.translate(_INVISIBLE)
    if "<" in text:
        text = _MENTION.sub(" ", text)
    return " ".join(_LEADING_MENTION.sub("", text).split()), cut


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    base = unicodedata.normalize("NFKD", char)[:1].lower()
    return base if len(base) == 1 else char


def fold(text: str) -> str:
    """Lower case without diacritics, as long as the text itself, so that places stay valid."""
    return text.lower() if text.isascii() else "".join(map(_fold_char, text))


def tokens(folded: str) -> list[Token]:
    """The words of a folded text, at most ``TOKEN_LIMIT``; a number glued to a word is a word of its own."""
    found: list[Token] = []
    for match in _WORD.finditer(folded):
        raw, start = match.group(), match.start()
        glued = _NUMBER_THEN_LETTERS.fullmatch(raw)
        if glued:
            middle = start + len(glued[1])
            found.append(token(glued[1], start, middle))
            found.append(token(glued[2], middle, match.end()))
        else:
            found.append(token(raw, start, match.end()))
        if len(found) >= TOKEN_LIMIT:
            break
    return found


def token(word: str, start: int, end: int) -> Token:
    """A token from a folded word."""
    plain = word.translate(_APOSTROPHES)[:WORD_LIMIT]
    return Token(plain, stem(plain), start, end)


def words(text: str) -> list[str]:
    """The folded words of a text of the plan or of the language data."""
    return [t.word for t in tokens(fold(text))]


def swaps(word: str) -> Iterator[str]:
    """The word with two neighbours swapped, in every way."""
    for i in range(len(word) - 1):
        yield word[:i] + word[i + 1] + word[i] + word[i + 2 :]


def keys(text: str) -> tuple[str, ...]:
    """The stems of a text of the plan or of the language data."""
    return tuple(t.key for t in tokens(fold(text)))


_DIMINUTIVES = ("tjes", "pjes", "tje", "pje", "jes", "je")
_VOWELS = frozenset("aeiouy")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A key that the singular, plural, inflected and diminutive forms of a Dutch or English noun share.

    Words of four letters and less are their own key: they are too short to lose anything.
    """
    if len(word) < 5 or not word.isalpha():
        return word
    if len(word) > 6:
        for ending in _DIMINUTIVES:
            if word.endswith(ending) and len(word) - len(ending) >= 4:
                word = word[: -len(ending)]
                break
    if word.endswith("heden"):
        word = word[:-5] + "heid"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if word.endswith("en") and len(word) > 5 and (word[-3] != "e" or word[-4] == "e"):  # *alleen* is no plural
        word = _undoubled(word[:-2])
    elif word.endswith("e") and len(word) > 4:
        word = _undoubled(word[:-1])
    return _shorten(word)


def _undoubled(word: str) -> str:
    """A consonant is doubled only to keep the vowel before an ending short: *modell(en)* is *model*."""
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in _VOWELS else word


def _shorten(word: str) -> str:
    """One spelling for open and closed syllables: *schol(en)* and *school*, *brief* and *briev(en)*."""
    if len(word) > 3 and word[-2] == word[-3] and word[-2] in _VOWELS and word[-1] not in _VOWELS:
        word = word[:-2] + word[-1]
    if word[-1] == "v":
        return word[:-1] + "f"
    return word[:-1] + "s" if word[-1] == "z" else word
