"""Dates by number: 14 maart 2026, 1-7-2026, 31-aug-15, 2026-04-01, 06-2025 (day-month-year, rule 1)."""

from __future__ import annotations

from datetime import date
from typing import Final

from uvp.periods.foreign import foreign_month
from uvp.periods.relative import ago, day_of_week, fixed, relative
from uvp.periods.scan import Scan
from uvp.periods.tokens import two_digit_year
from uvp.periods.units import UNKNOWN, Unit
from uvp.periods.years import SHORT_YEARS, with_year

Read = tuple[Unit, int]

SEPARATORS: Final = ("dash", "slash", "dot")
RANGES: Final = ("dash", "slash", "range", "range_before", "and", "comma", "or")
BOUNDARY: Final = ("by", "from", "since", "after", "before", "between", "on_day", "range", "range_before")
# Before one of these a shy month is a month: "in may", "tot jan".
BEFORE_SHY: Final = ("by", "from", "since", "after", "between", "part", "ordinal", "this", "next", "previous", "lead")


def number_unit(s: Scan, i: int) -> Read | None:
    """What a number begins; a bare one waits when a range follows it."""
    if _in_code(s, i) or s.has(i + 1, "counted"):
        return None
    n = s.get(i, "number")
    found = ago(s, i) or _numeric(s, i, n) or _named(s, i, n) or _lost_ordinal(s, i, n)
    if found is not None:
        return found
    if n <= 53 and s.has(i + 1, *RANGES) and not s.has(i, "year") and s.get(i, "figure"):
        return Unit("number", n), i + 1
    return None


def _in_code(s: Scan, i: int) -> bool:
    """``DIG-03``, ``A-2026-14``: a number that a word and a dash stand against."""
    return s[i].glued and s.has(i - 1, "dash", "slash") and s[i - 1].glued and not s[i - 2].roles


def _figures(s: Scan, i: int) -> int:
    return len(s.get(i, "figure") or "")


def _numeric(s: Scan, i: int, n: int) -> Read | None:
    """Three numbers are a date, two a month of a year; a day and a month without a year only behind a boundary."""
    sign = next((kind for kind in SEPARATORS if s.has(i + 1, kind)), None)
    second = s.get(i + 2, "number")
    if sign is None or second is None or not s.get(i, "figure"):
        return None
    third = s.get(i + 4, "number") if s.has(i + 3, sign) else None
    if s.has(i + 3, sign) and s.has(i + 4, "year") and third is None and s.get(i + 2, "figure"):
        return Unit("day", second * 100 + n, s.get(i + 4, "year")), i + 5  # 1-7-'26
    if _figures(s, i) == 4:
        return _year_first(s, i, n, second, third)
    if _figures(s, i) > 2:
        return None
    if third is not None and _figures(s, i + 2) <= 2 and _figures(s, i + 4) in (2, 4) and not s.has(i + 5, "month"):
        year = third if _figures(s, i + 4) == 4 else two_digit_year(third)
        return Unit("day", second * 100 + n, year), i + 5
    if not s[i + 2].glued or not s[i + 1].glued:
        return None
    if s.has(i + 2, "year") and sign != "dot":
        return Unit("month", n, second), i + 3
    return _day_month(s, i, n, second)


def _year_first(s: Scan, i: int, year: int, second: int, third: int | None) -> Read | None:
    if not s.has(i, "year") or _figures(s, i + 2) != 2 or not s[i + 2].glued:
        return None
    if third is not None and _figures(s, i + 4) <= 2:
        return Unit("day", second * 100 + third, year), i + 5
    if s.has(i + 1, "dash") and second <= 12 and not s.has(i + 3, "month", "dash"):
        return Unit("month", second, year), i + 3
    return None


def _day_month(s: Scan, i: int, day: int, month: int) -> Read | None:
    if not (1 <= month <= 12 and 1 <= day <= 31) or (day, month) == (24, 7) or _figures(s, i + 2) > 2:
        return None
    if s.has(i + 3, "times", "counted", "unit", "month", "dash", "slash"):
        return None
    before = s[i - 1].roles if not s.has(i - 1, "article") else s[i - 2].roles
    ranged = s.has(i + 3, "range") and s.get(i + 4, "number") and s.has(i + 5, *SEPARATORS)
    if ranged or any(kind in before for kind in BOUNDARY) or s[i - 1].norm in ("op", "on"):
        return Unit("day", month * 100 + day), i + 3
    return None


