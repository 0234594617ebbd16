"""The words of time of all languages in one table, with an index for typing errors.

A word or phrase has *roles*: a kind (``month``, ``before`` …) with a meaning. One word may have several: "laatste" is
the last of a row and the latest of the past.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from rapidfuzz.distance import OSA

from uvp.language import load
from uvp.periods.glue import as_scanned
from uvp.periods.lexer import cut, plain
from uvp.periods.rhythm import rhythm
from uvp.periods.roles import NOTHING, Roles

TYPED_LENGTH: Final = range(5, 25)
# From which length on a word is corrected, by what it may mean. Words that say something alone need more letters than
# those that only count beside others: "mogen" is not "morgen". The lengths were tried on word lists of both languages.
ALONE: Final = frozenset({"month", "season", "recess", "holiday", "weekday", "day_word", "recurrence", "part", "by"})
BESIDE: Final = frozenset({"unit", "ordinal", "this", "next", "previous", "plan_period"})
ALONE_LENGTH: Final = 7
BESIDE_LENGTH: Final = 6
# From which length on two errors are seen through.
TWO_ERRORS: Final = {"month": 8, "unit": 8, "recurrence": 12}
SCANNED_LENGTH: Final = 3  # of fewer letters and digits too much can be made
LISTS: Final = frozenset({"shy", "shy_season", "no_typo", "typo_also"})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words and phrases with their roles; ``phrases`` lists by first word the other words, longest first.

    ``scanned`` gives a word of time by its spelling with digits for letters.
    """

    words: Mapping[str, Roles]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], Roles], ...]]
    typos: Mapping[str, tuple[str, ...]]
    long: Mapping[str, tuple[str, ...]]
    scanned: Mapping[str, str]
    no_typo: frozenset[str]

    def corrected(self, word: str) -> Roles:
        """The roles of the word that differs in a letter or a swap from ``word``, if any; in two if it is long."""
        if len(word) not in TYPED_LENGTH or word in self.no_typo:
            return NOTHING
        for shape in _shapes(word):
            for known in self.typos.get(shape, ()):
                if OSA.distance(word, known, score_cutoff=1) <= 1:
                    return self.words[known]
        if len(word) >= min(TWO_ERRORS.values()) - 1:
            for known in self.long.get(word[0], ()):
                if OSA.distance(word, known, score_cutoff=2) <= 2:
                    return self.words[known]
        return NOTHING


def _shapes(word: str) -> Iterator[str]:
    """The word itself and the word less one letter: two words one edit apart share a shape."""
    yield word
    for i in range(len(word)):
        yield word[:i] + word[i + 1 :]


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of the shipped language files; built once."""
    return build(tuple(load("periods").values()))


def build(languages: tuple[Mapping[str, Any], ...]) -> Vocabulary:
    """One vocabulary of several languages. Shape of a language: kind -> words, or kind -> meaning -> words."""
    roles: dict[tuple[str, ...], dict[str, Any]] = {}
    for data in languages:
        for kind, meaning, phrase in _entries(data):
            roles.setdefault(split(phrase), {}).setdefault(kind, meaning)
        for phrase, label in _compounds(data):
            roles.setdefault((phrase,), {}).setdefault("recurrence", label)
        for kind in ("shy", "shy_season"):
            for word in data.get(kind, ()):
                roles[(word,)]["shy"] = True
    words = {key[0]: MappingProxyType(value) for key, value in roles.items() if len(key) == 1}
    return Vocabulary(
        MappingProxyType(words),
        MappingProxyType(_phrases(roles)),
        MappingProxyType(_typos(words, frozenset(word for data in languages for word in data.get("typo_also", ())))),
        MappingProxyType(_long(words)),
        MappingProxyType({as_scanned(w): w for w in words if len(w) >= SCANNED_LENGTH and w.isalpha()}),
        frozenset(word for data in languages for word in data.get("no_typo", ())),
    )


def split(phrase: str) -> tuple[str, ...]:
    """The tokens of a phrase as the lexer cuts them."""
    return tuple(norm for _, norm, _, _ in cut(phrase))


def _entries(data: Mapping[str, Any]) -> Iterator[tuple[str, Any, str]]:
    for kind, content in data.items():
        if kind in LISTS:
            continue
        if isinstance(content, dict):
            for meaning, phrases in content.items():
                yield from ((kind, meaning, phrase) for phrase in phrases)
        else:
            yield from ((kind, True, phrase) for phrase in content)


def _compounds(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """``zeswekelijks``, ``driejaarlijkse``: a number and an adverb in one word."""
    for count, numbers in data["number"].items():
        for unit, adverbs in data["adverb"].items():
            for adverb in adverbs:
                yield from ((plain(number) + adverb, rhythm(count, unit)) for number in numbers if len(number) > 2)


def _phrases(roles: Mapping[tuple[str, ...], dict[str, Any]]) -> dict[str, tuple[tuple[tuple[str, ...], Roles], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], Roles]]] = {}
    for key, value in roles.items():
        if len(key) > 1:
            found.setdefault(key[0], []).append((key[1:], MappingProxyType(value)))
    return {first: tuple(sorted(rest, key=lambda r: -len(r[0]))) for first, rest in found.items()}


def _long(words: Mapping[str, Roles]) -> dict[str, tuple[str, ...]]:
    """The unmistakable long words by their first letter."""
    found: dict[str, list[str]] = {}
    for word, roles in words.items():
        if any(kind in roles and len(word) >= least for kind, least in TWO_ERRORS.items()):
            found.setdefault(word[0], []).append(word)
    return {first: tuple(known) for first, known in found.items()}


def _typos(words: Mapping[str, Roles], also: frozenset[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word, roles in words.items():
        least = ALONE_LENGTH if not ALONE.isdisjoint(roles) else BESIDE_LENGTH
        if word in also or (len(word) >= least and not (ALONE | BESIDE).isdisjoint(roles)):
            for shape in _shapes(word):
                found.setdefault(shape, []).append(word)
    return {shape: tuple(known) for shape, known in found.items()}
