"""The draft of an update: which step comes next, going back, what confirming it records."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import sample_plan
from uvp.members import REGION, Member
from uvp.question import ReportedUpdate
from uvp.reporting.draft import (
    EXPLAINED,
    Draft,
    Step,
    answered,
    back,
    changes,
    decode,
    encode,
    filled,
    next_step,
    recorded,
    settled,
    shown,
    since,
)
from uvp.snapshot import Snapshot
from uvp.updates import Status, Update

PLAN = sample_plan()
SNAPSHOT = Snapshot(PLAN)
AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
BOSS = Member("1", "Sanne", coordinator=True)
ANSWERS: dict[Step, dict[str, Any]] = {
    Step.ACTION: {"codes": ("DIG-02",)},
    Step.SCOPE: {"municipalities": ("Druten",)},
    Step.STATUS: {"status": Status.DELAYED},
    Step.NOTE: {"note": "ziek"},
    Step.EXPECTED: {"expected": date(2027, 3, 31)},
}
DRAFTS = st.builds(
    Draft,
    key=st.text(min_size=1),
    by=st.text(min_size=1),
    language=st.sampled_from(["nl", "en"]),
    codes=st.lists(st.sampled_from(sorted(PLAN.by_code)), unique=True, max_size=3).map(tuple),
    municipalities=st.none() | st.lists(st.sampled_from(PLAN.municipality_names), unique=True).map(tuple),
    status=st.none() | st.sampled_from(Status),
    note=st.none() | st.text(max_size=50),
    expected=st.none() | st.dates(),
    several=st.booleans(),
    skipped=st.lists(st.sampled_from(Step), max_size=2).map(tuple),
    answered=st.lists(st.sampled_from(Step), max_size=5).map(tuple),
    opened=st.none() | st.sampled_from(Step),
    seen=st.lists(st.tuples(st.sampled_from(sorted(PLAN.by_code)), st.integers(0, 2**31)), max_size=3).map(tuple),
    turn=st.integers(0, 1000),
)


def update(id_: int, code: str = "DIG-02", **given: Any) -> Update:
    return replace(Update(id_, code, Status.RUNNING, "Anna", AT), **given)


@given(DRAFTS)
def test_a_draft_is_kept_as_json_and_comes_back_the_same(draft: Draft) -> None:
    assert decode(encode(draft)) == draft


@pytest.mark.parametrize("value", [None, 1, [], {}, {"key": 3}, {"key": "a", "by": "b", "status": "weg"}])
def test_what_is_no_draft_is_not_read_as_one(value: object) -> None:
    assert decode(value) is None


def test_the_steps_follow_each_other_until_nothing_is_open() -> None:
    draft, asked = Draft("k", "p"), []
    while (step := next_step(draft)) is not Step.CONFIRM:
        asked.append(step)
        draft = answered(draft, step, **ANSWERS[step])
    assert asked == [Step.ACTION, Step.SCOPE, Step.STATUS, Step.NOTE, Step.EXPECTED]


@given(st.sets(st.sampled_from(sorted(ANSWERS))))
def test_only_what_is_open_is_asked(known: set[Step]) -> None:
    values: dict[str, Any] = {name: value for step in known for name, value in ANSWERS[step].items()}
    draft, asked = Draft("k", "p", **values), set()
    while (step := next_step(draft)) is not Step.CONFIRM:
        asked.add(step)
        draft = answered(draft, step, **ANSWERS[step])
    assert asked == set(ANSWERS) - known


@given(st.integers(1, 5))
def test_back_undoes_one_answer_at_a_time(steps: int) -> None:
    draft = Draft("k", "p")
    trail = [draft]
    for _ in range(steps):
        step = next_step(draft)
        draft = answered(draft, step, **ANSWERS[step])
        trail.append(draft)
    for earlier in reversed(trail[:-1]):
        gone = back(draft)
        assert gone is not None
        draft = gone
        assert next_step(draft) is next_step(earlier)
    assert back(draft) is None


@given(DRAFTS, st.sampled_from([None, *Step]))
def test_every_step_makes_an_earlier_card_known_as_such(draft: Draft, step: Step | None) -> None:
    later = back(draft) if step is None else answered(draft, step)
    assert later is None or later.turn == draft.turn + 1


@pytest.mark.parametrize("status", list(Status))
def test_a_reason_goes_with_delayed_and_dropped(status: Status) -> None:
    draft = Draft("k", "p", codes=("DIG-02",), municipalities=(), status=status)
    assert (next_step(draft) is Step.NOTE) is (status in EXPLAINED)


def test_a_report_fills_in_what_it_says() -> None:
    report = ReportedUpdate(("DIG-02",), Status.FINISHED, ("Druten",), note="klaar")
    draft = filled(Draft("k", "p"), report)
    assert (draft.codes, draft.status, draft.municipalities, draft.note) == (
        ("DIG-02",),
        Status.FINISHED,
        ("Druten",),
        "klaar",
    )
    assert next_step(draft) is Step.CONFIRM


def test_who_may_record_for_the_whole_action_only_is_not_asked_for_what() -> None:
    draft, left_out = settled(Draft("k", "p", codes=("DIG-02",)), Member("2", "Piet", REGION), SNAPSHOT)
    assert (draft.municipalities, left_out) == ((), ())


def test_a_municipality_that_does_not_take_part_is_left_out_and_told() -> None:
    named = Draft("k", "p", codes=("DIG-02",), municipalities=("Druten", "Berg en Dal"))
    draft, left_out = settled(named, BOSS, SNAPSHOT)
    assert (draft.municipalities, left_out) == (("Druten",), ("Berg en Dal",))


def test_what_others_recorded_after_it_was_shown_is_news() -> None:
    before = SNAPSHOT.with_updates([update(1)], 2)
    draft = shown(Draft("k", "p", codes=("DIG-02",)), before)
    assert since(draft, before) == ()
    news = update(2, undoes=1)
    assert since(draft, before.with_updates([news, update(3, "OND-01")], 3)) == (news,)


@given(DRAFTS.filter(lambda d: d.status is not None and d.codes))
def test_confirming_records_each_action_and_municipality_once_each_under_a_key_of_its_own(draft: Draft) -> None:
    new = changes(draft, BOSS, AT, "hier")
    pairs = [(change.code, change.municipality) for change in new]
    assert len(set(pairs)) == len(pairs) == len(draft.codes) * max(1, len(draft.municipalities or ()))
    assert len({change.key for change in new}) == len(new)
    assert {(change.by, change.by_id, change.at, change.place) for change in new} == {("Sanne", "1", AT, "hier")}
    assert all(change.expected is None or change.status is Status.DELAYED for change in new)


def test_what_a_draft_recorded_is_found_by_its_key() -> None:
    mine, other = update(1, key="abc:DIG-02:"), update(2, key="abcd:DIG-02:")
    snapshot = SNAPSHOT.with_updates([mine, other, update(3)], 2)
    assert recorded("abc", snapshot) == (mine,)
