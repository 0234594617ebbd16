"""The outbox in the database.

Leasing locks rows with ``FOR UPDATE SKIP LOCKED`` on PostgreSQL; on SQLite a writer holds the lock of the file. Every
change names the state and the owner it expects, so that a process that lost its lease changes nothing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from uvp.delivery.outbox import Item, Kind, NewItem, Result, State, Step, allowed, notice_slot
from uvp.digest.schedule import ALARM
from uvp.storage.database import Database
from uvp.storage.delivery_models import AttemptRow, OutboxRow, PaceRow, SubscriptionRow

PER_SECOND = 15
"""Messages to one tenant from all processes together: half the least that is documented, because a request may be held
up a little after its moment and then go out beside the next ones."""
_REASON = 500
_MATTERS = tuple(kind for kind in Kind if kind.matters)
_BAD = (State.UNKNOWN, State.FAILED, State.SKIPPED)


Told = Callable[[], Awaitable[Sequence[tuple[str, str]]]]


class OutboxStore:
    """Messages in one database. ``told`` gives the places (with their tenant) of those who are told what goes wrong;
    ``per_second`` is how many messages one tenant gets at most, from all processes together.

    Every method raises DatabaseUnavailable when the database cannot be used.
    """

    def __init__(self, database: Database, told: Told | None = None, per_second: float = PER_SECOND) -> None:
        self._database = database
        self._told = told
        self._apart = 1 / per_second

    async def plan(self, items: Sequence[NewItem], now: datetime) -> int:
        """Plans messages; gives how many were not planned before."""
        async with self._database.writing() as session:
            return await insert_items(session, items, now, self._database.sqlite)

    async def lease(self, owner: str, now: datetime, until: datetime, count: int) -> Sequence[Item]:
        """Takes up to ``count`` messages that are due."""
        async with self._database.writing() as session:
            rows = (
                await session.scalars(
                    select(OutboxRow)
                    .where(OutboxRow.state == State.PLANNED, OutboxRow.next_try <= now, _free(now))
                    .order_by(OutboxRow.next_try, OutboxRow.id)
                    .limit(count)
                    .with_for_update(skip_locked=True)
                )
            ).all()
            for row in rows:
                row.owner, row.leased_until = owner, until
            return [item_of(row) for row in rows]

    async def turn(self, tenant: str, now: datetime, latest: datetime) -> datetime:
        """Books the next message of a tenant its moment: one process after the other at the tenant's row.

        A moment after ``latest`` is given without being booked.
        """
        insert = sqlite.insert if self._database.sqlite else postgresql.insert
        moment, book = now.timestamp(), insert(PaceRow).values(tenant=tenant, free_at=now.timestamp() + self._apart)
        later = case((PaceRow.free_at > moment, PaceRow.free_at), else_=moment) + self._apart
        book = book.on_conflict_do_update(
            index_elements=[PaceRow.tenant], set_={"free_at": later}, where=PaceRow.free_at <= latest.timestamp()
        )
        async with self._database.writing() as session:
            booked = await session.scalar(book.returning(PaceRow.free_at))
            if booked is not None:
                return datetime.fromtimestamp(booked - self._apart, UTC)
            free_at = (await session.scalars(select(PaceRow.free_at).where(PaceRow.tenant == tenant))).one()
            return datetime.fromtimestamp(free_at, UTC)

    async def put_back(self, item: Item, owner: str, next_try: datetime) -> None:
        """Gives up the lease of a message that was not sent, until this moment."""
        held = (OutboxRow.id == item.id, OutboxRow.owner == owner, OutboxRow.state == State.PLANNED)
        async with self._database.writing() as session:
            await session.execute(update(OutboxRow).where(*held).values(leased_until=None, next_try=next_try))

    async def begin(self, item: Item, owner: str, now: datetime, until: datetime) -> Item | None:
        """Writes that the request goes out; None when the lease is lost."""
        async with self._database.writing() as session:
            row = await session.scalar(
                update(OutboxRow)
                .where(
                    OutboxRow.id == item.id,
                    OutboxRow.state == State.PLANNED,
                    OutboxRow.owner == owner,
                    OutboxRow.leased_until > now,
                )
                .values(state=State.SENDING, leased_until=until, attempts=OutboxRow.attempts + 1, changed_at=now)
                .returning(OutboxRow)
            )
            return item_of(row) if row else None

    async def finish(
        self, item: Item, owner: str, step: Step, result: Result | None, now: datetime, after: Sequence[NewItem] = ()
    ) -> None:
        """Writes what came of a message, the attempt, and what follows from it, all or none."""
        told = await self._whom() if step.bad and item.kind.matters else ()
        async with self._database.writing() as session:
            row = await session.scalar(select(OutboxRow).where(OutboxRow.id == item.id).with_for_update())
            if row is None or row.owner != owner or not allowed(State(row.state), step.state):
                return
            _move(row, step.state, step.reason, now)
            row.next_try = step.next_try or row.next_try
            if result is not None:
                row.conversation = result.conversation or row.conversation
                row.activity = result.activity or row.activity
            session.add(_attempt(row, owner, now, result.status if result else None))
            if step.pause:
                await _pause(session, row.place, step.reason)
            if step.bad and item.kind.matters:
                await self._tell(session, [row], told, now)
            await insert_items(session, after, now, self._database.sqlite)

    async def overdue_leases(self, now: datetime) -> Sequence[tuple[Item, str]]:
        """Messages in ``sending`` whose lease ran out, with their owners."""
        async with self._database.reading() as session:
            rows = await session.scalars(
                select(OutboxRow).where(OutboxRow.state == State.SENDING, OutboxRow.leased_until <= now).limit(200)
            )
            return [(item_of(row), row.owner or "") for row in rows]

    async def alarm(self, now: datetime) -> None:
        """Plans a notice for what should have gone out an hour ago, once for each message."""
        if not await self.late(now, told=False):
            return
        told = await self._whom()
        async with self._database.writing() as session:
            rows = await session.scalars(_late(now).where(OutboxRow.notice.is_(None)).with_for_update(skip_locked=True))
            await self._tell(session, rows.all(), told, now)

    async def late(self, now: datetime, kinds: Sequence[Kind] = _MATTERS, *, told: bool = True) -> Sequence[Item]:
        """What should have gone out an hour ago and has not; with ``told`` False only what nobody was told of."""
        async with self._database.reading() as session:
            query = _late(now, kinds) if told else _late(now, kinds).where(OutboxRow.notice.is_(None))
            return [item_of(row) for row in await session.scalars(query.limit(200))]

    async def item(self, item_id: int) -> Item | None:
        """One message."""
        async with self._database.reading() as session:
            row = await session.get(OutboxRow, item_id)
            return item_of(row) if row else None

    async def of(self, place: str, kind: Kind, slot: str) -> Item | None:
        """The message of a place for a slot, its first part."""
        query = select(OutboxRow).where(OutboxRow.place == place, OutboxRow.kind == kind, OutboxRow.slot == slot)
        async with self._database.reading() as session:
            row = await session.scalar(query.order_by(OutboxRow.part).limit(1))
            return item_of(row) if row else None

    async def items(self, states: Iterable[State] = (), kinds: Iterable[Kind] = (), limit: int = 200) -> Sequence[Item]:
        """The newest messages, of these states and kinds where any are given."""
        query = select(OutboxRow).order_by(OutboxRow.due.desc(), OutboxRow.id.desc()).limit(limit)
        if wanted := tuple(states):
            query = query.where(OutboxRow.state.in_(wanted))
        if sorts := tuple(kinds):
            query = query.where(OutboxRow.kind.in_(sorts))
        async with self._database.reading() as session:
            return [item_of(row) for row in await session.scalars(query)]

    async def counts(self) -> dict[State, int]:
        """How many messages are in which state."""
        async with self._database.reading() as session:
            rows = await session.execute(select(OutboxRow.state, func.count()).group_by(OutboxRow.state))
            found = dict(rows.all())
            return {state: found[state] for state in State if state in found}

    async def noticed(self, slot: str, limit: int = 200) -> Sequence[Item]:
        """What the notice of this slot tells of, oldest first."""
        async with self._database.reading() as session:
            query = select(OutboxRow).where(OutboxRow.notice == slot).order_by(OutboxRow.id).limit(limit)
            return [item_of(row) for row in await session.scalars(query)]

    async def newest(self, place: str, kind: Kind, before: int | None = None) -> Item | None:
        """The newest message of a kind that arrived in a place, before the one with this id."""
        query = select(OutboxRow).where(OutboxRow.place == place, OutboxRow.kind == kind, OutboxRow.state == State.SENT)
        if before is not None:
            query = query.where(OutboxRow.id < before)
        async with self._database.reading() as session:
            row = await session.scalar(query.order_by(OutboxRow.id.desc()).limit(1))
            return item_of(row) if row else None

    async def newest_of_each(self, kind: Kind) -> Sequence[Item]:
        """The newest message of a kind that arrived, of every place."""
        newest = select(func.max(OutboxRow.id)).where(OutboxRow.kind == kind, OutboxRow.state == State.SENT)
        query = select(OutboxRow).where(OutboxRow.id.in_(newest.group_by(OutboxRow.place))).order_by(OutboxRow.id)
        async with self._database.reading() as session:
            return [item_of(row) for row in await session.scalars(query)]

    async def last(self, kind: Kind) -> dict[str, datetime]:
        """When each place was last due a message of this kind that was not given up, by place."""
        async with self._database.reading() as session:
            rows = await session.execute(
                select(OutboxRow.place, func.max(OutboxRow.due))
                .where(OutboxRow.kind == kind, OutboxRow.state.not_in((State.FAILED, State.SKIPPED)))
                .group_by(OutboxRow.place)
            )
            return dict(rows.all())

    async def settle(self, item_id: int, to: State, by: str, now: datetime) -> Item | None:
        """What an operator decides: PLANNED posts again what is unknown, failed or skipped, SENT says that it arrived.

        Gives the message, or None when that is not open to decide any more: somebody else did.
        """
        before = _BAD if to is State.PLANNED else (State.UNKNOWN,)
        async with self._database.writing() as session:
            row = await session.scalar(
                select(OutboxRow).where(OutboxRow.id == item_id, OutboxRow.state.in_(before)).with_for_update()
            )
            if row is None:
                return None
            _move(row, to, "", now)
            if to is State.PLANNED:
                row.due = row.next_try = now
                row.notice = None
            session.add(_attempt(row, by, now, None))
            return item_of(row)

    async def attempts(self, item_id: int) -> Sequence[tuple[datetime, str, str, str]]:
        """Everything that happened to a message, oldest first: when, by whom, what it became, and why."""
        async with self._database.reading() as session:
            query = select(AttemptRow).where(AttemptRow.item_id == item_id).order_by(AttemptRow.id)
            return [(row.at, row.by, row.state, row.reason) for row in await session.scalars(query)]

    async def _whom(self) -> Sequence[tuple[str, str]]:
        return await self._told() if self._told else ()

    async def _tell(
        self, session: AsyncSession, rows: Sequence[OutboxRow], told: Sequence[tuple[str, str]], now: datetime
    ) -> None:
        slot, due = notice_slot(now)
        for row in rows:
            row.notice = slot
        if rows:
            notices = [NewItem(place, tenant, Kind.NOTICE, slot, due) for place, tenant in told]
            await insert_items(session, notices, now, self._database.sqlite)


async def insert_items(session: AsyncSession, items: Sequence[NewItem], now: datetime, on_sqlite: bool) -> int:
    """Adds messages that are not there yet; gives how many."""
    if not items:
        return 0
    values = [
        {
            "place": item.place,
            "tenant": item.tenant,
            "kind": item.kind,
            "slot": item.slot,
            "part": item.part,
            "due": item.due,
            "state": State.PLANNED,
            "next_try": item.due,
            "attempts": 0,
            "payload": dict(item.payload),
            "reason": "",
            "changed_at": now,
        }
        for item in items
    ]
    added = await session.execute(_insert(on_sqlite, OutboxRow, values).returning(OutboxRow.id))
    return len(added.all())


def item_of(row: OutboxRow) -> Item:
    """The value of a row."""
    return Item(
        id=row.id,
        place=row.place,
        tenant=row.tenant,
        kind=Kind(row.kind),
        slot=row.slot,
        part=row.part,
        due=row.due,
        state=State(row.state),
        next_try=row.next_try,
        attempts=row.attempts,
        payload=row.payload,
        conversation=row.conversation,
        activity=row.activity,
        reason=row.reason,
    )


def _insert(on_sqlite: bool, model: Any, values: list[dict[str, Any]]) -> Any:
    """Adds what is not there yet."""
    insert = sqlite.insert if on_sqlite else postgresql.insert
    return insert(model).values(values).on_conflict_do_nothing()


def _free(now: datetime) -> ColumnElement[bool]:
    return OutboxRow.leased_until.is_(None) | (OutboxRow.leased_until <= now)


def _late(now: datetime, kinds: Sequence[Kind] = _MATTERS) -> Any:
    return select(OutboxRow).where(
        OutboxRow.state.in_((State.PLANNED, State.SENDING)), OutboxRow.kind.in_(kinds), OutboxRow.due < now - ALARM
    )


def _move(row: OutboxRow, state: State, reason: str, now: datetime) -> None:
    row.state, row.reason, row.changed_at = state, reason[:_REASON], now
    row.leased_until = None


def _attempt(row: OutboxRow, by: str, now: datetime, status: int | None) -> AttemptRow:
    return AttemptRow(item_id=row.id, at=now, by=by, status=status, reason=row.reason, state=row.state)


async def _pause(session: AsyncSession, place: str, reason: str) -> None:
    await session.execute(
        update(SubscriptionRow)
        .where(SubscriptionRow.place == place, SubscriptionRow.paused.is_(None))
        .values(paused=reason[:_REASON], next_at=None)
    )
