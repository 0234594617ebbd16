"""What the bot sends, as activities of the SDK, and the answers to invokes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from botbuilder.core import InvokeResponse
from botbuilder.schema import Activity, ActivityTypes

from bot.cards import message

CARD = "application/vnd.microsoft.card.adaptive"
MESSAGE = "application/vnd.microsoft.activity.message"
ERROR = "application/vnd.microsoft.error"


class Reply(Activity):  # type: ignore[misc]  # the SDK has no types
    """An activity whose contents nobody changes any more: the SDK's deep copy before sending costs more than a turn."""

    def __deepcopy__(self, memo: object) -> Self:
        """A copy that shares what it holds; the SDK only sets its own fields."""
        copied = object.__new__(type(self))
        copied.__dict__.update(self.__dict__)
        return copied


def reply(text: str, card: Mapping[str, Any] | None = None) -> Reply:
    """A message. With a card, ``text`` is for notifications and screen readers; alone it is never read as markup."""
    if card is None:
        return Reply(type=ActivityTypes.message, text=text, text_format="plain")
    whole = message(dict(card), text)
    return Reply(type=ActivityTypes.message, summary=whole["summary"], attachments=whole["attachments"])


def typing() -> Reply:
    """The sign that an answer is being worked on."""
    return Reply(type=ActivityTypes.typing)


def card_answer(card: Mapping[str, Any]) -> Reply:
    """The answer to a press: this card takes the place of the pressed one, for who pressed."""
    return _answer(200, 200, CARD, card)


def message_answer(text: str) -> Reply:
    """The answer to a press: a line of text at the card, for who pressed."""
    return _answer(200, 200, MESSAGE, text)


def malformed_answer(text: str) -> Reply:
    """The answer to an invoke that is not as the protocol says."""
    return _answer(400, 400, ERROR, {"code": "BadRequest", "message": text})


def _answer(status: int, code: int, kind: str, value: Any) -> Reply:
    # A plain dictionary: the SDK's own model cannot hold a text as its value.
    body = {"statusCode": code, "type": kind, "value": value}
    return Reply(type=ActivityTypes.invoke_response, value=InvokeResponse(status=status, body=body))
