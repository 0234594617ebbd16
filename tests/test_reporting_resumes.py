"""A report survives everything between its steps: restarts, repeated activities, cards that cannot be replaced."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from bot.state import StateRow
from tests.activities import execute, message
from tests.connector import Misbehaviour, running_connector
from tests.reporting_rig import COORDINATOR, Card, buttons, reporter_world, running_reporter
from uvp.storage.store import Store

STEPS: list[tuple[str, dict[str, Any]]] = [
    ("update", {}),
    ("", {"pick": "chosen", "code": "DIG-02"}),
    ("", {"pick": "Druten"}),
    ("", {"pick": "vertraagd"}),
    ("", {"pick": "chosen", "note": "ziek"}),
    ("eind maart 2027", {}),
    ("", {"pick": "confirm"}),
]


async def test_every_step_may_be_taken_by_another_process(store: Store) -> None:
    card: Card = {}
    async with running_connector() as connector:
        for text, pressed in STEPS:
            async with running_reporter(store, connector) as bot:
                bot.cards[COORDINATOR] = card
                fields = {name: value for name, value in pressed.items() if name != "pick"}
                said = await (bot.say(text) if text else bot.press({"pick": pressed["pick"]}, fields=fields))
                card = bot.cards[COORDINATOR]
        assert "Vastgelegd voor DIG-02" in said
        async with running_reporter(store, connector) as bot:
            assert await bot.recorded() == ["DIG-02 | Druten | vertraagd | ziek | 2027-03-31"]


@pytest.mark.parametrize("times", [2, 5])
async def test_a_confirmation_that_is_sent_again_is_recorded_once(store: Store, times: int) -> None:
    """As Teams does when it heard nothing: the same activity, to whichever process."""
    async with running_connector() as connector, running_reporter(store, connector) as one:
        await one.say("Hackshield is afgerond in Druten")
        confirm = next(d for d in buttons(one.cards[COORDINATOR]) if d["pick"] == "confirm")
        pressed = execute(confirm, connector.url)
        async with running_reporter(store, connector) as other:
            for number in range(times):
                await (one, other)[number % 2].post(pressed, COORDINATOR)
        assert await one.recorded() == ["DIG-02 | Druten | afgerond"]


async def test_a_report_that_is_sent_again_is_begun_once(store: Store) -> None:
    async with reporter_world(store) as bot:
        reported = message("Hackshield is afgerond in Druten", bot.connector.url)
        assert "Klopt dit?" in await bot.post(reported, COORDINATOR)
        card = bot.cards[COORDINATOR]
        assert await bot.post(reported, COORDINATOR) == ""
        assert "Vastgelegd" in await bot.press({"pick": "confirm"}, card=card)


@pytest.mark.parametrize("status", [403, 404, 429, 502])
async def test_who_pressed_gets_the_receipt_also_when_the_message_cannot_be_replaced(store: Store, status: int) -> None:
    async with reporter_world(store) as bot:
        await bot.say("Hackshield is afgerond in Druten")
        bot.connector.plan.append(Misbehaviour(status=status))
        assert "Vastgelegd voor DIG-02" in await bot.press({"pick": "confirm"})
        assert not bot.replaced
        assert await bot.recorded() == ["DIG-02 | Druten | afgerond"]


async def test_state_of_a_version_that_is_gone_begins_anew(store: Store) -> None:
    async with reporter_world(store) as bot:
        await bot.say("Hackshield is afgerond in Druten")
        await store.database.direct.fetch(store.database.direct.prepare(update(StateRow).values(data=b'{"dialog": 5}')))
        assert "Klopt dit?" in await bot.say("OND-02 is afgerond in Druten")
