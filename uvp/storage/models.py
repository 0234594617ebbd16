"""The tables of the plan and of what is recorded about it.

A plan is the root: everything belongs to one, and nothing but an id (and the name of a plan) is unique across plans.
Lists of texts are JSON columns, since they are read and written as a whole.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from uvp.storage.columns import Base


class PlanRow(Base):
    """One edition of a plan.

    ``revision`` grows with every change of the plan or of what is recorded about it, ``content_revision`` takes the
    value of ``revision`` when anything but an update was added; whoever changes something holds this row's lock.
    ``revised``: its texts were changed in the database, so that those shipped with the program no longer count.
    """

    __tablename__ = "plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    region: Mapped[str]
    start: Mapped[date]
    end: Mapped[date]
    language: Mapped[str]
    municipalities: Mapped[list[dict[str, Any]]]
    parties: Mapped[list[dict[str, Any]]]
    revised: Mapped[bool] = mapped_column(default=False)
    revision: Mapped[int] = mapped_column(default=1)
    content_revision: Mapped[int] = mapped_column(default=1)


class ThemeRow(Base):
    """A theme of a plan; ``position`` is its place in the document."""

    __tablename__ = "theme"
    __table_args__ = (UniqueConstraint("plan_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    position: Mapped[int]
    code: Mapped[str]
    name: Mapped[str]
    number: Mapped[int | None]
    objective: Mapped[str]
    goals: Mapped[list[str]]
    holders: Mapped[list[dict[str, Any]]]
    lead: Mapped[str]
    parties: Mapped[list[str]]
    words: Mapped[list[str]]
    short: Mapped[str]


class ActionRow(Base):
    """An action of a plan, under the code of its theme; ``position`` is its place in the document."""

    __tablename__ = "action"
    __table_args__ = (UniqueConstraint("plan_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    code: Mapped[str]
    section: Mapped[str]
    title: Mapped[str]
    description: Mapped[str]
    when_text: Mapped[str]
    start: Mapped[date | None]
    end: Mapped[date | None]
    recurrences: Mapped[list[str]]
    holder: Mapped[str | None]
    excepts: Mapped[list[str]]
    parties: Mapped[list[str]]
    steps: Mapped[list[str]]
    depends_on: Mapped[str | None]
    words: Mapped[list[str]]


class UpdateRow(Base):
    """A recorded status; append-only. An undo is a further row that names in ``undoes`` what it takes back."""

    __tablename__ = "status_update"
    __table_args__ = (
        UniqueConstraint("plan_id", "key"),
        Index(None, "plan_id", "id"),
        # Ids are never used twice, so that "newer than the newest I know" holds after rows were removed.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id", ondelete="CASCADE"), index=True)
    status: Mapped[str]
    by_name: Mapped[str]
    at: Mapped[datetime]
    municipality: Mapped[str | None]
    note: Mapped[str]
    expected: Mapped[date | None]
    by_id: Mapped[str | None]
    place: Mapped[str | None]
    undoes: Mapped[int | None] = mapped_column(ForeignKey("status_update.id", ondelete="CASCADE"), unique=True)
    key: Mapped[str | None]


class OfficialRow(Base):
    """One of the officials who carry a theme."""

    __tablename__ = "theme_official"

    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    person_id: Mapped[str | None]


class OwnerRow(Base):
    """One of the owners of an action."""

    __tablename__ = "action_owner"

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    person_id: Mapped[str | None]


class CommunicationRow(Base):
    """The communication that goes with an action (chapter 3.1.1 of the plan)."""

    __tablename__ = "action_communication"

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id", ondelete="CASCADE"), primary_key=True)
    text: Mapped[str]
