"""Buttons of reports that come back changed: nothing is recorded, nothing fails, and somebody hears why."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.activities import execute, person, submit
from tests.reporting_rig import COORDINATOR, DRUTEN, HEUMEN, Reporter, buttons, reporter_world
from uvp.storage.store import Store

ME = person(COORDINATOR)["aadObjectId"]
BROKEN: list[dict[str, Any]] = [
    {"do": "step"},
    {"do": "step", "draft": 5, "turn": 0, "pick": "confirm", "by": ME},
    {"do": "step", "draft": "k", "turn": "0", "pick": "confirm", "by": ME},
    {"do": "step", "draft": "k", "turn": True, "pick": "confirm", "by": ME},
    {"do": "step", "draft": "k", "turn": 0, "pick": ["confirm"], "by": ME},
    {"do": "step", "draft": "k", "turn": 0, "pick": "chosen", "by": ME, "note": "x" * 10_000},
    {"do": "update"},
    {"do": "update", "code": ["OND-02"]},
    {"do": "update", "code": "XXX-99"},
    {"do": "form"},
    {"do": "form", "code": "OND-02", "draft": None, "seen": 0, "by": ME},
    {"do": "form", "code": "OND-02", "draft": "k", "seen": "0", "by": ME},
    {"do": "form", "code": {"a": 1}, "draft": "k", "seen": 0, "by": ME},
    {"do": "undo"},
    {"do": "undo", "ids": "1"},
    {"do": "undo", "ids": []},
    {"do": "undo", "ids": list(range(1000))},
]


@pytest.fixture
async def bot(store: Store) -> AsyncIterator[Reporter]:
    async with reporter_world(store) as made:
        yield made


@pytest.mark.parametrize("data", BROKEN, ids=str)
async def test_what_no_card_of_ours_holds_is_said_to_work_no_more(bot: Reporter, data: dict[str, Any]) -> None:
    for make in (execute, submit):
        assert "knop werkt niet meer" in await bot.post(make(data, bot.connector.url), COORDINATOR)
    assert await bot.recorded() == []


@pytest.mark.parametrize("ids", [[0], [-1], [2**40], [1.5], [True], [None], ["1"]])
async def test_undoing_what_is_not_there_is_said(bot: Reporter, ids: list[Any]) -> None:
    said = await bot.post(execute({"do": "undo", "ids": ids, "by": ME}, bot.connector.url), COORDINATOR)
    assert "is er niet meer" in said


async def test_a_step_that_was_never_offered_changes_nothing(bot: Reporter) -> None:
    await bot.say("update DIG-02")
    data = next(buttons(bot.cards[COORDINATOR]))
    for pick in ("Berg en Dal", "loopt", "confirm", "OND-02", "weg"):
        said = await bot.post(execute({**data, "pick": pick}, bot.connector.url), COORDINATOR)
        assert "Voor de hele actie" in said
    assert await bot.recorded() == []


async def test_a_card_with_somebody_elses_name_on_it_reaches_nothing_of_theirs(bot: Reporter) -> None:
    """The state that a button acts on is always that of who presses."""
    await bot.say("Hackshield is afgerond in Druten", DRUTEN)
    confirm = next(d for d in buttons(bot.cards[DRUTEN]) if d["pick"] == "confirm")
    stolen = {**confirm, "by": person(HEUMEN)["aadObjectId"]}
    said = await bot.post(execute(stolen, bot.connector.url, HEUMEN), HEUMEN)
    assert "kaart is oud" in said
    assert await bot.recorded() == []


async def test_a_form_for_a_municipality_that_is_not_ones_own_is_refused_by_the_bot_too(bot: Reporter) -> None:
    data = {"do": "form", "code": "OND-02", "draft": "k", "seen": 0, "by": person(DRUTEN)["aadObjectId"]}
    filled = data | {"status": "afgerond", "where": "Heumen"}
    said = await bot.post(execute(filled, bot.connector.url, DRUTEN), DRUTEN)
    assert "niet voor Heumen" in said
    assert await bot.recorded() == []


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"status": "weg"}, "Vul de status in"),
        ({"status": ["loopt"]}, "Vul de status in"),
        ({"status": "loopt", "note": "x" * 2001}, "2001 tekens"),
        ({"status": "vertraagd", "note": "x", "expected": "morgen"}, "niet lezen als datum"),
        ({"status": "vertraagd", "note": "  "}, "hoort een reden"),
    ],
)
async def test_what_the_client_let_through_is_checked_again(
    bot: Reporter, fields: dict[str, Any], problem: str
) -> None:
    data = {"do": "form", "code": "OND-02", "draft": "k", "seen": 0, "by": ME, **fields}
    assert problem in await bot.post(execute(data, bot.connector.url), COORDINATOR)
    assert await bot.recorded() == []
