"""A question survives being put in a button, and nothing else comes out of one."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uvp.period import Period
from uvp.question import Filters, Question, Select, Show, WordReading
from uvp.questions_codec import SIZE_LIMIT, decode, encode
from uvp.updates import Status

TODAY = date(2026, 11, 24)
PLAN_DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NAMES = st.lists(WORDS, max_size=3).map(tuple)


def periods() -> st.SearchStrategy[Period]:
    days = st.lists(PLAN_DAYS, min_size=2, max_size=2).map(sorted)
    return st.one_of(
        days.map(lambda pair: Period(*pair)),
        PLAN_DAYS.map(lambda day: Period(day, None)),
        PLAN_DAYS.map(lambda day: Period(None, day)),
        st.just(Period()),
    )


def questions() -> st.SearchStrategy[Question]:
    """Questions with any names in any filter, most of them in no plan."""
    filters = st.builds(
        Filters,
        themes=NAMES | st.just(("DIG",)),
        sections=NAMES,
        period=st.none() | periods(),
        statuses=st.lists(st.sampled_from(Status), max_size=3).map(tuple),
        municipalities=NAMES | st.just(("Druten", "Nergens")),
        people=NAMES,
        partners=NAMES,
        recurrences=NAMES,
        codes=NAMES | st.just(("DIG-03",)),
        text=st.none() | WORDS,
    )
    return st.builds(
        Question,
        text=WORDS,
        language=st.sampled_from(["nl", "en"]),
        show=st.sampled_from(Show),
        select=st.sampled_from(Select),
        filters=st.just(Filters()) | filters,
        stale_weeks=st.integers(0, 99),
        topics=st.lists(WORDS, max_size=2).map(tuple),
        mine=st.booleans(),
        compared=st.none() | periods(),
        inherited=NAMES,
        left_out=NAMES,
        suggestion=st.none() | WORDS,
        reading=st.lists(st.builds(WordReading, WORDS, WORDS, WORDS), max_size=2).map(tuple),
    )


@given(questions())
def test_a_question_comes_back_from_a_button_as_it_went_in(question: Question) -> None:
    value = encode(question, TODAY)
    assert value is not None
    assert decode(orjson.loads(orjson.dumps(value))) == (question, TODAY)


def test_a_usual_question_takes_little_room() -> None:
    filters = Filters(themes=("DIG",), period=Period(date(2026, 10, 1), date(2026, 12, 31)))
    value = encode(Question("wat moet dit kwartaal af", select=Select.DUE, filters=filters), TODAY)
    assert len(orjson.dumps(value)) < 220


def test_a_long_question_loses_words_and_reading_but_not_its_meaning() -> None:
    reading = tuple(WordReading("w" * 90, "theme", "DIG") for _ in range(40))
    question = Question("x" * 100_000, filters=Filters(themes=("DIG",)), reading=reading)
    value = encode(question, TODAY)
    assert value is not None
    assert len(orjson.dumps(value)) <= SIZE_LIMIT
    decoded = decode(value)
    assert decoded is not None
    assert decoded[0].filters == question.filters
    assert not decoded[0].reading


def test_a_question_that_is_too_big_to_carry_is_not_carried_by_halves() -> None:
    assert encode(Question("x", filters=Filters(text="y" * 5000)), TODAY) is None


GOOD: dict[str, Any] = {"today": "2026-11-24", "question": {"text": "x"}}


@pytest.mark.parametrize(
    "value",
    [
        None,
        17,
        "text",
        [],
        {},
        {**GOOD, "today": "soon"},
        {**GOOD, "today": None},
        {**GOOD, "question": {"text": 1}},
        {**GOOD, "question": {}},
        {**GOOD, "question": {"text": "x", "select": "everything"}},
        {**GOOD, "question": {"text": "x", "intent": "update"}},
        {**GOOD, "question": {"text": "x", "choices": ["DIG-03"]}},
        {**GOOD, "question": {"text": "x", "update": {}}},
        {**GOOD, "question": {"text": "x", "language": "fr"}},
        {**GOOD, "question": {"text": "x", "stale_weeks": 10**12}},
        {**GOOD, "question": {"text": "x", "stale_weeks": -1}},
        {**GOOD, "today": "0001-01-01"},
        {**GOOD, "question": {"text": "x", "filters": {"period": {"end": "9999-12-31"}}}},
        {**GOOD, "question": {"text": "x", "stale_weeks": "many"}},
        {**GOOD, "question": {"text": "x", "filters": {"statuses": ["gone"]}}},
        {**GOOD, "question": {"text": "x", "filters": {"period": {"start": "2027-01-01", "end": "2026-01-01"}}}},
        {**GOOD, "question": {"text": "x", "filters": {"text": "y" * 5000}}},
        {**GOOD, "question": {"text": "\ud800"}},
        {**GOOD, "question": object()},
    ],
)
def test_what_a_button_never_held_is_refused(value: object) -> None:
    assert decode(value) is None
