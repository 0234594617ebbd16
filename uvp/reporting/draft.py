"""The draft of an update while it is being made, and which step comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from uvp.members import Member, scopes
from uvp.question import Language, ReportedUpdate
from uvp.snapshot import Snapshot
from uvp.updates import NewUpdate, Status, Update

EXPLAINED = (Status.DELAYED, Status.DROPPED)
"""The statuses that need a note."""


class Step(StrEnum):
    """What is asked, in this order; what is known already is not asked."""

    ACTION = "action"
    SCOPE = "scope"
    STATUS = "status"
    NOTE = "note"
    EXPECTED = "expected"
    CONFIRM = "confirm"


@dataclass(frozen=True, slots=True)
class Draft:
    """An update as far as it is known. None is open, ``municipalities`` () is the action as a whole.

    ``key`` makes recording it idempotent, ``by`` is the key of the person who makes it. ``choices`` are the codes that
    a text fits equally well. With ``several`` many actions get the same status. ``seen`` is the newest update of each
    action that this person was shown. ``turn`` grows with each step, so that a card of an earlier one is known as such;
    ``answered`` are the steps that were answered, in order, ``opened`` a step that is asked though it need not be.
    """

    key: str
    by: str
    language: Language = "nl"
    codes: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    municipalities: tuple[str, ...] | None = None
    status: Status | None = None
    note: str | None = None
    expected: date | None = None
    several: bool = False
    skipped: tuple[Step, ...] = ()
    answered: tuple[Step, ...] = ()
    opened: Step | None = None
    seen: tuple[tuple[str, int], ...] = ()
    turn: int = 0


def next_step(draft: Draft) -> Step:
    """The first thing that is still open."""
    if draft.opened is not None:
        return draft.opened
    if not draft.codes:
        return Step.ACTION
    if draft.municipalities is None:
        return Step.SCOPE
    if draft.status is None:
        return Step.STATUS
    if draft.status in EXPLAINED and not draft.note:
        return Step.NOTE
    if draft.status is Status.DELAYED and draft.expected is None and Step.EXPECTED not in draft.skipped:
        return Step.EXPECTED
    return Step.CONFIRM


def filled(draft: Draft, report: ReportedUpdate, choices: tuple[str, ...] = ()) -> Draft:
    """The draft with what a text reports. A report on several actions is about each of them as a whole."""
    codes = report.codes or draft.codes
    return replace(
        draft,
        codes=codes,
        choices=() if codes else choices,
        several=len(codes) > 1,
        municipalities=report.municipalities or draft.municipalities,
        status=report.status or draft.status,
        note=report.note or draft.note,
        expected=report.expected or draft.expected,
    )


def answered(draft: Draft, step: Step, **values: Any) -> Draft:
    """The draft after a step was answered with these values."""
    return replace(draft, **values, opened=None, answered=(*draft.answered, step), turn=draft.turn + 1)


def back(draft: Draft) -> Draft | None:
    """The draft before its last answer; None where there is nothing to go back to.

    Where all was said at once, the status is asked again: that is what people have second thoughts about.
    """
    turned = replace(draft, opened=None, turn=draft.turn + 1)
    if draft.opened is not None and _known(replace(draft, opened=None), draft.opened):
        return turned
    if draft.answered:
        *before, last = draft.answered
        return _without(replace(turned, answered=tuple(before)), last)
    return replace(turned, opened=Step.STATUS) if next_step(draft) is Step.CONFIRM else None


def _known(draft: Draft, step: Step) -> bool:
    return list(Step).index(next_step(draft)) > list(Step).index(step)


def _without(draft: Draft, step: Step) -> Draft:
    match step:
        case Step.ACTION:
            return replace(draft, codes=(), several=False, seen=())
        case Step.SCOPE:
            return replace(draft, municipalities=None)
        case Step.STATUS:
            return replace(draft, status=None)
        case Step.NOTE:
            return replace(draft, note=None)
        case Step.EXPECTED:
            return replace(draft, expected=None, skipped=tuple(s for s in draft.skipped if s is not Step.EXPECTED))
        case Step.CONFIRM:
            return draft


def settled(draft: Draft, member: Member, snapshot: Snapshot) -> tuple[Draft, tuple[str, ...]]:
    """The draft with what needs no asking, and the municipalities that had to be left out of it.

    Left out is what does not take part or what ``member`` may not record for.
    """
    plan = snapshot.plan
    codes = tuple(code for code in draft.codes if code in plan.by_code)
    draft = replace(draft, codes=codes, several=draft.several and bool(codes))
    if not codes:
        return draft, ()
    allowed = set.intersection(*(set(scopes(member, plan, plan.by_code[code])) for code in codes))
    named = draft.municipalities
    if named is None and (draft.several or allowed == {None}):
        named = ()
    left_out = tuple(m for m in named or () if m not in allowed)
    if left_out:
        named = tuple(m for m in named or () if m in allowed) or None
        named = () if named is None and draft.several else named
    seen = dict(draft.seen)
    seen = {code: seen.get(code, newest(snapshot, code)) for code in codes}
    return replace(draft, municipalities=named, seen=tuple(seen.items())), left_out


def newest(snapshot: Snapshot, code: str) -> int:
    """The id of the newest update of an action, counter-entries included; 0 where there is none."""
    updates = snapshot.updates.get(code)
    return updates[-1].id if updates else 0


def since(draft: Draft, snapshot: Snapshot) -> tuple[Update, ...]:
    """What was recorded about the draft's actions after what its maker was shown, in order of recording."""
    seen = dict(draft.seen)
    found = (u for code in draft.codes for u in snapshot.updates.get(code, ()) if u.id > seen.get(code, 0))
    return tuple(sorted(found, key=lambda update: update.id))


