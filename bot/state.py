"""The bot's own rows: state of conversations, activities that came in, and where conversations can be reached.

Two small transactions frame every turn. The first claims the activity and reads the state, the second writes the state
and ends the claim; so an activity that is sent twice is answered once, also by several processes, and one whose turn
broke off is taken up again.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import LargeBinary, String, bindparam, delete, false, select, true
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.dml import ReturningInsert

from uvp.errors import UvpError
from uvp.storage.columns import Base, Moment
from uvp.storage.database import Database

State = dict[str, Any]

CLAIM_LAPSES = timedelta(seconds=60)
"""After this an unfinished turn counts as broken off: Teams has given up on it after 15 s and sent again."""
ACTIVITY_KEPT = timedelta(days=1)
STATE_KEPT = timedelta(days=7)
"""Longer than a dialog lives, so that who returns to a lapsed one can be told."""


class StateRow(Base):
    """The state of one conversation, or of one person in it."""

    __tablename__ = "conversation_state"

    key: Mapped[str] = mapped_column(primary_key=True)
    etag: Mapped[str]
    data: Mapped[bytes] = mapped_column(LargeBinary)
    updated_at: Mapped[datetime]


class ActivityRow(Base):
    """An activity that came in; not ``done`` while its turn runs."""

    __tablename__ = "inbound_activity"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 (as SQLAlchemy has it)

    key: Mapped[str] = mapped_column(primary_key=True)
    claimed_at: Mapped[datetime]
    done: Mapped[bool]


class ReferenceRow(Base):
    """Where a conversation can be reached."""

    __tablename__ = "conversation_reference"

    key: Mapped[str] = mapped_column(primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)
    updated_at: Mapped[datetime]


@dataclass(eq=False)
class StateConflict(UvpError):
    """Somebody else wrote this state in the meantime; nothing of the turn was kept."""

    key: str

    def __str__(self) -> str:
        return f"the state {self.key!r} was changed by another turn"


@dataclass(frozen=True, slots=True)
class Stored:
    """A state and the tag that it has to be written back with."""

    state: State
    etag: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What a turn begins with. ``duplicate``: another turn answers or answered this activity; leave it alone."""

    duplicate: bool
    state: State | None = None
    etag: str | None = None


class StateStore:
    """The rows of the bot in one database. Every method raises DatabaseUnavailable when it cannot be used."""

    def __init__(self, database: Database) -> None:
        direct = database.direct
        insert = sqlite.insert if database.sqlite else postgresql.insert
        self._direct = direct
        self._claim = direct.prepare(_claim(insert))
        self._read = direct.prepare(select(StateRow.data, StateRow.etag).where(StateRow.key == _STATE_KEY))
        self._write = direct.prepare(_write(insert))
        self._done = direct.prepare(_done(insert))
        # One way to the database and back instead of four; SQLite has no statements that write twice.
        self._write_and_done = None if database.sqlite else direct.prepare(_write_and_done())
        self._release = direct.prepare(
            delete(ActivityRow).where(ActivityRow.key == _ACTIVITY, ActivityRow.done == false())
        )
        self._reopen = direct.prepare(delete(ActivityRow).where(ActivityRow.key == _ACTIVITY))
        self._delete = direct.prepare(delete(StateRow).where(StateRow.key == _STATE_KEY))
        self._purge_activities = direct.prepare(delete(ActivityRow).where(ActivityRow.claimed_at < _BEFORE))
        self._purge_states = direct.prepare(delete(StateRow).where(StateRow.updated_at < _BEFORE))
        self._save_reference = direct.prepare(_save_reference(insert))
        self._reference = direct.prepare(select(ReferenceRow.data).where(ReferenceRow.key == _KEY))
        self._references = direct.prepare(select(ReferenceRow.key, ReferenceRow.data).order_by(ReferenceRow.key))
        self._drop_reference = direct.prepare(delete(ReferenceRow).where(ReferenceRow.key == _KEY))

    async def begin_turn(self, activity_key: str | None, state_key: str, now: datetime) -> Turn:
        """Claims the activity and reads the state. An activity without a key cannot be told from others: no claim."""
        if activity_key is None:
            stored = await self.read(state_key)
            return Turn(False, stored.state, stored.etag) if stored else Turn(False)
        rows = await self._direct.fetch(
            self._claim, activity=activity_key, now=now, lapsed=now - CLAIM_LAPSES, state_key=state_key
        )
        if not rows:
            return Turn(duplicate=True)
        data, etag = rows[0]
        return Turn(False, _load(data), etag)

    async def finish_turn(
        self, activity_key: str | None, state_key: str, state: State | None, etag: str | None, now: datetime
    ) -> None:
        """Writes the state and marks the activity as done, both or none; with ``state`` None it stays as it is.

        Raises StateConflict when the state is not any more what ``begin_turn`` read.
        """
        done = {"activity": activity_key, "now": now}
        if state is None:
            if activity_key is not None:
                await self._direct.fetch(self._done, **done)
            return
        if activity_key is None:
            await self.write(state_key, state, etag, now)
            return
        write = {"state_key": state_key, "data": _dump(state), "etag": _new_etag(), "old": etag, "now": now}
        if self._write_and_done is not None:
            kept = bool(await self._direct.fetch(self._write_and_done, activity=activity_key, **write))
        else:
            kept = await self._direct.all_or_none((self._write, write), (self._done, done)) is not None
        if not kept:
            raise StateConflict(state_key)

    async def release(self, activity_key: str) -> None:
        """Gives up the claim of a turn that failed, so that the activity is taken when it comes again."""
        await self._direct.fetch(self._release, activity=activity_key)

    async def reopen(self, activity_key: str) -> None:
        """Forgets that the activity came in, also when it is done: its answer could not be delivered."""
        await self._direct.fetch(self._reopen, activity=activity_key)

    async def read(self, key: str) -> Stored | None:
        """The state under ``key``."""
        rows = await self._direct.fetch(self._read, state_key=key)
        return Stored(_load(rows[0][0]) or {}, rows[0][1]) if rows else None

    async def write(self, key: str, state: State, etag: str | None, now: datetime) -> str:
        """Writes the state over the one with this tag (None: there is none yet); the new tag. Raises StateConflict."""
        new = _new_etag()
        if not await self._direct.fetch(self._write, state_key=key, data=_dump(state), etag=new, old=etag, now=now):
            raise StateConflict(key)
        return new

    async def delete(self, key: str) -> None:
        """Forgets the state under ``key``, whoever wrote it last."""
        await self._direct.fetch(self._delete, state_key=key)

    async def save_reference(self, key: str, reference: State, now: datetime) -> None:
        """Keeps where a conversation can be reached, over what was known before."""
        await self._direct.fetch(self._save_reference, key=key, data=_dump(reference), now=now)

    async def reference(self, key: str) -> State | None:
        """Where the conversation can be reached."""
        rows = await self._direct.fetch(self._reference, key=key)
        return _load(rows[0][0]) if rows else None

    async def references(self) -> dict[str, State]:
        """All of them by key."""
        rows = await self._direct.fetch(self._references)
        return {key: _load(data) or {} for key, data in rows}

    async def drop_reference(self, key: str) -> None:
        """Forgets where the conversation can be reached."""
        await self._direct.fetch(self._drop_reference, key=key)

    async def purge(self, now: datetime) -> None:
        """Forgets activities that cannot come again, and states of conversations that lapsed."""
        await self._direct.fetch(self._purge_activities, before=now - ACTIVITY_KEPT)
        await self._direct.fetch(self._purge_states, before=now - STATE_KEPT)


