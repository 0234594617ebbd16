"""The store: values in, values out, over one database.

Whoever changes something about a plan holds the lock of its row until the commit (on SQLite the lock of the file), so
that the ids of updates are the order on which all readers agree.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

from sqlalchemy import String, bindparam, delete, false, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from uvp.errors import PlanExists, UnknownAction, UnknownPlan, UnknownTheme, UnknownUpdate
from uvp.plan import Plan
from uvp.recording import cleaned, storable
from uvp.snapshot import Snapshot
from uvp.storage.appending import append, append_one, bump, in_order, next_revision, split, undoable
from uvp.storage.database import Database
from uvp.storage.loading import Head, Loaded, head_query, load, load_updates
from uvp.storage.models import CommunicationRow, OfficialRow, OwnerRow, PlanRow, UpdateRow
from uvp.storage.planting import insert_plan, outdated, refresh_plan
from uvp.storage.rows import official_rows, owner_rows, recorded, update_values
from uvp.storage.upgrade import SCHEMA_LOCK, migrate
from uvp.updates import NewUpdate, Person, Update

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
        self._next_revision = direct.prepare(next_revision())
        self._append_one = direct.prepare(append_one())
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
                await bump(session, known, content=True)

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
            found, new = split(known, changes, seen)
            added = await append(session, known, new)
        self._advance(known, added)
        return in_order(changes, found, added)

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
        found, new = split(known, changes, seen)
        if not new:
            return in_order(changes, found, ())
        clean = [cleaned(change) for change in new]
        values = (update_values(c, head.id, known.action_ids[c.code], None) for c in clean)
        next_ = (self._next_revision, {"plan": head.id, "known": head.revision})
        rows = await self.database.direct.all_or_none(next_, *((self._append_one, v) for v in values))
        if rows is None:
            return None
        added = [recorded(change, ids[0][0], None) for change, ids in zip(clean, rows[1:], strict=True)]
        self._advance(known, added)
        return in_order(changes, found, added)

    async def undo(self, update_id: int, by: str, by_id: str | None, at: datetime, place: str | None = None) -> Update:
        """Takes one update back; else as ``undo_all``."""
        return (await self.undo_all([update_id], by, by_id, at, place))[0]

    async def undo_all(
        self, update_ids: Sequence[int], by: str, by_id: str | None, at: datetime, place: str | None = None
    ) -> list[Update]:
        """Takes updates of one plan back by counter-entries, all or none; returns these in the order of ``update_ids``.

        What was taken back before stays so: its first counter-entry is returned. Raises UnknownUpdate, also for an
        update of another plan than the first, and CannotUndo for a counter-entry.
        """
        for id_ in update_ids:
            if not 0 < id_ < _IDS_END:
                raise UnknownUpdate(id_)
        if not update_ids:
            return []
        async with self._changing(await self._slug_of(update_ids[0])) as (session, known):
            concerned = UpdateRow.id.in_(update_ids) | UpdateRow.undoes.in_(update_ids)
            entries = await load_updates(session, known, concerned)
            updates, counters = {u.id: u for u in entries}, {u.undoes: u for u in entries if u.undoes is not None}
            undone = [undoable(id_, updates) for id_ in dict.fromkeys(update_ids) if id_ not in counters]
            new = [NewUpdate(u.code, u.status, by, at, u.municipality, by_id=by_id, place=place) for u in undone]
            added = await append(session, known, new, [u.id for u in undone])
        self._advance(known, added)
        counters |= {u.id: entry for u, entry in zip(undone, added, strict=True)}
        return [counters[id_] for id_ in update_ids]

    async def _slug_of(self, update_id: int) -> str:
        """The name of the plan that an update is about. Raises UnknownUpdate."""
        async with self.database.reading() as session:
            slug = await session.scalar(
                select(PlanRow.slug).join(UpdateRow, UpdateRow.plan_id == PlanRow.id).where(UpdateRow.id == update_id)
            )
        if slug is None:
            raise UnknownUpdate(update_id)
        return slug

    async def set_officials(self, theme: str, people: Sequence[Person], slug: str | None = None) -> None:
        """Sets who carries a theme. Raises UnknownTheme."""
        async with self._changing(slug) as (session, known):
            if theme not in known.theme_ids:
                raise UnknownTheme(theme)
            await session.execute(delete(OfficialRow).where(OfficialRow.theme_id == known.theme_ids[theme]))
            session.add_all(official_rows(known.theme_ids[theme], people))
            await bump(session, known, content=True)

    async def set_owners(self, code: str, people: Sequence[Person], slug: str | None = None) -> None:
        """Sets who owns an action. Raises UnknownAction."""
        async with self._changing(slug) as (session, known):
            action_id = _action_id(known, code)
            await session.execute(delete(OwnerRow).where(OwnerRow.action_id == action_id))
            session.add_all(owner_rows(action_id, people))
            await bump(session, known, content=True)

    async def set_communication(self, code: str, content: str, slug: str | None = None) -> None:
        """Sets the communication that goes with an action; an empty text removes it. Raises UnknownAction."""
        async with self._changing(slug) as (session, known):
            action_id = _action_id(known, code)
            await session.execute(delete(CommunicationRow).where(CommunicationRow.action_id == action_id))
            if content:
                session.add(CommunicationRow(action_id=action_id, text=storable(content)))
            await bump(session, known, content=True)

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


def _action_id(known: Loaded, code: str) -> int:
    if code not in known.action_ids:
        raise UnknownAction(code)
    return known.action_ids[code]
