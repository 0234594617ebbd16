"""What becomes of a message, for every outcome and every order of events."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.delivery_rig import START
from uvp.delivery.outbox import (
    LONGEST_PAUSE,
    Item,
    Kind,
    Result,
    State,
    allowed,
    before_sending,
    decide,
    lapsed,
    notice_slot,
    pause_of,
)
from uvp.digest.schedule import STILL_SENT

SENDING = Item(1, "a", "t", Kind.DIGEST, "2026-W48", 0, START, State.SENDING, START, attempts=1)

results = st.builds(
    Result,
    status=st.none() | st.integers(200, 599),
    out=st.booleans(),
    retry_after=st.none() | st.floats(0, 10**7),
)
chances = st.floats(0, 1, exclude_max=True)


@pytest.mark.parametrize(
    ("status", "state", "pause"),
    [
        (200, State.SENT, False),
        (201, State.SENT, False),
        (400, State.FAILED, False),
        (401, State.PLANNED, False),
        (403, State.FAILED, True),
        (404, State.FAILED, True),
        (412, State.PLANNED, False),
        (413, State.FAILED, False),
        (429, State.PLANNED, False),
        (500, State.UNKNOWN, False),
        (502, State.UNKNOWN, False),
        (503, State.PLANNED, False),
        (504, State.UNKNOWN, False),
    ],
)
def test_each_status_has_its_next_state(status: int, state: State, pause: bool) -> None:
    step = decide(SENDING, Result(status), START, 0)
    assert (step.state, step.pause) == (state, pause)


def test_no_connection_is_tried_again_and_no_answer_is_unknown() -> None:
    assert decide(SENDING, Result(None, out=False), START, 0).state is State.PLANNED
    assert decide(SENDING, Result(None, out=True), START, 0).state is State.UNKNOWN


@given(results, chances)
def test_every_outcome_follows_an_arrow_of_the_machine(result: Result, chance: float) -> None:
    for kind in Kind:
        step = decide(replace(SENDING, kind=kind), result, START, chance)
        assert allowed(State.SENDING, step.state)
        assert (step.next_try is not None) == (step.state is State.PLANNED)


@given(results.filter(lambda r: r.status is None or r.status >= 500), chances)
def test_what_may_have_arrived_is_never_sent_again_unless_that_changes_nothing(result: Result, chance: float) -> None:
    if result.status == 503 or not result.out:
        return
    assert decide(SENDING, result, START, chance).state is State.UNKNOWN
    assert decide(replace(SENDING, kind=Kind.RETIRE), result, START, chance).state in (State.PLANNED, State.SKIPPED)


@given(st.sampled_from([412, 429, 503]), st.floats(0, 10**7), chances, st.integers(1, 200))
def test_waiting_is_as_long_as_told_and_never_into_the_time_when_it_is_too_late(
    status: int, told: float, chance: float, attempts: int
) -> None:
    step = decide(replace(SENDING, attempts=attempts), Result(status, retry_after=told), START, chance)
    if step.state is State.PLANNED:
        assert step.next_try is not None
        assert START + timedelta(seconds=told) <= step.next_try <= START + STILL_SENT
    else:
        assert step.state is State.SKIPPED
        assert timedelta(seconds=told) > STILL_SENT - timedelta(seconds=10)


@given(st.integers(1, 10**6), chances)
def test_pauses_grow_to_a_quarter_of_an_hour_and_differ_by_chance(attempts: int, chance: float) -> None:
    pause = pause_of(attempts, chance)
    assert timedelta(seconds=1) <= pause <= 1.5 * LONGEST_PAUSE
    assert pause_of(attempts + 1, chance) >= pause
    assert pause_of(attempts, 0) < pause_of(attempts, 0.99)


def test_a_message_is_too_late_after_thirty_six_hours() -> None:
    planned = replace(SENDING, state=State.PLANNED)
    assert before_sending(planned, START + STILL_SENT) is None
    step = before_sending(planned, START + STILL_SENT + timedelta(seconds=1))
    assert step is not None
    assert step.state is State.SKIPPED
    assert step.bad


@given(st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1)))  # noqa: DTZ001 (the zone is added below)
def test_what_goes_wrong_together_is_told_together_and_soon(naive: datetime) -> None:
    moment = naive.replace(tzinfo=START.tzinfo)
    slot, due = notice_slot(moment)
    assert timedelta(seconds=30) < due - moment <= timedelta(minutes=5, seconds=30)
    assert notice_slot(moment) == (slot, due)
    assert notice_slot(due)[0] != slot


class OneMessage(RuleBasedStateMachine):
    """One message, a service that may take a request without our learning of it, processes that die, an operator."""

    def __init__(self) -> None:
        super().__init__()
        self.item = replace(SENDING, state=State.PLANNED, attempts=0)
        self.now = START
        self.arrived = 0
        self.pressed = 0

    @precondition(lambda self: self.item.state is State.PLANNED and self.now >= self.item.next_try)
    @rule()
    def begin(self) -> None:
        if step := before_sending(self.item, self.now):
            self._go(step.state)
        else:
            self.item = replace(self.item, attempts=self.item.attempts + 1)
            self._go(State.SENDING)

    @precondition(lambda self: self.item.state is State.SENDING)
    @rule(taken=st.booleans(), known=st.booleans(), status=st.sampled_from([None, 500, 502, 504]))
    def answer(self, taken: bool, known: bool, status: int | None) -> None:
        """The service takes it or not, and we learn which, or do not."""
        self.arrived += taken
        result = Result(201) if known and taken else Result(429) if known else Result(status)
        self._take(result)

    @precondition(lambda self: self.item.state is State.SENDING)
    @rule(result=st.sampled_from([Result(None, out=False), Result(412), Result(503, retry_after=90), Result(403)]))
    def refuse(self, result: Result) -> None:
        self._take(result)

    @precondition(lambda self: self.item.state is State.SENDING)
    @rule(taken=st.booleans())
    def die(self, taken: bool) -> None:
        self.arrived += taken
        self._go(lapsed(self.item, self.now).state)

    @precondition(lambda self: self.item.state in (State.UNKNOWN, State.FAILED, State.SKIPPED))
    @rule()
    def press_again(self) -> None:
        self.pressed += 1
        self._go(State.PLANNED)
        self.item = replace(self.item, due=self.now, next_try=self.now)

    @rule(hours=st.floats(0, 20))
    def wait(self, hours: float) -> None:
        self.now += timedelta(hours=hours)

    @invariant()
    def it_arrives_once_and_once_more_at_most_for_each_press(self) -> None:
        assert self.arrived <= 1 + self.pressed
        if self.item.state is State.PLANNED:
            assert self.arrived <= self.pressed
        if self.item.state is State.SENT:
            assert self.arrived >= 1

    def _take(self, result: Result) -> None:
        step = decide(self.item, result, self.now, 0.5)
        self._go(step.state)
        self.item = replace(self.item, next_try=step.next_try or self.item.next_try)

    def _go(self, state: State) -> None:
        assert allowed(self.item.state, state)
        self.item = replace(self.item, state=state)


TestOneMessage = OneMessage.TestCase
