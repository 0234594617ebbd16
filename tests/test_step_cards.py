"""The cards of reports: sound, bound to one person, small and harmless, whatever people write."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.cards import LIMIT, size
from bot.cards.form import Form, form_card
from bot.cards.steps import Owner, receipt_card, step_card
from tests.card_schema import nodes, problems
from tests.clock import Moment
from tests.conftest import sample_plan
from tests.reporting_rig import buttons
from uvp.language import load
from uvp.members import Member
from uvp.planfile import shipped_plan
from uvp.question import Language
from uvp.reporting.draft import Draft, Step, changes
from uvp.reporting.flow import ask
from uvp.reporting.receipts import receipt
from uvp.reporting.words import DialogWords
from uvp.reporting.world import World
from uvp.snapshot import Snapshot
from uvp.updates import Status, Update

WORDS = DialogWords(load("answers"), load("dialogs"))
PLAN, BIG = sample_plan(), shipped_plan()
BOSS, OWNER, TODAY = Member("1", "Sanne", coordinator=True), Owner("1", "Sanne <at>x</at>"), date(2026, 11, 24)
HOSTILE = "[klik](https://evil.example) **vet** <at>iedereen</at> {{DATE(2020)}} \u202egniR " + "🙂" * 1900
DRAFTS = {
    Step.ACTION: Draft("k", "1"),
    Step.SCOPE: Draft("k", "1", codes=("DIG-02",)),
    Step.STATUS: Draft("k", "1", codes=("DIG-02",), municipalities=()),
    Step.NOTE: Draft("k", "1", codes=("DIG-02",), municipalities=(), status=Status.DROPPED),
    Step.EXPECTED: Draft("k", "1", codes=("DIG-02",), municipalities=(), status=Status.DELAYED, note=HOSTILE),
    Step.CONFIRM: Draft("k", "1", codes=("DIG-02",), municipalities=("Druten",), status=Status.DROPPED, note=HOSTILE),
}


def world(snapshot: Snapshot) -> World:
    return World(snapshot, BOSS, Moment()(), WORDS, lambda _: pytest.fail("nothing to read"), tuple(PLAN.by_code))


def shown(draft: Draft, snapshot: Snapshot) -> dict[str, Any]:
    say, prompt = WORDS.say(draft.language), ask(draft, world(snapshot)).prompt
    return step_card(prompt, OWNER, snapshot.plan, TODAY, say, prompt.text(say))


def receipts(language: Language) -> dict[str, Any]:
    draft = DRAFTS[Step.CONFIRM]
    updates = [
        Update(n, c.code, c.status, HOSTILE[:200], c.at, c.municipality, c.note, by_id="1", key=c.key)
        for n, c in enumerate(changes(draft, BOSS, Moment()(), None), 1)
    ]
    say, snapshot = WORDS.say(language), Snapshot(PLAN).with_updates(updates, 2)
    return receipt_card(receipt(say, updates, snapshot, Moment()()), OWNER, language, say)


def form(language: Language) -> dict[str, Any]:
    values = {"note": HOSTILE, "status": "loopt", "where": "Druten"}
    made = Form("k", PLAN.by_code["DIG-02"], 0, ("Druten", "Heumen"), TODAY, values, (HOSTILE,))
    return form_card(made, OWNER, language, WORDS.say(language))


def cards(language: Language) -> list[dict[str, Any]]:
    made = [
        shown(Draft(**{name: getattr(d, name) for name in Draft.__slots__} | {"language": language}), Snapshot(plan))
        for plan in (PLAN, BIG)
        for d in DRAFTS.values()
    ]
    several = Draft("k", "1", language, tuple(BIG.by_code), municipalities=(), status=Status.RUNNING, several=True)
    return [*made, shown(several, Snapshot(BIG)), receipts(language), form(language)]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_card_fits_the_schema_and_stays_small(language: Language) -> None:
    for card in cards(language):
        assert problems(card) == []
        assert size(card) <= LIMIT
        assert (card["lang"], card["version"]) == (language, "1.5")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_people_write_is_never_read_as_markup(language: Language) -> None:
    for card in cards(language):
        for node in nodes(card):
            text = node.get("text", "")
            assert "{{" not in text
            assert "<at>" not in text
            if node["type"] == "TextBlock":
                assert "](https" not in text
        assert "](https" not in card["fallbackText"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_button_names_its_draft_and_its_owner_and_works_in_older_clients(language: Language) -> None:
    for card in cards(language):
        for data in buttons(card):
            assert data["by"] == "1"
            assert data.get("draft") == "k" or data["do"] == "undo"
            assert "key" not in data
        for node in nodes(card):
            if node["type"] == "Action.Execute":
                assert node["fallback"]["type"] == "Action.Submit"
                assert node["fallback"]["data"] == node["data"]
                assert node.get("associatedInputs") == node["fallback"].get("associatedInputs")


def test_a_note_that_is_needed_is_asked_for_by_the_client_too_but_does_not_hold_up_cancelling() -> None:
    card = shown(DRAFTS[Step.NOTE], Snapshot(PLAN))
    (field,) = [node for node in nodes(card) if node["type"] == "Input.Text"]
    assert (field["isRequired"], field["maxLength"]) == (True, 2000)
    assert field["errorMessage"]
    ways_out = [n for n in nodes(card) if n["type"] == "Action.Execute" and n["data"]["pick"] in ("cancel", "back")]
    assert [n["associatedInputs"] for n in ways_out] == ["none", "none"]


def test_a_municipality_that_does_not_take_part_is_not_on_the_card() -> None:
    assert "Berg en Dal" not in str(shown(DRAFTS[Step.SCOPE], Snapshot(PLAN)))


def test_a_date_in_the_past_cannot_be_picked() -> None:
    (field,) = [n for n in nodes(shown(DRAFTS[Step.EXPECTED], Snapshot(PLAN))) if n["type"] == "Input.Date"]
    assert field["min"] == "2026-11-24"
