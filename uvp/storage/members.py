"""The list of members that the coordinator keeps, in the database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, bindparam, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from uvp.members import Member
from uvp.recording import storable
from uvp.storage.columns import Base
from uvp.storage.database import Database


class MemberRow(Base):
    """Somebody who may record; ``id`` is the object id in the directory."""

    __tablename__ = "member"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    organisation: Mapped[str]
    coordinator: Mapped[bool]
    changed_by: Mapped[str]
    changed_at: Mapped[datetime]


class MemberStore:
    """The list. Every method raises DatabaseUnavailable when the database cannot be used."""

    def __init__(self, database: Database) -> None:
        self._database = database
        member = select(MemberRow.name, MemberRow.organisation, MemberRow.coordinator)
        self._get = database.direct.prepare(member.where(MemberRow.id == bindparam("id", type_=String())))

    async def get(self, id_: str) -> Member | None:
        """Who has this id, if they are on the list."""
        rows = await self._database.direct.fetch(self._get, id=id_)
        return Member(id_, rows[0][0], rows[0][1], bool(rows[0][2])) if rows else None

    async def all(self) -> tuple[Member, ...]:
        """Everybody, by name."""
        async with self._database.reading() as session:
            rows = await session.scalars(select(MemberRow).order_by(MemberRow.name, MemberRow.id))
            return tuple(Member(row.id, row.name, row.organisation, row.coordinator) for row in rows)

    async def put(self, member: Member, by: str, at: datetime) -> None:
        """Adds somebody, or changes what is noted about them."""
        async with self._database.writing() as session:
            row = await session.get(MemberRow, member.id, with_for_update=True) or MemberRow(id=member.id)
            row.name, row.organisation = storable(member.name), member.organisation
            row.coordinator, row.changed_by, row.changed_at = member.coordinator, storable(by), at
            session.add(row)

    async def remove(self, id_: str) -> bool:
        """Takes somebody off the list; False when they were not on it."""
        async with self._database.writing() as session:
            gone = await session.scalar(delete(MemberRow).where(MemberRow.id == id_).returning(MemberRow.id))
            return gone is not None
