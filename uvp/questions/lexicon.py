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
from uvp.questions.particles import SeparableVerbs
from uvp.questions.phrases import APART, Entry, PhraseTree, expand
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
        self.functional: set[str] = set()
        self.names: set[str] = set()
        self.single: set[str] = set()
        self.stop: dict[str, Language | None] = {}
        self._read_lists(data)
        self._add_language(data)
        self.telling = set(self.functional)
        self._add_plan(plan)
        self._add_numbered(data, plan)
        self._settle_vocabulary()
        self.prefixes = _prefixes(plan, self._everyday)
        self.codes = {_glued(a.code): a.code for a in plan.actions}
        self.code_pattern = _code_pattern(self.prefixes)
        deadlines = (p for d in data.values() for p in d["signs"]["deadline"])
        self.compounds = Compounds(chain(_written(plan), deadlines), self.leading)
        headings = {w: meant for d in data.values() for w, meant in d.get("headings", {}).items()}
        self.headings = Headings(plan, self.stop.keys(), self.generic, self.is_everyday, headings)

    def _read_lists(self, data: LanguageData) -> None:
        """The lists of words that the languages hold, together."""
        languages = list(data.values())

        def listed(name: str) -> frozenset[str]:
            return _all_words(d.get(name, "") for d in languages)

        self.generic = _stems(d["generic"] for d in languages)
        self.lookalikes = listed("lookalikes")
        self.tree = PhraseTree(self.lookalikes)
        self.grammar = grammar_of([d["grammar"] for d in languages])
        self.determiners = listed("determiners")
        self.prepositions = listed("topic_prepositions")
        self.connectors = self.prepositions | listed("connectors")
        others = listed("other_prepositions")
        self.leading = self.prepositions | self.determiners | others
        self.separable = SeparableVerbs(self.tree.key, (self.connectors - self.determiners) | others)
        self.occasions, self.before_occasions = listed("occasions"), listed("occasion_prepositions")
        self.documents = tuple(sorted(listed("documents")))
        self.fillers, self.sides = listed("fillers"), listed("sides")
        self.we = frozenset(w for d in languages for w in d["signs"]["we"])
        self.time_verbs, self.after_time_verbs = listed("time_verbs"), listed("after_time_verbs")
        self.time_words = listed("period_words")
        self.durations: dict[str, float] = {w: days for d in languages for w, days in d["durations"].items()}
        self.numbers: dict[str, float] = {w: n for d in languages for w, n in d["numbers"].items()}
        self.shorthand = {short: tuple(words(full)) for d in languages for short, full in d["shorthand"].items()}
        self._everyday = listed("words")

    def _add_numbered(self, data: LanguageData, plan: Plan) -> None:
        """*Thema 3*: a theme by its number."""
        for word in (w for d in data.values() for w in d["numbered_theme"]):
            for theme in plan.themes:
                if theme.number is not None:
                    self.tree.add(words(f"{word} {theme.number}"), Entry("theme", theme.code))

    def _settle_vocabulary(self) -> None:
        """What may be glued, what an error may be turned into and what is no error, now that all is known."""
        self.functional |= {w for w in self.telling if len(w) > 3} | self.time_words | self.stop.keys()
        self.telling |= self.time_words | {w for w in self.stop if len(w) > 4}
        self.single |= self.time_words | self.names
        self.stop.update(dict.fromkeys(self.numbers.keys() - self.stop.keys()))
        self.known = frozenset(self.telling | self.functional | self._everyday)

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
                    said = variant
                    if APART in variant:
                        self.separable.add(variant, entry)
                        said = tuple(word for word in variant if word != APART)
                    self.tree.add(said, entry)
                    self.functional.update(said)
                    if len(said) == 1:
                        self.single.update(said)
            for word in d["stop"].split():
                folded = words(word)[0]
                self.stop[folded] = None if folded in self.stop and self.stop[folded] != language else language

    def _add_plan(self, plan: Plan) -> None:
        for kind, value, phrase in _names(plan):
            self.tree.add(words(phrase), Entry(kind, value))
            named = words(phrase)
            self.telling.update(named)
            if len(named) == 1:
                self.names.update(named)
            if kind in _GLUED_KINDS and 1 < len(named) <= _GLUED_WORDS:
                for glued in _gluings(named):
                    self.tree.add(words(glued), Entry(kind, value))
                    self.telling.update(w for w in glued.split() if len(w) > _NAME_PART)
        self._called = frozenset(w for p in plan.parties if len(words(p.name)) > 1 for w in words(p.name))
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
