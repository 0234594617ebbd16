"""A text being read: its tokens, and what is known beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from uvp.period import Period
from uvp.periods.roles import NOTHING
from uvp.periods.tokens import Token

DEEPEST: Final = 3  # "begin of the first week of March 2026" goes three deep
END: Final = Token("", -1, -1, NOTHING, False)
EVERYWHERE: Final = 1 << 30


@dataclass(frozen=True, slots=True)
class Scan:
    """Tokens with END around them. ``cells`` is up to which token the words of a plan's column are read as such.

    ``depth`` counts units within units, which end at ``DEEPEST``: no text makes the reader recurse without bound.
    """

    tokens: tuple[Token, ...]
    today: date | None = None
    plan: Period | None = None
    cells: int = 0
    depth: int = 0

    def __getitem__(self, i: int) -> Token:
        return self.tokens[i] if 0 <= i < len(self.tokens) else END

    def has(self, i: int, *kinds: str) -> bool:
        """Whether the token has one of the roles."""
        roles = self[i].roles
        if roles:
            for kind in kinds:  # the reader spends most of its time here: twice as fast as any()
                if kind in roles:
                    return True
        return False

    def get(self, i: int, kind: str) -> Any:
        """What the token means as ``kind``, None if it has no such role."""
        return self[i].roles.get(kind)

    def skip(self, i: int, *kinds: str) -> int:
        """The first index from ``i`` on without any of the roles, four further at most."""
        for k in range(i, i + 4):
            if not self.has(k, *kinds):
                return k
        return i + 4

    def back(self, i: int, *kinds: str) -> int:
        """The last index up to ``i`` without any of the roles, four back at most."""
        for k in range(i, i - 4, -1):
            if not self.has(k, *kinds):
                return k
        return i - 4

    def deeper(self) -> Scan:
        """The same text, one unit further inside another."""
        return replace(self, depth=self.depth + 1)
