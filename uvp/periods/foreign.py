"""The months of neighbours' languages in a cell (*15. März 2026* from a German partner), which dateparser knows.

Only for a span that the grammar marks as a date: a day, one unknown word and a year, in a short cell of a document.
Never in a question: there every unknown word between two numbers would cost a search.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from uvp.periods.scan import Scan

LANGUAGES: Final = ["de", "fr"]
LONGEST_WORD: Final = 10
LONGEST_CELL: Final = 12  # tokens; bounds the searches that a hostile cell can cause


def foreign_month(s: Scan, i: int) -> int | None:
    """The month that an unknown word between a day and a year names."""
    word = s[i].norm
    if s.today is not None or len(s.tokens) > LONGEST_CELL or s[i].roles:
        return None
    if not word.isalpha() or not 3 <= len(word) <= LONGEST_WORD or not s.has(i + 1, "year") or s.has(i + 2, "counted"):
        return None
    return _month(word)


@lru_cache(maxsize=256)
def _month(word: str) -> int | None:
    from dateparser import parse  # takes longer to import than all else here to read a plan

    found = parse(f"1 {word} 2000", languages=LANGUAGES, settings={"STRICT_PARSING": True, "DATE_ORDER": "DMY"})
    return found.month if found is not None and found.day == 1 else None
