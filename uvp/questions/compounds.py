"""Compounds that are typed apart: *verkeers kalender* is one word, as the plan writes it."""

from __future__ import annotations

from collections.abc import Iterator, Set

from uvp.questions.text import Token, token, tokens

_PART = 3  # letters: shorter words are no part of a compound
_BETWEEN = (" ", "-")


def rejoined(folded: str, compounds: Set[str], leading: Set[str]) -> Iterator[Token]:
    """The words of a folded text, where two that make one of ``compounds`` are one; none begins with ``leading``."""
    before: Token | None = None
    for found in tokens(folded):
        whole = before and _whole(before, found, folded, compounds, leading)
        if before and not whole:
            yield before
        before = whole or found
    if before:
        yield before


def _whole(left: Token, right: Token, folded: str, compounds: Set[str], leading: Set[str]) -> Token | None:
    word = left.word + right.word
    if word not in compounds or min(len(left.word), len(right.word)) < _PART or left.word in leading:
        return None
    return token(word, left.start, right.end) if folded[left.end : right.start] in _BETWEEN else None
