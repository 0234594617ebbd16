"""A card stays small, whatever stands in the plan, in the updates and in the question."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards import LIMIT, notice_card, size, welcome_card
from bot.cards.view import ROOMS
from tests.card_samples import LANGUAGES, PLAN, QUESTIONS, TODAY, card, card_of, update
from tests.card_schema import problems
from tests.test_card_text import hostile_snapshot
from uvp.answer import Answer, Group
from uvp.answers.answering import answer
from uvp.plan import Plan
from uvp.question import Filters, Language, Question, Select, Show, WordReading
from uvp.snapshot import Snapshot
from uvp.updates import Status

KILOBYTES_28 = 28 * 1024
BIG = [text * 2_500 for text in ("x", "€", "🙂", '"', "\\", "a b ", "[a](b)*", "\x01\ud800")]


def bytes_on_the_wire(whole: dict[str, Any]) -> int:
    """The most bytes that any usual way of writing the card takes."""
    written = json.dumps(whole), json.dumps(whole, ensure_ascii=False), orjson.dumps(whole).decode()
    return max(*(len(text.encode()) for text in written), len(written[2].encode("utf-16-le")))


def big_plan(actions: int, themes: int) -> Plan:
    """A plan of that many actions and themes, all with long texts."""
    theme, source = PLAN.themes[0], PLAN.actions
    return replace(
        PLAN,
        themes=tuple(replace(theme, code=f"T{n}", name=f"Thema {n} {'lang ' * 60}", short="") for n in range(themes)),
        actions=tuple(
            replace(
                source[n % 53], code=f"T{n % themes}-{n}", theme=f"T{n % themes}", title=f"{n} {'lange titel ' * 40}"
            )
            for n in range(actions)
        ),
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", QUESTIONS)
def test_every_usual_answer_fits_without_shortening_anything(
    name: str, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.cards.answers.ROOMS", ROOMS[:1])
    assert bytes_on_the_wire(card(name, language)) <= LIMIT <= KILOBYTES_28


@pytest.mark.parametrize("text", BIG)
@pytest.mark.parametrize("name", QUESTIONS)
def test_long_texts_of_every_kind_are_shortened_until_the_card_fits(name: str, text: str) -> None:
    snapshot = hostile_snapshot(text)
    question = replace(
        QUESTIONS[name],
        reading=tuple(WordReading(text, "text", text) for _ in range(50)),
        left_out=(text,) * 50,
        inherited=(text,) * 50,
        suggestion=text,
    )
    whole = card_of(answer(question, snapshot, TODAY), snapshot)
    assert bytes_on_the_wire(whole) <= LIMIT
    assert problems(whole) == []


@pytest.mark.parametrize("show", Show)
@pytest.mark.parametrize("select", [Select.DUE, Select.STALE, Select.ALL])
def test_a_plan_of_ten_thousand_actions_fits_too(show: Show, select: Select, huge: Snapshot) -> None:
    found = answer(Question("?", show=show, select=select), huge, TODAY)
    assert bytes_on_the_wire(card_of(found, huge)) <= LIMIT


@pytest.fixture(scope="module")
def huge() -> Snapshot:
    plan = big_plan(10_000, 400)
    code = plan.actions[0].code
    notes = tuple(update(n % 20, code, Status.RUNNING, note="n" * 2000) for n in range(200))
    return Snapshot(plan, updates={code: tuple(replace(u, id=n) for n, u in enumerate(notes))})


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400), st.sampled_from(sorted(QUESTIONS)), st.integers(-5, 50))
def test_no_text_and_no_page_makes_a_card_too_big_or_unsound(text: str, name: str, page: int) -> None:
    snapshot = hostile_snapshot(text)
    question = replace(QUESTIONS[name], left_out=(text,), suggestion=text or None)
    whole = card_of(answer(question, snapshot, TODAY), snapshot, page=page)
    assert bytes_on_the_wire(whole) <= LIMIT
    assert problems(whole) == []


def test_many_people_parties_municipalities_and_steps_fit() -> None:
    names = tuple(f"Naam {n} " + "lang " * 30 for n in range(500))
    action = replace(PLAN.actions[0], steps=names, parties=names, excepts=names, recurrences=names)
    municipalities = tuple(replace(PLAN.municipalities[0], name=name) for name in names)
    plan = replace(PLAN, actions=(action,), municipalities=municipalities)
    snapshot = Snapshot(plan, owners={action.code: names}, officials={action.theme: names})
    for show in Show:
        found = answer(Question("?", show=show, filters=Filters(codes=(action.code,))), snapshot, TODAY)
        assert bytes_on_the_wire(card_of(found, snapshot)) <= LIMIT
    found = Answer(Question("?", show=Show.WHO), (Group("all", (action.code,)),), people=names)
    assert bytes_on_the_wire(card_of(found, snapshot)) <= LIMIT


def test_a_question_too_big_for_a_button_is_answered_without_one() -> None:
    themes = tuple(t.code for t in PLAN.themes)
    question = Question("?", filters=Filters(themes=themes, recurrences=("x" * 3000,)))
    found = Answer(question, (Group("all", tuple(a.code for a in PLAN.actions)),))
    whole = card_of(found)
    assert bytes_on_the_wire(whole) <= LIMIT
    assert "53" in json.dumps(whole["body"][9])


def test_welcome_and_notice_fit() -> None:
    assert size(welcome_card("nl", ["x" * 500] * 5)) <= LIMIT
    assert size(notice_card("€ lang " * 10_000 + "\n" * 500, "nl", ["🙂" * 500] * 3)) <= LIMIT


def test_the_size_of_a_card_is_never_taken_for_less_than_it_is() -> None:
    for text in (*BIG[:-1], "é" * 99, 'mix é € 🙂 " \\ /'):
        whole = {"type": "TextBlock", "text": text, "list": [text, 1, {"a": date(2026, 1, 1).isoformat()}]}
        assert bytes_on_the_wire(whole) <= size(whole)
