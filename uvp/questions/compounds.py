"""Compounds that are typed apart: *verkeers kalender* is one word, as the plan writes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from uvp.questions.text import Token, stem, token, tokens

_PART = 3  # letters: shorter words are no part of a compound
_LONG = 8  # letters: a shorter word is not looked for in two words side by side
_START = 5  # letters: enough to tell that two words are no compound
_BETWEEN = (" ", "-")


class Compounds:
    """Long words that are taken for one where they are typed as two; ``leading`` words are no first part of any."""

    def __init__(self, words: Iterable[str], leading: Set[str]) -> None:
        self._leading = leading
        self._stems = frozenset(stem(word) for word in words if len(word) >= _LONG)
        self._starts = frozenset(key[:_START] for key in self._stems)

    def tokens(self, folded: str) -> Iterator[Token]:
        """The words of a folded text, the compounds in it rejoined."""
        before: Token | None = None
        for found in tokens(folded):
            whole = before and self._whole(before, found, folded)
            if before and not whole:
                yield before
            before = whole or found
        if before:
            yield before

    def _whole(self, left: Token, right: Token, folded: str) -> Token | None:
        word = left.word + right.word
        if word[:_START] not in self._starts or min(len(left.word), len(right.word)) < _PART:
            return None
        if stem(word) not in self._stems or left.word in self._leading:
            return None
        return token(word, left.start, right.end) if folded[left.end : right.start] in _BETWEEN else None
