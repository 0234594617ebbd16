"""A card in a message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.cards.elements import Element
from bot.cards.escape import shorten

CONTENT_TYPE = "application/vnd.microsoft.card.adaptive"
_SUMMARY = 2000


def attachment(card: Element) -> dict[str, Any]:
    """A card as an attachment of an activity."""
    return {"contentType": CONTENT_TYPE, "content": card}


def message(card: Element, text: str) -> dict[str, Any]:
    """A message activity with a card, and ``text`` as its equivalent for notifications and screen readers.

    Teams shows ``summary`` where it cannot show the card; a ``text`` it would show above the card, as if said twice.
    """
    return {"type": "message", "summary": shorten(text, _SUMMARY), "attachments": [attachment(card)]}


def addresses(post: Mapping[str, Any]) -> bool:
    """Whether a card of this message mentions somebody."""
    return any("msteams" in attachment["content"] for attachment in post.get("attachments", ()))


def unaddressed(post: Mapping[str, Any]) -> dict[str, Any]:
    """The same message with names instead of mentions."""
    plain: dict[str, Any] = _untagged(post)
    for attachment in plain["attachments"]:
        attachment["content"].pop("msteams", None)
    return plain


def _untagged(value: Any) -> Any:
    match value:
        case str():
            return value.replace("<at>", "").replace("</at>", "")
        case Mapping():
            return {key: _untagged(each) for key, each in value.items()}
        case list() | tuple():
            return [_untagged(each) for each in value]
    return value
