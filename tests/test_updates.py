"""Where an action stands after its updates: the roll-up over municipalities, undoing, and since when."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.samples import PLAN, day, snapshot, update
from uvp.answers.history import history
from uvp.updates import Standing, Status, Update, effective, roll_up, standing

U, N, R, D, F, X = Status
STATUSES = st.sampled_from(Status)
ACTION = PLAN.by_code["WAT-02"]
PLACES = st.sampled_from([None, *PLAN.participants(ACTION)])


@pytest.mark.parametrize(
    ("participants", "rolled"),
    [
        ([], U),
        ([U, U, U], U),
        ([F, F, F], F),
        ([X, X, X], X),
        ([F, X, X], F),
        ([F, U, U], R),
        ([R, U, U], R),
        ([R, F, X], R),
        ([N, U, U], N),
        ([N, X, U], N),
        ([X, U, U], U),
        ([D, F, F], D),
        ([D, U, R], D),
        ([F, N, X], R),
    ],
)
def test_the_status_of_an_action_follows_from_its_participants(participants: list[Status], rolled: Status) -> None:
    assert roll_up(participants) is rolled


@given(st.lists(STATUSES, min_size=1).flatmap(lambda s: st.tuples(st.just(s), st.permutations(s))))
def test_the_order_of_the_participants_does_not_matter(pair: tuple[list[Status], list[Status]]) -> None:
    assert roll_up(pair[0]) is roll_up(pair[1])


@given(STATUSES, st.integers(1, 20))
def test_participants_that_agree_give_their_own_status(status: Status, n: int) -> None:
    assert roll_up([status] * n) is status


@given(st.lists(STATUSES, min_size=1))
def test_an_action_is_closed_exactly_when_all_participants_are(statuses: list[Status]) -> None:
    assert roll_up(statuses).closed is all(s.closed for s in statuses)


@given(st.lists(STATUSES, min_size=1))
def test_one_delay_makes_the_action_delayed(statuses: list[Status]) -> None:
    assert roll_up([*statuses, D]) is D


def stands(*updates: Update) -> Standing:
    """Where WAT-02 stands, in which Aadorp and Beestad take part."""
    return snapshot(*updates).standings["WAT-02"]


def test_finished_in_one_municipality_alone_is_running_and_counted() -> None:
    found = stands(update("WAT-02", F, "2026-11-01", "Aadorp"))
    assert (found.status, found.finished, len(found.municipalities)) == (R, 1, 2)


def test_an_update_for_the_whole_action_covers_every_participant() -> None:
    found = stands(update("WAT-02", D, "2026-11-01", "Aadorp"), update("WAT-02", F, "2026-11-02"))
    assert found.municipalities == {"Aadorp": F, "Beestad": F}
    assert found.status is F


def test_the_newest_update_that_covers_a_municipality_is_its_status() -> None:
    found = stands(update("WAT-02", F, "2026-11-01"), update("WAT-02", R, "2026-11-02", "Beestad"))
    assert found.municipalities == {"Aadorp": F, "Beestad": R}


def test_updates_count_by_their_moment_and_not_by_the_order_of_recording() -> None:
    found = stands(update("WAT-02", F, "2026-11-02"), update("WAT-02", R, "2026-11-01"))
    assert (found.status, found.since) == (F, day("2026-11-02"))


def test_an_excepted_municipality_does_not_count() -> None:
    found = stands(update("WAT-02", D, "2026-11-01", "Ceeveen"))
    assert (found.status, found.updated) == (U, None)


def test_since_is_the_day_on_which_the_action_as_a_whole_changed() -> None:
    found = stands(
        update("WAT-02", F, "2026-10-01", "Aadorp"),
        update("WAT-02", F, "2026-10-20", "Beestad"),
        update("WAT-02", F, "2026-11-05"),
    )
    assert (found.status, found.since) == (F, day("2026-10-20"))
    assert found.days[-1] == day("2026-11-05")


def test_a_municipality_has_a_standing_of_its_own() -> None:
    known = snapshot(
        update("WAT-02", F, "2026-10-01", "Aadorp"),
        update("WAT-02", D, "2026-11-05", "Beestad"),
    )
    own = known.standings_in(("Aadorp",))["WAT-02"]
    assert (own.status, own.since, own.days) == (F, day("2026-10-01"), (day("2026-10-01"),))
    assert known.standings_in(())["WAT-02"].status is D


def test_an_expected_date_stands_until_the_action_is_closed() -> None:
    delayed = update("WAT-02", D, "2026-10-01", expected="2027-03-31")
    assert stands(delayed, update("WAT-02", R, "2026-10-05")).expected == day("2027-03-31")
    assert stands(delayed, update("WAT-02", F, "2026-10-05")).expected is None


def test_an_undone_update_counts_no_longer() -> None:
    found = stands(
        update("WAT-02", R, "2026-10-01"),
        update("WAT-02", F, "2026-10-02", number=7),
        update("WAT-02", F, "2026-10-03", undoes=7),
    )
    assert (found.status, found.since, found.days) == (R, day("2026-10-01"), (day("2026-10-01"),))


UPDATES = st.lists(
    st.builds(
        lambda status, place, n: update("WAT-02", status, f"2026-10-{n:02}", place),
        STATUSES,
        PLACES,
        st.integers(1, 31),
    ),
    max_size=8,
)


def numbered(updates: list[Update]) -> list[Update]:
    """The updates with ids in order of recording."""
    return [replace(u, id=n) for n, u in enumerate(updates, start=1)]


@given(UPDATES)
def test_undoing_everything_leaves_the_action_as_it_began(updates: list[Update]) -> None:
    recorded = numbered(updates)
    undos = [replace(u, id=100 + u.id, undoes=u.id) for u in recorded]
    assert standing(PLAN, ACTION, [*recorded, *undos]) == standing(PLAN, ACTION, [])


@given(UPDATES, st.data())
def test_undoing_one_update_is_as_if_it_had_not_been_recorded(updates: list[Update], data: st.DataObject) -> None:
    recorded = numbered([*updates, update("WAT-02", F, "2026-10-15")])
    taken_back = data.draw(st.sampled_from(recorded))
    undo = replace(taken_back, id=100, undoes=taken_back.id)
    without = [u for u in recorded if u is not taken_back]
    assert standing(PLAN, ACTION, [*recorded, undo]) == standing(PLAN, ACTION, without)


@given(UPDATES)
def test_the_roll_up_agrees_with_the_municipalities_after_any_updates(updates: list[Update]) -> None:
    found = standing(PLAN, ACTION, numbered(updates))
    assert found.status is roll_up(list(found.municipalities.values()))
    assert set(found.municipalities) == {"Aadorp", "Beestad"}


@given(UPDATES)
def test_a_history_shows_every_entry_newest_first_and_ends_where_the_action_stands(updates: list[Update]) -> None:
    recorded = numbered(updates)
    entries = history(PLAN, ACTION, recorded)
    assert [e.update for e in entries] == effective(recorded)[::-1]
    if entries:
        assert entries[0].rolled_after is standing(PLAN, ACTION, recorded).status


def test_a_history_keeps_what_was_undone_and_says_by_what() -> None:
    undone = update("WAT-02", F, "2026-10-02", "Aadorp", number=1)
    undo = update("WAT-02", F, "2026-10-03", number=2, undoes=1)
    newest, oldest = history(PLAN, ACTION, [undone, undo])
    assert (newest.update, newest.undoes, newest.before) == (undo, undone, None)
    assert (oldest.update, oldest.undone_by, oldest.before) == (undone, undo, None)


def test_a_history_says_what_changed_in_the_municipality_and_in_the_action() -> None:
    entries = history(
        PLAN,
        ACTION,
        [update("WAT-02", R, "2026-10-01", number=1), update("WAT-02", F, "2026-10-02", "Aadorp", number=2)],
    )
    newest = entries[0]
    assert (newest.before, newest.after) == (R, F)
    assert (newest.rolled_before, newest.rolled_after) == (R, R)
