"""The store: values in, values out, over one database.

Whoever changes something about a plan holds the lock of its row until the commit (on SQLite the lock of the file), so
that the ids of updates are the order on which all readers agree.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Integer, String, bindparam, delete, false, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import ReturningInsert, ReturningUpdate

from uvp.errors import CannotUndo, ChangedMeanwhile, PlanExists, UnknownAction, UnknownPlan, UnknownTheme, UnknownUpdate
from uvp.plan import Plan
from uvp.recording import check, cleaned, storable
from uvp.snapshot import Snapshot
from uvp.storage.database import Database
from uvp.storage.loading import Head, Loaded, head_query, load, load_updates
from uvp.storage.models import CommunicationRow, OfficialRow, OwnerRow, PlanRow, UpdateRow
from uvp.storage.planting import insert_plan, outdated, refresh_plan
from uvp.storage.rows import official_rows, owner_rows, recorded, update_values
from uvp.storage.upgrade import SCHEMA_LOCK, migrate
from uvp.updates import NewUpdate, Person, Status, Update

# The end of the integers that PostgreSQL keeps in four bytes; a forged card may hold any number.
_IDS_END = 2**31


class Store:
    """Plans and what is recorded about them.

    ``slug`` names the plan everywhere; without it the first plan of the database is meant. Every method raises
    DatabaseUnavailable when the database cannot be used, and UnknownPlan when there is no such plan.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        direct = database.direct
        self._head_of_first = direct.prepare(head_query(None))
        self._head_of_named = direct.prepare(head_query(bindparam("slug", type_=String())))
        self._next_revision = direct.prepare(_next_revision())
        self._append_one = direct.prepare(_append_one())
        self._loaded: dict[int, Loaded] = {}
        self._loading = asyncio.Lock()

    async def migrate(self) -> None:
        """Brings the schema up to date; safe when several processes start at once."""
        await migrate(self.database)
        if self.database.file is not None:
            self.database.file.note()

    async def check(self) -> None:
        """Returns when the database can be read and written; changes nothing."""
        async with self.database.writing() as session:
            # Takes the lock of a writer, which a file or a server that only reads refuses also where no row fits.
            await session.execute(update(PlanRow).where(false()).values(revision=PlanRow.revision))
        await self.snapshot()

    async def close(self) -> None:
        """Closes all connections."""
        await self.database.close()

    async def seed(self, plan: Plan) -> None:
        """Puts ``plan`` into a database that holds no plan; one that holds this plan gets its newer texts.

        Safe when several processes start at once. What was set or recorded stays, and so does a plan whose texts are
        not the program's any more (``PlanRow.revised``).
        """
        async with self.database.reading() as session:
            plans = dict((await session.execute(select(PlanRow.slug, PlanRow.revised))).all())
        if not plans:
            await self._insert(plan)
        elif plans.get(plan.slug) is False and outdated((await self.snapshot(plan.slug)).plan, plan):
            async with self._changing(plan.slug) as (session, known):
                await refresh_plan(session, known, plan)
                await _bump(session, known, content=True)

    async def add_plan(self, plan: Plan) -> None:
        """Puts a plan beside those that are there. Raises PlanExists when one of that name is."""
        async with self.database.writing() as session:
            await self._lock_schema(session)
            if await session.scalar(select(PlanRow.id).where(PlanRow.slug == plan.slug)) is not None:
                raise PlanExists(plan.slug)
            await insert_plan(session, plan)

    async def snapshot(self, slug: str | None = None) -> Snapshot:
        """The plan with all that is recorded; when nothing changed since the last call this costs one small query."""
        head = await self._head(slug)
        known = self._loaded.get(head.id)
        if known is not None and known.head.revision == head.revision:
            return known.snapshot
        async with self._loading:
            return (await self._load(head)).snapshot

    async def history(self, code: str, slug: str | None = None) -> tuple[Update, ...]:
        """All updates of an action in order of recording, counter-entries included. Raises UnknownAction."""
        snapshot = await self.snapshot(slug)
        if code not in snapshot.plan.by_code:
            raise UnknownAction(code)
        return snapshot.updates.get(code, ())

    async def record(
        self, changes: Sequence[NewUpdate], slug: str | None = None, seen: Mapping[str, int] | None = None
    ) -> list[Update]:
        """Appends updates, all or none; returns them in the order of ``changes``.

        A change whose key was recorded before is not recorded again: what was recorded then stands in its place. With
        ``seen``, the id of the newest update of each action that somebody was shown, nothing is recorded when there is
        a newer one. Raises UnknownAction, UnknownMunicipality, NotParticipating, NoteTooLong or ChangedMeanwhile, and
        ValueError for keys that are not unique among ``changes``.
        """
        keys = [change.key for change in changes if change.key is not None]
        if len(set(keys)) < len(keys):
            raise ValueError("every change needs a key of its own")
        self.database.check_file()
        if (at_once := await self._record_at_once(changes, slug, seen)) is not None:
            return at_once
        async with self._changing(slug) as (session, known):
            found, new = _split(known, changes, seen)
            added = await _append(session, known, new)
        self._advance(known, added)
        return _in_order(changes, found, added)

    async def _record_at_once(
        self, changes: Sequence[NewUpdate], slug: str | None, seen: Mapping[str, int] | None
    ) -> list[Update] | None:
        """Records without a session where nothing has changed since this process last looked, which is how a
        confirmation in chat most often comes; None, and nothing recorded, where something has.
        """
        head = await self._head(slug)
        known = self._loaded.get(head.id)
        if known is None or known.head != head:
            return None
        found, new = _split(known, changes, seen)
        if not new:
            return _in_order(changes, found, ())
        clean = [cleaned(change) for change in new]
        values = (update_values(c, head.id, known.action_ids[c.code], None) for c in clean)
        next_ = (self._next_revision, {"plan": head.id, "known": head.revision})
        rows = await self.database.direct.all_or_none(next_, *((self._append_one, v) for v in values))
        if rows is None:
            return None
        added = [recorded(change, ids[0][0], None) for change, ids in zip(clean, rows[1:], strict=True)]
        self._advance(known, added)
        return _in_order(changes, found, added)

    async def undo(self, update_id: int, by: str, by_id: str | None, at: datetime, place: str | None = None) -> Update:
        """Takes an update back by a counter-entry and returns that; a second time returns the first counter-entry.

        Raises UnknownUpdate, and CannotUndo for a counter-entry.
        """
        if not 0 < update_id < _IDS_END:
            raise UnknownUpdate(update_id)
        async with self.database.reading() as session:
            slug = await session.scalar(
                select(PlanRow.slug).join(UpdateRow, UpdateRow.plan_id == PlanRow.id).where(UpdateRow.id == update_id)
            )
        if slug is None:
            raise UnknownUpdate(update_id)
        async with self._changing(slug) as (session, known):
            entries = await load_updates(session, known, (UpdateRow.id == update_id) | (UpdateRow.undoes == update_id))
            if entries[0].undoes is not None:
                raise CannotUndo(update_id)
            if len(entries) > 1:
                return entries[1]
            undone = entries[0]
            entry = NewUpdate(
                undone.code, undone.status, by, at, municipality=undone.municipality, by_id=by_id, place=place
            )
            added = await _append(session, known, [entry], undoes=undone.id)
        self._advance(known, added)
        return added[0]

    async def set_officials(self, theme: str, people: Sequence[Person], slug: str | None = None) -> None:
        """Sets who carries a theme. Raises UnknownTheme."""
        async with self._changing(slug) as (session, known):
            if theme not in known.theme_ids:
                raise UnknownTheme(theme)
            await session.execute(delete(OfficialRow).where(OfficialRow.theme_id == known.theme_ids[theme]))
            session.add_all(official_rows(known.theme_ids[theme], people))
            await _bump(session, known, content=True)

    async def set_owners(self, code: str, people: Sequence[Person], slug: str | None = None) -> None:
        """Sets who owns an action. Raises UnknownAction."""
        async with self._changing(slug) as (session, known):
            action_id = _action_id(known, code)
            await session.execute(delete(OwnerRow).where(OwnerRow.action_id == action_id))
            session.add_all(owner_rows(action_id, people))
            await _bump(session, known, content=True)

    async def set_communication(self, code: str, content: str, slug: str | None = None) -> None:
        """Sets the communication that goes with an action; an empty text removes it. Raises UnknownAction."""
        async with self._changing(slug) as (session, known):
            action_id = _action_id(known, code)
            await session.execute(delete(CommunicationRow).where(CommunicationRow.action_id == action_id))
            if content:
                session.add(CommunicationRow(action_id=action_id, text=storable(content)))
            await _bump(session, known, content=True)

    async def _head(self, slug: str | None) -> Head:
        direct = self.database.direct
        if slug is None:
            rows = await direct.fetch(self._head_of_first)
        else:
            rows = await direct.fetch(self._head_of_named, slug=slug)
        if not rows:
            raise UnknownPlan(slug)
        return Head(*rows[0])

    async def _load(self, head: Head) -> Loaded:
        known = self._loaded.get(head.id)
        if known is not None and known.head.revision >= head.revision:
            return known
        async with self.database.reading() as session:
            row = (await session.execute(head_query(head.slug))).one()
            self._loaded[head.id] = loaded = await load(session, Head(*row), known)
        return loaded

    @asynccontextmanager
    async def _changing(self, slug: str | None) -> AsyncIterator[tuple[AsyncSession, Loaded]]:
        """A transaction that holds the plan's lock, and everything about the plan as it is under that lock."""
        async with self.database.writing() as session:
            row = (await session.execute(head_query(slug).with_for_update())).one_or_none()
            if row is None:
                raise UnknownPlan(slug)
            head = Head(*row)
            known = self._loaded.get(head.id)
            if known is None or known.head != head:
                known = await load(session, head, known)
            yield session, known

    def _advance(self, known: Loaded, added: Sequence[Update]) -> None:
        """Keeps what was just committed beside what was known under the lock, which nobody then has to read again."""
        later = known.after(added)
        newest = self._loaded.get(later.head.id)
        if newest is None or newest.head.revision < later.head.revision:
            self._loaded[later.head.id] = later

    async def _insert(self, plan: Plan) -> None:
        async with self.database.writing() as session:
            await self._lock_schema(session)
            if await session.scalar(select(PlanRow.id).limit(1)) is None:
                await insert_plan(session, plan)

    async def _lock_schema(self, session: AsyncSession) -> None:
        if not self.database.sqlite:
            await session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": SCHEMA_LOCK})


