"""Text from people and documents is shown as it was written and does nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards import notice_card
from bot.cards.escape import escape_markdown, plain, shorten
from tests.card_samples import PLAN, QUESTIONS, SNAPSHOT, TODAY, card_of, update
from tests.card_schema import nodes, problems
from uvp.answers.answering import answer
from uvp.question import Filters, Question, Show
from uvp.snapshot import Snapshot
from uvp.updates import Status

HOSTILE = [
    "[klik hier](https://kwaad.example/inloggen)",
    "![plaatje](https://kwaad.example/teller.png)",
    "<https://kwaad.example>",
    "**vet** en _schuin_ en ~~door~~ en `code`",
    "# Kop",
    "- punt",
    "1. eerste",
    "1) eerste",
    "> citaat",
    "| a | b |",
    "<at>Burgemeester</at>",
    "<at id='0'>Burgemeester</at>",
    "<b>vet</b><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "{{DATE(2026-11-24T00:00:00Z,SHORT)}} {{TIME(2026-11-24T00:00:00Z)}}",
    "${burgemeester.naam}",
    "regel 1\r\n\r\n# regel 2\n- regel 3",
    "omgekeerd \u202egnp.exe\u202c einde",
    "\u2066\u2067\u2068verborgen\u2069",
    "nul\x00bel\x07wis\x7f",
    "half \ud83d teken",
    "\\[al ontsnapt\\](http://kwaad.example)",
    "[[a](b)](c)",
    "]\u200b(https://kwaad.example)",
]
# What CommonMark, Teams and the card templates give a meaning to, when no backslash stands before it.
_ACTIVE_MARKDOWN = re.compile(r"(?<!\\)(?:\\\\)*[*_`\[\]<>~|]")
_LIST_OR_HEADING = re.compile(r"^\s*(?:[#+\-=]|\d+[.)])")


def hostile_snapshot(text: str) -> Snapshot:
    """The plan and its updates with this text wherever people or documents put one."""
    themes = tuple(replace(t, name=text, short="", lead=text, parties=(text,)) for t in PLAN.themes)
    actions = tuple(
        replace(a, title=text, description=text, section=text, when_text=text, steps=(text,), parties=(text,))
        for a in PLAN.actions
    )
    actions = tuple(replace(a, holder=text, depends_on=text) for a in actions)
    plan = replace(PLAN, themes=themes, actions=actions, title=text, region=text)
    updates = {"DIG-03": (update(1, "DIG-03", Status.RUNNING, note=text, by=text), update(2, "DIG-03", Status.DELAYED))}
    return Snapshot(
        plan,
        updates=updates,
        owners={"DIG-03": (text,)},
        officials={"DIG": (text,)},
        communications={"DIG-03": text},
    )


def markdown_texts(whole: dict[str, Any]) -> list[str]:
    """Everything on a card that clients read as Markdown."""
    blocks = [node["text"] for node in nodes(whole) if node["type"] in ("TextBlock", "Badge")]
    facts = [f[key] for node in nodes(whole) for f in node.get("facts", ()) for key in ("title", "value")]
    return [*blocks, *facts, *whole["fallbackText"].split("\n\n")]


def all_texts(whole: dict[str, Any]) -> list[str]:
    """Everything on a card that anybody reads."""
    keys = ("text", "title", "legend", "tooltip", "value")
    return [str(node[key]) for node in nodes(whole) for key in keys if key in node] + [whole["fallbackText"]]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", QUESTIONS)
def test_no_text_of_a_plan_or_a_person_does_anything_on_any_card(name: str, text: str) -> None:
    snapshot = hostile_snapshot(text)
    question = replace(QUESTIONS[name], left_out=(text,), filters=replace(QUESTIONS[name].filters, text=None))
    whole = card_of(answer(question, snapshot, TODAY), snapshot)
    assert problems(whole) == []
    for shown in markdown_texts(whole):
        assert not _ACTIVE_MARKDOWN.search(shown), shown
        assert not _LIST_OR_HEADING.match(shown), shown
    for shown in all_texts(whole):
        assert "](" not in shown
        assert "{{" not in shown
        assert not re.search(r"</?at\b", shown)
        assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_card_mentions_anybody_or_opens_an_address(text: str) -> None:
    snapshot = hostile_snapshot(text)
    question = Question(text, show=Show.DETAIL, filters=Filters(codes=("DIG-03",)))
    whole = card_of(answer(question, snapshot, TODAY), snapshot)
    assert not {"msteams", "entities"} & set(whole)
    assert not [node for node in nodes(whole) if node["type"] == "Action.OpenUrl" or "url" in node]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_somebody_looked_for_is_shown_and_does_nothing(text: str) -> None:
    question = Question(text, filters=Filters(text=text), suggestion=text, reading=())
    whole = card_of(answer(question, SNAPSHOT, TODAY))
    assert problems(whole) == []
    assert not any(_ACTIVE_MARKDOWN.search(shown) for shown in markdown_texts(whole))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_notice_does_nothing_either(text: str) -> None:
    whole = notice_card(text, "nl")
    assert problems(whole) == []
    assert not any(_ACTIVE_MARKDOWN.search(shown) for shown in markdown_texts(whole))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Van Neerbos & Zn. (€ 12)", "Van Neerbos & Zn. (€ 12)"),
        ("artikel 13b, 174a Gemeentewet", "artikel 13b, 174a Gemeentewet"),
        ("Beuningen - Druten: 50% + 1", "Beuningen - Druten: 50% + 1"),
        ("café, naïef, Ödön, 日本", "café, naïef, Ödön, 日本"),
        ("  veel   ruimte\n en regels ", "veel ruimte en regels"),
        ("gezin 👨\u200d👩\u200d👧 en ❤\ufe0f", "gezin 👨\u200d👩\u200d👧 en ❤\ufe0f"),
        ("אבטחה דיגיטלית", "אבטחה דיגיטלית"),
        ("a < b en b > c", "a < b en b > c"),
    ],
)
def test_ordinary_text_stays_as_it_is(text: str, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("Digitale veiligheid · Q4 2026", "Digitale veiligheid · Q4 2026"),
        ("a_b", r"a\_b"),
        ("*a*", r"\*a\*"),
        ("- a", r"\- a"),
        ("# a", r"\# a"),
        ("24-uurs", "24-uurs"),
        ("2026. Een jaar", "2026\u2060. Een jaar"),
        ("13b) a", "13b) a"),
    ],
)
def test_a_heading_gets_a_backslash_only_where_markdown_would_read_something(text: str, escaped: str) -> None:
    assert escape_markdown(text) == escaped


@given(st.text())
def test_escaped_text_reads_as_what_was_written(text: str) -> None:
    read = re.sub(r"\\([\\`*_\[\]<>~|#+\-=])", r"\1", escape_markdown(text, 10_000)).replace("\u2060", "")
    assert read == plain(text, 10_000).replace("\u2060", "")


@given(st.text(), st.integers(2, 60))
def test_shortened_text_is_never_longer_than_its_limit(text: str, limit: int) -> None:
    assert len(shorten(text, limit)) <= limit
    assert len(plain(text, limit)) <= limit


@given(st.text(alphabet="[](){}<>at/DTE \u2060"))
def test_nothing_that_clients_act_on_is_left_in_plain_text(text: str) -> None:
    shown = plain(text, 10_000)
    assert not re.search(r"\{\{|\]\(|</?[A-Za-z]", shown)
