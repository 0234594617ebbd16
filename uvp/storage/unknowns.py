"""Questions that were not understood: counted, so that a coordinator can see what people miss.

Nobody's name is kept, and the text only where the administrator has switched that on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from uvp.recording import storable
from uvp.storage.columns import Base
from uvp.storage.database import Database

TEXT_LIMIT = 200


class UnknownRow(Base):
    """A count; ``text`` is empty where texts are not kept."""

    __tablename__ = "unknown_question"

    week: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(primary_key=True)
    times: Mapped[int]


@dataclass(frozen=True, slots=True)
class Unknown:
    """How often a question was not understood in an ISO week (``2026-W48``); ``text`` empty where it is not kept."""

    week: str
    language: str
    text: str
    times: int


class UnknownStore:
    """The counts. ``keep_text`` is the administrator's choice. Raises DatabaseUnavailable."""

    def __init__(self, database: Database, keep_text: bool = False) -> None:
        self._database = database
        self._keep_text = keep_text

    async def note(self, text: str, language: str, day: date) -> None:
        """Counts one question that was not understood."""
        insert = sqlite.insert if self._database.sqlite else postgresql.insert
        kept = storable(" ".join(text.split()))[:TEXT_LIMIT] if self._keep_text else ""
        count = insert(UnknownRow).values(week=f"{day:%G-W%V}", language=language, text=kept, times=1)
        count = count.on_conflict_do_update(
            index_elements=[UnknownRow.week, UnknownRow.language, UnknownRow.text],
            set_={"times": UnknownRow.times + 1},
        )
        async with self._database.writing() as session:
            await session.execute(count)

    async def all(self) -> tuple[Unknown, ...]:
        """All counts: newest week first, and within a week the most frequent first."""
        ordered = select(UnknownRow).order_by(UnknownRow.week.desc(), UnknownRow.times.desc(), UnknownRow.text)
        async with self._database.reading() as session:
            rows = await session.scalars(ordered)
            return tuple(Unknown(row.week, row.language, row.text, row.times) for row in rows)
