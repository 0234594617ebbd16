"""The conversation about the weekly digest: switching it on and off, its setting, a preview, and the proposal of a
channel when the bot comes into a team."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Protocol

from bot.cards.subscription import proposal_card, subscription_card
from bot.composer import Compose
from bot.connector import ConnectorError
from bot.incoming import Incoming
from bot.places import person_key, place_key
from bot.subscription_form import changes
from bot.turns import Outcome, Turn
from uvp.answers import dates
from uvp.delivery.outbox import Kind, NewItem
from uvp.digest.commands import Commands, Wish
from uvp.digest.schedule import Occurrence, next_occurrence
from uvp.digest.subscription import Subscription, time_zone, zone_exists
from uvp.digest.week import Week
from uvp.digest.wording import DigestWording
from uvp.folding import plain
from uvp.question import Language, Question
from uvp.snapshot import Snapshot

log = logging.getLogger(__name__)

IV_OVERLEG = "ivoverleg"
"""The channel that is proposed, folded: *IV-overleg*, *IV overleg*."""

Next = Callable[[Subscription, Week | None], Occurrence]


class Settings(Protocol):
    """Where settings are kept."""

    async def get(self, place: str) -> Subscription | None:
        """The setting of a place."""
        ...

    async def save(self, setting: Subscription, coming: Next, now: datetime) -> Occurrence | None:
        """Keeps a setting and gives its next digest."""
        ...

    async def last_week(self, place: str) -> Week | None:
        """The last week that was planned."""
        ...

    async def resume(self, places: Sequence[str], teams: Sequence[str], coming: Next) -> int:
        """Lets go out again what was paused."""
        ...


class Places(Protocol):
    """Where conversations can be reached."""

    async def reference(self, key: str) -> Mapping[str, Any] | None:
        """What is known of a place."""
        ...

    async def save_reference(self, key: str, reference: dict[str, Any], now: datetime) -> None:
        """Keeps it."""
        ...


class Planned(Protocol):
    """The outbox."""

    async def plan(self, items: Sequence[NewItem], now: datetime) -> int:
        """Plans messages."""
        ...


Channels = Callable[[str, str], Awaitable[Mapping[str, str]]]
"""The channels of a team (service URL, team), name by id; raises ConnectorError."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the conversation is held over; ``coordinates`` says whether somebody is a coordinator."""

    settings: Settings
    places: Places
    outbox: Planned
    channels: Channels
    snapshots: Callable[[], Awaitable[Snapshot]]
    compose: Compose
    holidays: Container[date]
    coordinates: Callable[[Incoming], Awaitable[bool]]
    now: Callable[[], datetime]


