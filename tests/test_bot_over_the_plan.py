"""The bot with everything that is real: the shipped plan, the question engine, cards and storage, over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.activities import execute, in_channel, message, submit
from tests.rig import Bot, running_world
from uvp.answers.wording import Wording
from uvp.assistant import Assistant
from uvp.language import load
from uvp.planfile import shipped_plan
from uvp.storage.engine import open_store

MISSION = "what is due this quarter for digitale veiligheid"


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Bot]:
    store = open_store(f"sqlite:///{tmp_path}/uvp.db")
    await store.migrate()
    await store.seed(shipped_plan())
    async with running_world(store, assistant=Assistant(load("questions"), Wording(load("answers")))) as made:
        yield made
    await store.close()


def buttons(card: Any, verb: str) -> list[dict[str, Any]]:
    """The data of everything on a card that does this when it is pressed."""
    found: list[dict[str, Any]] = []
    if isinstance(card, dict):
        if card.get("type") in ("Action.Execute", "Action.Submit") and card["data"]["do"] == verb:
            found.append(card["data"])
        found += [data for value in card.values() for data in buttons(value, verb)]
    elif isinstance(card, list):
        found += [data for value in card for data in buttons(value, verb)]
    return found


@pytest.mark.parametrize("ask", [message, in_channel])
async def test_the_question_of_the_mission_gets_the_right_actions(bot: Bot, ask: Any) -> None:
    words = await bot.say(ask(MISSION, bot.connector.url))
    due, _, beside = words.partition("DIG-05")
    assert [f"DIG-0{n}" for n in range(1, 8) if f"DIG-0{n}" in due] == [
        "DIG-02",
        "DIG-03",
        "DIG-04",
        "DIG-06",
        "DIG-07",
    ]
    assert "DIG-01" in beside
    card = str(bot.connector.messages[-1].card)
    assert all(f"DIG-0{number}" in card for number in range(1, 8))


async def test_a_follow_up_changes_only_what_it_names(bot: Bot) -> None:
    await bot.say(message(MISSION, bot.connector.url))
    words = await bot.say(message("en voor verkeer?", bot.connector.url))
    assert "VERK-" in words
    assert "DIG-" not in words


async def test_a_page_is_turned_in_place_by_either_kind_of_button(bot: Bot) -> None:
    await bot.say(message("toon alle acties", bot.connector.url))
    first = bot.connector.messages[-1]
    data = buttons(first.card, "page")[0]
    _, answer = await bot.post(execute(data, bot.connector.url))
    assert answer["type"] == "application/vnd.microsoft.card.adaptive"
    assert answer["value"] != first.card
    await bot.say(submit(data, bot.connector.url))
    assert (bot.connector.messages[-1].method, bot.connector.messages[-1].card) == ("PUT", answer["value"])


async def test_the_buttons_of_the_welcome_get_answers(bot: Bot) -> None:
    await bot.say(message("", bot.connector.url))
    asked = buttons(bot.connector.messages[-1].card, "ask")
    assert asked
    for data in asked:
        before = len(bot.connector.messages)
        assert (await bot.post(execute(data, bot.connector.url)))[0] == 200
        assert len(bot.connector.messages) == before + 1
