"""Whether somebody is in the team in which the bot is installed, as Teams says, remembered for a while."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.connector import ConnectorError, Gone
from bot.incoming import Incoming, Person

log = logging.getLogger(__name__)

IN_TEAM = timedelta(hours=1)
NOT_IN_TEAM = timedelta(minutes=5)
"""Shorter: who was just added to the team should not have to wait."""
KEPT = 10_000
TEAMS = 20

AskMember = Callable[[str, str, str], Awaitable[Mapping[str, Any]]]
"""``Connector.member``: service address, team and person; raises ConnectorError, ``Gone`` for somebody not in it."""
References = Callable[[], Awaitable[Mapping[str, Mapping[str, Any]]]]
"""All places where the bot is."""


class Roster:
    """Asks the service. ``now`` gives aware moments."""

    def __init__(self, ask: AskMember, references: References, now: Callable[[], datetime]) -> None:
        self._ask = ask
        self._references = references
        self._now = now
        self._known: OrderedDict[tuple[str, str], tuple[bool, datetime]] = OrderedDict()
        self._names: dict[str, tuple[str | None, datetime]] = {}

    async def holds(self, incoming: Incoming) -> bool:
        """Whether who wrote is in the team of this channel, or elsewhere in any team that has the bot.

        Raises ConnectorError when it cannot be asked, and DatabaseUnavailable.
        """
        for service_url, team in await self._teams(incoming):
            if await self._in_team(service_url, team, incoming):
                return True
        return False

    async def object_id(self, incoming: Incoming, person: Person) -> str | None:
        """The id in the directory of somebody who was mentioned here; None when it cannot be told now."""
        if person.object_id is not None:
            return person.object_id
        try:
            found = await self._ask(incoming.service_url, incoming.team or incoming.base, person.id)
        except ConnectorError as error:
            log.info("somebody who was mentioned could not be looked up", extra={"cause": str(error)})
            return None
        value = found.get("aadObjectId") or found.get("objectId")
        return value if isinstance(value, str) else None

    async def name(self, incoming: Incoming, object_id: str) -> str | None:
        """The name of somebody in a team that has the bot; None when it cannot be told now. Remembered for a while."""
        now = self._now()
        if (known := self._names.get(object_id)) and now < known[1]:
            return known[0]
        name = await self._asked_name(incoming, object_id)
        self._names[object_id] = name, now + (IN_TEAM if name else NOT_IN_TEAM)
        return name

    async def _asked_name(self, incoming: Incoming, object_id: str) -> str | None:
        for service_url, team in await self._teams(incoming):
            try:
                found = await self._ask(service_url, team, object_id)
            except ConnectorError as error:
                log.info("a coordinator could not be looked up", extra={"cause": str(error)})
                continue
            if isinstance(name := found.get("name"), str) and name:
                return name
        return None

    async def _teams(self, incoming: Incoming) -> Iterable[tuple[str, str]]:
        if incoming.team is not None:
            return [(incoming.service_url, incoming.team)]
        places = (await self._references()).values()
        found = {
            p["team"]: str(p["service_url"]) for p in places if p.get("team") and p.get("tenant") == incoming.tenant
        }
        return [(url, team) for team, url in list(found.items())[:TEAMS]]

    async def _in_team(self, service_url: str, team: str, incoming: Incoming) -> bool:
        key, now = (team, incoming.person.key), self._now()
        if (known := self._known.get(key)) and now < known[1]:
            return known[0]
        try:
            holds = bool(await self._ask(service_url, team, incoming.person.object_id or incoming.person.id))
        except Gone:
            holds = False
        self._known[key] = (holds, now + (IN_TEAM if holds else NOT_IN_TEAM))
        self._known.move_to_end(key)
        if len(self._known) > KEPT:
            self._known.popitem(last=False)
        return holds
