"""Typing errors: what a word that nobody knows was probably meant to be.

A known word is never changed. One error is forgiven in words of five letters and more, two in words of eight and more;
a swap of neighbours counts as one. Glued words are taken apart where both parts are known.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Set
from itertools import chain

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract, extractOne

from uvp.questions.text import swaps

SHORTEST = 5  # letters: shorter words are not corrected, nor is any word corrected to one
LONG = 8
_GLUE = ("", "s", "en", "e")  # what Dutch puts between the parts of a compound
_ENDINGS = frozenset(
    {"en", "er", "de", "te", "st", "ing", "ers", "es", "ed", "je", "ten", "den"}
)  # words, and endings too
_PARTS = 5
_GLUED = 24  # letters: longer words are no sentence without spaces
_ABBREVIATED = 4  # letters
_VOWELS = frozenset("aeiou")
_REPEATED = re.compile(r"(.)\1\1+")
Repair = tuple[str, ...]


class Speller:
    """Repairs words against a vocabulary.

    ``functional`` are words that occur glued to others by mistake, ``single`` those that say something by themselves;
    ``is_part`` says whether a stretch of letters is a word of the plan, so that a compound of two of them, or of one
    and one of the ``sides``, is understood by its parts.
    """

    def __init__(
        self,
        telling: Collection[str],
        known: Collection[str],
        functional: Collection[str],
        single: Set[str],
        sides: Set[str],
        is_part: Callable[[str], bool],
    ) -> None:
        self._sides = sides
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
        self._others: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in known:
            if len(word) > SHORTEST and word not in telling:
                self._others[word[:1], len(word)].append(word)

    def repair(self, word: str) -> Repair | None:
        """The word or words probably meant, or None for a word that is known or cannot be repaired."""
        if word in self._known or not word.isalpha():
            return None
        if meant := self._squeezed(word):
            return (meant,)
        if len(word) < SHORTEST:
            return self._slip(word) or self._correct(word, 1)
        if near := self._correct(word, 1) or self._slip(word):
            return near
        if self._is_other(word):
            return None
        if found := self._unglue(word) or self._compound(word):
            return found
        return None if self._is_joined(word) else self._correct(word, 2) or self._unglue(word, slips=True)

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

    def _is_other(self, word: str) -> bool:
        """Whether it is one error away from a word that has nothing to do with the plan (*bestelling*)."""
        near = (w for length in range(-1, 2) for w in self._others.get((word[:1], len(word) + length), ()))
        return extractOne(word, near, scorer=OSA.distance, score_cutoff=1) is not None

    def _is_joined(self, word: str) -> bool:
        """Whether it is a compound of words that are known, whatever they mean together (*drugspanden*)."""
        cuts = range(_ABBREVIATED, len(word) - _ABBREVIATED + 1)
        return any(word[:cut] in self._known and word[cut:] in self._known for cut in cuts)

    def _slip(self, word: str) -> Repair | None:
        """A short word of asking with two neighbours swapped (*wta*), a letter doubled (*laatt*) or not (*jar*)."""
        if _VOWELS.isdisjoint(word):
            return None
        candidates = chain(swaps(word), _with_single_letters(word), _with_double_vowels(word))
        return next(((c,) for c in candidates if c in self._functional or c in self._telling), None)

    def _unglue(self, word: str, parts: int = _PARTS, slips: bool = False) -> Repair | None:
        """Two to five words without the spaces between them, one of which at least means something by itself.

        With ``slips`` the first of two may have one.
        """
        if len(word) > _GLUED:
            return None
        if slips:
            apart = ((self._slip(word[:cut]), word[cut:]) for cut in range(3, len(word) - 3))
            return next(((*first, rest) for first, rest in apart if first and rest in self._single), None)
        whole = self._apart(word, parts)
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
            left, right = self._without_glue(word[:cut]), word[cut:]
            if left and (right in self._sides or self._is_part(right)):
                return left, right
            # One error in either part, beside a part that says something by itself.
            if len(right) >= _ABBREVIATED and right in self._single and (meant := self._near(word[:cut])):
                return meant, right
            if left and len(right) >= SHORTEST and (fixed := self._correct(right, 1)) and fixed[0] in self._single:
                return left, fixed[0]
        return None

    def _without_glue(self, part: str) -> str | None:
        """A first part of a compound that is a word of the plan, without the letters that glue it to the next."""
        for glue in _GLUE:
            left = part[: len(part) - len(glue)] if glue and part.endswith(glue) else part
            if len(left) > 2 and self._is_part(left):
                return left
        return None

    def _near(self, part: str) -> str | None:
        """What the first part of a compound was meant to be."""
        wrong = len(part) >= SHORTEST - 1 and part not in self._known
        meant = (self._slip(part) or self._correct(part, 1)) if wrong else None
        return meant[0] if meant and self._is_part(meant[0]) else None

    def _correct(self, word: str, errors: int, forgiving: bool = False) -> Repair | None:
        if len(word) < SHORTEST - 1 or (errors > 1 and len(word) < LONG and not forgiving):
            return None
        near: set[str] = set()
        for index, part in ((self._by_first, word[:1]), (self._by_last, word[-2:])):
            if by_length := index.get(part):
                for length in range(max(SHORTEST, len(word) - errors), len(word) + errors + 1):
                    near.update(by_length.get(length, ()))
        if not near:
            return None
        found = extract(word, near, scorer=OSA.distance, score_cutoff=errors, limit=None)
        if not found:
            letters = sorted(word)
            return next(((c,) for c in sorted(near) if len(c) == len(word) and sorted(c) == letters), None)
        return (min(found, key=lambda f: self._likelihood(word, f[0], f[1]))[0],)

    def _likelihood(self, word: str, meant: str, distance: float) -> tuple[float, bool, bool, bool, bool, int, str]:
        """Of words equally near the likelier first: swapped letters, the same first letter, a word people ask with,
        the same ending, a letter too few rather than too many."""
        swapped = len(meant) == len(word) and sorted(meant) == sorted(word)
        other_start, other_end = meant[0] != word[0], meant[-1] != word[-1]
        return distance, not swapped, other_start, meant not in self._single, other_end, -len(meant), meant


def _with_single_letters(word: str) -> Iterator[str]:
    """The word with one of its doubled letters written once."""
    return (word[:i] + word[i + 1 :] for i in range(1, len(word)) if word[i] == word[i - 1])


def _with_double_vowels(word: str) -> Iterator[str]:
    """The word with one of its vowels doubled."""
    return (word[:i] + word[i] + word[i:] for i in range(1, len(word) - 1) if word[i] in _VOWELS)
