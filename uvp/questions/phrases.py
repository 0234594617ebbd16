"""Phrases of the language data: expanded from their short notation and held in one tree of word stems.

Finding all phrases in a text costs a walk per word, whatever the number of phrases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from typing import Any, NamedTuple

from uvp.question import Language
from uvp.questions.text import stem, words

_PIECE = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|([^()\[\]]+)")
_OWN = "="  # no stem holds it, so that a word with a key of its own shares none
APART = "..."  # between a verb and its particle
_END = ""  # no word has an empty stem, so this key marks where a phrase may end


class Entry(NamedTuple):
    """What a phrase stands for; ``language`` None for names of the plan."""

    kind: str
    value: Any
    language: Language | None = None


class Match(NamedTuple):
    """A phrase found: words ``start`` up to ``end`` (exclusive) and all that they may stand for."""

    start: int
    end: int
    entries: tuple[Entry, ...]


def covered(matches: Iterable[Match]) -> set[int]:
    """Indexes of the words of matches."""
    return {i for m in matches for i in range(m.start, m.end)}


def expand(phrase: str) -> list[tuple[str, ...]]:
    """The words of all phrases of a short notation: ``(a|b)`` is a choice, ``[a]`` and ``[a|b]`` may be missing.

    ``APART`` stands as a word of its own.
    """
    variants: list[tuple[str, ...]] = [()]
    for choice, optional, plain in _PIECE.findall(phrase):
        options = [plain] if plain else [*(choice or optional).split("|"), *([""] if optional else [])]
        said = [_said(option) for option in options]
        variants = [v + o for v in variants for o in said]
    return variants


def _said(option: str) -> tuple[str, ...]:
    before, apart, behind = option.partition(APART)
    return (*words(before), APART, *words(behind)) if apart else tuple(words(before))


class PhraseTree:
    """Phrases by their stems; ``lookalikes`` are words that are no form of the word whose stem they share."""

    def __init__(self, lookalikes: Set[str] = frozenset()) -> None:
        self._root: dict[str, Any] = {}
        self._lookalikes = lookalikes

    def key(self, word: str) -> str:
        """By what a word is found: its stem, or itself where it only looks like others."""
        return word + _OWN if word in self._lookalikes else stem(word)

    def add(self, said: Sequence[str], entry: Entry) -> None:
        """Adds the words of one phrase; none are ignored."""
        node = self._root
        path = [self.key(word) for word in said]
        for key in path:
            node = node.setdefault(key, {})
        if path and entry not in (entries := node.setdefault(_END, [])):
            entries.append(entry)

    def find(self, stems: Sequence[str]) -> list[Match]:
        """Phrases that do not overlap, in order; where they would, the longer one and then the earlier one wins."""
        found: list[Match] = []
        for start in range(len(stems)):
            node, end = self._root, start
            while end < len(stems) and (following := node.get(stems[end])) is not None:
                node, end = following, end + 1
                if entries := node.get(_END):
                    found.append(Match(start, end, tuple(entries)))
        return _apart(found, len(stems))


def _apart(found: list[Match], length: int) -> list[Match]:
    taken = bytearray(length)
    kept = []
    for match in sorted(found, key=_preference):
        if not any(taken[match.start : match.end]):
            taken[match.start : match.end] = b"\x01" * (match.end - match.start)
            kept.append(match)
    kept.sort()
    return kept


def _preference(match: Match) -> tuple[int, int]:
    return match.start - match.end, match.start
