"""Where conversations can be reached later: kept when something about them changes, for messages nobody asked for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.incoming import Incoming
from bot.state import StateStore
from uvp.delivery.planner import PERSON

KNOWN = 10_000


class Places:
    """Keeps the newest address of every conversation. ``now`` gives aware moments."""

    def __init__(self, store: StateStore, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now
        self._known: OrderedDict[str, dict[str, Any]] = OrderedDict()

    async def note(self, incoming: Incoming) -> None:
        """Writes the reference unless this process knows that it is stored already. Raises DatabaseUnavailable."""
        key, reference = place_key(incoming), _reference(incoming)
        if self._known.get(key) == reference:
            return
        await self._store.save_reference(key, reference, self._now())
        self._known[key] = reference
        if len(self._known) > KNOWN:
            self._known.popitem(last=False)

    async def forget(self, incoming: Incoming) -> None:
        """The bot was removed there. Raises DatabaseUnavailable."""
        key = place_key(incoming)
        self._known.pop(key, None)
        await self._store.drop_reference(key)


def place_key(incoming: Incoming) -> str:
    """What a place is stored under."""
    return f"{incoming.channel_id}|{incoming.base}"


def person_key(object_id: str | None) -> str | None:
    """The place of somebody's personal chat, whatever its conversation; ``bot.proactive`` finds it."""
    return f"{PERSON}{object_id}" if object_id else None


def _reference(incoming: Incoming) -> dict[str, Any]:
    """What delivering needs; the person only in personal chat, where the conversation is theirs."""
    person = incoming.person if incoming.place == "personal" else None
    return {
        "channel_id": incoming.channel_id,
        "service_url": incoming.service_url,
        "conversation": incoming.base,
        "place": incoming.place,
        "tenant": incoming.tenant,
        "team": incoming.team,
        "channel": incoming.channel,
        "bot": incoming.bot,
        "person": person and person.id,
        "object_id": person and person.object_id,
        "language": person and incoming.language,
    }
