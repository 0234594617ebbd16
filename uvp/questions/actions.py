"""Finding the actions that words point at: an inverted index over what the plan says of each action."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from uvp.plan import Action, Plan
from uvp.questions.text import keys, stem

_INSIDE = 4  # letters: a word this long is also found at the start of longer ones (compounds)
_AT_END = 6  # letters: and one this long at their end, where a short one is often chance (*licht* in *helmplicht*)
_PART = 3
_ENDINGS = frozenset({"ing", "ings", "ers", "heid", "lijk", "isch", "baar", "loos", "aar", "eer", "ment"})
_STRONG, _CALLED, _WEAK = 3.0, 2.0, 1.0
_NEAR = 0.6  # of the best score: what comes this near fits about equally well
_NOTHING: frozenset[int] = frozenset()
Postings = tuple[frozenset[int], frozenset[int], frozenset[int]]


@dataclass(frozen=True, slots=True)
class Found:
    """Codes that fit about equally well, in the order of the plan, and which words they explain.

    ``strongly`` says that one of those words stands in the title or is a word by itself that people use for it,
    ``partly`` that they are only parts of longer words of the plan.
    """

    codes: tuple[str, ...] = ()
    explained: frozenset[str] = frozenset()
    strongly: bool = False
    partly: bool = False


class ActionIndex:
    """Stems to actions: *strong* for titles and single words, *called* also for words of phrases, *anywhere* all."""

    def __init__(self, plan: Plan) -> None:
        self._codes = [a.code for a in plan.actions]
        self._themes = [a.theme for a in plan.actions]
        self._parties = [a.parties for a in plan.actions]
        strong: dict[str, set[int]] = defaultdict(set)
        called: dict[str, set[int]] = defaultdict(set)
        anywhere: dict[str, set[int]] = defaultdict(set)
        for number, action in enumerate(plan.actions):
            single = [w for w in action.words if len(keys(w)) == 1]
            for key in {k for text in (action.title, *single) for k in keys(text)}:
                strong[key].add(number)
            for key in {k for text in (action.title, *action.words) for k in keys(text)}:
                called[key].add(number)
                anywhere[key].add(number)
            for key in _told(action):
                anywhere[key].add(number)
        self._strong = {k: frozenset(v) for k, v in strong.items()}
        self._called = {k: frozenset(v) for k, v in called.items()}
        self._anywhere = {k: frozenset(v) for k, v in anywhere.items()}
        self._vocabulary = "\n".join(["", *self._anywhere, ""])
        self._inside = lru_cache(maxsize=4096)(self._inside_uncached)

    def knows(self, key: str) -> bool:
        """Whether a stem occurs in the plan, as a word or inside one."""
        return key in self._anywhere or (len(key) >= _INSIDE and bool(self._inside(key)[2]))

    def is_word(self, key: str) -> bool:
        """Whether a stem is a word of the plan by itself."""
        return key in self._anywhere

    def only_with(self, party: str) -> tuple[str, ...]:
        """The only action that a party is named in; empty where several or none name it."""
        codes = [code for code, parties in zip(self._codes, self._parties, strict=True) if party in parties]
        return tuple(codes) if len(codes) == 1 else ()

    def find(self, stems: Sequence[str], themes: Collection[str] = (), among: Iterable[str] | None = None) -> Found:
        """The actions that explain most of the words; within ``themes`` and ``among`` these codes, where given."""
        allowed = None if among is None else frozenset(among)
        scores: dict[int, float] = defaultdict(float)
        covered: dict[int, set[str]] = defaultdict(set)
        for key in dict.fromkeys(stems):
            strong, called, anywhere = self._postings(key)
            weight = math.log(1 + len(self._codes) / max(1, len(strong or called or anywhere)))
            for number in anywhere:
                if (themes and self._themes[number] not in themes) or (
                    allowed is not None and self._codes[number] not in allowed
                ):
                    continue
                scores[number] += weight * (_STRONG if number in strong else _CALLED if number in called else _WEAK)
                covered[number].add(key)
        if not scores:
            return Found()
        top = max(scores, key=lambda n: (len(covered[n]), scores[n]))
        most, enough = len(covered[top]), scores[top] * _NEAR
        best = sorted(n for n in scores if len(covered[n]) == most and scores[n] >= enough)
        strongly = any(top in self._postings(s)[0] for s in covered[top])
        return Found(
            tuple(self._codes[n] for n in best),
            frozenset(covered[top]),
            strongly,
            not any(key in self._anywhere for key in covered[top]),
        )

    def _postings(self, key: str) -> Postings:
        """Strong, called and any: each within the next."""
        inside = self._inside(key) if len(key) >= _INSIDE else (_NOTHING, _NOTHING, _NOTHING)
        if key not in self._anywhere:
            return inside
        # A longer word with this one in it fits less well than the word itself.
        called = self._called.get(key, _NOTHING) | inside[1]
        return self._strong.get(key, _NOTHING), called, self._anywhere[key] | called

    def _is_part(self, part: str, word: str) -> bool:
        """Whether a word is a compound of a part and something that is no mere ending."""
        if len(word) - len(part) < _PART:
            return False
        if word.startswith(part):
            return word[len(part) :] not in _ENDINGS
        if len(part) < _AT_END or not word.endswith(part):
            return False
        # What comes before has to be a word of the plan too: *evaluatie(rapport)*, not *geo(politiek)*.
        before = word[: -len(part)]
        return any(stem(b) in self._anywhere for b in (before, before.removesuffix("s"), before.removesuffix("en")))

    def _inside_uncached(self, key: str) -> Postings:
        """Actions with a longer word that holds this one."""
        strong: set[int] = set()
        called: set[int] = set()
        anywhere: set[int] = set()
        at = self._vocabulary.find(key)
        while at >= 0:
            end = self._vocabulary.index("\n", at)
            word = self._vocabulary[self._vocabulary.rindex("\n", 0, at) + 1 : end]
            if word != key and self._is_part(key, word):
                strong |= self._strong.get(word, _NOTHING)
                called |= self._called.get(word, _NOTHING)
                anywhere |= self._anywhere[word]
            at = self._vocabulary.find(key, end)
        return frozenset(strong), frozenset(called), frozenset(anywhere)


def _told(action: Action) -> set[str]:
    return {k for text in (action.description, action.section, *action.steps) for k in keys(text)}
