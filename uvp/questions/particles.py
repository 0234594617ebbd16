"""Verbs that Dutch and English take apart: *wat loopt er in Druten uit*, *which of them has care put off*.

The language data writes ``loopt ... uit``. Side by side it is a phrase like any other; apart it holds where the
particle closes a clause, so that *waar werkt Sengers aan* is found and *wie werkt er aan de flyer* is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set

from uvp.questions.phrases import Entry, Match
from uvp.questions.sentence import Sentence

_FARTHEST = 12  # words between a verb and its particle


class SeparableVerbs:
    """Verbs of one word with their particles of one word or more, by the ``key`` of each word."""

    def __init__(self, key: Callable[[str], str], prepositions: Set[str]) -> None:
        self._key = key
        self._prepositions = prepositions
        self._particles: dict[str, dict[tuple[str, ...], list[Entry]]] = {}

    def add(self, said: Sequence[str], entry: Entry) -> None:
        """Adds the words of one ``verb ... particle``."""
        verb, _, *particle = said
        place = tuple(map(self._key, particle))
        self._particles.setdefault(self._key(verb), {}).setdefault(place, []).append(entry)

    def find(self, s: Sentence) -> Iterator[tuple[Match, range]]:
        """Each verb found apart from its particle, with what both stand for, and where the particle stands."""
        for at, word in enumerate(s.words):
            particles = self._particles.get(word.key, {})
            for particle in sorted(particles, key=len, reverse=True):
                place = self._place(s, at, particle)
                if place and place.start > at + 1:
                    yield Match(at, at + 1, tuple(particles[particle])), place
                if place:
                    break

    def _place(self, s: Sentence, verb: int, particle: Sequence[str]) -> range | None:
        """Where the particle of a verb stands: beside it, or where it closes the clause."""
        length = len(particle)
        for at in range(verb + 1, min(len(s.words), verb + _FARTHEST) - length + 1):
            if s.ends_clause(at - 1):
                return None
            if tuple(w.key for w in s.words[at : at + length]) == tuple(particle):
                return range(at, at + length) if at == verb + 1 or self._ends_clause(s, at + length) else None
        return None

    def _ends_clause(self, s: Sentence, at: int) -> bool:
        """Whether a clause may end before the word at an index: the end, a mark, a time or a preposition follows.

        What stands before a preposition is none itself (*loopt er iets uit bij zorg*), nor is it what leads to a time
        (*wat loopt er uit dit kwartaal*).
        """
        if at == len(s.words) or s.ends_clause(at - 1) or s.following(at) in self._prepositions:
            return True
        return any(start in (at - 1, at) for start, _, _ in s.periods)
