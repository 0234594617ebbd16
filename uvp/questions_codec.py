"""A question as a small JSON value and back, for buttons that ask exactly this question again later.

The day on which it was asked goes along, so that *this quarter* on the second page is the quarter of the first. What
comes back was in other hands: ``decode`` checks every field and gives None for whatever it does not recognise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

import orjson
from pydantic import TypeAdapter, ValidationError

from uvp.period import Period
from uvp.question import Intent, Question

SIZE_LIMIT = 2000
TEXT_LIMIT = 200
WEEKS_LIMIT = 1000
DAYS = Period(date(1900, 1, 1), date(2200, 12, 31))


def encode(question: Question, today: date) -> dict[str, Any] | None:
    """A JSON value of at most ``SIZE_LIMIT`` bytes that ``decode`` reads back; None where the question is too big.

    The words of a long question are cut, and its reading is left out when there is no room: neither changes the answer.
    """
    short = replace(question, text=question.text[:TEXT_LIMIT])
    for candidate in (short, replace(short, reading=(), left_out=(), suggestion=None)):
        value = {"today": today.isoformat(), "question": _plain(candidate)}
        if _size(value) <= SIZE_LIMIT:
            return value
    return None


def decode(value: object) -> tuple[Question, date] | None:
    """The question and its day; None for a value that is broken, too big, or asks for something else than an answer."""
    if not isinstance(value, Mapping) or _size(value) > SIZE_LIMIT:
        return None
    try:
        question = _questions().validate_python(value.get("question"))
        today = _days().validate_python(value.get("today"))
    except ValidationError:
        return None
    return (question, today) if _askable(question, today) else None


def _plain(value: Any) -> Any:
    """Dataclasses as mappings without the fields that have their default, the rest as JSON has it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if not is_dataclass(value) or isinstance(value, type):
        return value
    pairs = ((name, default, getattr(value, name)) for name, default in _defaults(type(value)))
    return {name: _plain(v) for name, default, v in pairs if v != default}


@cache
def _defaults(kind: type[Any]) -> tuple[tuple[str, Any], ...]:
    """The fields of a dataclass, each with its default; ``MISSING`` equals no value, so it is always written."""
    return tuple((f.name, f.default if f.default_factory is MISSING else f.default_factory()) for f in fields(kind))


def _size(value: object) -> int:
    """Bytes of the value as JSON; more than the limit for what JSON cannot hold."""
    try:
        return len(orjson.dumps(value))
    except orjson.JSONEncodeError:
        return SIZE_LIMIT + 1


def _askable(question: Question, today: date) -> bool:
    """Whether it is a question that was answered with actions, about days and weeks that can be counted with."""
    answered = question.intent is Intent.ASK and not question.choices and question.update is None
    countable = today in DAYS and 0 <= question.stale_weeks <= WEEKS_LIMIT
    return answered and countable and all(map(_sound, (question.filters.period, question.compared)))


def _sound(period: Period | None) -> bool:
    days = [day for day in (period.start, period.end) if day] if period else []
    return days == sorted(days) and all(day in DAYS for day in days)


# Made on first use: building a validator is work, and importing a module does none.
@cache
def _questions() -> TypeAdapter[Question]:
    return TypeAdapter(Question)


@cache
def _days() -> TypeAdapter[date]:
    return TypeAdapter(date)
