"""All that the reader knows in advance: phrases of both languages and names of the plan, compiled once per plan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain, islice, product
from typing import Any

from uvp.plan import Holder, Plan
from uvp.question import Language
from uvp.questions.compounds import Compounds
from uvp.questions.grammar import grammar_of
from uvp.questions.headings import Headings
from uvp.questions.particles import APART, SeparableVerbs
from uvp.questions.phrases import Entry, PhraseTree, expand
from uvp.questions.text import stem, swaps, words
from uvp.updates import Status

LanguageData = Mapping[Language, Mapping[str, Any]]
_NAME_PART = 4  # letters: a part of a double name this long is a name by itself
_GLUED_KINDS = frozenset({"municipality", "person", "party", "theme"})
_GLUED_WORDS = 4


class Lexicon:
    """Phrases, stop words, spelling vocabulary and the codes of one plan; ``names`` are its names of one word,
    ``single`` all phrases of one word.

    ``functional`` are the words that may be glued to others by a missing space, ``known`` all words that are never
    taken for a typing error, ``telling`` those a typing error may be turned into.
    """

    def __init__(self, data: LanguageData, plan: Plan) -> None:
        self.stop: dict[str, Language | None] = {}
        self.generic: frozenset[str] = _stems(d["generic"] for d in data.values())
        self.lookalikes = _all_words(d["lookalikes"] for d in data.values())
        self.tree = PhraseTree(self.lookalikes)
        self.grammar = grammar_of([d["grammar"] for d in data.values()])
        self.determiners = _all_words(d["determiners"] for d in data.values())
        self.prepositions = _all_words(d["topic_prepositions"] for d in data.values())
        self.connectors = self.prepositions.union(w for d in data.values() for w in d["connectors"].split())
        others = _all_words(d["other_prepositions"] for d in data.values())
        self.leading = self.prepositions | self.determiners | others
        self.separable = SeparableVerbs(self.tree.keys, (self.connectors - self.determiners) | others)
        self.occasions = _all_words(d["occasions"] for d in data.values())
        self.before_occasions = _all_words(d["occasion_prepositions"] for d in data.values())
        self.documents = tuple(sorted(_all_words(d["documents"] for d in data.values())))
        self.fillers = _all_words(d["fillers"] for d in data.values())
        self.functional: set[str] = set()
        self.names: set[str] = set()
        self.single: set[str] = set()
        self.we = frozenset(w for d in data.values() for w in d["signs"]["we"])
        self.time_verbs = _all_words(d["time_verbs"] for d in data.values())
        self.after_time_verbs = _all_words(d["after_time_verbs"] for d in data.values())
        self.durations: dict[str, float] = {w: days for d in data.values() for w, days in d["durations"].items()}
        self.numbers: dict[str, float] = {w: n for d in data.values() for w, n in d["numbers"].items()}
        self.shorthand = {short: tuple(words(full)) for d in data.values() for short, full in d["shorthand"].items()}
        self._everyday = _all_words(d.get("words", "") for d in data.values())
        self.sides = _all_words(d["sides"] for d in data.values())
        self.prefixes = _prefixes(plan, self._everyday)
        self.codes = {_glued(a.code): a.code for a in plan.actions}
        self.code_pattern = _code_pattern(self.prefixes)
        self._add_language(data)
        self.telling = set(self.functional)
        self._add_plan(plan)
        deadlines = (p for d in data.values() for p in d["signs"]["deadline"])
        self.compounds = Compounds(chain(_written(plan), deadlines), self.leading)
        self._called = frozenset(w for p in plan.parties if len(words(p.name)) > 1 for w in words(p.name))
        for word in (w for d in data.values() for w in d["numbered_theme"]):
            for theme in plan.themes:
                if theme.number is not None:
                    self.tree.add(f"{word} {theme.number}", Entry("theme", theme.code))
        self.functional |= {w for w in self.telling if len(w) > 3}
        self.time_words = _all_words(d["period_words"] for d in data.values())
        self.telling |= self.time_words
        self.telling.update(w for w in self.stop if len(w) > 4)
        self.functional |= self.time_words
        self.functional.update(self.stop)
        self.single |= self.time_words | self.names
        self.stop.update(dict.fromkeys(self.numbers.keys() - self.stop.keys()))
        self.known = frozenset(self.telling | self.functional | self._everyday)
        headings = {w: meant for d in data.values() for w, meant in d.get("headings", {}).items()}
        self.headings = Headings(plan, self.stop.keys(), self.generic, self.is_everyday, headings)

    def is_everyday(self, word: str) -> bool:
        """Whether a word is one of everyday language, in its singular or plural."""
        return word in self._everyday or word.removesuffix("s") in self._everyday

    def is_common(self, word: str) -> bool:
        """Whether a word is one of everyday language, or part of what parties are called."""
        return self.is_everyday(word) or self.is_of_party(word)

    def is_of_party(self, word: str) -> bool:
        """Whether a word is one of several by which a party is called."""
        return word in self._called

    def is_time(self, following: str) -> bool:
        """Whether a folded text goes on with a word of time, so that a number before it is no part of a code."""
        return any(w in self.time_words for w in words(following)[:1])

    def _add_language(self, data: LanguageData) -> None:
        for language, d in data.items():
            for kind, value, phrase in _phrases(d):
                entry = Entry(kind, value, language)
                for variant in expand(phrase):
                    if APART in variant:
                        self.separable.add(variant, entry)
                    self.tree.add(variant, entry)
                    said = words(variant)
                    self.functional.update(said)
                    if len(said) == 1:
                        self.single.update(said)
            for word in d["stop"].split():
                folded = words(word)[0]
                self.stop[folded] = None if folded in self.stop and self.stop[folded] != language else language

    def _add_plan(self, plan: Plan) -> None:
        for kind, value, phrase in _names(plan):
            self.tree.add(phrase, Entry(kind, value))
            named = words(phrase)
            self.telling.update(named)
            if len(named) == 1:
                self.names.update(named)
            if kind in _GLUED_KINDS and 1 < len(named) <= _GLUED_WORDS:
                for glued in _gluings(named):
                    self.tree.add(glued, Entry(kind, value))
                    self.telling.update(w for w in glued.split() if len(w) > _NAME_PART)
        for action in plan.actions:
            for text in (action.title, action.description, action.section, *action.steps):
                self.telling.update(w for w in words(text) if len(w) > 4)


def _stems(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(stem(w) for text in texts for w in words(text))


def _all_words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(w for text in texts for w in text.split())


def _glued(code: str) -> str:
    prefix, _, number = code.partition("-")
    return f"{prefix.lower()}{int(number)}"


def _prefixes(plan: Plan, everyday: Set[str]) -> dict[str, str]:
    """What stands before the number of a code, also with two neighbours swapped where that is no word, to how it is."""
    proper = {a.code.partition("-")[0].lower() for a in plan.actions}
    swapped = {w: prefix for prefix in proper for w in swaps(prefix) if len(w) > 2 and w not in everyday}
    return swapped | {prefix: prefix for prefix in proper}


def _code_pattern(prefixes: Iterable[str]) -> re.Pattern[str]:
    """A code in any spelling: ``DIG-03``, ``dig3``, ``dig 3``; a number of up to five digits, no more of a word."""
    either = "|".join(sorted(map(re.escape, prefixes), key=len, reverse=True))
    return re.compile(rf"(?<![^\W_])({either or '(?!)'})([\s\-_.–]?)0{{0,4}}(\d{{1,5}})(?![^\W_])")


def _gluings(named: Sequence[str]) -> Iterator[str]:
    """A name of several words with one or more of its spaces missing."""
    for spaces in islice(product((" ", ""), repeat=len(named) - 1), 1, None):
        yield "".join(chain.from_iterable(zip(named, (*spaces, ""), strict=True)))


def _phrases(data: Mapping[str, Any]) -> Iterator[tuple[str, Any, str]]:
    """Kind, value and phrase of all that one language says."""
    for sign, phrases in data["signs"].items():
        for phrase in phrases:
            yield "sign", sign, phrase
    for kind, group in (("status", "statuses"), ("reported", "reported")):
        for status, phrases in data[group].items():
            for phrase in phrases:
                yield kind, Status(status), phrase
    for number, phrases in data["ordinals"].items():
        for phrase in phrases:
            yield "ordinal", int(number), phrase
    for name, phrases in data["all"].items():
        for phrase in phrases:
            yield "all", name, phrase


def _names(plan: Plan) -> Iterator[tuple[str, Any, str]]:
    """Kind, value and phrase of all names in the plan."""
    for theme in plan.themes:
        for phrase in (theme.code, theme.name, *theme.words):
            yield "theme", theme.code, phrase
        for holder in theme.holders:
            yield from ((("topic", (theme.code, holder.topic), phrase)) for phrase in _topic(holder))
    people = {h.person for t in plan.themes for h in t.holders} | {a.holder for a in plan.actions if a.holder}
    for person in sorted(people):
        yield from (("person", person, phrase) for phrase in _name_parts(person))
    for kind, group in (("municipality", plan.municipalities), ("party", plan.parties)):
        for named in group:
            yield from ((kind, named.name, phrase) for phrase in (named.name, *named.words))
    for section, theme_code in sorted({(a.section, a.theme) for a in plan.actions}):
        for phrase in {section, section.partition(" ")[2] if len(section.split(" ")[0]) < _NAME_PART else section}:
            yield "section", (section, theme_code), phrase
    for action in plan.actions:
        for phrase in (action.title, *action.words):
            yield "action", action.code, phrase


def _written(plan: Plan) -> set[str]:
    """The words of all names and titles, as the plan writes them."""
    return {word for _, _, phrase in _names(plan) for word in words(phrase)}


def _topic(holder: Holder) -> tuple[str, ...]:
    return (holder.topic, *holder.words) if holder.topic else ()


def _name_parts(person: str) -> Iterator[str]:
    yield person
    for part in re.split(r"[\s\-]+", person):
        if len(part) >= _NAME_PART:
            yield part
