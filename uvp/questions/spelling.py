"""Typing errors: what a word that nobody knows was probably meant to be.

A known word is never changed. One error is forgiven in words of five letters and more, two from eight letters on;
a swap of neighbours counts as one. Glued words are taken apart where both parts are known.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Set

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

SHORTEST = 5
LONG = 8
_GLUE = ("", "s", "en", "e")  # what Dutch puts between the parts of a compound
_ENDINGS = frozenset(
    {"en", "er", "de", "te", "st", "ing", "ers", "es", "ed", "je", "ten", "den"}
)  # words, and endings too
_PARTS = 5
_GLUED = 24  # letters: longer words are no sentence without spaces
_ABBREVIATED = 4  # letters
_REPEATED = re.compile(r"(.)\1\1+")
Repair = tuple[str, ...]


class Speller:
    """Repairs words against a vocabulary.

    ``functional`` are words that occur glued to others by mistake, ``single`` those that say something by themselves;
    ``is_part`` says whether a stretch of letters is a
    word of the plan, so that a compound of two of them is understood by its parts.
    """

    def __init__(
        self,
        telling: Collection[str],
        known: Collection[str],
        functional: Collection[str],
        single: Set[str],
        is_part: Callable[[str], bool],
    ) -> None:
        self._known = known
        self._functional = functional
        self._single = single
        self._telling = telling
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
        if meant := self._squeezed(word):
            return (meant,)
        return self._unglue(word) or self._correct(word, 1) or self._compound(word) or self._correct(word, 2)

    def resembling(self, word: str) -> str | None:
        """The word that an unknown one looks like, with more errors than are silently forgiven."""
        if word in self._known or len(word) < SHORTEST or not word.isalpha():
            return None
        meant = self._correct(word, 3 if len(word) >= LONG else 2, forgiving=True)
        return meant[0] if meant else None

    def complete(self, word: str) -> Repair | None:
        """The shortest word of the plan or of asking that begins like an abbreviation."""
        begun = [w for w in self._telling if w.startswith(word)] if len(word) >= _ABBREVIATED else []
        return (min(begun, key=lambda w: (len(w), w)),) if begun else None

    def _squeezed(self, word: str) -> str | None:
        """*Laaaat*: a letter that is repeated for emphasis, or because a key stuck."""
        if not _REPEATED.search(word):
            return None
        candidates = (_REPEATED.sub(r"\1\1", word), _REPEATED.sub(r"\1", word))
        return next((c for c in candidates if c in self._known), None)

    def _swap(self, word: str) -> Repair | None:
        """A short word with two neighbours swapped (*wta*), if that makes a word that people ask with."""
        for i in range(len(word) - 1):
            swapped = word[:i] + word[i + 1] + word[i] + word[i + 2 :]
            if len(word) > 2 and swapped in self._functional:
                return (swapped,)
        return None

    def _unglue(self, word: str, parts: int = _PARTS) -> Repair | None:
        """Two to five words without the spaces between them, one of which at least means something by itself."""
        whole = self._apart(word, parts) if len(word) <= _GLUED else None
        return whole if whole and len(whole) > 1 and not self._single.isdisjoint(whole) else None

    def _apart(self, word: str, parts: int) -> Repair | None:
        if word in self._functional and word not in _ENDINGS:
            return (word,)
        if parts == 1:
            return None
        for cut in range(2, len(word) - 1):
            if word[:cut] in self._functional and (rest := self._apart(word[cut:], parts - 1)):
                return word[:cut], *rest
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
            if right in self._single and len(word) - len(right) >= SHORTEST - 1 and (meant := self._near(word[:cut])):
                return meant, right
        return None

    def _near(self, part: str) -> str | None:
        """What the first part of a compound was meant to be."""
        meant = self._swap(part) if len(part) < SHORTEST else self._correct(part, 1)
        return meant[0] if meant and self._is_part(meant[0]) else None

    def _correct(self, word: str, errors: int, forgiving: bool = False) -> Repair | None:
        if errors > 1 and len(word) < LONG and not forgiving:
            return None
        near: set[str] = set()
        for index, part in ((self._by_first, word[:1]), (self._by_last, word[-2:])):
            if by_length := index.get(part):
                for length in range(len(word) - errors, len(word) + errors + 1):
                    near.update(by_length.get(length, ()))
        if not near:
            return None
        candidates = sorted(near)
        best = extract(word, candidates, scorer=OSA.distance, score_cutoff=errors, limit=3)
        if not best:
            letters = sorted(word)
            return next(((c,) for c in candidates if len(c) == len(word) and sorted(c) == letters), None)
        # Of words equally near the one with the same first letter is likelier: people rarely miss the first key.
        return (min(best, key=lambda b: (b[1], b[0][:1] != word[:1]))[0],)
