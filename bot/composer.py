"""From a planned message to the posts that are sent: the content is worked out when it goes out, as of its moment."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol

from bot.cards.digest import digest_posts
from bot.cards.messages import message
from bot.cards.notice import notice_card, notice_lines
from bot.cards.reminder import reminder_card, retired_card
from bot.proactive import Targets
from uvp.answers import dates
from uvp.delivery.outbox import Item, Kind, NewItem
from uvp.delivery.planner import retired
from uvp.delivery.ports import Message
from uvp.digest.content import as_of, digest
from uvp.digest.reminders import Choices, still_open
from uvp.digest.subscription import Subscription
from uvp.digest.week import Week
from uvp.digest.wording import DigestWording
from uvp.question import Language
from uvp.snapshot import Snapshot
from uvp.updates import local_day

_KEPT = 16
Posts = tuple[Mapping[str, Any], ...]


class Settings(Protocol):
    """What places and people chose."""

    async def get(self, place: str) -> Subscription | None:
        """The setting of a place."""
        ...

    async def choices(self, person: str | None = None) -> Choices:
        """What somebody chose about reminders."""
        ...


class Sent(Protocol):
    """What was sent before."""

    async def newest(self, place: str, kind: Kind, before: int | None = None) -> Item | None:
        """The newest message of a kind that arrived in a place."""
        ...

    async def noticed(self, slot: str) -> Sequence[Item]:
        """What the notice of a slot tells of."""
        ...


class Compose:
    """Makes the posts of every kind of message. ``now`` gives aware moments."""

    def __init__(
        self,
        settings: Settings,
        sent: Sent,
        targets: Targets,
        snapshots: Callable[[], Awaitable[Snapshot]],
        wording: DigestWording,
        now: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._sent = sent
        self._targets = targets
        self._snapshots = snapshots
        self._wording = wording
        self._now = now
        self._made: OrderedDict[object, Posts] = OrderedDict()

    async def compose(self, item: Item) -> Message | None:
        """The posts of a message, None when there is nothing left to say. Raises DatabaseUnavailable."""
        if posts := item.payload.get("posts"):
            return Message(tuple(posts))
        match item.kind:
            case Kind.DIGEST:
                setting = await self._settings.get(item.place)
                return Message(await self.digest(setting, item)) if setting and setting.active else None
            case Kind.PREVIEW:
                setting = await self._settings.get(item.payload["of"])
                return Message(await self.digest(setting or Subscription(item.payload["of"], item.tenant), item))
            case Kind.REMINDER:
                return await self._reminder(item)
            case Kind.NOTICE:
                return await self._notice(item)
            case Kind.RETIRE:
                return await self._retired(item)

    async def digest(self, setting: Subscription, item: Item) -> Posts:
        """The posts of a digest, whose moment the item holds."""
        at = datetime.fromisoformat(item.payload["at"])
        return self.posts(setting, Week.parse(item.slot.partition("|")[0]), at, await self._snapshots())

    def posts(self, setting: Subscription, week: Week, at: datetime, snapshot: Snapshot) -> Posts:
        """The posts of a digest of this week as of this moment; places that chose the same get the same."""
        key = (
            replace(setting, place="", tenant="", team=None, name=""),
            week,
            at,
            snapshot.plan.slug,
            snapshot.revision,
        )
        if key not in self._made:
            self._made[key] = digest_posts(
                digest(snapshot, setting, week, at), setting, as_of(snapshot, at), self._wording
            )
            if len(self._made) > _KEPT:
                self._made.popitem(last=False)
        return self._made[key]

    async def _reminder(self, item: Item) -> Message | None:
        snapshot, today, person = await self._snapshots(), local_day(self._now()), item.payload["person"]
        choices = await self._settings.choices(person)
        items = still_open(snapshot, person, item.payload["codes"], today, choices)
        if not items:
            return None
        card = reminder_card(items, snapshot, today, await self._language(item), self._wording)
        return Message((message(card, card["fallbackText"]),), await self._retiring(item))

    async def _retired(self, item: Item) -> Message:
        language = await self._language(item)
        day = dates.day(self._wording.sayings(language), local_day(datetime.fromisoformat(item.payload["of"])))
        card = retired_card(day, language, self._wording, done=bool(item.payload.get("done")))
        return Message((message(card, card["fallbackText"]),))

    async def _retiring(self, item: Item) -> tuple[NewItem, ...]:
        """The reminder before this one, which will be replaced by a word that it is old."""
        before = await self._sent.newest(item.place, Kind.REMINDER, item.id)
        return retired(before, self._now(), done=False) if before else ()

    async def _notice(self, item: Item) -> Message | None:
        told = [(each, await self._name(each)) for each in await self._sent.noticed(item.slot)]
        if not told:
            return None
        language = await self._language(item)
        say = self._wording.phrases(language)
        return Message((message(notice_card(told, language, say), "\n".join(notice_lines(told, say))),))

    async def _name(self, item: Item) -> str:
        """What people call the place of a message."""
        if name := item.payload.get("name"):
            return str(name)
        setting = await self._settings.get(item.place)
        return (setting and setting.name) or item.place.rpartition("|")[2]

    async def _language(self, item: Item) -> Language:
        target = await self._targets.find(item.place, item.tenant)
        return target.language if target else "nl"
