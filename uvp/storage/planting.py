"""Writes a plan: a new one, or the newer texts of one that is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from uvp.plan import Plan
from uvp.storage.loading import Loaded
from uvp.storage.rows import action_row, official_rows, plan_row, theme_row
from uvp.updates import Person


async def insert_plan(session: AsyncSession, plan: Plan) -> None:
    """Writes a plan that the database does not hold, with the officials that it names."""
    theme_ids = await _write(session, plan, None, {}, {})
    for theme in plan.themes:
        session.add_all(official_rows(theme_ids[theme.code], [Person(name) for name in theme.officials]))


async def refresh_plan(session: AsyncSession, known: Loaded, plan: Plan) -> None:
    """Writes the texts of ``plan`` over those of the same plan in the database.

    Officials stay as they were set, and so do themes and actions that ``plan`` does not name: a code is never taken
    back, and something may be recorded under it.
    """
    await _write(session, plan, known.head.id, known.theme_ids, known.action_ids)


def outdated(known: Plan, plan: Plan) -> bool:
    """Whether ``plan`` says anything else than the same plan in the database does, officials aside."""
    themes = {t.code: replace(t, officials=()) for t in known.themes}
    return (
        replace(known, themes=(), actions=()) != replace(plan, themes=(), actions=())
        or any(themes.get(t.code) != replace(t, officials=()) for t in plan.themes)
        or any(known.by_code.get(a.code) != a for a in plan.actions)
    )


async def _write(
    session: AsyncSession,
    plan: Plan,
    plan_id: int | None,
    theme_ids: Mapping[str, int],
    action_ids: Mapping[str, int],
) -> dict[str, int]:
    """Writes over the rows with the ids that are given, and new rows for the rest; the ids of the themes."""
    row = await session.merge(plan_row(plan, plan_id))
    await session.flush()
    themes = [
        await session.merge(theme_row(theme, row.id, n, theme_ids.get(theme.code)))
        for n, theme in enumerate(plan.themes)
    ]
    await session.flush()
    written = {theme.code: theme.id for theme in themes}
    for n, action in enumerate(plan.actions):
        await session.merge(action_row(action, row.id, written[action.theme], n, action_ids.get(action.code)))
    return written
