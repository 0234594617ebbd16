"""An answer as the plain record that scripts read: the object of ``ask --json``, keys in the order documented there."""

from __future__ import annotations

from datetime import date
from typing import Any

from uvp.answer import Answer
from uvp.period import Period
from uvp.question import Filters, Intent, Question, ReportedUpdate


def as_record(answer: Answer, text: str) -> dict[str, Any]:
    """The answer as values that JSON knows; ``text`` is the same answer in words."""
    question = answer.question
    return {
        "language": question.language,
        "intent": question.intent.value,
        "show": question.show.value,
        "select": question.select.value,
        "filters": _filters(question.filters),
        "groups": [{"kind": group.kind, "codes": list(group.codes)} for group in answer.groups],
        "people": list(answer.people),
        "count": answer.count,
        "choices": list(question.choices),
        "update": _update(question),
        "text": text,
    }


def _filters(filters: Filters) -> dict[str, Any]:
    return {
        "themes": list(filters.themes),
        "sections": list(filters.sections),
        "period": _period(filters.period),
        "statuses": [status.value for status in filters.statuses],
        "municipalities": list(filters.municipalities),
        "people": list(filters.people),
        "partners": list(filters.partners),
        "recurrences": list(filters.recurrences),
        "codes": list(filters.codes),
        "text": filters.text,
    }


def _period(period: Period | None) -> dict[str, str | None] | None:
    return None if period is None else {"start": _day(period.start), "end": _day(period.end)}


def _update(question: Question) -> dict[str, Any] | None:
    """The status report as it was read; None for anything but a report."""
    if question.intent is not Intent.UPDATE:
        return None
    update = question.update or ReportedUpdate()
    return {
        "codes": [] if question.choices else list(update.codes),
        "status": update.status.value if update.status else None,
        "municipalities": list(update.municipalities),
        "expected": _day(update.expected),
        "note": update.note,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
