"""Cards are sound, hold what was asked for, say it in text too, and leave colours to the theme."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bot.cards import attachment, message, notice_card, welcome_card
from tests.card_samples import FRESH, LANGUAGES, QUESTIONS, SNAPSHOT, TODAY, WORDING, answered, card
from tests.card_schema import nodes, problems
from uvp.assistant import Assistant
from uvp.language import load, question_data
from uvp.question import Language, Show

pytestmark = pytest.mark.parametrize("language", LANGUAGES)
CODE = re.compile(r"\b[A-Z]{3,4}-\d{2}\b")
every_question = pytest.mark.parametrize("name", QUESTIONS)


def words(whole: dict[str, Any]) -> str:
    """All that can be read on a card, whatever is folded, without what only older clients show."""
    shown: list[str] = []
    for node in nodes({**whole, "fallbackText": ""}):
        shown += [str(node[key]) for key in ("text", "title", "legend", "value") if key in node]
    return "\n".join(shown)


def of_type(whole: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [node for node in nodes(whole) if node["type"] == kind]


def row_codes(elements: list[dict[str, Any]]) -> list[str]:
    """The codes of the rows that ask for the details of an action."""
    return [code for text in row_questions(elements) for code in CODE.findall(text)]


def row_questions(elements: list[dict[str, Any]]) -> list[str]:
    """What the rows ask when they are pressed."""
    presses = [n.get("selectAction", {}).get("data", {}) for n in elements]
    return [data["text"] for data in presses if data.get("do") == "ask"]


@every_question
@pytest.mark.parametrize("snapshot", [SNAPSHOT, FRESH], ids=["with updates", "without"])
def test_every_card_is_as_the_schema_says(name: str, language: Language, snapshot: Any) -> None:
    assert problems(card(name, language, snapshot)) == []


def test_welcome_and_notices_are_as_the_schema_says(language: Language) -> None:
    assert problems(welcome_card(language)) == []
    assert problems(welcome_card(language, ["Wat is te laat?"])) == []
    assert problems(notice_card("Dat lukte niet.\nNummer AB12.", language, ["Wat is te laat?"])) == []


@every_question
def test_every_card_says_the_same_in_plain_text(name: str, language: Language) -> None:
    whole = card(name, language)
    assert whole["fallbackText"].strip()
    assert whole["lang"] == language


@every_question
def test_no_card_fixes_a_colour_or_a_width_in_pixels(name: str, language: Language) -> None:
    for node in nodes(card(name, language)):
        assert not {"backgroundImage", "minHeight"} & set(node)
        assert "#" not in str(node.get("color", ""))
        assert "px" not in str(node.get("width", ""))


@every_question
def test_text_wraps_instead_of_being_cut(name: str, language: Language) -> None:
    for block in of_type(card(name, language), "TextBlock"):
        assert block.get("wrap") or len(block["text"]) < 20


@every_question
def test_every_button_also_works_where_execute_is_unknown(name: str, language: Language) -> None:
    for action in of_type(card(name, language), "Action.Execute"):
        assert action["fallback"]["type"] == "Action.Submit"
        assert action["fallback"]["data"] == action["data"]
        assert action["verb"] == action["data"]["do"]


@every_question
def test_what_can_be_pressed_has_a_name_for_screen_readers(name: str, language: Language) -> None:
    for node in nodes(card(name, language)):
        if node["type"].startswith("Action."):
            assert node["title"].strip()


def test_the_due_card_lists_what_is_due_and_folds_the_rest(language: Language) -> None:
    whole = card("due", language, FRESH)
    body = whole["body"]
    assert row_codes(body) == ["DIG-02", "DIG-03", "DIG-04", "DIG-06", "DIG-07"]
    folded = {e["id"]: row_codes(e["items"]) for e in body if e.get("id", "").startswith("group-")}
    assert folded == {"group-overdue": ["DIG-05"], "group-ongoing": ["DIG-01"]}
    assert all(e["isVisible"] is False for e in body if e.get("id", "").startswith("group-"))
    toggles = [e["selectAction"] for e in body if e.get("selectAction", {}).get("type") == "Action.ToggleVisibility"]
    assert [t["targetElements"][0] for t in toggles] == ["group-overdue", "group-ongoing"]


def test_what_was_understood_stands_on_top(language: Language) -> None:
    top = card("due", language)["body"][0]
    assert top["style"] == "heading"
    assert (
        top["text"]
        == {
            "nl": "Af te ronden · Digitale veiligheid · Q4 2026",
            "en": "Due · Digitale veiligheid · Q4 2026",
        }[language]
    )


def test_what_was_taken_over_from_the_question_before_is_marked(language: Language) -> None:
    mark = {"nl": "zoals net", "en": "as before"}[language]
    assert mark in card("a follow-up", language)["body"][0]["text"]
    assert mark not in card("due", language)["body"][0]["text"]


def test_a_row_shows_code_title_deadline_holder_and_status(language: Language) -> None:
    [row] = [e for e in card("due", language)["body"] if row_codes([e]) == ["DIG-03"]]
    shown = words({"type": "AdaptiveCard", "body": [row]})
    assert "DIG-03" in shown
    assert "Hackshield" in shown
    assert "31 december 2026" in shown.lower() or "31 December 2026" in shown
    assert "Helmer-Englebert" in shown
    [badge] = of_type(row, "Badge")
    assert (badge["text"], badge["style"]) == ({"nl": "vertraagd", "en": "delayed"}[language], "Warning")
    assert badge["fallback"]["text"] == badge["text"]


def test_a_passed_deadline_is_in_the_colour_of_alarm_and_says_so(language: Language) -> None:
    [run] = [n for n in of_type(card("due", language), "TextRun") if n.get("color") == "Attention"]
    assert {"nl": "te laat", "en": "late"}[language] in run["text"]


def test_an_empty_answer_says_what_it_looked_for(language: Language) -> None:
    whole = card("nothing", language)
    assert "zeppelin" in words(whole)
    assert row_codes(whole["body"]) == []


def test_in_doubt_each_choice_is_a_button_that_asks_the_same_about_that_action(language: Language) -> None:
    whole = card("doubt", language)
    buttons = of_type(whole, "Action.Execute")
    assert [b["title"] for b in buttons] == ["OND-11", "OND-12", "OND-13"]
    ask = {"nl": "Wanneer moet OND-12 af zijn?", "en": "When is OND-12 due?"}[language]
    assert buttons[1]["data"] == {"do": "ask", "text": ask}


def test_when_too_many_fit_the_rest_is_counted(language: Language) -> None:
    whole = card("much doubt", language)
    assert len(of_type(whole, "Action.Execute")) == 6
    assert "14" in words(whole)


@pytest.mark.parametrize("name", ["unknown", "greeting", "help"])
def test_where_nothing_is_answered_three_questions_can_be_pressed(name: str, language: Language) -> None:
    assert len(row_questions(card(name, language)["body"])) == 3


def test_details_show_facts_municipalities_and_what_one_would_do_next(language: Language) -> None:
    whole = card("detail", language)
    shown = words(whole)
    for fact in ("Helmer-Englebert", "Piet Jansen", "Lotte Bos", "Berg en Dal", "2025-2026", "Wacht op de school."):
        assert fact in shown
    assert "1 " in shown
    update, history = whole["actions"]
    assert update["data"] == {"do": "update", "code": "DIG-03"}
    assert history["data"]["do"] == "ask"
    assert "DIG-03" in history["data"]["text"]


@pytest.mark.parametrize(
    ("name", "steps"),
    [
        ("detail", ["update", "ask"]),
        ("progress, one action", ["update", "ask"]),
        ("history", ["update", "ask"]),
        ("history, none", ["update", "ask"]),
        ("when", ["ask"]),
        ("when, several", []),
        ("due", []),
    ],
)
def test_an_answer_about_one_action_offers_what_one_would_do_next(
    name: str, steps: list[str], language: Language
) -> None:
    assert [action["data"]["do"] for action in card(name, language).get("actions", [])] == steps


@pytest.mark.parametrize("name", ["starting", "updated", "stale"])
def test_the_colour_of_alarm_is_for_deadlines_only(name: str, language: Language) -> None:
    """The late actions that such an answer lists show another date."""
    shown = [e for e in card(name, language)["body"] if e["type"] == "ColumnSet"]
    assert shown
    assert [n["text"] for row in shown for n in nodes(row["columns"][0]) if n.get("color") == "Attention"] == []


@pytest.mark.parametrize(
    "before", ["geschiedenis van VERK-01", "wie gaat er over verkeer", "hoeveel acties zijn er te laat"]
)
def test_a_row_opens_the_details_whatever_was_asked_before(before: str, language: Language) -> None:
    assistant = Assistant(question_data(), WORDING)
    context = assistant.respond(before, SNAPSHOT, TODAY).context
    [row] = [e for e in card("due", language)["body"] if row_codes([e]) == ["DIG-03"]]
    found = assistant.read(row["selectAction"]["data"]["text"], SNAPSHOT.plan, TODAY, context)
    assert (found.language, found.show, found.filters.codes) == (language, Show.DETAIL, ("DIG-03",))


def test_the_parts_of_an_action_are_numbered(language: Language) -> None:
    runs = [n["text"] for n in of_type(card("detail, steps", language), "TextRun")]
    assert [r for r in runs if r.rstrip(". ").isdigit()] == ["1. ", "2. ", "3. ", "4. ", "5. "]


def test_history_keeps_what_was_undone_and_says_that_it_was(language: Language) -> None:
    shown = words(card("history", language))
    assert load("cards")[language]["undone"] in shown
    assert "Alle scholen deden mee." in shown


@pytest.mark.parametrize(
    ("name", "kind"),
    [("progress", "Chart.HorizontalBar.Stacked"), ("progress, one theme", "Chart.Donut")],
)
def test_progress_is_a_chart_with_a_drawing_for_other_clients_and_the_numbers_as_text(
    name: str, kind: str, language: Language
) -> None:
    whole = card(name, language)
    [chart] = of_type(whole, kind)
    assert chart["fallback"]["type"] == "Container"
    beside = [e for e in whole["body"] if e is not chart]
    runs = [n["text"] for n in of_type({**whole, "body": beside}, "TextRun")]
    done = {"nl": "1 van 7", "en": "1 of 7"}[language]
    assert any(done in text for text in runs)


def test_the_shares_of_a_chart_add_up_to_the_actions(language: Language) -> None:
    [chart] = of_type(card("progress", language), "Chart.HorizontalBar.Stacked")
    assert sum(point["value"] for theme in chart["data"] for point in theme["data"]) == len(SNAPSHOT.plan.actions)
    assert sum(n.get("width", 0) for n in of_type(chart["fallback"], "Column")) == len(SNAPSHOT.plan.actions)


def test_a_number_is_the_largest_thing_on_its_card(language: Language) -> None:
    figure = [n for n in of_type(card("count", language), "TextBlock") if n.get("size") == "ExtraLarge"]
    assert [n["text"] for n in figure] == [str(answered("count").count)]


def test_the_reading_is_folded_behind_a_button(language: Language) -> None:
    [shown] = [e for e in card("due", language)["body"] if e.get("id") == "reading"]
    assert shown["isVisible"] is False
    text = words({"type": "AdaptiveCard", "body": [shown]})
    assert "dit kwartaal" in text
    assert "Q4 2026" in text
    assert "Digitale veiligheid" in text


def test_a_probable_question_can_be_pressed(language: Language) -> None:
    presses = [b["data"] for b in of_type(card("suggestion", language), "Action.Execute")]
    assert {"do": "ask", "text": "wat is te laat"} in presses


def test_a_message_carries_the_card_and_the_text_for_notifications(language: Language) -> None:
    whole = card("due", language)
    sent = message(whole, "DIG-02 …")
    assert sent["attachments"] == [attachment(whole)]
    assert sent["summary"] == "DIG-02 …"
    assert "text" not in sent


def test_both_languages_have_the_same_labels(language: Language) -> None:
    def keys(data: Any) -> Any:
        return {k: keys(v) for k, v in data.items()} if isinstance(data, dict) else type(data)

    assert keys(load("cards")[language]) == keys(load("cards")["nl"])
