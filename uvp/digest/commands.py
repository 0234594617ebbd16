"""What somebody wants of the weekly digest, read from a text that is about it. Pure; words are handed in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import time
from enum import StrEnum
from itertools import pairwise
from typing import Any

from uvp.digest.subscription import MOST_WEEKS_AHEAD, Subscription
from uvp.folding import plain
from uvp.plan import Plan
from uvp.question import Language

_TOKEN = re.compile(r"\d{1,2}[:.]\d{2}(?!\d)|[^\W_]+")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})")
_ZONE = re.compile(r"\b[A-Z][A-Za-z_]+/[A-Z][A-Za-z_/]+\b")
_LAST_HOUR = 23


class Wish(StrEnum):
    """What is wanted."""

    SHOW = "show"
    ON = "on"
    OFF = "off"
    PREVIEW = "preview"


@dataclass(frozen=True, slots=True)
class Command:
    """A wish, and fields of ``Subscription`` that were named with it. ``zone`` may name no zone that exists."""

    wish: Wish
    changes: Mapping[str, Any] = field(default_factory=dict)

    def apply(self, setting: Subscription) -> Subscription:
        """The setting as it is wanted."""
        active = {Wish.ON: True, Wish.OFF: False}.get(self.wish, setting.active)
        return replace(setting, **{**self.changes, "active": active})


class Commands:
    """Reads commands about the digest, in any language; ``language_data`` are the ``commands`` of ``digest.yaml``."""

    def __init__(self, language_data: Mapping[Language, Mapping[str, Any]]) -> None:
        data = tuple(language_data.values())
        self._words = {
            name: [_tokens(w) for d in data for w in d[name]]
            for name in (
                "on",
                "off",
                "preview",
                "settings",
                "mentions_on",
                "mentions_off",
                "everything",
                "hours",
                "weeks",
            )
        }
        self._weekdays = [[_tokens(w) for d in data for w in d["weekdays"][day]] for day in range(7)]
        self._languages = {to: [_tokens(w) for d in data for w in d["languages"][to]] for to in language_data}

    def read(self, text: str, plan: Plan) -> Command:
        """The command of a text; one that says nothing else shows the setting."""
        tokens = _tokens(text)
        changes = dict(self._changes(tokens, text, plan))
        for wish in (Wish.OFF, Wish.PREVIEW, Wish.ON):
            if self._says(wish, tokens):
                return Command(wish, changes)
        return Command(Wish.ON if changes and not self._says("settings", tokens) else Wish.SHOW, changes)

    def _changes(self, tokens: Sequence[str], text: str, plan: Plan) -> Iterator[tuple[str, Any]]:
        for number, words in enumerate(self._weekdays, 1):
            if _any_in(words, tokens):
                yield "weekday", number
        if at := self._time(tokens):
            yield "at", at
        if (weeks := self._number_before("weeks", tokens)) and weeks <= MOST_WEEKS_AHEAD:
            yield "weeks_ahead", weeks
        if zone := _ZONE.search(text):
            yield "zone", zone.group()
        for language, words in self._languages.items():
            if _any_in(words, tokens):
                yield "language", language
        if self._says("mentions_on", tokens):
            yield "mentions", True
        if self._says("mentions_off", tokens):
            yield "mentions", False
        yield from self._scope(tokens, plan)

    def _scope(self, tokens: Sequence[str], plan: Plan) -> Iterator[tuple[str, tuple[str, ...]]]:
        if self._says("everything", tokens):
            yield "themes", ()
            yield "municipalities", ()
            return
        themes = [(t.code, (t.code, t.name, t.short, *t.words)) for t in plan.themes]
        if found := _named(themes, tokens):
            yield "themes", found
        if found := _named([(m.name, (m.name, *m.words)) for m in plan.municipalities], tokens):
            yield "municipalities", found

    def _time(self, tokens: Sequence[str]) -> time | None:
        for token in tokens:
            if clock := _CLOCK.fullmatch(token):
                hour, minute = map(int, clock.groups())
                return time(hour, minute) if hour <= _LAST_HOUR and minute < 60 else None
        whole = self._number_before("hours", tokens)
        return time(whole) if whole is not None and whole <= _LAST_HOUR else None

    def _number_before(self, name: str, tokens: Sequence[str]) -> int | None:
        """The number that stands before one of these words: *9 uur*, *4 weken*."""
        units = {word for [word] in self._words[name]}
        pairs = pairwise(tokens)
        return next((int(number) for number, unit in pairs if number.isdecimal() and unit in units), None)

    def _says(self, name: str, tokens: Sequence[str]) -> bool:
        # "vermeldingen uit" switches off mentions, not the digest.
        if name in ("on", "off"):
            taken = [*self._words["mentions_on"], *self._words["mentions_off"]]
            tokens = _without(taken, tokens)
        return _any_in(self._words[name], tokens)


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(plain(text)))


def _any_in(expressions: Iterable[Sequence[str]], tokens: Sequence[str]) -> bool:
    return any(_find(expression, tokens) is not None for expression in expressions)


def _find(expression: Sequence[str], tokens: Sequence[str]) -> int | None:
    length = len(expression)
    starts = range(len(tokens) - length + 1) if length else ()
    return next((n for n in starts if tuple(tokens[n : n + length]) == tuple(expression)), None)


def _without(expressions: Iterable[Sequence[str]], tokens: Sequence[str]) -> Sequence[str]:
    for expression in expressions:
        if (start := _find(expression, tokens)) is not None:
            tokens = (*tokens[:start], *tokens[start + len(expression) :])
    return tokens


def _named(things: Iterable[tuple[str, Iterable[str]]], tokens: Sequence[str]) -> tuple[str, ...]:
    return tuple(key for key, words in things if _any_in((_tokens(word) for word in words if word), tokens))
