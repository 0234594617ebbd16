"""The words of dialogs: the same in both languages, and no reply that means two things."""

from __future__ import annotations

import itertools
import re
from string import Formatter
from typing import Any

import pytest

from uvp.answers.phrases import flattened
from uvp.language import load
from uvp.question import Language
from uvp.reporting.setting import Settings, Topic
from uvp.reporting.words import DialogWords, folded
from uvp.updates import Status

DATA = load("dialogs")
WORDS = DialogWords(load("answers"), DATA)
COMMANDS = ("cancel", "back", "help", "agree", "refuse", "undo", "start", "note")


def said(language: Language) -> dict[str, str]:
    return {key: text for key, text in flattened(DATA[language]) if not key.startswith("replies.")}


def placeholders(language: Language) -> dict[str, set[str]]:
    return {key: {name for _, name, _, _ in Formatter().parse(text) if name} for key, text in said(language).items()}


def test_both_languages_say_the_same_things_with_the_same_placeholders() -> None:
    assert placeholders("nl") == placeholders("en")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_text_shouts_or_is_formal(language: Language) -> None:
    for text in said(language).values():
        assert "!" not in text
        assert not re.search(r"\b[Uu]w?\b", text) or language == "en"


def texts(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [text for item in value.values() for text in texts(item)]
    return [text for item in value for text in texts(item)] if isinstance(value, list) else [value]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_word_is_taken_for_something_else_by_the_language_of_the_file(language: Language) -> None:
    """*no*, *on* and *yes* are truth values there unless they stand between quotes."""
    assert all(isinstance(text, str) for text in texts(DATA[language]))
    assert DATA["nl"]["replies"].keys() == DATA["en"]["replies"].keys()


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(COMMANDS, 2)))
def test_no_reply_is_two_commands(one: str, other: str) -> None:
    assert not set(WORDS.phrases(one)) & set(WORDS.phrases(other))


def test_no_status_word_means_two_statuses_and_every_status_has_words() -> None:
    found: dict[str, set[str]] = {}
    for language in ("nl", "en"):
        for status, words in DATA[language]["replies"]["statuses"].items():
            for word in words:
                found.setdefault(folded(word), set()).add(status)
    assert all(len(statuses) == 1 for statuses in found.values())
    assert {s for statuses in found.values() for s in statuses} == {s.value for s in Status} - {"onbekend"}


@pytest.mark.parametrize(
    ("text", "subject", "status"),
    [
        ("alle verkeersacties lopen volgens planning", "alle verkeersacties", Status.RUNNING),
        ("Alle acties van zorg zijn afgerond", "Alle acties van zorg", Status.FINISHED),
        ("alle acties lopen vertraging op", "alle acties", Status.DELAYED),
        ("all traffic actions are on track", "all traffic actions", Status.RUNNING),
        ("my actions are done", "my actions", Status.FINISHED),
    ],
)
def test_one_status_is_said_of_all(text: str, subject: str, status: Status) -> None:
    assert WORDS.said_of_all(text.split()) == (subject.split(), status)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "alle",
        "alle acties",
        "alle acties die lopen",
        "alle lopende acties",
        "lopen alle acties",
        "lopen",
        "DIG-03 loopt",
    ],
)
def test_anything_else_is_not_said_of_all(text: str) -> None:
    assert WORDS.said_of_all(text.split()) is None


SETTINGS = Settings({language: data["settings"] for language, data in DATA.items()})


@pytest.mark.parametrize(
    ("text", "topic", "what", "value"),
    [
        ("eigenaar van DIG-03 is Piet", Topic.OWNER, "DIG-03", "Piet"),
        ("De trekker van de flyer wordt Piet Jansen", Topic.OWNER, "flyer", "Piet Jansen"),
        ("Piet wordt trekker van DIG-03", Topic.OWNER, "DIG-03", "Piet"),
        ("trekker DIG-03: Piet", Topic.OWNER, "DIG-03", "Piet"),
        ("wie trekt dit?", Topic.OWNER, "dit", None),
        ("het ambtelijk duo van verkeer: A en B", Topic.OFFICIALS, "verkeer", "A en B"),
        ("wie is het duo van verkeer", Topic.OFFICIALS, "verkeer", None),
        ("communicatie bij DIG-03: persbericht: 3 mei", Topic.COMMUNICATION, "DIG-03", "persbericht: 3 mei"),
        ("welke communicatie hoort bij DIG-03?", Topic.COMMUNICATION, "DIG-03", None),
        ("the owner of DIG-03 is Ann", Topic.OWNER, "DIG-03", "Ann"),
        ("officials for traffic: Ann and Bob", Topic.OFFICIALS, "traffic", "Ann and Bob"),
        ("communication for DIG-03: press release", Topic.COMMUNICATION, "DIG-03", "press release"),
    ],
)
def test_who_carries_what_is_set_and_asked(text: str, topic: Topic, what: str, value: str | None) -> None:
    setting = SETTINGS.read(text)
    assert setting is not None
    assert (setting.topic, setting.what, setting.value) == (topic, what, value)


@pytest.mark.parametrize(
    "text", ["", "wat is te laat", "wie gaat over verkeer", "DIG-03 is afgerond: eigenaar blij", "x" * 5000, "duo"]
)
def test_other_sentences_set_nothing(text: str) -> None:
    assert SETTINGS.read(text) is None


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Piet", ["Piet"]),
        ("Anna en Bram", ["Anna", "Bram"]),
        ("Anna, Bram & Cor", ["Anna", "Bram", "Cor"]),
        ("Henk van der Berg / Ellen", ["Henk van der Berg", "Ellen"]),
        ("niemand", []),
        ("nobody", []),
    ],
)
def test_names_are_taken_apart(value: str, names: list[str]) -> None:
    assert SETTINGS.names(value) == names
