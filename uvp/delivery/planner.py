"""Puts into the outbox what has become due: digests of all places, and reminders to people."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Container, Mapping, Sequence
from datetime import date, datetime, time
from typing import Protocol

from uvp.delivery.outbox import Item, Kind, NewItem
from uvp.digest.reminders import Choices, Reminder, reminders, still_open
from uvp.digest.schedule import Occurrence, following
from uvp.digest.subscription import Subscription
from uvp.digest.week import Week, moment
from uvp.snapshot import Snapshot
from uvp.updates import AMSTERDAM, Person, local_day

REMINDERS_AT = time(9)
PERSON = "person|"
"""Before the object id of somebody: the place of their personal chat, wherever that is."""


class Subscriptions(Protocol):
    """Who gets the digest, and what people chose about reminders."""

    async def plan_due(self, now: datetime, following: Callable[[Subscription, Occurrence], Occurrence]) -> int:
        """Plans the digests whose moment has come; gives how many, 0 when all are planned."""
        ...

    async def choices(self) -> Choices:
        """What people chose about reminders."""
        ...


class Messages(Protocol):
    """The outbox, as far as planning needs it."""

    async def plan(self, items: Sequence[NewItem], now: datetime) -> int:
        """Plans messages that are not planned yet."""
        ...

    async def last(self, kind: Kind) -> Mapping[str, datetime]:
        """When each place was last due a message of this kind."""
        ...

    async def newest_of_each(self, kind: Kind) -> Sequence[Item]:
        """The newest message of this kind that arrived, of every place."""
        ...


class Planner:
    """Plans digests and reminders. ``coordinators`` gives who is reminded of what nobody else is responsible for;
    ``tenant`` is whose people they and all others are; ``reachable`` says whether the bot knows a way to anybody yet.
    """

    def __init__(
        self,
        subscriptions: Subscriptions,
        messages: Messages,
        snapshots: Callable[[], Awaitable[Snapshot]],
        holidays: Container[date],
        coordinators: Callable[[], Awaitable[Sequence[Person]]],
        tenant: str,
        reachable: Callable[[], Awaitable[bool]],
    ) -> None:
        self._subscriptions = subscriptions
        self._messages = messages
        self._snapshots = snapshots
        self._holidays = holidays
        self._coordinators = coordinators
        self._tenant = tenant
        self._reachable = reachable
        self._reminded: date | None = None

    async def plan_digests(self, now: datetime) -> None:
        """All digests whose moment has come, also of weeks that were missed: whether they still go out is decided when
        they are sent."""
        while await self._subscriptions.plan_due(now, self._following):
            pass

    def _following(self, setting: Subscription, before: Occurrence) -> Occurrence:
        return following(setting, before, self._holidays)

    async def plan_reminders(self, now: datetime) -> None:
        """The reminders of the day, once it is nine o'clock in Amsterdam."""
        today = local_day(now)
        if now < moment(today, REMINDERS_AT, AMSTERDAM) or self._reminded == today:
            return
        # A bot that is installed nowhere yet has time enough tomorrow.
        if await self._reachable():
            await self._plan_reminders(now, today)
        self._reminded = today

    async def _plan_reminders(self, now: datetime, today: date) -> None:
        last = {
            place.removeprefix(PERSON): local_day(at)
            for place, at in (await self._messages.last(Kind.REMINDER)).items()
            if place.startswith(PERSON)
        }
        choices, coordinators = await self._subscriptions.choices(), await self._coordinators()
        snapshot = await self._snapshots()
        found = reminders(snapshot, today, last, choices, coordinators, self._holidays)
        over = [
            retiring
            for item in await self._messages.newest_of_each(Kind.REMINDER)
            # What was put off or stopped has its word there already.
            if not still_open(snapshot, item.payload["person"], item.payload["codes"], today, {})
            for retiring in retired(item, now, done=True)
        ]
        await self._messages.plan([*(self._item(reminder, now) for reminder in found), *over], now)

    def _item(self, reminder: Reminder, now: datetime) -> NewItem:
        # Messages are five days apart and on working days, so that a week never holds two for one person.
        codes = [item.code for item in reminder.items]
        payload = {"person": reminder.person.id, "name": reminder.person.name, "codes": codes}
        place, week = f"{PERSON}{reminder.person.id}", str(Week.of(local_day(now)))
        return NewItem(place, self._tenant, Kind.REMINDER, week, now, payload=payload)


def retired(reminder: Item, now: datetime, *, done: bool) -> tuple[NewItem, ...]:
    """Puts a word in the place of a reminder that arrived: that nothing of it is open (``done``), or a newer one came.

    Whichever comes first; empty where it is not known where the reminder stands.
    """
    if reminder.conversation is None or reminder.activity is None:
        return ()
    payload = {
        "conversation": reminder.conversation,
        "activity": reminder.activity,
        "of": reminder.due.isoformat(),
        "done": done,
    }
    return (NewItem(reminder.place, reminder.tenant, Kind.RETIRE, str(reminder.id), now, payload=payload),)
