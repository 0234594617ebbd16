"""Sections of the plan by a telling part of their name: *paragraaf onbegrepen gedrag*, *the section Research*."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from typing import NamedTuple

from uvp.plan import Plan
from uvp.questions.phrases import Entry, Match, covered
from uvp.questions.sentence import Sentence
from uvp.questions.text import keys, stem, words

_NEAR = 2  # small words between *section* and its name
_OTHERS = frozenset({"theme", "municipality", "person", "party"})  # names that a heading does not take the place of
_OWN = Entry("heading", None)  # beside a section: that the word names it wherever it stands


class _Heading(NamedTuple):
    name: str
    theme: str
    stems: frozenset[str]

    @property
    def entry(self) -> Entry:
        return Entry("section", (self.name, self.theme))


class Headings:
    """The sections of a plan by the stems of their names, without ``small`` words.

    ``synonyms`` are other words for those of headings, also in another language; ``general`` are stems that say too
    little to stand for a longer name. A word that is said of one section only and not ``everyday`` names it by
    itself.
    """

    def __init__(
        self,
        plan: Plan,
        small: Set[str],
        general: Set[str],
        everyday: Callable[[str], bool],
        synonyms: Mapping[str, str],
    ) -> None:
        self._general = general
        self._synonyms = {stem(word): stem(meant) for word, meant in synonyms.items()}
        self._headings = [
            _Heading(section, theme, frozenset(keys(section)).difference(map(stem, small)))
            for section, theme in dict.fromkeys((a.section, a.theme) for a in plan.actions)
        ]
        self._known = frozenset(key for heading in self._headings for key in heading.stems)
        called = {key for action in plan.actions for text in (action.title, *action.words) for key in keys(text)}
        self._own = {
            key: heading.entry
            for heading in self._headings
            for word in words(heading.name)
            if (key := stem(word)) in self._known - called - general and not everyday(word)
        }

    def name_in(self, s: Sentence) -> None:
        """Takes the words beside *section* for the name of the sections that they are a part of."""
        themes = {value for _, value in s.names("theme")}
        for sign in s.signs.get("section", ()):
            for run in (self._after(s, sign), self._before(s, sign)):
                if run and (entries := self._entries(s, run, themes)):
                    _rename(s, run, entries)
                    break
        for i, word in enumerate(s.words):
            if word.kind in ("known", "name") and (entry := self._own.get(word.key)) and self._is_free(s, i):
                _rename(s, range(i, i + 1), [entry, _OWN])

    def _is_free(self, s: Sentence, index: int) -> bool:
        """Whether a word is no part of a longer phrase."""
        return all(m.end - m.start == 1 for m in s.matches if m.start <= index < m.end)

    def _after(self, s: Sentence, sign: Match) -> range:
        return self._run(s, range(sign.end, len(s.words)))

    def _before(self, s: Sentence, sign: Match) -> range:
        run = self._run(s, range(sign.start - 1, -1, -1))
        return range(run[-1], run[0] + 1) if run else run

    def _run(self, s: Sentence, places: range) -> range:
        """The words of headings that follow one another from the sign on, from the first to the last."""
        taken = covered(m for m in s.matches if any(e.kind in _OTHERS for e in m.entries))
        used: list[int] = []
        for i in places:
            if i not in taken and self._key(s, i) in self._known:
                used.append(i)
            elif not (self._is_small(s, i) and (used or abs(i - places.start) < _NEAR)):
                break
        return range(used[0], used[-1] + places.step, places.step) if used else range(0)

    def _is_small(self, s: Sentence, index: int) -> bool:
        return s.words[index].kind == "stop" or s.words[index].token.word in s.grammar.and_or

    def _key(self, s: Sentence, index: int) -> str:
        return self.stem_of(s.words[index].key)

    def stem_of(self, key: str) -> str:
        """The stem by which headings write what a stem means."""
        return self._synonyms.get(key, key)

    def _entries(self, s: Sentence, run: range, themes: set[str]) -> list[Entry]:
        """The sections that the words fit best, those of the themes named where there are any."""
        said = {self._key(s, i) for i in run} & self._known
        fits = [h for h in self._headings if said <= h.stems]
        fits = [h for h in fits if h.theme in themes] or fits
        whole = [h for h in fits if said == h.stems]
        return [h.entry for h in whole or (fits if said - self._general else [])]


def _rename(s: Sentence, run: range, entries: list[Entry]) -> None:
    s.put(Match(run.start, run.stop, tuple(entries)), run)
    for i in run:
        s.words[i].kind = "name"
