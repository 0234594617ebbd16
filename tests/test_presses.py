"""What comes back from a card is believed only when a card of ours could have sent it."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards import Ask, Page, Report, press
from tests.card_samples import LANGUAGES, QUESTIONS, TODAY, card
from tests.card_schema import nodes
from uvp.question import Language, Question
from uvp.questions_codec import encode

CARRIED = encode(Question("wat is te laat"), TODAY)
PAGE: dict[str, Any] = {"do": "page", "q": CARRIED, "group": "all", "page": 1}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", QUESTIONS)
def test_all_that_can_be_pressed_on_a_card_is_understood(name: str, language: Language) -> None:
    for node in nodes(card(name, language)):
        if node["type"] in ("Action.Execute", "Action.Submit"):
            assert press(orjson.loads(orjson.dumps(node["data"]))) is not None


def test_a_press_is_a_question_a_page_or_the_start_of_a_report() -> None:
    assert press({"do": "ask", "text": "wat is te laat"}) == Ask("wat is te laat")
    assert press({"do": "update", "code": "DIG-03"}) == Report("DIG-03")
    assert press(PAGE) == Page(Question("wat is te laat"), TODAY, "all", 1)


def test_what_the_client_adds_does_no_harm() -> None:
    assert press({"do": "ask", "text": "wat is te laat", "msteams": {"type": "task/fetch"}}) == Ask("wat is te laat")


@pytest.mark.parametrize(
    "data",
    [
        None,
        "ask",
        7,
        [],
        {},
        {"do": "ask"},
        {"do": "ask", "text": ""},
        {"do": "ask", "text": "  "},
        {"do": "ask", "text": 3},
        {"do": "ask", "text": ["wat"]},
        {"do": "ask", "text": "x" * 10_000},
        {"do": "delete", "code": "DIG-03"},
        {"do": "update"},
        {"do": "update", "code": "x" * 500},
        {"do": "update", "code": {"$ne": None}},
        {**PAGE, "page": -1},
        {**PAGE, "page": 1.5},
        {**PAGE, "page": "1"},
        {**PAGE, "page": True},
        {**PAGE, "page": 10**12},
        {**PAGE, "group": None},
        {**PAGE, "group": "x" * 10_000},
        {**PAGE, "q": None},
        {**PAGE, "q": "wat is te laat"},
        {**PAGE, "q": {"today": "2026-11-24", "question": {"text": "x", "intent": "update"}}},
    ],
)
def test_what_no_card_of_ours_sends_is_ignored(data: object) -> None:
    assert press(data) is None


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.sampled_from(["do", "q", "text", "page", "group", "code", "today", "question"]), inner)
        ),
        max_leaves=12,
    )
)
def test_nothing_that_is_sent_raises(data: object) -> None:
    assert press(data) is None or isinstance(press(data), Ask | Page | Report)
