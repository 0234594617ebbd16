"""Verbs and their particles, apart from each other."""

from __future__ import annotations

from datetime import date

import pytest

from tests.question_corpus import reader

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("wat loopt er bij zorg af", "due"),
        ("waar werkt Sengers nu aan", "active"),
        ("wat werkt Druten aan", "active"),
        ("wat vangt er bij digitaal aan in 2026", "starting"),
        ("wat loopt er achter bij verkeer", "overdue"),
        ("wat loopt er in Heumen achter, en waarom", "overdue"),
        ("wat komt er binnen zorg aan volgende maand", "due"),
    ],
)
def test_a_particle_that_closes_the_clause_belongs_to_its_verb(text: str, sign: str) -> None:
    sentence = reader().parser.parse(text, TODAY)
    assert sentence.has(sign)
    assert sentence.parted


@pytest.mark.parametrize(
    "text",
    [
        "wie werkt er aan de flyer",  # leads to a noun
        "wat loopt er, en wat is af",  # stands in another clause
        "wat werkt Druten uit",  # no particle of this verb
    ],
)
def test_elsewhere_a_particle_is_a_word_of_its_own(text: str) -> None:
    assert not reader().parser.parse(text, TODAY).parted


def test_a_time_behind_a_particle_is_read_without_it() -> None:
    sentence = reader().parser.parse("wat loopt er bij zorg af in maart 2026", TODAY)
    assert [sentence.shown(start, end) for start, end, _ in sentence.periods] == ["in maart 2026"]
    sentence = reader().parser.parse("wat komt er aan dit kwartaal", TODAY)
    assert [found.period.start for _, _, found in sentence.periods if found.period] == [date(2026, 10, 1)]
