"""Buttons lead through a long list: every action once, by the same question, on the day it was asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards import Page, press
from bot.cards.view import PAGE
from tests.card_samples import FRESH, LANGUAGES, PLAN, QUESTIONS, SNAPSHOT, TODAY, answered, card, card_of, update
from tests.card_schema import nodes, problems
from tests.test_questions_codec import questions
from uvp.answers.answering import answer
from uvp.language import load
from uvp.question import Filters, Language, Question, Show
from uvp.questions_codec import encode
from uvp.snapshot import Snapshot
from uvp.updates import Status

Card = dict[str, Any]
CODE = re.compile(r"\b[A-Z]{3,4}-\d{2}\b")


def rows(whole: Card) -> list[str]:
    """The codes of the rows that are open, in the order shown."""
    presses = [e.get("selectAction", {}).get("data", {}) for e in whole["body"] if e["type"] == "ColumnSet"]
    return [code for data in presses if data.get("do") == "ask" for code in CODE.findall(data["text"])]


def buttons(whole: Card) -> dict[str, Any]:
    """What the buttons and the pressable headings of a card send, by title."""
    return {n["title"]: n["data"] for n in nodes(whole) if n["type"] == "Action.Execute"}


def pressed(data: Any, snapshot: Snapshot = SNAPSHOT) -> Card:
    """The card that comes when this is pressed: only what went over the wire is known."""
    page = press(orjson.loads(orjson.dumps(data)))
    assert isinstance(page, Page)
    assert page.today == TODAY
    return card_of(answer(page.question, snapshot, page.today), snapshot, page=page.page, group=page.group)


def following(whole: Card, label: str, language: Language, snapshot: Snapshot = SNAPSHOT) -> Iterator[Card]:
    """This card and those after it, by pressing the button with this label as long as there is one."""
    word = load("cards")[language][label].split(" ")[0]
    while True:
        yield whole
        data = next((d for title, d in buttons(whole).items() if title.startswith(word)), None)
        if data is None:
            return
        whole = pressed(data, snapshot)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["all", "active", "stale", "due, all themes", "detail, several", "when, several"])
def test_the_pages_hold_every_action_once_and_in_order(name: str, language: Language) -> None:
    pages = [rows(page) for page in following(card(name, language), "next", language)]
    assert [code for page in pages for code in page] == list(answered(name).codes)
    assert all(len(page) == PAGE for page in pages[:-1])


def test_the_pages_lead_back_the_same_way() -> None:
    forth = [rows(page) for page in following(card("all"), "next", "nl")]
    back = [rows(page) for page in following(card("all", page=99), "previous", "nl")]
    assert back == forth[::-1]


@pytest.mark.parametrize("name", ["due, all themes", "count", "who", "progress", "progress, one theme"])
def test_every_folded_group_can_be_seen_in_full_and_left_again(name: str) -> None:
    whole = card(name)
    groups = {d["group"]: d for d in buttons(whole).values() if d["do"] == "page"}
    assert groups
    codes = {g.kind: list(g.codes) for g in answered(name).groups}
    for kind, data in groups.items():
        pages = list(following(pressed(data), "next", "nl"))
        assert [code for page in pages for code in rows(page)] == codes[kind]
        assert pressed(buttons(pages[-1])[load("cards")["nl"]["back"]]) == whole


def test_every_action_of_every_group_can_be_reached_from_the_answer() -> None:
    whole = card("due, all themes", snapshot=FRESH)
    presses = [n["data"] for n in nodes(whole) if n["type"] == "Action.Submit"]
    reached = {code for data in presses if data["do"] == "ask" for code in CODE.findall(data["text"])}
    for data in buttons(whole).values():
        if data["do"] == "page":
            for page in following(pressed(data, FRESH), "next", "nl", FRESH):
                reached.update(rows(page))
    assert reached >= {a.code for a in PLAN.actions}


@pytest.mark.parametrize(("page", "shown"), [(-1, 0), (0, 0), (6, 6), (7, 6), (10_000, 6)])
def test_a_page_that_does_not_exist_is_the_nearest_that_does(page: int, shown: int) -> None:
    assert rows(card("all", page=page)) == list(answered("all").codes[shown * PAGE : (shown + 1) * PAGE])


def test_a_group_that_does_not_exist_is_the_answer_itself() -> None:
    assert card("due", group="everything") == card("due")


def test_a_page_says_where_in_the_list_it_is() -> None:
    text = orjson.dumps(card("all", page=1)).decode()
    assert "9–16 van 53" in text


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_fits_on_a_page_has_no_paging(name: str) -> None:
    found = answered(name)
    if len(found.codes) <= PAGE and found.question.show is not Show.HISTORY:
        words = tuple(load("cards")["nl"][label].split(" ")[0] for label in ("next", "previous"))
        assert not [title for title in buttons(card(name)) if title.startswith(words)]


def test_a_long_history_is_paged_newest_first() -> None:
    notes = tuple(update(n, "DIG-02", Status.RUNNING, note=f"bericht {n}") for n in range(20))
    snapshot = Snapshot(PLAN, updates={"DIG-02": notes})
    question = Question("?", show=Show.HISTORY, filters=Filters(codes=("DIG-02",)))
    pages = list(following(card_of(answer(question, snapshot, TODAY), snapshot), "next", "nl", snapshot))
    said = [n["text"] for page in pages for n in nodes(page) if n.get("text", "").startswith("bericht")]
    assert said == [f"bericht {n}" for n in reversed(range(20))]
    assert len(pages) == 3


@settings(max_examples=200, deadline=None)
@given(questions(), st.sampled_from(["due", "all", "match", "answer", ""]), st.integers(0, 9999))
def test_whatever_a_button_is_made_to_send_gives_a_sound_card_or_nothing(
    question: Question, group: str, page: int
) -> None:
    data = {"do": "page", "q": encode(question, TODAY), "group": group, "page": page}
    if press(data) is not None:
        assert problems(pressed(data)) == []
