"""Who somebody is to the bot: on the list, a coordinator, of the team, or nobody who may record."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.incoming import Incoming
from bot.roster import Roster
from uvp.members import REGION, Member

NAMES_KEPT = timedelta(minutes=1)
MENTIONS = 5


class Listed(Protocol):
    """The list that the coordinator keeps."""

    def get(self, id_: str) -> Awaitable[Member | None]:
        """Who has this id."""

    def all(self) -> Awaitable[Sequence[Member]]:
        """Everybody."""


class Access:
    """Knows members. ``coordinators`` are object ids from the settings; ``roster`` None is local mode.

    In local mode nobody can be checked, so everybody counts as a member of the region and the bot can be tried.
    """

    def __init__(
        self, listed: Listed, coordinators: Collection[str], roster: Roster | None, now: Callable[[], datetime]
    ) -> None:
        self._listed = listed
        self._now = now
        self._names: tuple[list[str], datetime] | None = None
        self._nameless: list[str] = []
        self._coordinators = frozenset(coordinators)
        self._roster = roster

    async def member(self, incoming: Incoming) -> Member | None:
        """Who wrote or pressed, as a member; None for somebody who may not record.

        Raises ConnectorError when the team cannot be asked, and DatabaseUnavailable.
        """
        person = incoming.person
        known = await self._listed.get(person.key)
        if person.key in self._coordinators:
            return replace(known or Member(person.key, person.name), coordinator=True)
        if known is not None:
            return known
        if self._roster is None:
            return Member(person.key, person.name, REGION)
        return Member(person.key, person.name) if await self._roster.holds(incoming) else None

    async def mentioned(self, incoming: Incoming) -> dict[str, str]:
        """The ids in the directory of who is mentioned, by name in lower case, as far as they can be told."""
        found = {}
        for person in incoming.mentioned[:MENTIONS]:
            id_ = await self._roster.object_id(incoming, person) if self._roster else person.object_id
            if id_ is not None:
                found[person.name.casefold()] = id_
        return found

    async def listed(self) -> Sequence[Member]:
        """Everybody on the list."""
        return await self._listed.all()

    async def coordinators(self, incoming: Incoming) -> list[str]:
        """The names of the coordinators: those on the list, as they were at most a minute ago, and those of the
        settings whom a team knows.
        """
        now = self._now()
        if self._names is None or self._names[1] <= now:
            listed = await self._listed.all()
            names = [m.name for m in listed if m.coordinator or m.id in self._coordinators]
            self._names = names, now + NAMES_KEPT
            self._nameless = sorted(self._coordinators - {m.id for m in listed})
        looked_up = [await self._roster.name(incoming, id_) for id_ in self._nameless] if self._roster else []
        return list(dict.fromkeys([*self._names[0], *filter(None, looked_up)]))
