"""What arrived, as a value: an activity of the SDK is read once, here, and checked for what the bot relies on."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from botbuilder.schema import Activity

from bot.activities import Malformed
from bot.attached import links
from uvp.question import Language

CARD_ACTION = "adaptiveCard/action"
ID_LIMIT = 1000
BOT_PREFIX = "28:"
TAG = re.compile(r"</?at(?:\s[^<>]*)?>", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Kind(Enum):
    """What the bot does something with."""

    MESSAGE = auto()
    PRESS = auto()
    """A button of a card: ``Action.Submit``, which comes as a message with a value."""
    EXECUTE = auto()
    """A button of a card: ``Action.Execute``, which comes as an invoke and wants its answer in the response."""
    INVOKE = auto()
    """Any other invoke."""
    INSTALLED = auto()
    REMOVED = auto()
    OTHER = auto()
    """Edits, reactions, typing, people who come and go: nothing to do."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who wrote or pressed: the id in the channel, the id in the directory (None for guests of some kinds) and name."""

    id: str
    object_id: str | None
    name: str

    @property
    def key(self) -> str:
        """What stays the same for this person in every conversation."""
        return self.object_id or self.id


@dataclass(frozen=True, slots=True)
class Incoming:
    """One activity. ``text`` is without mentions of the bot and without markup; ``data`` is what a card sends back.

    ``conversation`` is that of the channel without the thread; ``team`` and ``channel`` are None outside a team;
    ``mentioned`` are the people whose names in ``text`` are mentions, most often without their id in the directory;
    ``links`` are addresses of files and links that came with a message and that ``text`` does not show.
    """

    kind: Kind
    id: str | None
    channel_id: str
    conversation: str
    place: str
    bot: str
    person: Person
    language: Language
    tenant: str | None = None
    team: str | None = None
    channel: str | None = None
    service_url: str = ""
    text: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    name: str = ""
    mentioned: tuple[Person, ...] = ()
    links: tuple[str, ...] = ()

    @property
    def base(self) -> str:
        """The conversation without the thread: what belongs to a person goes on in every thread of a channel."""
        return self.conversation.partition(";messageid=")[0]

    @property
    def state_key(self) -> str:
        """Whose conversation this is: each person in a conversation has an own one."""
        return f"{self.channel_id}|{self.base}|{self.person.key}"

    @property
    def activity_key(self) -> str | None:
        """What tells this activity from all others, or None when it carries no id."""
        return f"{self.channel_id}|{self.base}|{self.id}" if self.id else None


def read(activity: Activity, tenant: str | None) -> Incoming:
    """The value of an activity. Raises Malformed when something is missing that the bot cannot do without."""
    conversation = _id(activity.conversation and activity.conversation.id, "conversation.id")
    bot = _id(activity.recipient and activity.recipient.id, "recipient.id")
    kind = _kind(activity)
    data = _mapping(activity.channel_data)
    text = plain_text(activity) if kind is Kind.MESSAGE else ""
    return Incoming(
        kind=kind,
        id=None if activity.id is None else _id(activity.id, "id"),
        channel_id=_id(activity.channel_id, "channelId"),
        conversation=conversation,
        place=activity.conversation.conversation_type or ("channel" if activity.conversation.is_group else "personal"),
        bot=bot,
        person=_person(activity),
        language="en" if (activity.locale or "").lower().startswith("en") else "nl",
        tenant=tenant,
        team=_text(data, "team"),
        channel=_text(data, "channel"),
        service_url=activity.service_url or "",
        text=text,
        data=_pressed(activity, kind),
        name=activity.name or "",
        mentioned=tuple(_mentioned(activity)) if kind is Kind.MESSAGE else (),
        links=links(activity, text) if kind is Kind.MESSAGE and activity.attachments else (),
    )


def plain_text(activity: Activity) -> str:
    """The words of a message: the bot's mention and all markup taken out, other people's names kept."""
    text: str = activity.text or ""
    if "<" in text:
        for entity in activity.entities or ():
            mentioned = entity.additional_properties.get("mentioned")
            if isinstance(mentioned, dict) and mentioned.get("id") == activity.recipient.id:
                written = entity.additional_properties.get("text")
                if isinstance(written, str) and written:
                    text = text.replace(written, " ")
        text = TAG.sub(" ", text)
    if "&" in text:
        text = html.unescape(text)
    return " ".join(CONTROL.sub(" ", text).split())


def _mentioned(activity: Activity) -> Iterator[Person]:
    """People who are mentioned; neither the bot nor what has no id that could be looked up."""
    for entity in activity.entities or ():
        who = _mapping(entity.additional_properties.get("mentioned"))
        match who:
            case {"id": str(id_), "name": str(name)} if id_ != activity.recipient.id and _is_id(id_):
                object_id = who.get("aadObjectId")
                yield Person(id_, object_id if isinstance(object_id, str) else None, name)


def _kind(activity: Activity) -> Kind:
    match activity.type:
        case "message" if _from_a_bot(activity):
            return Kind.OTHER
        case "message":
            return Kind.PRESS if isinstance(activity.value, dict) else Kind.MESSAGE
        case "invoke":
            return Kind.EXECUTE if activity.name == CARD_ACTION else Kind.INVOKE
        case "conversationUpdate" if _names_bot(activity.members_added, activity):
            return Kind.INSTALLED
        case "conversationUpdate" if _names_bot(activity.members_removed, activity):
            return Kind.REMOVED
        case "installationUpdate":
            return Kind.REMOVED if (activity.action or "").startswith("remove") else Kind.INSTALLED
        case None | "":
            raise Malformed("type is missing")
    return Kind.OTHER


def _from_a_bot(activity: Activity) -> bool:
    """Bots that answer each other never stop."""
    sender = activity.from_property
    return sender is not None and (sender.role == "bot" or str(sender.id).startswith(BOT_PREFIX))


def _names_bot(members: Any, activity: Activity) -> bool:
    return any(member.id == activity.recipient.id for member in members or ())


def _person(activity: Activity) -> Person:
    account = activity.from_property
    if account is None:
        raise Malformed("from is missing")
    return Person(_id(account.id, "from.id"), account.aad_object_id, account.name or "")


def _pressed(activity: Activity, kind: Kind) -> Mapping[str, Any]:
    """The data of a button. An ``Action.Execute`` that is not as the protocol says gives an empty mapping."""
    if kind is Kind.PRESS:
        return _mapping(activity.value)
    if kind is not Kind.EXECUTE:
        return {}
    action = _mapping(_mapping(activity.value).get("action"))
    data = _mapping(action.get("data"))
    return data if "do" in data or not action.get("verb") else {"do": action["verb"], **data}


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(data: Mapping[str, Any], name: str) -> str | None:
    """The id inside an object of the channel data, such as ``{"team": {"id": …}}``."""
    value = _mapping(data.get(name)).get("id")
    return value if isinstance(value, str) else None


def _id(value: Any, name: str) -> str:
    """An id that may become part of an address and of a key in the database."""
    if not isinstance(value, str) or not value:
        raise Malformed(f"{name} is missing")
    if not _is_id(value):
        raise Malformed(f"{name} is not an id")
    return value


def _is_id(value: str) -> bool:
    return 0 < len(value) <= ID_LIMIT and value not in (".", "..") and not CONTROL.search(value)
