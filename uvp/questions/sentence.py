"""A text taken apart: its words, what each was taken for, and what is left over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from uvp.period import Period
from uvp.periods import Found, find_periods
from uvp.questions.grammar import Grammar
from uvp.questions.phrases import Match
from uvp.questions.text import Token

_MARKS = (",", ".", ";", ":", "!", "?", ")")


@dataclass(slots=True)
class Word:
    """One word: as it is read (``token``, with its place in ``read_text``) and where it stands in ``text``."""

    token: Token
    start: int
    end: int
    kind: str = ""
    repaired: bool = False

    @property
    def key(self) -> str:
        """The stem."""
        return self.token.key


@dataclass(slots=True)
class Sentence:
    """A text and what its words were taken for. Indexes count ``words``; spans end exclusively.

    ``kind`` of a word is ``stop``, ``sign``, ``name``, ``period``, ``code``, ``known`` (occurs in the plan),
    ``generic`` (occurs in the plan but says little) or ``unknown``. ``read_text`` is the text with typing errors
    repaired, ``duration`` the number of days for which nothing was heard,
    ``steps`` the days that it moves a period on (back: negative), ``governed`` the words that stand first or
    that an article or preposition leads to: what a sentence is about, ``purpose`` what stood before it and a colon,
    ``parted`` the verbs whose particle stands farther on.
    """

    text: str
    cut: bool
    today: date
    plan_period: Period
    grammar: Grammar
    read_text: str = ""
    words: list[Word] = field(default_factory=list)
    matches: list[Match] = field(default_factory=list)
    periods: list[tuple[int, int, Found]] = field(default_factory=list)
    codes: list[tuple[int, str | None]] = field(default_factory=list)
    signs: dict[str, list[Match]] = field(default_factory=dict)
    duration: int | None = None
    steps: int | None = None
    governed: frozenset[int] = frozenset()
    purpose: str = ""
    parted: set[int] = field(default_factory=set)

    @property
    def asks(self) -> bool:
        """Whether it ends as a question does."""
        return "?" in self.text

    @property
    def by_now(self) -> bool:
        """Whether a time that it names is *now*."""
        return any(w.token.word in self.grammar.now for start, end, _ in self.periods for w in self.words[start:end])

    def following(self, index: int) -> str:
        """The word at an index; empty past the end."""
        return self.words[index].token.word if index < len(self.words) else ""

    def ends_clause(self, index: int) -> bool:
        """Whether a mark that parts clauses follows the word at an index."""
        end = self.words[index].end
        return self.text[end : end + 1] in _MARKS

    def put(self, match: Match, places: Iterable[int]) -> None:
        """Puts a match in place of those that hold any of the words at these indexes."""
        own = set(places)
        kept = [m for m in self.matches if own.isdisjoint(range(m.start, m.end))]
        self.matches = sorted([*kept, match], key=lambda m: m.start)

    def has(self, *signs: str) -> bool:
        """Whether any of the signs occurs."""
        return not self.signs.keys().isdisjoint(signs)

    def at(self, sign: str) -> int:
        """Index of the first word of a sign; -1 where it does not occur."""
        found = self.signs.get(sign)
        return found[0].start if found else -1

    def names(self, kind: str) -> Iterator[tuple[Match, Any]]:
        """All that stand for one kind of name, with what they stand for."""
        for match in self.matches:
            for entry in match.entries:
                if entry.kind == kind:
                    yield match, entry.value

    def of_kind(self, *kinds: str) -> list[int]:
        """Indexes of the words of these kinds."""
        return [i for i, w in enumerate(self.words) if w.kind in kinds]

    def is_name(self, index: int) -> bool:
        """Whether a word is typed like a name (*Greenpeace*, *A50*) in a text that has small letters otherwise."""
        typed = self.shown(index, index + 1)
        if any(c.isdigit() for c in typed):
            return not typed.isdigit()
        return index > 0 and typed[:1].isupper() and not self.titled

    @property
    def titled(self) -> bool:
        """Whether most words begin with a capital, so that capitals say nothing."""
        return sum(self.text[w.start].isupper() for w in self.words) > len(self.words) / 2

    def period_of(self, start: int, today: date | None = None) -> Period | None:
        """The period that the words from an index on name by themselves, on its own day or another."""
        rest = find_periods(self.read_text[self.words[start].token.start :], today or self.today, self.plan_period)
        return rest[0].period if rest else None

    def shown(self, start: int, end: int) -> str:
        """The words as they were typed."""
        return self.text[self.words[start].start : self.words[end - 1].end]
