"""Why something may not be reported, in words of both languages."""

from __future__ import annotations

import pytest

from tests.conftest import sample_plan
from uvp.language import load
from uvp.members import POLICE, PROSECUTOR, REGION, UNKNOWN, Member
from uvp.question import Language
from uvp.reporting.refusing import left_out
from uvp.reporting.words import DialogWords

WORDS = DialogWords(load("answers"), load("dialogs"))
PLAN = sample_plan()


def why(names: list[str], language: Language, organisation: str = REGION, coordinator: bool = False) -> tuple[str, ...]:
    member = Member("id", "Anna", organisation, coordinator)
    return left_out(WORDS.say(language), names, ["DIG-02"], PLAN, member, "Sanne")


@pytest.mark.parametrize(
    ("names", "language", "expected"),
    [
        (["Berg en Dal"], "nl", "Berg en Dal doet niet mee aan deze actie."),
        (["Berg en Dal", "Elders"], "nl", "Berg en Dal en Elders doen niet mee aan deze actie."),
        (["Berg en Dal"], "en", "Berg en Dal does not take part in this action."),
        (["Berg en Dal", "Elders"], "en", "Berg en Dal and Elders do not take part in this action."),
    ],
)
def test_who_does_not_take_part_is_named(names: list[str], language: Language, expected: str) -> None:
    assert why(names, language, coordinator=True) == (expected,)


@pytest.mark.parametrize(
    ("organisation", "dutch", "english"),
    [
        (POLICE, "Namens de politie", "For the police"),
        (PROSECUTOR, "Namens het Openbaar Ministerie", "For the Public Prosecution Service"),
        (REGION, "Namens de regio", "For the region"),
        ("Heumen", "je eigen gemeente (Heumen)", "your own municipality (Heumen)"),
        (UNKNOWN, "bij welke organisatie", "which organisation"),
    ],
)
def test_who_may_not_record_for_a_municipality_hears_why_and_whom_to_ask(
    organisation: str, dutch: str, english: str
) -> None:
    table: dict[Language, str] = {"nl": dutch, "en": english}
    for language, expected in table.items():
        (said,) = why(["Druten"], language, organisation)
        assert expected in said
        assert "Sanne" in said


def test_both_reasons_are_told_and_a_long_name_is_cut() -> None:
    said = why(["x" * 500, "Druten"], "nl", POLICE)
    assert len(said) == 2
    assert len(said[0]) < 120
