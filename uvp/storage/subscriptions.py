"""Subscriptions and choices about reminders in the database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from uvp.delivery.outbox import Kind, NewItem
from uvp.digest.reminders import Choice
from uvp.digest.schedule import ALARM, Occurrence
from uvp.digest.subscription import Subscription
from uvp.digest.week import Week
from uvp.storage.database import Database
from uvp.storage.delivery_models import ChoiceRow, SubscriptionRow
from uvp.storage.outbox import insert_items

_AT_ONCE = 200

Next = Callable[[Subscription, Week | None], Occurrence]
"""The next digest of a setting, after the last week that was planned."""
Following = Callable[[Subscription, Occurrence], Occurrence]


class SubscriptionStore:
    """Who gets the digest. Every method raises DatabaseUnavailable when the database cannot be used."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, place: str) -> Subscription | None:
        """The setting of a place."""
        async with self._database.reading() as session:
            row = await session.get(SubscriptionRow, place)
            return _setting(row) if row else None

    async def all(self) -> Sequence[tuple[Subscription, datetime | None]]:
        """All settings with the moment of the next digest, by place."""
        async with self._database.reading() as session:
            rows = await session.scalars(select(SubscriptionRow).order_by(SubscriptionRow.place))
            return [(_setting(row), row.next_at) for row in rows]

    async def last_week(self, place: str) -> Week | None:
        """The last week of which a digest was planned."""
        async with self._database.reading() as session:
            week = await session.scalar(select(SubscriptionRow.last_week).where(SubscriptionRow.place == place))
            return Week.parse(week) if week else None

    async def unplanned(self, now: datetime) -> int:
        """How many places had to get a digest an hour ago that is not even planned: nobody delivers."""
        async with self._database.reading() as session:
            query = select(func.count()).select_from(SubscriptionRow).where(SubscriptionRow.next_at < now - ALARM)
            return await session.scalar(query) or 0

    async def save(self, setting: Subscription, coming: Next, now: datetime) -> Occurrence | None:
        """Keeps a setting; gives its next digest, None when it does not go out.

        A digest whose moment came just before is planned first, so that a change of the setting loses no week.
        """
        async with self._database.writing() as session:
            row = await session.get(SubscriptionRow, setting.place, with_for_update=True)
            if row is None:
                row = SubscriptionRow(place=setting.place)
                session.add(row)
            elif row.next_at is not None and row.next_at <= now:
                await insert_items(session, _planned(row), now, self._database.sqlite)
            return _write(row, setting, coming)

    async def resume(self, places: Sequence[str], teams: Sequence[str], coming: Next) -> int:
        """Lets go out again what was paused in these places and in the channels of these teams; gives how many."""
        async with self._database.writing() as session:
            here = SubscriptionRow.place.in_(places) | SubscriptionRow.team.in_(teams)
            rows = await session.scalars(select(SubscriptionRow).where(here, SubscriptionRow.paused.is_not(None)))
            found = rows.all()
            for row in found:
                row.paused = None
                _write(row, _setting(row), coming)
            return len(found)

    async def plan_due(self, now: datetime, following: Following) -> int:
        """Plans the digests whose moment has come, each once, and looks for the moment after it; gives how many."""
        planned = 0
        async with self._database.writing() as session:
            rows = await session.scalars(
                select(SubscriptionRow)
                .where(SubscriptionRow.next_at <= now)
                .order_by(SubscriptionRow.next_at, SubscriptionRow.place)
                .limit(_AT_ONCE)
                .with_for_update(skip_locked=True)
            )
            items: list[NewItem] = []
            for row in rows:
                for item in _planned(row):
                    items.append(item)
                    after = following(_setting(row), Occurrence(Week.parse(item.slot), item.due))
                    row.next_week, row.next_at = str(after.week), after.at
            planned = len(items)
            await insert_items(session, items, now, self._database.sqlite)
        return planned

    async def choose(self, person: str, codes: Sequence[str], choice: Choice, now: datetime) -> None:
        """Keeps what somebody chose for reminders of these actions, over what they chose before."""
        insert = sqlite.insert if self._database.sqlite else postgresql.insert
        values = [{"person": person, "code": code, "until": choice.until, "chosen_at": now} for code in codes]
        if not values:
            return
        write = insert(ChoiceRow).values(values)
        async with self._database.writing() as session:
            await session.execute(
                write.on_conflict_do_update(
                    index_elements=[ChoiceRow.person, ChoiceRow.code],
                    set_={"until": write.excluded.until, "chosen_at": write.excluded.chosen_at},
                )
            )

    async def choices(self, person: str | None = None) -> dict[tuple[str, str], Choice]:
        """What was chosen, by person and code; of one person where one is given."""
        query = select(ChoiceRow.person, ChoiceRow.code, ChoiceRow.until)
        if person is not None:
            query = query.where(ChoiceRow.person == person)
        async with self._database.reading() as session:
            return {(who, code): Choice(until) for who, code, until in await session.execute(query)}


def _planned(row: SubscriptionRow) -> list[NewItem]:
    """The digest whose moment has come, which is from then on the last one that was planned."""
    week, at = row.next_week, row.next_at
    if week is None or at is None:
        return []
    row.last_week = week
    return [NewItem(row.place, row.tenant, Kind.DIGEST, week, at, payload={"at": at.isoformat()})]


def _write(row: SubscriptionRow, setting: Subscription, coming: Next) -> Occurrence | None:
    row.tenant, row.team, row.name = setting.tenant, setting.team, setting.name
    row.weekday, row.at, row.zone = setting.weekday, setting.at, setting.zone
    row.language, row.weeks_ahead, row.mentions = setting.language, setting.weeks_ahead, setting.mentions
    row.themes, row.municipalities = list(setting.themes), list(setting.municipalities)
    row.active, row.paused = setting.active, setting.paused
    after = coming(setting, Week.parse(row.last_week) if row.last_week else None) if setting.runs else None
    row.next_at, row.next_week = (after.at, str(after.week)) if after else (None, None)
    return after


def _setting(row: SubscriptionRow) -> Subscription:
    return Subscription(
        place=row.place,
        tenant=row.tenant,
        weekday=row.weekday,
        at=row.at,
        zone=row.zone,
        language="en" if row.language == "en" else "nl",
        themes=tuple(row.themes),
        municipalities=tuple(row.municipalities),
        weeks_ahead=row.weeks_ahead,
        mentions=row.mentions,
        active=row.active,
        paused=row.paused,
        team=row.team,
        name=row.name,
    )
