"""The filters of a follow-up: what it names in the place of what the question before said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from uvp.period import Period
from uvp.plan import Plan
from uvp.question import Filters
from uvp.questions.moving import moved
from uvp.questions.negation import is_negated
from uvp.questions.slots import people_of
from uvp.questions.turn import Turn

_ANY_DAYS = (1, 5)  # months: *dit kwartaal* is another one in each
_KINDS = {"themes": "theme", "municipalities": "municipality", "people": "person"}


def carried(turn: Turn, plan: Plan) -> Filters:
    """The filters of the question before, with what the text names, adds, excludes and drops."""
    slots, old = turn.slots, turn.before.filters
    changes: dict[str, object] = {}
    leaves = () if old.people else slots.not_held
    for name, values in (
        ("themes", slots.themes or [theme for theme, _ in slots.topics]),
        ("sections", slots.sections),
        ("municipalities", slots.municipalities),
        ("people", () if leaves else slots.people),
        ("partners", slots.partners),
        ("statuses", slots.statuses),
        ("recurrences", slots.recurrences),
    ):
        if values:
            changes[name] = _named(turn, name, tuple(values))
    if (period := _period(turn)) is not None:
        changes["period"] = period
    changes |= dict.fromkeys(slots.every - {"period"}, ()) | dict.fromkeys(slots.every & {"period"})
    if turn.s.has("everybody") and not slots.people:
        changes["people"] = ()
    if turn.s.has("others"):
        changes |= _others(turn, plan)
    if remaining := leaves or slots.remaining:
        changes["codes"] = tuple(c for c in old.codes or remaining if c in remaining)
    elif {"themes", "people", "partners", "sections"} & set(changes) and not turn.s.has("also"):
        changes |= {"codes": (), "text": None} | ({} if "sections" in changes else {"sections": ()})
    if slots.codes:
        return Filters(codes=tuple(slots.codes), municipalities=old.municipalities)
    return replace(old, **changes)  # type: ignore[arg-type]  # the names are those of the fields above


def _named(turn: Turn, name: str, values: tuple[str, ...]) -> tuple[str, ...]:
    """The values of one filter, where the text adds to them, names others, or excludes some."""
    old: tuple[str, ...] = getattr(turn.before.filters, name)
    kind = _KINDS.get(name)
    if kind not in turn.slots.others:
        return tuple(dict.fromkeys((*(old if turn.s.has("also") else ()), *values)))
    excluded = turn.slots.without[kind]
    new = tuple(v for v in excluded if v not in old)
    if old and new and len(new) < len(excluded) and not turn.s.has("except"):
        return new  # *niet zorg, verkeer*: what was not asked about cannot be left out of it
    return tuple(v for v in old if v not in excluded) or values


def _others(turn: Turn, plan: Plan) -> dict[str, object]:
    """*De andere thema's*, *de rest*: all but those of the question before."""
    old, every = turn.before.filters, turn.slots.every
    kinds = {
        "themes": [t.code for t in plan.themes],
        "people": people_of(plan),
        "municipalities": list(plan.municipality_names),
    }
    meant = "people" if turn.s.has("everybody") else next((n for n in kinds if n in every or getattr(old, n)), None)
    if every & set(kinds):
        meant = next(n for n in kinds if n in every)
    return {meant: tuple(v for v in kinds[meant] if v not in getattr(old, meant))} if meant else {}


def _period(turn: Turn) -> Period | None:
    """The period that is meant instead; None where the text names none."""
    s, slots, old = turn.s, turn.slots, turn.before.filters.period
    if slots.period is None:
        return moved(old, s)
    if slots.now:
        return None
    if slots.compared is not None and is_negated(s, s.periods[0][0]) and not is_negated(s, s.periods[1][0]):
        return slots.compared  # *niet 2025 maar 2026*
    return _of_those(turn) or _in_place_of(old, turn) or _in_its_year(old, turn) or slots.period


def _of_those(turn: Turn) -> Period | None:
    """*Those from last year*: the year itself, not all since then."""
    s = turn.s
    if not s.periods or s.following(s.periods[0][0]) not in s.grammar.of:
        return None
    start, end, found = s.periods[0]
    those = any(m.end == start for sign in ("pronoun", "among", "only") for m in s.signs.get(sign, ()))
    return s.period_of(start + 1) if those and end - start > 1 and found.period and not found.period.end else None


def _in_place_of(period: Period | None, turn: Turn) -> Period | None:
    """*En voor Q1?* after a period means that quarter, not what ends before it; *vóór* keeps its meaning."""
    s = turn.s
    follows = period is not None and period.start is not None
    if not (follows or s.has("same", "and")) or not s.periods:
        return None
    start, end, found = s.periods[0]
    if (
        end - start < 2
        or found.period is None
        or found.period.start is not None
        or s.following(start) not in s.grammar.by
    ):
        return None
    named = s.period_of(start + 1)
    return named if named is not None and named.lasts else None


def _in_its_year(period: Period | None, turn: Turn) -> Period | None:
    """*Vanaf oktober*, *alleen Q3* after a year: that part of it, where the words mean the same on any day."""
    if period is None or period.start is None or period.end != date(period.start.year, 12, 31):
        return None
    s, year = turn.s, period.start.year
    if period.start != date(year, 1, 1) or not s.periods:
        return None
    parts = [s.period_of(s.periods[0][0], date(year, month, 15)) for month in _ANY_DAYS]
    part = parts[0]
    if part is None or any(p != part for p in parts) or (part.start or part.end) is None:
        return None
    inside = Period(max(part.start or period.start, period.start), min(part.end or period.end, period.end))
    whole = inside.start == period.start and inside.end == period.end
    return None if whole or inside.start > inside.end else inside  # type: ignore[operator]  # both were set above
