"""Who is responsible for an action and can be addressed: its owners, else the two officials of its theme."""

from __future__ import annotations

from collections.abc import Sequence

from uvp.snapshot import Snapshot
from uvp.updates import Person


def responsible(snapshot: Snapshot, code: str) -> tuple[Person, ...]:
    """Owners that Teams knows, else officials that Teams knows; empty where there are none."""
    action = snapshot.plan.by_code[code]
    for people in (snapshot.persons.get(code, ()), snapshot.persons.get(action.theme, ())):
        if reachable := tuple(p for p in people if p.id):
            return reachable
    return ()


def reminded(snapshot: Snapshot, code: str, coordinators: Sequence[Person]) -> tuple[Person, ...]:
    """Who is reminded of an action: who is responsible, else the coordinators."""
    return responsible(snapshot, code) or tuple(coordinators)
