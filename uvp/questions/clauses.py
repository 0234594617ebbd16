"""A text of several clauses: what stands between commas, colons and full stops."""

from __future__ import annotations

import re

_MARK = re.compile(r"[,:;.!?](?=\s)")
_MOST = 4
_LONGEST = 600  # characters: a longer text is no question with something before it


def clauses_of(text: str) -> list[str]:
    """The clauses of a text; empty for a text of one clause, of very many, or a very long one."""
    if len(text) > _LONGEST:
        return []
    pieces = [p.strip() for p in _MARK.split(text) if p.strip()]
    return pieces if 1 < len(pieces) <= _MOST else []
