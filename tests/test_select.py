"""The ten ways to select actions, over a small plan on 24 November 2026."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.samples import PLAN, Q4, TODAY, day, period, snapshot, update
from uvp.answers.select import Moment, effective_period, runs, select
from uvp.period import Period
from uvp.question import Select
from uvp.snapshot import Snapshot

NOTHING = snapshot()


def chosen(
    kind: Select, within: Period | None = None, known: Snapshot = NOTHING, today: str = "2026-11-24", weeks: int = 6
) -> list[str]:
    """The codes that are selected from the whole plan, in order."""
    moment = Moment(PLAN, known.standings, day(today), weeks)
    return [a.code for a in select(kind, PLAN.in_code_order, within, moment)]


@pytest.mark.parametrize(
    ("kind", "within", "codes"),
    [
        (Select.DUE, None, ["WAT-03", "WAT-10", "VUR-01", "WAT-02", "VUR-02"]),
        (Select.DUE, Q4, ["VUR-01", "WAT-02"]),
        (Select.DUE, period(None, "2027-12-31"), ["VUR-01", "WAT-02", "VUR-02"]),
        (Select.DUE, period(None, "2026-11-23"), ["WAT-03", "WAT-10"]),
        (Select.DUE, period("2027-01-01", None), ["VUR-02"]),
        (Select.OVERDUE, None, ["WAT-03", "WAT-10"]),
        (Select.OVERDUE, period("2026-01-01", "2026-12-31"), ["WAT-10"]),
        (Select.ACTIVE, None, ["ALG-01", "VUR-01", "WAT-01", "WAT-02", "WAT-04"]),
        (Select.ACTIVE, period("2025-08-01", "2025-08-31"), ["ALG-01", "WAT-01", "WAT-03", "WAT-04"]),
        (Select.ACTIVE, period("2028-01-01", None), []),
        (Select.STARTING, None, ["WAT-03", "WAT-02", "WAT-10", "VUR-01", "VUR-02"]),
        (Select.STARTING, Q4, ["VUR-01", "VUR-02"]),
        (Select.ONGOING, None, ["WAT-01"]),
        (Select.ONGOING, Q4, ["WAT-01"]),
        (Select.UNDATED, None, ["ALG-01", "WAT-04"]),
        (Select.DONE, None, []),
        (Select.UPDATED, None, []),
        (Select.STALE, None, [a.code for a in PLAN.in_code_order]),
        (Select.ALL, None, ["ALG-01", "VUR-01", "VUR-02", "WAT-01", "WAT-02", "WAT-03", "WAT-04", "WAT-10"]),
        (Select.ALL, period("2025-01-01", "2025-06-30"), ["ALG-01", "WAT-01", "WAT-04"]),
    ],
)
def test_without_updates_the_dates_of_the_plan_decide(kind: Select, within: Period | None, codes: list[str]) -> None:
    assert chosen(kind, within) == codes


@pytest.mark.parametrize("status", ["afgerond", "vervallen"])
@pytest.mark.parametrize("kind", [Select.DUE, Select.OVERDUE, Select.STALE])
def test_a_closed_action_is_neither_due_nor_overdue_nor_stale(kind: Select, status: str) -> None:
    known = snapshot(update("WAT-03", status, "2026-01-05"))
    assert "WAT-03" in chosen(kind)
    assert "WAT-03" not in chosen(kind, known=known)


@pytest.mark.parametrize("status", ["onbekend", "niet gestart", "loopt", "vertraagd"])
def test_an_open_action_stays_due_whatever_was_reported(status: str) -> None:
    assert "WAT-02" in chosen(Select.DUE, Q4, snapshot(update("WAT-02", status, "2026-11-20")))


def test_what_is_due_today_is_not_overdue() -> None:
    assert "WAT-02" not in chosen(Select.OVERDUE, today="2026-12-31")
    assert "WAT-02" in chosen(Select.OVERDUE, today="2027-01-01")


def test_what_ran_in_a_period_that_is_over_counts_though_it_is_closed_by_now() -> None:
    known = snapshot(update("WAT-03", "afgerond", "2026-01-05"))
    assert "WAT-03" in chosen(Select.ACTIVE, period("2025-10-01", "2025-12-31"), known)
    assert "WAT-03" not in chosen(Select.ACTIVE, period("2025-10-01", "2026-12-31"), known)


def test_done_within_a_period_means_that_it_became_so_inside_it() -> None:
    known = snapshot(
        update("WAT-02", "afgerond", "2026-09-30", "Aadorp"),
        update("WAT-02", "afgerond", "2026-10-01", "Beestad"),
        update("WAT-03", "afgerond", "2026-02-01"),
        update("WAT-03", "afgerond", "2026-10-15"),
        update("WAT-10", "vervallen", "2026-10-15"),
    )
    assert chosen(Select.DONE, None, known) == ["WAT-02", "WAT-03"]
    assert chosen(Select.DONE, Q4, known) == ["WAT-02"]
    assert chosen(Select.DONE, period("2026-02-01", "2026-02-01"), known) == ["WAT-03"]


def test_what_was_finished_again_became_so_the_last_time() -> None:
    known = snapshot(
        update("WAT-03", "afgerond", "2026-02-01"),
        update("WAT-03", "loopt", "2026-03-01"),
        update("WAT-03", "afgerond", "2026-10-15"),
    )
    assert chosen(Select.DONE, Q4, known) == ["WAT-03"]
    assert chosen(Select.DONE, period(None, "2026-09-30"), known) == []


def test_updated_looks_at_every_update_that_counts_and_not_only_at_the_newest() -> None:
    known = snapshot(
        update("WAT-02", "loopt", "2026-10-05"),
        update("WAT-02", "loopt", "2026-11-20"),
        update("VUR-01", "loopt", "2026-10-06", number=50),
        update("VUR-01", "loopt", "2026-10-07", undoes=50),
    )
    assert chosen(Select.UPDATED, None, known) == ["WAT-02"]
    assert chosen(Select.UPDATED, period("2026-10-01", "2026-10-31"), known) == ["WAT-02"]
    assert chosen(Select.UPDATED, period("2026-10-06", "2026-11-19"), known) == []


@pytest.mark.parametrize(("on", "weeks", "stale"), [("2026-10-13", 6, True), ("2026-10-14", 6, False)])
def test_stale_counts_whole_weeks_since_the_newest_update(on: str, weeks: int, stale: bool) -> None:
    known = snapshot(update("WAT-02", "loopt", on))
    assert ("WAT-02" in chosen(Select.STALE, known=known, weeks=weeks)) is stale


def test_stale_takes_the_number_of_weeks_that_was_asked_for() -> None:
    known = snapshot(update("WAT-02", "loopt", "2026-11-09"))
    assert "WAT-02" in chosen(Select.STALE, known=known, weeks=2)
    assert "WAT-02" not in chosen(Select.STALE, known=known, weeks=3)


def test_what_falls_on_one_day_stands_in_the_order_of_the_codes() -> None:
    assert chosen(Select.DUE, Q4) == ["VUR-01", "WAT-02"]


def test_due_by_a_day_still_to_come_begins_today() -> None:
    assert effective_period(Select.DUE, period(None, "2026-12-31"), TODAY) == period("2026-11-24", "2026-12-31")


def test_due_by_a_day_long_gone_keeps_its_open_start() -> None:
    assert effective_period(Select.DUE, period(None, "2025-12-31"), TODAY) == period(None, "2025-12-31")


DAYS = st.dates(day("2024-01-01"), day("2028-12-31"))


@given(DAYS, DAYS)
def test_everything_active_in_a_period_runs_in_it_while_nothing_is_closed(one: date, other: date) -> None:
    within = Period(*sorted((one, other)))
    codes = chosen(Select.ACTIVE, within)
    assert codes == [a.code for a in PLAN.in_code_order if runs(a, PLAN).overlaps(within)]


@given(DAYS)
def test_every_open_dated_action_is_overdue_or_due_from_today_on(today: date) -> None:
    overdue = set(chosen(Select.OVERDUE, today=str(today)))
    ahead = set(chosen(Select.DUE, period(str(today), None), today=str(today)))
    assert overdue.isdisjoint(ahead)
    assert overdue | ahead == {a.code for a in PLAN.actions if a.dated}
