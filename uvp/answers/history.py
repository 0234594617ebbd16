"""What was recorded about an action, entry by entry, with what changed. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from uvp.plan import Action, Plan
from uvp.updates import Status, Update, effective, roll_up


@dataclass(frozen=True, slots=True)
class Entry:
    """One recorded update with what it changed.

    ``before`` and ``after`` are the status of what the update covers (a municipality, or the action as a whole),
    ``rolled_before`` and ``rolled_after`` that of the action. All four are None for an entry that does not count: one
    that was undone (``undone_by`` is the counter-entry) or a counter-entry itself (``undoes`` is what it takes back).
    """

    update: Update
    before: Status | None = None
    after: Status | None = None
    rolled_before: Status | None = None
    rolled_after: Status | None = None
    undone_by: Update | None = None
    undoes: Update | None = None


def history(plan: Plan, action: Action, updates: Sequence[Update]) -> tuple[Entry, ...]:
    """Everything recorded about one action, newest first; what was undone stays in it, marked."""
    counting = {entry.update.id: entry for entry in _replayed(plan, action, updates)}
    by_id = {u.id: u for u in updates}
    undone = {u.undoes: u for u in updates if u.undoes is not None}
    entries = [
        counting.get(u.id) or Entry(u, undone_by=undone.get(u.id), undoes=by_id.get(u.undoes) if u.undoes else None)
        for u in updates
    ]
    return tuple(sorted(entries, key=lambda e: (e.update.at, e.update.id), reverse=True))


def _replayed(plan: Plan, action: Action, updates: Sequence[Update]) -> list[Entry]:
    current = dict.fromkeys(plan.participants(action), Status.UNKNOWN)
    entries = []
    for update in effective(updates):
        rolled = roll_up(list(current.values()))
        before = rolled if update.municipality is None else current.get(update.municipality)
        covered = [m for m in current if update.municipality in (None, m)]
        current.update(dict.fromkeys(covered, update.status))
        entries.append(Entry(update, before, update.status, rolled, roll_up(list(current.values()))))
    return entries
