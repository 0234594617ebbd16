"""What may be recorded. Pure: the store asks before it writes, dialogs ask before they offer."""

from __future__ import annotations

import re
from dataclasses import replace

from uvp.errors import NoteTooLong, NotParticipating, UnknownAction, UnknownMunicipality
from uvp.plan import Plan
from uvp.updates import NOTE_LIMIT, NewUpdate

# PostgreSQL keeps no NUL in a text, and neither database a surrogate without its other half.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def check(plan: Plan, change: NewUpdate) -> None:
    """Whether ``change`` fits the plan.

    Raises UnknownAction, UnknownMunicipality, NotParticipating or NoteTooLong, and ValueError for a moment without a
    time zone, which is a mistake of the program and not of a person.
    """
    if change.at.tzinfo is None:
        raise ValueError(f"a moment needs a time zone: {change.at!r}")
    action = plan.by_code.get(change.code)
    if action is None:
        raise UnknownAction(change.code)
    if change.municipality is not None:
        if change.municipality not in plan.municipality_names:
            raise UnknownMunicipality(change.municipality)
        if change.municipality not in plan.participants(action):
            raise NotParticipating(change.code, change.municipality)
    if len(change.note) > NOTE_LIMIT:
        raise NoteTooLong(len(change.note), NOTE_LIMIT)


def cleaned(change: NewUpdate) -> NewUpdate:
    """The change with texts that every database keeps."""
    return replace(
        change,
        by=storable(change.by),
        note=storable(change.note),
        by_id=change.by_id and storable(change.by_id),
        place=change.place and storable(change.place),
    )


def storable(text: str) -> str:
    """``text`` without the characters that no database keeps."""
    return _UNSTORABLE.sub("", text)
