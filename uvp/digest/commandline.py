"""What the command line prints about digests: one of any week, or what was done to let a week's go out."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Protocol

from uvp.delivery.outbox import Item, Kind, NewItem, State
from uvp.digest.content import as_of, digest
from uvp.digest.holiday_calendar import dutch_holidays
from uvp.digest.record import as_record
from uvp.digest.schedule import occurrence
from uvp.digest.subscription import Subscription
from uvp.digest.week import Week
from uvp.digest.wording import DigestWording
from uvp.snapshot import Snapshot

# What a channel gets that has chosen nothing.
_USUAL = Subscription("", "")


class Subscriptions(Protocol):
    """Who gets the digest."""

    async def all(self) -> Sequence[tuple[Subscription, datetime | None]]:
        """All settings."""
        ...


class Outbox(Protocol):
    """What is to be delivered."""

    async def plan(self, items: Sequence[NewItem], now: datetime) -> int:
        """Plans what is not planned yet."""
        ...

    async def of(self, place: str, kind: Kind, slot: str) -> Item | None:
        """The message of a place for a slot."""
        ...

    async def settle(self, item_id: int, to: State, by: str, now: datetime) -> Item | None:
        """What an operator decides."""
        ...


async def digest_lines(
    snapshots: Callable[[], Awaitable[Snapshot]], wording: DigestWording, week: Week, as_json: bool
) -> list[str]:
    """The digest of a week with the usual setting, as it was on its Monday morning."""
    snapshot, at = await snapshots(), occurrence(_USUAL, week, dutch_holidays()).at
    made = digest(snapshot, _USUAL, week, at)
    text = wording.text(made, _USUAL, as_of(snapshot, at))
    return [json.dumps(as_record(made, text), ensure_ascii=False) if as_json else text]


async def send_lines(subscriptions: Subscriptions, outbox: Outbox, week: Week, now: datetime) -> list[str]:
    """Lets the digest of a week go out where it has not arrived; what may have arrived is left for somebody to see."""
    running = [setting for setting, _ in await subscriptions.all() if setting.runs]
    return [await _send(setting, outbox, week, now) for setting in running] or ["no place has the digest switched on"]


async def _send(setting: Subscription, outbox: Outbox, week: Week, now: datetime) -> str:
    at = occurrence(setting, week, dutch_holidays()).at
    payload = {"at": at.isoformat()}
    if await outbox.plan([NewItem(setting.place, setting.tenant, Kind.DIGEST, str(week), now, payload=payload)], now):
        return f"{setting.place}\tplanned"
    there = await outbox.of(setting.place, Kind.DIGEST, str(week))
    if there is None:
        return f"{setting.place}\tgone"
    if there.state in (State.FAILED, State.SKIPPED):
        await outbox.settle(there.id, State.PLANNED, "command line", now)
        return f"{setting.place}\tplanned again\tit was {there.state}: {there.reason}"
    return f"{setting.place}\t{there.state}\tleft as it is"
