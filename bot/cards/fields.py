"""Fields that somebody fills in on a card, and the buttons beside them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.cards.elements import Element

Choices = Iterable[tuple[str, str]]
"""Values with what people read."""


def text_field(name: str, label: str, limit: int, *, value: str = "", error: str | None = None) -> Element:
    """A text of several lines; with ``error`` it has to be filled in, and the client says so."""
    field = {"type": "Input.Text", "id": name, "label": label, "isMultiline": True, "maxLength": limit, "value": value}
    return _required(field, error)


def date_field(name: str, label: str, *, earliest: str, value: str = "", error: str | None = None) -> Element:
    """A day, as YYYY-MM-DD."""
    return _required({"type": "Input.Date", "id": name, "label": label, "min": earliest, "value": value}, error)


def choice_field(
    name: str,
    label: str,
    choices: Choices,
    *,
    value: str = "",
    hint: str = "",
    many: bool = False,
    style: str = "compact",
    error: str | None = None,
) -> Element:
    """One or more of some choices; ``style`` is compact, expanded or filtered. Several values come back with commas."""
    field: Element = {
        "type": "Input.ChoiceSet",
        "id": name,
        "label": label,
        "style": style,
        "isMultiSelect": many,
        "wrap": True,
        "value": value,
        "choices": [{"title": title, "value": key} for key, title in choices],
    }
    if hint:
        field["placeholder"] = hint
    return _required(field, error)


def _required(field: Element, error: str | None) -> Element:
    return field if error is None else {**field, "isRequired": True, "errorMessage": error}


def command(title: str, data: dict[str, Any]) -> Element:
    """A button that works whatever the fields hold: it sends none of them, so none has to be filled in."""
    return {
        "type": "Action.Execute",
        "title": title,
        "verb": data["do"],
        "data": data,
        "associatedInputs": "none",
        "fallback": {"type": "Action.Submit", "title": title, "data": data, "associatedInputs": "none"},
    }
