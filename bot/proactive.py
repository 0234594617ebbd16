"""Messages that nobody asked for at that moment, brought to a channel, a chat or a person over the connector."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.cards.messages import addresses, unaddressed
from bot.connector import Connector, ConnectorError, NotSent
from bot.state import StateStore
from uvp.delivery.outbox import NO_ADDRESS, NO_ANSWER, NO_CONNECTION, Item, Kind, Result
from uvp.delivery.planner import PERSON
from uvp.question import Language

KNOWN_FOR = timedelta(minutes=5)
REFUSED = 400


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message goes. ``conversation`` None: a personal chat that has to be opened first, with ``person``."""

    service_url: str
    tenant: str | None
    bot: str
    conversation: str | None
    channel: str | None = None
    person: str | None = None
    language: Language = "nl"


class Targets:
    """Finds where places can be reached. ``now`` gives aware moments."""

    def __init__(self, store: StateStore, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now
        self._known: tuple[datetime, Sequence[Mapping[str, Any]]] | None = None

    async def find(self, place: str, tenant: str) -> Target | None:
        """The target of a place, None where nothing is known. Raises DatabaseUnavailable."""
        if reference := await self._store.reference(place):
            return _target(reference)
        if not place.startswith(PERSON):
            return None
        person = place.removeprefix(PERSON)
        known = [r for r in await self._references() if not tenant or r.get("tenant") == tenant]
        if own := next((r for r in known if r.get("object_id") == person), None):
            return _target(own)
        # Who never wrote to the bot is reached by way of any conversation of the same organisation.
        way = next(iter(known), None)
        return Target(way["service_url"], way["tenant"], way["bot"], None, person=person) if way else None

    async def know_anybody(self) -> bool:
        """Whether any conversation is known. Raises DatabaseUnavailable."""
        return bool(await self._store.references())

    async def opened(self, place: str, target: Target, conversation: str) -> None:
        """Keeps the personal chat that was opened."""
        reference = {
            "service_url": target.service_url,
            "conversation": conversation,
            "place": "personal",
            "tenant": target.tenant,
            "bot": target.bot,
            "object_id": target.person,
        }
        await self._store.save_reference(place, reference, self._now())

    async def _references(self) -> Sequence[Mapping[str, Any]]:
        """All references; those of the last minutes may be missing."""
        if self._known is None or self._now() - self._known[0] > KNOWN_FOR:
            self._known = self._now(), tuple((await self._store.references()).values())
        return self._known[1]


class TeamsSender:
    """Sends one post to its place: a new thread in a channel, a message in a chat, or in the place of an older one."""

    def __init__(self, connector: Connector, targets: Targets) -> None:
        self._connector = connector
        self._targets = targets

    async def send(self, item: Item, post: Mapping[str, Any]) -> Result:
        """One message. Nothing is tried again here; what came of it decides what happens next."""
        target = await self._targets.find(item.place, item.tenant)
        if target is None:
            # A channel is known until the bot is removed from it; a person as soon as the bot is installed anywhere.
            status = None if item.place.startswith(PERSON) else 404
            return Result(status, out=False, code=NO_ADDRESS, reason="no address is known")
        try:
            if target.conversation is None:
                conversation = await self._open(item.place, target)
            else:
                conversation = target.conversation
        except ConnectorError as error:
            # Opening a chat shows nobody anything and may be done twice, so whatever it was: nothing was sent.
            return _result(error, out=False)
        try:
            return await self._accepted(item, target, conversation, post)
        except ConnectorError as error:
            return _result(error, out=not isinstance(error, NotSent))

    async def _accepted(self, item: Item, target: Target, conversation: str, post: Mapping[str, Any]) -> Result:
        """Posts it; where it is refused as it is, once more without addressing anybody.

        Somebody who has left the organisation must not keep a digest from everybody else, and what was refused is
        certainly not there.
        """
        try:
            return await self._post(item, target, conversation, post)
        except ConnectorError as error:
            if error.status != REFUSED or not addresses(post):
                raise
            return await self._post(item, target, conversation, unaddressed(post))

    async def _post(self, item: Item, target: Target, conversation: str, post: Mapping[str, Any]) -> Result:
        payload, connector, url = item.payload, self._connector, target.service_url
        if item.kind is Kind.RETIRE:
            await connector.update(url, payload["conversation"], payload["activity"], post)
            return Result(200)
        if thread := payload.get("thread"):
            return Result(201, conversation=thread, activity=await connector.send(url, thread, post))
        if target.channel is None:
            return Result(201, conversation=conversation, activity=await connector.send(url, conversation, post))
        created = await connector.create(url, _new_thread(target, post))
        return Result(201, conversation=created.conversation_id, activity=created.activity_id)

    async def _open(self, place: str, target: Target) -> str:
        parameters = {
            "isGroup": False,
            "bot": {"id": target.bot},
            "members": [{"id": target.person}],
            "tenantId": target.tenant,
            "channelData": {"tenant": {"id": target.tenant}},
        }
        created = await self._connector.create(target.service_url, parameters)
        await self._targets.opened(place, target, created.conversation_id)
        return created.conversation_id


def _new_thread(target: Target, post: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "isGroup": True,
        "bot": {"id": target.bot},
        "tenantId": target.tenant,
        "channelData": {"channel": {"id": target.channel}, "tenant": {"id": target.tenant}},
        "activity": post,
    }


def _result(error: ConnectorError, *, out: bool) -> Result:
    status = error.status if out or error.status is not None else None
    silent = "" if error.status is not None else NO_ANSWER if out else NO_CONNECTION
    return Result(status, out, error.code or silent, error.reason, error.retry_after)


def _target(reference: Mapping[str, Any]) -> Target:
    return Target(
        service_url=reference["service_url"],
        tenant=reference.get("tenant"),
        bot=reference["bot"],
        conversation=reference["conversation"],
        channel=reference["conversation"] if reference.get("place") == "channel" else None,
        person=reference.get("object_id"),
        language="en" if reference.get("language") == "en" else "nl",
    )
