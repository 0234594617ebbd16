"""Reads a plan and what is recorded about it, as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from uvp.plan import Plan
from uvp.snapshot import Snapshot
from uvp.storage.models import ActionRow, CommunicationRow, OfficialRow, OwnerRow, PlanRow, ThemeRow, UpdateRow
from uvp.storage.rows import by_code, names, plan_value
from uvp.updates import Status, Update


@dataclass(frozen=True, slots=True)
class Head:
    """Which plan, and how far it is: equal heads mean equal contents."""

    id: int
    slug: str
    revision: int
    content_revision: int


@dataclass(frozen=True, slots=True)
class Loaded:
    """A snapshot with what the store needs to bring it up to date and to write beside it."""

    head: Head
    snapshot: Snapshot
    action_ids: Mapping[str, int]
    theme_ids: Mapping[str, int]
    newest: int = 0

    @property
    def plan(self) -> Plan:
        """The plan of the snapshot."""
        return self.snapshot.plan

    def after(self, added: Sequence[Update]) -> Loaded:
        """The same after the next change of the plan, which added these updates; unchanged when there are none."""
        if not added:
            return self
        head = replace(self.head, revision=self.head.revision + 1)
        snapshot = self.snapshot.with_updates(added, head.revision)
        return replace(self, head=head, snapshot=snapshot, newest=added[-1].id)


def head_query(slug: str | ColumnElement[str] | None) -> Select[int, str, int, int]:
    """The head of the plan of this name; without a name that of the first plan."""
    query = select(PlanRow.id, PlanRow.slug, PlanRow.revision, PlanRow.content_revision)
    return query.order_by(PlanRow.id).limit(1) if slug is None else query.where(PlanRow.slug == slug)


async def load(session: AsyncSession, head: Head, known: Loaded | None) -> Loaded:
    """The contents at ``head``; reads only the updates that ``known`` lacks when nothing else has changed."""
    if known is None or known.head.content_revision != head.content_revision:
        known = await _load_content(session, head)
    new = await load_updates(session, known, UpdateRow.id > known.newest)
    return Loaded(
        head,
        known.snapshot.with_updates(new, head.revision),
        known.action_ids,
        known.theme_ids,
        new[-1].id if new else known.newest,
    )


async def _load_content(session: AsyncSession, head: Head) -> Loaded:
    row = await session.get_one(PlanRow, head.id, populate_existing=True)
    themes = (
        await session.scalars(select(ThemeRow).where(ThemeRow.plan_id == head.id).order_by(ThemeRow.position))
    ).all()
    actions = (
        await session.scalars(select(ActionRow).where(ActionRow.plan_id == head.id).order_by(ActionRow.position))
    ).all()
    officials = by_code(await _rows(session, _officials(head.id)))
    owners = by_code(await _rows(session, _owners(head.id)))
    communications = dict(await _rows(session, _communications(head.id)))
    snapshot = Snapshot(
        plan=plan_value(row, themes, actions, officials),
        revision=head.revision,
        owners=names(owners),
        officials=names(officials),
        communications=communications,
        persons={**officials, **owners},
    )
    return Loaded(head, snapshot, {a.code: a.id for a in actions}, {t.code: t.id for t in themes})


async def load_updates(session: AsyncSession, known: Loaded, *conditions: Any) -> list[Update]:
    """The updates of a plan that meet the conditions, in order of recording."""
    codes = {id_: code for code, id_ in known.action_ids.items()}
    query = (
        select(
            UpdateRow.id,
            UpdateRow.action_id,
            UpdateRow.status,
            UpdateRow.by_name,
            UpdateRow.at,
            UpdateRow.municipality,
            UpdateRow.note,
            UpdateRow.expected,
            UpdateRow.by_id,
            UpdateRow.place,
            UpdateRow.undoes,
            UpdateRow.key,
        )
        .where(UpdateRow.plan_id == known.head.id, *conditions)
        .order_by(UpdateRow.id)
    )
    return [
        Update(id_, codes[action_id], Status(status), *rest)
        for id_, action_id, status, *rest in await _rows(session, query)
    ]


async def _rows(session: AsyncSession, query: Select[*tuple[Any, ...]]) -> Sequence[Any]:
    return (await session.execute(query)).all()


def _officials(plan_id: int) -> Select[str, str, str | None]:
    return (
        select(ThemeRow.code, OfficialRow.name, OfficialRow.person_id)
        .join(ThemeRow, ThemeRow.id == OfficialRow.theme_id)
        .where(ThemeRow.plan_id == plan_id)
        .order_by(OfficialRow.theme_id, OfficialRow.position)
    )


def _owners(plan_id: int) -> Select[str, str, str | None]:
    return (
        select(ActionRow.code, OwnerRow.name, OwnerRow.person_id)
        .join(ActionRow, ActionRow.id == OwnerRow.action_id)
        .where(ActionRow.plan_id == plan_id)
        .order_by(OwnerRow.action_id, OwnerRow.position)
    )


def _communications(plan_id: int) -> Select[str, str]:
    return (
        select(ActionRow.code, CommunicationRow.text)
        .join(ActionRow, ActionRow.id == CommunicationRow.action_id)
        .where(ActionRow.plan_id == plan_id)
    )