_KEY = bindparam("key", type_=String())
_ACTIVITY = bindparam("activity", type_=String())
_STATE_KEY = bindparam("state_key", type_=String())
_NOW = bindparam("now", type_=Moment())

_BEFORE = bindparam("before", type_=Moment())
_DATA = bindparam("data", type_=LargeBinary())

Insert = sqlite.Insert | postgresql.Insert
MakeInsert = Callable[[type[Base]], Insert]


def _claim(insert: MakeInsert) -> ReturningInsert[*tuple[Any, ...]]:
    """Gives the state, or no row when the activity is done or being answered."""
    state = select(StateRow.data).where(StateRow.key == _STATE_KEY).scalar_subquery()
    etag = select(StateRow.etag).where(StateRow.key == _STATE_KEY).scalar_subquery()
    claim = insert(ActivityRow).values(key=_ACTIVITY, claimed_at=_NOW, done=false())
    lapsed = ActivityRow.claimed_at < bindparam("lapsed", type_=Moment())
    return claim.on_conflict_do_update(
        index_elements=[ActivityRow.key],
        set_={"claimed_at": claim.excluded.claimed_at},
        where=(ActivityRow.done == false()) & lapsed,
    ).returning(state, etag)


def _write(insert: MakeInsert) -> ReturningInsert[*tuple[Any, ...]]:
    """Gives a row when the state was as expected; a state that should not exist has no tag, which equals nothing."""
    write = insert(StateRow).values(
        key=_STATE_KEY,
        etag=bindparam("etag", type_=String()),
        data=_DATA,
        updated_at=_NOW,
    )
    return write.on_conflict_do_update(
        index_elements=[StateRow.key],
        set_={column: write.excluded[column] for column in ("etag", "data", "updated_at")},
        where=StateRow.etag == bindparam("old", type_=String()),
    ).returning(StateRow.etag)


def _done(insert: MakeInsert) -> ReturningInsert[*tuple[Any, ...]]:
    """Gives a row always: what was released or forgotten meanwhile is done all the same."""
    return _mark(insert(ActivityRow).values(key=_ACTIVITY, claimed_at=_NOW, done=true()))


def _write_and_done() -> ReturningInsert[*tuple[Any, ...]]:
    """Gives a row when the state was as expected, and writes nothing otherwise."""
    written = _write(postgresql.insert).cte("written")
    marks = select(_ACTIVITY, _NOW, true()).select_from(written)
    return _mark(postgresql.insert(ActivityRow).from_select(["key", "claimed_at", "done"], marks))


def _mark(insert: Insert) -> ReturningInsert[*tuple[Any, ...]]:
    done = insert.on_conflict_do_update(index_elements=[ActivityRow.key], set_={"done": true()})
    return done.returning(ActivityRow.key)


def _save_reference(insert: MakeInsert) -> Insert:
    save = insert(ReferenceRow).values(key=_KEY, data=_DATA, updated_at=_NOW)
    return save.on_conflict_do_update(
        index_elements=[ReferenceRow.key],
        set_={"data": save.excluded.data, "updated_at": save.excluded.updated_at},
    )


def _new_etag() -> str:
    return secrets.token_hex(8)


def _dump(state: State) -> bytes:
    try:
        return orjson.dumps(state)
    except TypeError:
        # Half a surrogate pair, as a client may cut it, is no Unicode text; anything else raises here again.
        return json.dumps(state, ensure_ascii=False).encode(errors="replace")


def _load(data: bytes | None) -> State | None:
    """What cannot be read any more counts as absent, so that a conversation is never stuck on it."""
    if data is None:
        return None
    try:
        state = orjson.loads(data)
    except orjson.JSONDecodeError:
        return None
    return state if isinstance(state, dict) else None
