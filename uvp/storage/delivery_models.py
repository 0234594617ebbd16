"""The tables of the digest and of delivery."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from uvp.storage.columns import Base


class SubscriptionRow(Base):
    """What a place has chosen. ``next_at`` is when its next digest has to be planned, None while it does not go out;
    ``next_week`` the week that one is of, ``last_week`` the last week that was planned.
    """

    __tablename__ = "subscription"

    place: Mapped[str] = mapped_column(primary_key=True)
    tenant: Mapped[str]
    team: Mapped[str | None]
    name: Mapped[str]
    weekday: Mapped[int]
    at: Mapped[time]
    zone: Mapped[str]
    language: Mapped[str]
    themes: Mapped[list[str]]
    municipalities: Mapped[list[str]]
    weeks_ahead: Mapped[int]
    mentions: Mapped[bool]
    active: Mapped[bool]
    paused: Mapped[str | None]
    next_at: Mapped[datetime | None] = mapped_column(index=True)
    next_week: Mapped[str | None]
    last_week: Mapped[str | None]


class OutboxRow(Base):
    """A message to be delivered, or one that was. ``notice`` is the slot of the notice that told of it.

    Leased while ``leased_until`` lies ahead; ``state`` is ``sending`` from before the request until its outcome.
    """

    __tablename__ = "outbox_item"
    __table_args__ = (
        UniqueConstraint("place", "kind", "slot", "part"),
        Index(None, "state", "next_try"),
        Index(None, "notice"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[str]
    tenant: Mapped[str]
    kind: Mapped[str]
    slot: Mapped[str]
    part: Mapped[int]
    due: Mapped[datetime]
    state: Mapped[str]
    next_try: Mapped[datetime]
    attempts: Mapped[int]
    owner: Mapped[str | None]
    leased_until: Mapped[datetime | None]
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    conversation: Mapped[str | None]
    activity: Mapped[str | None]
    reason: Mapped[str]
    notice: Mapped[str | None]
    changed_at: Mapped[datetime]


class AttemptRow(Base):
    """One thing that happened to a message: a request, or what an operator decided (``by``)."""

    __tablename__ = "outbox_attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("outbox_item.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    by: Mapped[str]
    status: Mapped[int | None]
    reason: Mapped[str]
    state: Mapped[str]


class PaceRow(Base):
    """From when the next message of a tenant may go out, whichever process sends it: seconds since 1970, in UTC."""

    __tablename__ = "tenant_pace"

    tenant: Mapped[str] = mapped_column(primary_key=True)
    free_at: Mapped[float]


class ChoiceRow(Base):
    """What somebody chose for reminders of an action: not before a day, or not any more (``until`` None)."""

    __tablename__ = "reminder_choice"

    person: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    until: Mapped[date | None]
    chosen_at: Mapped[datetime]
