"""Reads how often something recurs from the tokens: per kwartaal, 2x per jaar, elke zes weken, om de week (rule 7)."""

from __future__ import annotations

from typing import Final, NamedTuple

from uvp.periods.operands import operand
from uvp.periods.rhythm import frequency, rhythm
from uvp.periods.scan import Scan

WEAK: Final = frozenset({"periodiek", "ad hoc"})
LOOK_BACK: Final = 4
MOST_EVERY: Final = 60  # a greater number before an adverb is a year or counts something
STARTS: Final = frozenset(
    {
        "recurrence",
        "cell_recurrence",
        "cell_on_demand",
        "every",
        "alternate",
        "per",
        "per_abbreviation",
        "times",
        "adverb",
    }
)
BETWEEN_COUNTS: Final = ("dash", "range", "range_before", "or", "and")


class Recurring(NamedTuple):
    """A recurrence at ``tokens[start:end]``; a ``conditional`` one says nothing beside dates."""

    label: str
    start: int
    end: int
    conditional: bool = False


def recurring(s: Scan, i: int) -> Recurring | None:
    """The recurrence whose sign is the word at ``i``."""
    for kind in s[i].roles:
        reader = READERS.get(kind)
        if reader is not None and (found := reader(s, i)) is not None:
            return found
    return None


def _word(s: Scan, i: int) -> Recurring | None:
    """``jaarlijks``, ``2x jaarlijks``, ``6-wekelijks``."""
    adverb = s.get(i, "adverb")
    if adverb is not None:
        counted = _counted(s, i, adverb)
        if counted is not None:
            return counted
    label = s.get(i, "recurrence")
    return None if label is None else Recurring(label, i, i + 1)


def _counted(s: Scan, i: int, adverb: str) -> Recurring | None:
    dashed = s.has(i - 1, "dash")
    n = s.get(i - 1 - dashed, "number")
    if n and n <= MOST_EVERY and (s[i].glued or (n > 1 and s[i].norm[-1] == "s" and not s[i - 1].glued)):
        return Recurring(rhythm(n, adverb), i - 1 - dashed, i + 1)
    if s.has(i - 1, "times") and (n := s.get(i - 2, "number")):
        return Recurring(frequency(n, 1, adverb), i - 2, i + 1)
    return None


def _number(s: Scan, i: int) -> int | None:
    """How many units lie between two times: never a year."""
    n: int | None = s.get(i, "number")
    return None if s.has(i, "year") else n


def _cell_word(s: Scan, i: int) -> Recurring | None:
    return Recurring(s.get(i, "cell_recurrence"), i, i + 1) if i < s.cells else None


def _on_demand(s: Scan, i: int) -> Recurring | None:
    return Recurring(s.get(i, "cell_on_demand"), i, i + 1, conditional=True) if i < s.cells else None


def _every(s: Scan, i: int) -> Recurring | None:
    """``elke twee weken``, ``iedere maandag``, ``elk voorjaar``, ``elke eerste maandag van de maand``."""
    j = i + 1
    if s.has(i - 1, "times"):
        return _per(s, i)
    if kind := s.get(j, "unit"):
        return Recurring(rhythm(1, kind), i, j + 1)
    if (n := _number(s, j)) and (kind := s.get(j + 1, "unit")):
        return Recurring(rhythm(n, kind), i, j + 2)
    if s.has(j, "ordinal") and s.has(j + 1, "weekday"):
        k = s.skip(j + 2, "of_link", "article", "or", "every")
        kind = s.get(k, "unit")
        return Recurring(rhythm(1, kind), i, k + 1) if kind else Recurring("maandelijks", i, j + 2)
    if s.has(j, "weekday"):
        return Recurring("wekelijks", i, j + 1)
    if s.has(j, "season", "month", "holiday", "quarter", "half", "recess", "ordinal"):
        found = operand(s, j)
        return Recurring("jaarlijks", i, found[1]) if found is not None and found[0].yearless else None
    return None


def _alternate(s: Scan, i: int) -> Recurring | None:
    """``om de week``, ``om de drie maanden``."""
    n = _number(s, i + 1)
    kind = s.get(i + 1 + (n is not None), "unit")
    if kind is None or s.has(i + 2, "past", "ahead"):
        return None
    every = n or (1 if kind in ("quarter", "half") else 2)  # "om het half jaar" is said of every one
    return Recurring(rhythm(every, kind), i, i + 2 + (n is not None))


def _per(s: Scan, i: int) -> Recurring | None:
    """``per kwartaal``, ``2x per jaar``, ``eens in de vier jaar``, ``minimaal twee controles per jaar``."""
    j = i + 1 + (s.has(i + 1, "article") and not s.has(i + 1, "number"))
    n = _number(s, j)
    k = j + (n is not None)
    kind = s.get(k, "unit")
    if kind is None or s.has(k, "quarter") or (n is None and s.get(k + 1, "number") and operand(s, k) is not None):
        return None
    plain_per = s.has(i, "from")
    count, start = _count(s, i, far=plain_per)
    if count is None:
        if not plain_per:
            return None
        forward = s.get(k + 1, "number")
        if forward and (s.has(k + 2, "times", "counted") or (s[k + 2].norm and not s[k + 2].roles)):
            return Recurring(frequency(forward, n or 1, kind), i, k + 3)
        count, start = 1, i
    return Recurring(frequency(count, n or 1, kind), start, k + 1)


def _slash(s: Scan, i: int) -> Recurring | None:
    """``2x/jaar``."""
    kind = s.get(i + 2, "unit") if s.has(i + 1, "slash") else None
    n = s.get(i - 1, "number")
    return Recurring(frequency(n, 1, kind), i - 1, i + 3) if kind and n else None


def _abbreviation(s: Scan, i: int) -> Recurring | None:
    """``1 keer p/j``."""
    count, start = _count(s, i, far=False)
    return Recurring(frequency(count, 1, s.get(i, "per_abbreviation")), start, i + 1) if count else None


def _count(s: Scan, i: int, far: bool) -> tuple[int | None, int]:
    """The number of times before ``per``, with its index; ``far``: also with some words between."""
    k = i - 1
    if s.has(k, "times"):
        k -= 1
    for at in range(k, max(-1, k - (LOOK_BACK if far else 1)), -1):
        if s.has(at, "stop", "colon", "year", "open", "close", "month", "article", "of_link") and not s.has(
            at, "number"
        ):
            break
        n = s.get(at, "number")
        if n and n < 400:
            while s.get(at - 2, "number") and (s.has(at - 1, *BETWEEN_COUNTS) or s[at - 1].norm == "a"):
                at -= 2
            return s.get(at, "number"), at if k - at < 2 else i
    return None, i


READERS: Final = {
    "times": _slash,
    "recurrence": _word,
    "adverb": _word,
    "cell_recurrence": _cell_word,
    "cell_on_demand": _on_demand,
    "every": _every,
    "alternate": _alternate,
    "per": _per,
    "per_abbreviation": _abbreviation,
}


def yearly_event(s: Scan) -> str | None:
    """``de eerste raadsvergadering van het jaar`` in a cell comes every year."""
    for i in range(len(s.tokens)):
        if s.has(i, "ordinal"):
            for k in range(i + 1, i + 5):
                if s.has(k, "of_link") and s.has(k + 1, "article") and s.get(k + 2, "unit") == "year":
                    return rhythm(1, "year")
    return None
