"""Days, weeks and quarters that no calendar has: *31 februari*, *32-13-2026*, *Q5*, *week 54*.

They are read as nothing, which is right for a filter; but whoever wrote one should hear that it was left out.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import Final

from uvp.periods.lexer import plain
from uvp.periods.vocabulary import vocabulary

_LEAP_YEAR: Final = 2024  # where no year is named, 29 February may be meant of one that has it
_ORDINAL: Final = r"(?:e|de|ste|st|nd|rd|th)?"
_SHAPES: Final = re.compile(
    rf"""(?<![\w./-])(?:
      (?P<day>\d{{1,2}}){_ORDINAL}[ ](?P<month>[^\W\d]{{3,10}})\.?(?:[ ](?P<year>\d{{4}}))?
    | (?P<d>\d{{1,2}})(?P<sign>[-/.])(?P<m>\d{{1,2}})(?P=sign)(?P<y>\d{{4}})
    | (?P<iso>\d{{4}}-\d{{2}}-\d{{2}})
    | (?:q|kwartaal[ ]|quarter[ ])(?P<quarter>\d)
    | (?:week[ ]?|wk[ ]?)(?P<week>\d{{1,2}})(?:[ ](?:van[ ]|of[ ])?(?P<week_year>\d{{4}}))?
    )(?![\w]|[-/.]\d)""",
    re.IGNORECASE | re.VERBOSE,
)


def impossible_dates(text: str) -> tuple[str, ...]:
    """What is written like a date or a period and is none, as it was written and in that order, each once."""
    return tuple(dict.fromkeys(_found(" ".join(text.split()))))


def _found(text: str) -> Iterator[str]:
    for match in _SHAPES.finditer(text):
        part = match.groupdict()
        if part["month"]:
            month = vocabulary().words.get(plain(part["month"]), {}).get("month")
            bad = month is not None and not _has_day(int(part["year"] or _LEAP_YEAR), month, int(part["day"]))
        elif part["d"]:
            bad = not _has_day(int(part["y"]), int(part["m"]), int(part["d"]))
        elif part["iso"]:
            bad = not _has_day(*map(int, part["iso"].split("-")))
        elif part["quarter"]:
            bad = not 1 <= int(part["quarter"]) <= 4
        else:
            bad = not 1 <= int(part["week"]) <= _weeks(int(part["week_year"] or 0))
        if bad:
            yield match[0]


def _has_day(year: int, month: int, day: int) -> bool:
    return year >= 1 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _weeks(year: int) -> int:
    """The number of ISO weeks of a year, which is that of its 28 December; 53 where no year is named."""
    return date(year, 12, 28).isocalendar().week if year else 53
