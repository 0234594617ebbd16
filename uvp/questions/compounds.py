"""Compounds that are typed apart: *verkeers kalender* is one word, as the plan writes it."""

from __future__ import annotations

from collections.abc import Iterator, Set

from uvp.questions.text import Token, token, tokens

_PART = 3  # letters: shorter words are no part of a compound
_BETWEEN = (" ", "-")


def rejoined(folded: str, compounds: Set[str], leading: Set[str]) -> Iterator[Token]:
    """The words of a folded text; two that make one of ``compounds`` (stems) are one, unless ``leading`` begins it."""
    before: Token | None = None
    for found in tokens(folded):
        whole = before and _whole(before, found, folded, compounds, leading)
        if before and not whole:
            yield before
        before = whole or found
    if before:
        yield before


def _whole(left: Token, right: Token, folded: str, compounds: Set[str], leading: Set[str]) -> Token | None:
    if min(len(left.word), len(right.word)) < _PART or left.word in leading:
        return None
    whole = token(left.word + right.word, left.start, right.end)
    return whole if whole.key in compounds and folded[left.end : right.start] in _BETWEEN else None
