"""Reads one unit of time from the tokens: a date, month, quarter, season, relative day …

Every reader takes the scan and an index and gives the unit with the index to read on, or None.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from uvp.periods import dates, naming, nested, relative
from uvp.periods.scan import DEEPEST, Scan
from uvp.periods.units import Unit

Read = tuple[Unit, int]
Reader = Callable[[Scan, int], Read | None]
Nested = Callable[[Scan, int, Reader], Read | None]


def operand(s: Scan, i: int) -> Read | None:
    """The unit that starts at ``i``."""
    for kind in s[i].roles:
        if (reader := SIMPLE.get(kind)) is not None:
            found = reader(s, i)
        elif (holder := NESTED.get(kind)) is not None:
            found = holder(s, i, _inner)
        else:
            continue
        if found is not None:
            return found
    return None


def _inner(s: Scan, i: int) -> Read | None:
    """The unit at ``i`` within another one."""
    return operand(s.deeper(), i) if s.depth < DEEPEST else None


SIMPLE: Final[Mapping[str, Reader]] = MappingProxyType(
    {
        "number": naming.named_number,
        "quarter": naming.quarter,
        "half": naming.half,
        "isoweek": naming.isoweek,
        "month": naming.month,
        "season": naming.season,
        "recess": naming.recess,
        "holiday": naming.holiday,
        "year_end": naming.year_end,
        "school_year": naming.school_year,
        "same_time": relative.this_time,
        "over": relative.over,
        "within": relative.within,
        "day_word": relative.day_word,
        "now": relative.now,
        "plan_period": relative.plan_period,
        "weekday": dates.weekday,
        "weekday_mark": dates.weekday,
    }
)
NESTED: Final[Mapping[str, Nested]] = MappingProxyType(
    {
        "ordinal": nested.ordinal,
        "year": nested.year,
        "unit": nested.unit,
        "part": nested.part,
        "half_word": nested.half_way,
        "whole_year": nested.whole_year,
        "this": nested.named,
        "running": nested.named,
        "next": nested.named,
        "previous": nested.named,
    }
)
STARTS: Final = frozenset(SIMPLE) | frozenset(NESTED)
