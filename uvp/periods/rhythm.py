"""How often something recurs, as one word (rule 7)."""

from __future__ import annotations

from typing import Final

BY_MONTHS: Final = {
    1: "maandelijks",
    2: "tweemaandelijks",
    3: "per kwartaal",
    4: "viermaandelijks",
    6: "halfjaarlijks",
    12: "jaarlijks",
    24: "tweejaarlijks",
    36: "driejaarlijks",
    48: "vierjaarlijks",
    60: "vijfjaarlijks",
}
BY_DAYS: Final = {1: "dagelijks", 7: "wekelijks", 14: "tweewekelijks"}
MONTHS: Final = {"month": 1, "quarter": 3, "third": 4, "half": 6, "year": 12}
DAYS: Final = {"day": 1, "week": 7, "weekend": 7}
NAMES: Final = {"day": "dag", "week": "week", "weekend": "week", "month": "maand", "quarter": "kwartaal"}


def rhythm(every: int, unit: str) -> str:
    """What recurs once in ``every`` units."""
    if unit in MONTHS:
        months = every * MONTHS[unit]
        return BY_MONTHS.get(months) or (f"{months // 12}-jaarlijks" if months % 12 == 0 else f"{months}-maandelijks")
    days = every * DAYS[unit]
    return BY_DAYS.get(days) or (f"{days // 7}-wekelijks" if days % 7 == 0 else f"{days}-daags")


def frequency(times: int, every: int, unit: str) -> str:
    """What recurs ``times`` in ``every`` units: four times a year is every three months."""
    if times <= 1:
        return rhythm(every, unit)
    if unit in MONTHS:
        months = every * MONTHS[unit]
        if months % times == 0:
            return rhythm(months // times, "month")
        match months, times:
            case (12, 52) | (1, 4):
                return "wekelijks"
            case (12, 26) | (1, 2):
                return "tweewekelijks"
        return f"{times}x per jaar" if months == 12 else f"{times}x per {NAMES.get(unit, 'jaar')}"
    days = every * DAYS[unit]
    return rhythm(days // times, "day") if days % times == 0 else f"{times}x per {NAMES[unit]}"