def shown(draft: Draft, snapshot: Snapshot) -> Draft:
    """The draft after its maker was shown where its actions stand."""
    return replace(draft, seen=tuple((code, newest(snapshot, code)) for code in draft.codes))


def changes(draft: Draft, member: Member, at: datetime, place: str | None) -> list[NewUpdate]:
    """What confirming the draft records: one update for each action and municipality, each with a key of its own."""
    if draft.status is None:
        raise ValueError("a draft without a status cannot be recorded")
    expected = draft.expected if draft.status is Status.DELAYED else None
    change = NewUpdate(
        "", draft.status, member.name, at, note=draft.note or "", expected=expected, by_id=member.id, place=place
    )
    scope: Sequence[str | None] = draft.municipalities or (None,)
    return [
        replace(change, code=code, municipality=m, key=f"{draft.key}:{code}:{m or ''}")
        for code in draft.codes
        for m in scope
    ]


def recorded(key: str, snapshot: Snapshot, codes: Sequence[str] = ()) -> tuple[Update, ...]:
    """What was recorded under the key of a draft, in order."""
    start = f"{key}:"
    groups = [snapshot.updates.get(code, ()) for code in codes] if codes else snapshot.updates.values()
    found = (u for updates in groups for u in updates if u.key is not None and u.key.startswith(start))
    return tuple(sorted(found, key=lambda update: update.id))


def encode(draft: Draft) -> dict[str, Any]:
    """The draft as plain JSON."""
    value: dict[str, Any] = _drafts().dump_python(draft, mode="json", exclude_defaults=True)
    return value


def decode(value: object) -> Draft | None:
    """The draft; None for what cannot be read, as from a version that is gone."""
    if not isinstance(value, Mapping):
        return None
    try:
        return _drafts().validate_python(value)
    except ValidationError:
        return None


# Made on first use: building a validator is work, and importing a module does none.
@cache
def _drafts() -> TypeAdapter[Draft]:
    return TypeAdapter(Draft)
