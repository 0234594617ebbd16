"""A card in a message."""

from __future__ import annotations

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
