"""Words folded so that they can be compared: no capitals, diacritics, plurals or doubled letters.

Used to search the plan for words of a question. Folded words are for comparing only, never for showing.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = str.maketrans("", "", "'’`´")
_DOUBLED = re.compile(r"(.)\1+")
_ENDINGS = ("sn", "e")  # of plurals first, then what inflection leaves
SHORT = 4
JOINABLE = 6


def plain(text: str) -> str:
    """The text in lower case without diacritics and apostrophes."""
    text = text.translate(_APOSTROPHES)
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """One word of ``plain`` text, less its ending and doubled letters: *scholen* and *school* become *schol*.

    Light on purpose: what is left is looked for inside longer words, so too little is taken off rather than too much.
    """
    if word.isdigit():
        return word
    for letters in _ENDINGS:
        if len(word) > SHORT and word[-1] in letters:
            word = word[:-1]
    word = _DOUBLED.sub(r"\1", word)
    return word[:-1] + {"v": "f", "z": "s"}.get(word[-1], word[-1]) if word else word


def words(text: str) -> list[str]:
    """The stems of a text, in order."""
    return [stem(word) for word in _WORD.findall(plain(text))]


def searchable(*texts: str) -> str:
    """Texts as one string for ``found``: stems between spaces, then the same run together for *medialab*."""
    stems = words(" ".join(texts))
    return f" {' '.join(stems)} \n{''.join(stems)}"


def found(wanted: list[str], haystack: str) -> bool:
    """Whether every stem occurs: a short one as a word, a longer one as a part of a word too (compounds)."""
    spaced = haystack.partition("\n")[0]
    return all(
        (word in haystack if len(word) >= JOINABLE else word in spaced) if len(word) >= SHORT else f" {word} " in spaced
        for word in wanted
    )
