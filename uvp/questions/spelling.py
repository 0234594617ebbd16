"""Typing errors: what a word that nobody knows was probably meant to be.

A known word is never changed. One error is forgiven in words of five letters and more, two from eight letters on;
a swap of neighbours counts as one. Glued words are taken apart where both parts are known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

SHORTEST = 5
LONG = 8
_GLUE = ("", "s", "en", "e")  # what Dutch puts between the parts of a compound
_ENDINGS = frozenset(
    {"en", "er", "de", "te", "st", "ing", "ers", "es", "ed", "je", "ten", "den"}
)  # words, and endings too
Repair = tuple[str, ...]


class Speller:
    """Repairs words against a vocabulary.

    ``functional`` are words that occur glued to others by mistake; ``is_part`` says whether a stretch of letters is a
    word of the plan, so that a compound of two of them is understood by its parts.
    """

    def __init__(
        self,
        telling: Collection[str],
        known: Collection[str],
        functional: Collection[str],
        is_part: Callable[[str], bool],
    ) -> None:
        self._known = known
        self._functional = functional
        self._is_part = is_part
        self._by_first: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._by_last: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        for word in telling:
            if len(word) >= SHORTEST - 1 and word.isalpha():
                self._by_first[word[:1]][len(word)].append(word)
                self._by_last[word[-2:]][len(word)].append(word)

    def repair(self, word: str) -> Repair | None:
        """The word or words probably meant, or None for a word that is known or cannot be repaired."""
        if word in self._known or not word.isalpha():
            return None
        if len(word) < SHORTEST:
            return self._swap(word)
        return self._unglue(word) or self._correct(word, 1) or self._compound(word) or self._correct(word, 2)

    def _swap(self, word: str) -> Repair | None:
        """A short word with two neighbours swapped (*wta*), if that makes a word that people ask with."""
        for i in range(len(word) - 1):
            swapped = word[:i] + word[i + 1] + word[i] + word[i + 2 :]
            if len(word) > 2 and swapped in self._functional:
                return (swapped,)
        return None

    def _unglue(self, word: str) -> Repair | None:
        for cut in range(2, len(word) - 1):
            left, right = word[:cut], word[cut:]
            if right in _ENDINGS or max(len(left), len(right)) < 3:
                continue
            if left in self._functional and right in self._functional:
                return left, right
        return None

    def _compound(self, word: str) -> Repair | None:
        for cut in range(len(word) - 3, 2, -1):
            right = word[cut:]
            if not self._is_part(right):
                continue
            for glue in _GLUE:
                left = word[: cut - len(glue)] if glue and word[:cut].endswith(glue) else word[:cut]
                if len(left) > 2 and self._is_part(left):
                    return left, right
        return None

    def _correct(self, word: str, errors: int) -> Repair | None:
        if errors > 1 and len(word) < LONG:
            return None
        near: set[str] = set()
        for index, part in ((self._by_first, word[:1]), (self._by_last, word[-2:])):
            if by_length := index.get(part):
                for length in range(len(word) - errors, len(word) + errors + 1):
                    near.update(by_length.get(length, ()))
        if not near:
            return None
        best = extract(word, sorted(near), scorer=OSA.distance, score_cutoff=errors, limit=3)
        if not best:
            return None
        # Of words equally near the one with the same first letter is likelier: people rarely miss the first key.
        return (min(best, key=lambda b: (b[1], b[0][:1] != word[:1]))[0],)
