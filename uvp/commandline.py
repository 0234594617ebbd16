"""What the command line reads and prints: lines of text and of JSON that scripts rely on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from uvp.answers.record import as_record
from uvp.assistant import Assistant
from uvp.errors import UnknownAction, UnknownMunicipality, UnknownOrganisation, UnknownStatus
from uvp.folding import plain
from uvp.members import organisations
from uvp.period import Period
from uvp.periods import read_timing
from uvp.plan import Plan
from uvp.snapshot import Snapshot
from uvp.updates import NewUpdate, Status, Update

PLACE = "command line"


def answer_line(
    assistant: Assistant, snapshot: Snapshot, today: date, line: str, *, as_json: bool, explain: bool = False
) -> str:
    """The answer to one question, or to the last of a list of turns, as text or as a line of JSON."""
    context = None
    for turn in turns(line) if as_json else [line]:
        response = assistant.respond(turn, snapshot, today, context)
        context = response.context
    if as_json:
        return as_line(as_record(response.answer, response.text))
    if explain:
        return "\n".join(f"{w.text}\t{w.kind}\t{w.value}" for w in response.answer.question.reading)
    return response.text


def turns(line: str) -> list[str]:
    """The turns of a conversation: a JSON list of texts, or the line itself."""
    if line.lstrip().startswith("["):
        try:
            value = json.loads(line)
        except ValueError:
            return [line]
        if isinstance(value, list) and value and all(isinstance(v, str) for v in value):
            return value
    return [line]


def lines(stream: Iterable[str]) -> Iterator[str]:
    """Lines without their ends."""
    return (line.rstrip("\r\n") for line in stream)


def as_line(value: object) -> str:
    """One line of JSON, readable for people."""
    return json.dumps(value, ensure_ascii=False)


def timing_line(text: str, today: date | None, plan: Period) -> str:
    """How a timing is read, as a line of JSON; all null where it cannot be read."""
    timing = read_timing(text, today, plan)
    period = timing.period or Period()
    return as_line({"text": text, "start": iso(period.start), "end": iso(period.end), "recurrence": timing.recurrence})


def iso(day: date | None) -> str | None:
    """The day as YYYY-MM-DD."""
    return day.isoformat() if day else None


def reported(
    plan: Plan,
    code: str,
    status: str,
    municipalities: Sequence[str],
    *,
    note: str,
    expected: date | None,
    by: str,
    at: datetime,
) -> list[NewUpdate]:
    """The updates that a command means: one for each municipality, or one for the whole action.

    Raises UnknownAction, UnknownStatus, UnknownMunicipality.
    """
    change = NewUpdate(plan_code(plan, code), plan_status(status), by, at, note=note, expected=expected, place=PLACE)
    names = dict.fromkeys(plan_municipality(plan, name) for name in municipalities)
    return [replace(change, municipality=name) for name in names] or [change]


def receipt(updates: Iterable[Update | NewUpdate]) -> str:
    """What was recorded, a line each."""
    return "\n".join(" ".join(filter(None, (u.code, u.municipality, u.status))) for u in updates)


def plan_code(plan: Plan, text: str) -> str:
    """The code as the plan writes it (``dig-3`` is DIG-03). Raises UnknownAction."""
    theme, _, number = text.strip().upper().replace(" ", "-").partition("-")
    code = f"{theme}-{number.zfill(2)}"
    if code not in plan.by_code:
        raise UnknownAction(text)
    return code


def plan_status(text: str) -> Status:
    """The status by its name. Raises UnknownStatus."""
    try:
        return Status(text.strip().lower())
    except ValueError:
        raise UnknownStatus(text) from None


def plan_municipality(plan: Plan, text: str) -> str:
    """The municipality by its name or another word for it. Raises UnknownMunicipality."""
    folded = plain(text.strip())
    for municipality in plan.municipalities:
        if folded in map(plain, (municipality.name, *municipality.words)):
            return municipality.name
    raise UnknownMunicipality(text)


def plan_organisation(plan: Plan, text: str) -> str:
    """The organisation that a member is of. Raises UnknownOrganisation."""
    known = organisations(plan)
    try:
        return plan_municipality(plan, text)
    except UnknownMunicipality:
        found = next((name for name in known if plain(name) == plain(text.strip())), None)
    if found is None:
        raise UnknownOrganisation(text, known)
    return found