class Weekly:
    """Talks about the digest."""

    def __init__(self, known: Known, wording: DigestWording, commands: Commands) -> None:
        self._known = known
        self._wording = wording
        self._commands = commands

    async def said(self, turn: Turn, text: str, question: Question) -> Outcome:
        """Somebody said something about the digest."""
        snapshot = await self._known.snapshots()
        command = self._commands.read(text, snapshot.plan)
        language = question.language
        setting = await self._setting(turn.incoming, language)
        wanted = command.apply(setting)
        match command.wish:
            case Wish.PREVIEW:
                return await self._preview(turn, wanted, language)
            case Wish.SHOW:
                return await self._shown(setting, snapshot, language)
        if not zone_exists(wanted.zone):
            return Outcome(self._say(language, "no_zone"))
        if command.wish is Wish.ON:
            wanted = replace(wanted, paused=None)
        return await self._saved(wanted, snapshot, language, "now_on" if wanted.active else "now_off")

    async def pressed(self, turn: Turn) -> Outcome | None:
        """Somebody pressed a button about the digest; None when it is none of ours."""
        data, language = turn.incoming.data, turn.incoming.language
        snapshot, setting = await self._known.snapshots(), await self._setting(turn.incoming, language)
        match data.get("how"):
            case "settings":
                return await self._shown(setting, snapshot, language)
            case "preview":
                return await self._preview(turn, setting, language)
            case "on":
                return await self._saved(replace(setting, active=True, paused=None), snapshot, language, "now_on")
            case "off":
                return await self._saved(replace(setting, active=False), snapshot, language, "now_off")
            case "save":
                chosen = changes(data, snapshot.plan)
                if chosen is None:
                    return Outcome(self._say(language, "no_time"))
                if not zone_exists(chosen.get("zone", setting.zone)):
                    return Outcome(self._say(language, "no_zone"))
                said = "saved" if setting.runs else "saved_off"
                return await self._saved(replace(setting, **chosen), snapshot, language, said)
            case "confirm":
                return await self._confirm(turn.incoming, str(data.get("channel")), language)
        return None

    async def installed(self, incoming: Incoming) -> Outcome | None:
        """The bot came to a place: what stood still there goes on, and in a team its channel is proposed."""
        places = [place_key(incoming), *filter(None, [person_key(incoming.person.object_id)])]
        await self._known.settings.resume(places, [incoming.team] if incoming.team else [], self._coming)
        if incoming.team is None:
            return None
        channels = await self._channels(incoming)
        found = next((c for c, name in channels.items() if _is_iv_overleg(name)), None)
        if found is None or await self._known.settings.get(_channel_key(incoming, found)):
            return None
        say = self._wording.phrases(incoming.language)
        card = proposal_card(found, channels[found], incoming.language, say)
        return Outcome(card["fallbackText"], card)

    async def _confirm(self, incoming: Incoming, channel: str, language: Language) -> Outcome:
        if not await self._known.coordinates(incoming):
            return Outcome(self._say(language, "only_coordinator"))
        # The channel comes back from a card: it has to be one of the team in which it was pressed.
        name = (await self._channels(incoming)).get(channel)
        if name is None or incoming.team is None:
            return Outcome(self._say(language, "no_time"))
        place = _channel_key(incoming, channel)
        if await self._known.places.reference(place) is None:
            await self._known.places.save_reference(place, _channel_reference(incoming, channel), self._known.now())
        kept = await self._known.settings.get(place)
        # Not in the language of who pressed: it is for everybody in the channel, and the plan is Dutch.
        setting = kept or Subscription(place, incoming.tenant or "", team=incoming.team, name=name)
        setting = replace(setting, active=True, paused=None)
        coming = await self._known.settings.save(setting, self._coming, self._known.now())
        text = self._say(language, "confirmed", channel=name, when=self._when(coming, setting, language))
        return Outcome(text)

    async def _saved(self, setting: Subscription, snapshot: Snapshot, language: Language, said: str) -> Outcome:
        coming = await self._known.settings.save(setting, self._coming, self._known.now())
        text = self._say(language, said, when=self._when(coming, setting, language))
        card = subscription_card(setting, text, snapshot.plan, self._wording.phrases(language))
        # What was saved was on such a card; it says now what holds.
        return Outcome(text, card, replace=True)

    async def _shown(self, setting: Subscription, snapshot: Snapshot, language: Language) -> Outcome:
        text = await self._standing(setting, language)
        card = subscription_card(setting, text, snapshot.plan, self._wording.phrases(language))
        return Outcome(text, card)

    async def _standing(self, setting: Subscription, language: Language) -> str:
        """Whether it goes out, and when next."""
        if not setting.active:
            return self._say(language, "off")
        if setting.paused:
            return self._say(language, "paused", reason=setting.paused)
        coming = self._coming(setting, await self._known.settings.last_week(setting.place))
        return self._say(language, "running", when=self._when(coming, setting, language))

    async def _preview(self, turn: Turn, setting: Subscription, language: Language) -> Outcome:
        """The digest as it would be now, in personal chat: as the answer there, else sent there."""
        incoming, at = turn.incoming, turn.now
        posts = self._known.compose.posts(setting, Week.of(turn.today), at, await self._known.snapshots())
        if incoming.place == "personal" and len(posts) == 1:
            return Outcome(posts[0]["summary"], posts[0]["attachments"][0]["content"])
        person = person_key(incoming.person.object_id)
        if person is None:
            return Outcome(self._say(language, "preview_no_chat"))
        payload = {"posts": [dict(post) for post in posts]}
        slot = f"{Week.of(turn.today)}|{at.isoformat()}"
        await self._known.outbox.plan([NewItem(person, setting.tenant, Kind.PREVIEW, slot, at, payload=payload)], at)
        return Outcome(self._say(language, "preview_personal"))

    async def _setting(self, incoming: Incoming, language: Language) -> Subscription:
        """The setting of this place; one that is off, in this language, where nothing was chosen yet."""
        place = place_key(incoming)
        if kept := await self._known.settings.get(place):
            return kept
        name = (await self._channels(incoming)).get(incoming.base, "")
        return Subscription(
            place, incoming.tenant or "", language=language, team=incoming.team, active=False, name=name
        )

    async def _channels(self, incoming: Incoming) -> Mapping[str, str]:
        """The channels of the team; none when they cannot be asked for now."""
        if incoming.team is None:
            return {}
        try:
            return await self._known.channels(incoming.service_url, incoming.team)
        except ConnectorError as error:
            log.warning("the channels of a team cannot be listed", extra={"cause": str(error)})
            return {}

    def _coming(self, setting: Subscription, done: Week | None) -> Occurrence:
        return next_occurrence(setting, self._known.now(), self._known.holidays, done)

    def _when(self, coming: Occurrence | None, setting: Subscription, language: Language) -> str:
        if coming is None:
            return ""
        local = coming.at.astimezone(time_zone(setting.zone))
        say = self._wording.phrases(language)
        return say(
            "settings.moment",
            day=say(f"settings.weekdays.{local.isoweekday()}"),
            date=dates.day(self._wording.sayings(language), local.date()),
            time=f"{local:%H:%M}",
            zone=setting.zone,
        )

    def _say(self, language: Language, key: str, **values: object) -> str:
        return self._wording.phrases(language)(f"settings.{key}", **values)


def _channel_key(incoming: Incoming, channel: str) -> str:
    return f"{incoming.channel_id}|{channel}"


def _channel_reference(incoming: Incoming, channel: str) -> dict[str, Any]:
    """How a channel is reached in which nobody has spoken to the bot yet."""
    return {
        "channel_id": incoming.channel_id,
        "service_url": incoming.service_url,
        "conversation": channel,
        "place": "channel",
        "tenant": incoming.tenant,
        "team": incoming.team,
        "channel": channel,
        "bot": incoming.bot,
    }


def _is_iv_overleg(name: str) -> bool:
    return "".join(c for c in plain(name) if c.isalnum()) == IV_OVERLEG
