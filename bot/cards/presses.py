"""What comes back when somebody presses something on a card: checked, because it was in other hands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from uvp.question import Question
from uvp.questions_codec import TEXT_LIMIT, decode

_NAME_LIMIT = 20
_PAGES = 10_000


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask this, as if it had been typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """Show page ``page`` (from 0) of the group of the kind ``group`` of exactly this question, asked on ``today``."""

    question: Question
    today: date
    group: str
    page: int


@dataclass(frozen=True, slots=True)
class Report:
    """Begin to report how it stands with an action."""

    code: str


Press = Ask | Page | Report


def press(data: object) -> Press | None:
    """What was pressed; None for anything that no card of ours holds."""
    match data:
        case {"do": "ask", "text": str(text)} if 0 < len(text.strip()) <= TEXT_LIMIT:
            return Ask(text)
        case {"do": "update", "code": str(code)} if 0 < len(code) <= _NAME_LIMIT:
            return Report(code)
        case {"do": "page", "q": value, "group": str(group), "page": int(page)} if len(group) <= _NAME_LIMIT:
            # True is an int to Python; a page is a number.
            known = not isinstance(page, bool) and 0 <= page < _PAGES
            if known and (decoded := decode(value)) is not None:
                return Page(*decoded, group, page)
    return None