Found = Mapping[str | None, Update]


def _split(
    known: Loaded, changes: Sequence[NewUpdate], seen: Mapping[str, int] | None
) -> tuple[Found, list[NewUpdate]]:
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


def _in_order(changes: Sequence[NewUpdate], found: Found, added: Sequence[Update]) -> list[Update]:
    rest = iter(added)
    return [next(rest) if c.key is None or c.key not in found else found[c.key] for c in changes]


def _unchanged(snapshot: Snapshot, seen: Mapping[str, int]) -> None:
    """Raises ChangedMeanwhile for actions with an update newer than what was seen of them."""
    newest = {code: updates[-1].id for code in seen if (updates := snapshot.updates.get(code))}
    if codes := tuple(code for code, id_ in newest.items() if id_ > seen[code]):
        raise ChangedMeanwhile(codes)


def _action_id(known: Loaded, code: str) -> int:
    if code not in known.action_ids:
        raise UnknownAction(code)
    return known.action_ids[code]


def _next_revision() -> ReturningUpdate[Any]:
    """Takes the plan's lock where the plan is still at a revision, and raises that; gives no row otherwise."""
    at = (PlanRow.id == bindparam("plan", type_=Integer())) & (PlanRow.revision == bindparam("known", type_=Integer()))
    return update(PlanRow).where(at).values(revision=PlanRow.revision + 1).returning(PlanRow.id)


def _append_one() -> ReturningInsert[Any]:
    columns = update_values(NewUpdate("", Status.UNKNOWN, "", datetime.min.replace(tzinfo=UTC)), 0, 0, None)
    values = {name: bindparam(name, type_=UpdateRow.__table__.c[name].type) for name in columns}
    return insert(UpdateRow).values(values).returning(UpdateRow.id)


async def _append(
    session: AsyncSession, known: Loaded, changes: Sequence[NewUpdate], undoes: int | None = None
) -> list[Update]:
    if not changes:
        return []
    clean = [cleaned(change) for change in changes]
    ids = await session.scalars(
        insert(UpdateRow).returning(UpdateRow.id, sort_by_parameter_order=True),
        [update_values(c, known.head.id, known.action_ids[c.code], undoes) for c in clean],
    )
    await _bump(session, known)
    return [recorded(change, id_, undoes) for change, id_ in zip(clean, ids, strict=True)]


async def _bump(session: AsyncSession, known: Loaded, content: bool = False) -> None:
    values = {"revision": PlanRow.revision + 1}
    if content:
        values["content_revision"] = PlanRow.revision + 1
    await session.execute(update(PlanRow).where(PlanRow.id == known.head.id).values(values))