def _named(s: Scan, i: int, n: int) -> Read | None:
    """``14 maart``, ``31-aug-15``, ``1 of May``."""
    if not s.get(i, "figure") or _figures(s, i) > 2:
        return None
    j = i + 1 + s.has(i + 1, "dash", "slash")
    j += s.has(j, "of_link") and s.has(j + 1, "month")
    j += s.has(j, "dot")
    month = s.get(j, "month") or foreign_month(s, j)
    if month is None:
        return None
    k = j + 1 + s.has(j + 1, "dash", "slash", "comma")
    short = s.get(k, "number")
    if (
        short is not None
        and _figures(s, k) == 2
        and s.has(j + 1, "dash", "slash")
        and not s.has(k + 1, "dash", "month")
    ):
        return Unit("day", month * 100 + n, two_digit_year(short)), k + 1
    if short in SHORT_YEARS and _figures(s, j + 1) == 2 and not s.has(j + 2, "dash", "month", "counted", "times"):
        return Unit("day", month * 100 + n, two_digit_year(s.get(j + 1, "number"))), j + 2
    return Unit("day", month * 100 + n), j + 1


def _lost_ordinal(s: Scan, i: int, n: int) -> Read | None:
    """``1 e kwartaal``, ``2 kwartaal 2026``."""
    spaced = s[i + 1].norm in ("e", "ste", "de")
    kind = s.get(i + 1 + spaced, "unit")
    if kind in ("quarter", "half", "third") and s.get(i, "figure") and (spaced or s.has(i + 2, "year")):
        j = i + 2 + spaced
        return Unit(kind, n, s.get(j, "year")), j + s.has(j, "year")
    return None


def day_behind(s: Scan, i: int, month: int) -> tuple[int, int] | None:
    """The day of ``March 4, 2026`` or ``March 4th``, with the index to read on."""
    j = i + 1
    if (day := s.get(j, "ordinal")) and s.has(j, "spelled") and not s.has(j + 1, "unit", "half_of", "month"):
        return day, j + 1
    day = s.get(j, "number")
    if day is None or not 1 <= day <= 31 or _figures(s, j) not in (1, 2) or not month:
        return None
    if s.has(j + 1, "times", "counted", "unit", "month", "dash", "slash") or (
        s.today is None and day in SHORT_YEARS and not s.has(j + 1, "comma", "year")
    ):
        return None
    closed = not s[j + 1].norm or s.has(j + 1, "comma", "year", "stop", "dot", "range", "and", "lead", "close")
    return (day, j + 1) if closed else None


def shy(s: Scan, i: int) -> bool:
    """Whether a word such as *may* or *spring* stands where only a time can stand."""
    if s.has(i + 1, "year", "range") or len(s.tokens) == 1:
        return True
    if s.has(i + 1, "dash", "slash") and s.has(i + 2, "month", "year", "number"):
        return True
    if (day := day_behind(s, i, 1)) is not None and (not s[day[1]].norm or s.has(day[1], "comma", "year")):
        return True
    if s.has(i - 1, "number", "ordinal") and not s.has(i - 1, "times"):
        return True
    if s.has(i - 1, "dash", "slash", "and", "range") and s.has(i - 2, "month", "number", "season"):
        return True
    k = i - 1 - s.has(i - 1, "article")
    return s.has(k, *BEFORE_SHY) or (s.has(k, "before") and not s.has(k, "for"))


def weekday(s: Scan, i: int, week: Unit | None = None) -> Read | None:
    """``vrijdag``: the coming one; before a date only its decoration; of a week that is named, the one in it."""
    if s.get(i + 1, "number") and (found := number_unit(s, i + 1)) is not None and found[0].kind == "day":
        return with_year(s, *found) if found[0].yearless else found
    n = s.get(i, "weekday")
    if n is None:
        return None
    j = s.skip(i + 1, "of_link")
    if week is None and s.get(j + 1, "unit") == "week" and (found := relative(s, j)) is not None:
        week, i = found[0], found[1] - 1
    if week is not None:
        return _in_week(week, n), i + 1
    if s.has(i + 1, "ahead", "past"):
        return day_of_week(s.today, n, 1 if s.has(i + 1, "ahead") else -1), i + 2
    return day_of_week(s.today, n, 0), i + 1


def _in_week(week: Unit, n: int) -> Unit:
    if week.year is None:
        return UNKNOWN
    day = date.fromisocalendar(week.year, week.n, n + 1)
    return fixed(day, day)
