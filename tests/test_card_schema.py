"""The check that other tests of cards lean on finds what is wrong with a card."""

from __future__ import annotations

from typing import Any

import pytest

from tests.card_schema import problems


def card(*body: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"type": "AdaptiveCard", "version": "1.5", "body": list(body), **fields}


TEXT = {"type": "TextBlock", "text": "x"}


def test_a_sound_card_has_no_problems() -> None:
    assert problems(card(TEXT, {"type": "Container", "id": "a", "items": [TEXT]})) == []


@pytest.mark.parametrize(
    "wrong",
    [
        card(TEXT, version="1.6"),
        card({**TEXT, "size": "Huge"}),
        card({**TEXT, "txt": "x"}),
        card({"type": "Text", "text": "x"}),
        card({"type": "Badge", "text": "x"}),
        card({"type": "Container", "items": 3}),
        card({"type": "Container", "items": [{**TEXT, "color": "#ff0000"}]}),
        card({**TEXT, "id": "a"}, {**TEXT, "id": "a"}),
        card(TEXT, actions=[{"type": "Action.ToggleVisibility", "title": "x", "targetElements": ["nothing"]}]),
        card({"type": "Badge", "text": "x", "fallback": {**TEXT, "weight": "Heavy"}}),
    ],
)
def test_a_broken_card_has_problems(wrong: dict[str, Any]) -> None:
    assert problems(wrong)
