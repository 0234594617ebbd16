"""Activities as Teams sends them."""

from __future__ import annotations

from itertools import count
from typing import Any

TENANT = "99999999-8888-7777-6666-555555555555"
BOT = "28:aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"
SERVICE_URL = "https://smba.trafficmanager.net/emea/"

_numbers = count(1)


def person(number: int = 1) -> dict[str, Any]:
    """Somebody in the tenant."""
    return {
        "id": f"29:1user-{number}",
        "name": f"Adviseur {number}",
        "aadObjectId": f"11111111-2222-3333-4444-{number:012d}",
    }


def activity(kind: str = "message", service_url: str = SERVICE_URL, who: int = 1, **given: Any) -> dict[str, Any]:
    """An activity in personal chat with a new id; ``given`` overrides, and None leaves a field out."""
    fields = {
        "type": kind,
        "id": f"f:{next(_numbers)}",
        "timestamp": "2026-11-24T09:12:33.1234567Z",
        "localTimestamp": "2026-11-24T10:12:33.1234567+01:00",
        "localTimezone": "Europe/Amsterdam",
        "serviceUrl": service_url,
        "channelId": "msteams",
        "from": person(who),
        "conversation": {"conversationType": "personal", "tenantId": TENANT, "id": f"a:1conversation-{who}"},
        "recipient": {"id": BOT, "name": "UVP"},
        "locale": "nl-NL",
        "entities": [{"locale": "nl-NL", "platform": "Web", "timezone": "Europe/Amsterdam", "type": "clientInfo"}],
        "channelData": {"tenant": {"id": TENANT}},
    }
    return {name: value for name, value in (fields | given).items() if value is not None}


def message(text: str | None, service_url: str = SERVICE_URL, who: int = 1, **given: Any) -> dict[str, Any]:
    """Somebody says something in personal chat."""
    return activity("message", service_url, who, **({"text": text, "textFormat": "plain"} | given))


def in_channel(text: str, service_url: str = SERVICE_URL, who: int = 1, thread: str = "17") -> dict[str, Any]:
    """Somebody mentions the bot in a channel."""
    return message(
        f"<at>UVP</at>&nbsp;{text}",
        service_url,
        who,
        conversation={
            "conversationType": "channel",
            "isGroup": True,
            "tenantId": TENANT,
            "id": f"19:iv@thread.tacv2;messageid={thread}",
        },
        entities=[{"type": "mention", "text": "<at>UVP</at>", "mentioned": {"id": BOT, "name": "UVP"}}],
        channelData={
            "tenant": {"id": TENANT},
            "team": {"id": "19:general@thread.tacv2"},
            "channel": {"id": "19:iv@thread.tacv2"},
        },
    )


def in_group(text: str, service_url: str = SERVICE_URL, who: int = 1) -> dict[str, Any]:
    """Somebody mentions the bot in a group chat, which belongs to no team."""
    return message(
        f"<at>UVP</at> {text}",
        service_url,
        who,
        conversation={"conversationType": "groupChat", "isGroup": True, "tenantId": TENANT, "id": "19:group@thread.v2"},
        entities=[{"type": "mention", "text": "<at>UVP</at>", "mentioned": {"id": BOT, "name": "UVP"}}],
    )


def execute(data: Any, service_url: str = SERVICE_URL, who: int = 1, **given: Any) -> dict[str, Any]:
    """Somebody presses a button that is an ``Action.Execute``."""
    value = {"action": {"type": "Action.Execute", "verb": "", "data": data}, "trigger": "manual"}
    return activity("invoke", service_url, who, **({"name": "adaptiveCard/action", "value": value} | given))


def submit(data: dict[str, Any], service_url: str = SERVICE_URL, who: int = 1, **given: Any) -> dict[str, Any]:
    """Somebody presses a button that is an ``Action.Submit``."""
    return activity("message", service_url, who, **({"value": data, "replyToId": "card-1"} | given))


def installed(service_url: str = SERVICE_URL, who: int = 1, **given: Any) -> dict[str, Any]:
    """The bot is added to somebody's personal chat."""
    return activity("conversationUpdate", service_url, who, **({"membersAdded": [{"id": BOT}]} | given))
