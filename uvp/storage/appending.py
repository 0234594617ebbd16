"""How updates come to stand behind each other: what is new of them, what was recorded before, and their rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Integer, bindparam, insert, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import ReturningInsert, ReturningUpdate

from uvp.errors import CannotUndo, ChangedMeanwhile, UnknownUpdate
from uvp.recording import check, cleaned
from uvp.snapshot import Snapshot
from uvp.storage.loading import Loaded
from uvp.storage.models import PlanRow, UpdateRow
from uvp.storage.rows import recorded, update_values
from uvp.updates import NewUpdate, Status, Update

Found = Mapping[str | None, Update]


def split(known: Loaded, changes: Sequence[NewUpdate], seen: Mapping[str, int] | None) -> tuple[Found, list[NewUpdate]]:
    """What was recorded before, by key, and what is to be recorded now. Raises what ``Store.record`` raises."""
    keys = {change.key for change in changes} - {None}
    entries = (u for updates in known.snapshot.updates.values() for u in updates) if keys else ()
    found = {u.key: u for u in entries if u.key in keys}
    new = [change for change in changes if change.key is None or change.key not in found]
    for change in new:
        check(known.plan, change)
    if seen is not None:
        _unchanged(known.snapshot, {change.code: seen.get(change.code, 0) for change in new})
    return found, new


def in_order(changes: Sequence[NewUpdate], found: Found, added: Sequence[Update]) -> list[Update]:
    """What stands for each of ``changes``: what was recorded now (``added``), or before with its key."""
    rest = iter(added)
    return [next(rest) if c.key is None or c.key not in found else found[c.key] for c in changes]


def _unchanged(snapshot: Snapshot, seen: Mapping[str, int]) -> None:
    """Raises ChangedMeanwhile for actions with an update newer than what was seen of them."""
    newest = {code: updates[-1].id for code in seen if (updates := snapshot.updates.get(code))}
    if codes := tuple(code for code, id_ in newest.items() if id_ > seen[code]):
        raise ChangedMeanwhile(codes)


def undoable(update_id: int, updates: Mapping[int, Update]) -> Update:
    """The update of this id. Raises UnknownUpdate and CannotUndo."""
    if update_id not in updates:
        raise UnknownUpdate(update_id)
    if updates[update_id].undoes is not None:
        raise CannotUndo(update_id)
    return updates[update_id]


def next_revision() -> ReturningUpdate[Any]:
    """Takes the plan's lock where the plan is still at a revision, and raises that; gives no row otherwise."""
    at = (PlanRow.id == bindparam("plan", type_=Integer())) & (PlanRow.revision == bindparam("known", type_=Integer()))
    return update(PlanRow).where(at).values(revision=PlanRow.revision + 1).returning(PlanRow.id)


def append_one() -> ReturningInsert[Any]:
    """Puts in the row of one update and gives its id; its parameters are those of ``update_values``."""
    columns = update_values(NewUpdate("", Status.UNKNOWN, "", datetime.min.replace(tzinfo=UTC)), 0, 0, None)
    values = {name: bindparam(name, type_=UpdateRow.__table__.c[name].type) for name in columns}
    return insert(UpdateRow).values(values).returning(UpdateRow.id)


async def append(
    session: AsyncSession, known: Loaded, changes: Sequence[NewUpdate], undoes: Sequence[int] | None = None
) -> list[Update]:
    """Appends updates; with ``undoes`` counter-entries, each of the update that stands in its place there."""
    if not changes:
        return []
    taken_back = [None] * len(changes) if undoes is None else undoes
    rows = list(zip(map(cleaned, changes), taken_back, strict=True))
    ids = await session.scalars(
        insert(UpdateRow).returning(UpdateRow.id, sort_by_parameter_order=True),
        [update_values(c, known.head.id, known.action_ids[c.code], undone) for c, undone in rows],
    )
    await bump(session, known)
    return [recorded(change, id_, undone) for (change, undone), id_ in zip(rows, ids, strict=True)]


async def bump(session: AsyncSession, known: Loaded, content: bool = False) -> None:
    """Raises the revision of a plan; with ``content`` because something else than updates changed."""
    values = {"revision": PlanRow.revision + 1}
    if content:
        values["content_revision"] = PlanRow.revision + 1
    await session.execute(update(PlanRow).where(PlanRow.id == known.head.id).values(values))
