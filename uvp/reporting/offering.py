"""Which actions are offered to somebody who reports without naming one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from uvp.answers.answering import own_codes
from uvp.plan import Action
from uvp.snapshot import Snapshot
from uvp.updates import Person

MOST = 6


def offered(snapshot: Snapshot, today: date, name: str, person: str, last: Sequence[str] = ()) -> tuple[str, ...]:
    """Codes: those of the last answer, then one's own, then what is late; the open ones, most pressing first."""
    by_code, by_deadline = snapshot.plan.by_code, sorted(snapshot.plan.actions, key=_pressing)
    own = own_codes(snapshot, Person(name, person))
    mine = (a.code for a in by_deadline if a.code in own)
    late = (a.code for a in by_deadline if a.deadline and a.deadline < today)
    codes = dict.fromkeys([*(c for c in last[:MOST] if c in by_code), *mine, *late])
    return tuple(c for c in codes if not snapshot.standings[c].status.closed)[:MOST]


def _pressing(action: Action) -> date:
    return action.deadline or date.max
