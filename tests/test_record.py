"""The record of an answer that scripts read: its keys, their order, and what is null."""

from __future__ import annotations

import json
from dataclasses import replace

from tests.samples import Q4, TODAY, day, period, snapshot
from uvp.answers.answering import answer
from uvp.answers.record import as_record
from uvp.question import Filters, Intent, Question, ReportedUpdate, Select, Show
from uvp.updates import Status

DUE_Q4 = Question("", select=Select.DUE, filters=Filters(themes=("VUR",), period=Q4))
FILTERS: dict[str, object] = {
    "themes": [],
    "sections": [],
    "period": None,
    "statuses": [],
    "municipalities": [],
    "people": [],
    "partners": [],
    "recurrences": [],
    "codes": [],
    "text": None,
}


def record(question: Question) -> dict[str, object]:
    """The record of the answer, as JSON gives it back."""
    found: dict[str, object] = json.loads(json.dumps(as_record(answer(question, snapshot(), TODAY), "de tekst")))
    return found


def test_the_record_of_an_answer_has_all_keys_in_the_order_of_the_documentation() -> None:
    found = record(DUE_Q4)
    assert found == {
        "language": "nl",
        "intent": "ask",
        "show": "actions",
        "select": "due",
        "filters": FILTERS | {"themes": ["VUR"], "period": {"start": "2026-10-01", "end": "2026-12-31"}},
        "groups": [
            {"kind": "due", "codes": ["VUR-01"]},
            {"kind": "overdue", "codes": []},
            {"kind": "ongoing", "codes": []},
            {"kind": "undated", "codes": []},
            {"kind": "done", "codes": []},
        ],
        "people": [],
        "count": None,
        "choices": [],
        "update": None,
        "text": "de tekst",
    }
    assert list(found) == [
        *("language", "intent", "show", "select", "filters", "groups", "people", "count", "choices", "update", "text")
    ]
    assert list(FILTERS) == list(as_record(answer(DUE_Q4, snapshot(), TODAY), "")["filters"])


def test_an_open_side_of_a_period_is_null_and_the_period_is_the_one_that_was_asked() -> None:
    question = replace(DUE_Q4, filters=Filters(period=period(None, "2026-12-31")))
    assert record(question)["filters"] == FILTERS | {"period": {"start": None, "end": "2026-12-31"}}


def test_filters_are_written_in_the_words_of_the_plan() -> None:
    filters = Filters(statuses=(Status.NOT_STARTED,), municipalities=("Aadorp",), text="zwemles", codes=("WAT-02",))
    assert record(Question("", filters=filters))["filters"] == FILTERS | {
        "statuses": ["niet gestart"],
        "municipalities": ["Aadorp"],
        "text": "zwemles",
        "codes": ["WAT-02"],
    }


def test_a_count_and_people_stand_in_their_own_keys() -> None:
    assert record(replace(DUE_Q4, show=Show.COUNT))["count"] == 1
    assert record(Question("", show=Show.WHO, filters=Filters(themes=("WAT",))))["people"] == ["Jansen"]


def test_a_status_report_is_the_update_and_what_is_open_is_null_or_empty() -> None:
    update = ReportedUpdate(("WAT-02",), Status.FINISHED, ("Aadorp",), day("2027-03-31"), "klaar")
    question = Question("", intent=Intent.UPDATE, update=update)
    assert record(question)["update"] == {
        "codes": ["WAT-02"],
        "status": "afgerond",
        "municipalities": ["Aadorp"],
        "expected": "2027-03-31",
        "note": "klaar",
    }
    nothing: dict[str, object] = {"codes": [], "status": None, "municipalities": [], "expected": None, "note": None}
    assert record(replace(question, update=None))["update"] == nothing


def test_a_status_report_that_fits_two_actions_has_choices_and_no_codes() -> None:
    update = ReportedUpdate(("WAT-02", "WAT-03"), Status.RUNNING)
    found = record(Question("", intent=Intent.UPDATE, update=update, choices=("WAT-02", "WAT-03")))
    assert found["choices"] == ["WAT-02", "WAT-03"]
    assert found["update"] == {"codes": [], "status": "loopt", "municipalities": [], "expected": None, "note": None}


def test_a_question_that_is_asked_back_offers_choices_and_no_groups() -> None:
    found = record(Question("", show=Show.DETAIL, choices=("WAT-02", "WAT-03")))
    assert (found["choices"], found["groups"]) == (["WAT-02", "WAT-03"], [])
