"""The sentences of one language, ready to be filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any


def flattened(data: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every text of nested data with its dotted key; lists are left to who needs them."""
    for key, value in data.items():
        if isinstance(value, Mapping):
            yield from flattened(value, f"{prefix}{key}.")
        elif not isinstance(value, list):
            yield f"{prefix}{key}", str(value)


def one_line(text: str, limit: int | None = None) -> str:
    """What somebody wrote, on one line (it shall not look like lines of the bot), cut to ``limit`` characters."""
    words = " ".join(text.split())
    return words if limit is None or len(words) <= limit else f"{words[: limit - 1]}…"


class Phrases:
    """Fills in the sentences of ``answers.yaml`` of one language; keys are dotted.

    An unknown key or placeholder is a ``KeyError``: a test holds the two languages to the same keys and placeholders.
    """

    __slots__ = ("_formats", "months")

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._formats: dict[str, Callable[..., str]] = {key: text.format for key, text in flattened(data)}
        self.months: tuple[str, ...] = tuple(data["months"])

    def __call__(self, key: str, /, **values: object) -> str:
        """The sentence of this key, filled in."""
        return self._formats[key](**values)

    def number(self, key: str, n: int, /, **values: object) -> str:
        """The sentence for a number: ``none`` (where there is such a one), ``one`` or ``other``."""
        formats = self._formats
        if n == 0 and (zero := formats.get(f"{key}.none")):
            return zero(n=n, **values)
        return formats[f"{key}.one" if n == 1 else f"{key}.other"](n=n, **values)

    def has(self, key: str) -> bool:
        """Whether there is a sentence of this key."""
        return key in self._formats

    def names(self, key: str, values: Iterable[str]) -> tuple[str, ...]:
        """Values of the plan in this language; one that has no word stays as the plan writes it."""
        return tuple(self(f"{key}.{v}") if self.has(f"{key}.{v}") else v for v in values)

    def join(self, names: Sequence[str], last: str = "last") -> str:
        """*A, B en C*; ``last`` is ``last`` (and) or ``either`` (or)."""
        if len(names) < 2:
            return "".join(names)
        *before, final = names
        first = before[0]
        for name in before[1:]:
            first = self("join.comma", first=first, rest=name)
        return self(f"join.{last}", first=first, last=final)
