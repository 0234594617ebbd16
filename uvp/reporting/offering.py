"""Which actions are offered to somebody who reports without naming one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from uvp.folding import plain
from uvp.plan import Action
from uvp.snapshot import Snapshot

MOST = 6


def offered(snapshot: Snapshot, today: date, name: str, person: str, last: Sequence[str] = ()) -> tuple[str, ...]:
    """Codes: those of the last answer, then one's own, then what is late; the open ones, most pressing first."""
    by_code, by_deadline = snapshot.plan.by_code, sorted(snapshot.plan.actions, key=_pressing)
    mine = (a.code for a in by_deadline if is_mine(snapshot, a, name, person))
    late = (a.code for a in by_deadline if a.deadline and a.deadline < today)
    codes = dict.fromkeys([*(c for c in last[:MOST] if c in by_code), *mine, *late])
    return tuple(c for c in codes if not snapshot.standings[c].status.closed)[:MOST]


def is_mine(snapshot: Snapshot, action: Action, name: str, person: str) -> bool:
    """Whether somebody owns an action or is one of the officials of its theme, by id or else by name."""
    people = (*snapshot.persons.get(action.code, ()), *snapshot.persons.get(action.theme, ()))
    return any(p.id == person if p.id else plain(p.name) == plain(name) for p in people)


def _pressing(action: Action) -> date:
    return action.deadline or date.max
