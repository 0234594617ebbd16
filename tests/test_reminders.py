"""Who is reminded of what, and how often."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise

import pytest

from uvp.digest.holiday_calendar import dutch_holidays as load_holidays
from uvp.digest.reminders import Choice, Choices, Item, Reminder, Why, reminders, still_open
from uvp.digest.week import works
from uvp.plan import Action, Named, Plan, Theme
from uvp.snapshot import Snapshot
from uvp.updates import Person, Status, Update

ANNA, BRAM, CARL, COORDINATOR = (Person(n, f"id-{n}") for n in ("anna", "bram", "carl", "coordinator"))
END = date(2026, 11, 30)  # a Monday


@cache
def dutch_holidays() -> Container[date]:
    """Read once: a year takes a millisecond."""
    return load_holidays()


def plan(*actions: Action) -> Plan:
    themes = (Theme("DIG", "Digitaal"), Theme("OND", "Ondermijning"))
    return Plan("p", "P", "R", date(2025, 1, 1), date(2026, 12, 31), (Named("Druten"),), (), themes, actions)


def action(code: str = "DIG-01", end: date | None = END) -> Action:
    return Action(code, code[:3], "s", f"titel {code}", end=end)


def snapshot(*actions: Action, persons: dict[str, tuple[Person, ...]] | None = None) -> Snapshot:
    return Snapshot(plan(*actions), persons={"DIG": (ANNA,)} if persons is None else persons)


def due(
    known: Snapshot, today: date, last: dict[str, date] | None = None, choices: Choices | None = None
) -> list[Reminder]:
    return list(reminders(known, today, last or {}, choices or {}, (COORDINATOR,), dutch_holidays()))


def sent(known: Snapshot, start: date, end: date, choices: Choices | None = None) -> Iterator[tuple[date, Reminder]]:
    """What goes out day by day when every message is remembered."""
    last: dict[str, date] = {}
    for n in range((end - start).days + 1):
        today = start + timedelta(days=n)
        for reminder in due(known, today, last, choices):
            last[str(reminder.person.id)] = today
            yield today, reminder


def test_a_deadline_is_announced_thirty_seven_and_one_day_before_on_working_days_and_then_weekly() -> None:
    days = [day for day, _ in sent(snapshot(action()), date(2026, 10, 1), date(2026, 12, 20))]
    # 31 October and 29 November are in a weekend, so those two come on the Friday before; the last would be four days
    # after the one of 23 November and waits.
    assert days == [date(2026, 10, 30), date(2026, 11, 23), date(2026, 11, 30), date(2026, 12, 7), date(2026, 12, 14)]


def test_messages_to_one_person_are_five_days_apart_however_many_actions_there_are() -> None:
    actions = [action(f"DIG-{n:02}", date(2026, 3, 1) + timedelta(days=3 * n)) for n in range(1, 60)]
    days = [day for day, _ in sent(snapshot(*actions), date(2026, 1, 1), date(2026, 12, 31))]
    assert len(days) > 40
    assert all((after - before).days >= 5 for before, after in pairwise(days))
    assert all(works(day, dutch_holidays()) for day in days)
    assert len({day.isocalendar()[:2] for day in days}) == len(days)


def test_what_came_up_while_waiting_is_in_the_next_message() -> None:
    known = snapshot(action("DIG-01", date(2026, 11, 30)), action("DIG-02", date(2026, 12, 2)))
    [reminder] = due(known, date(2026, 11, 30), {"id-anna": date(2026, 11, 24)})
    assert [item.code for item in reminder.items] == ["DIG-01", "DIG-02"]


def test_everything_of_one_person_is_in_one_message_with_what_is_late_first() -> None:
    known = snapshot(action("DIG-01", date(2026, 12, 7)), action("DIG-02", date(2026, 11, 2)), action("DIG-03", None))
    [reminder] = due(known, date(2026, 11, 30))
    assert reminder.items == (
        Item("DIG-02", date(2026, 11, 2), Why.LATE),
        Item("DIG-01", date(2026, 12, 7), Why.AHEAD),
    )


@pytest.mark.parametrize(
    ("persons", "expected"),
    [
        ({"DIG-01": (ANNA,), "DIG": (BRAM, CARL)}, {ANNA}),
        ({"DIG": (BRAM, CARL)}, {BRAM, CARL}),
        ({"DIG-01": (Person("naam alleen"),), "DIG": (BRAM,)}, {BRAM}),
        ({"OND": (BRAM,)}, {COORDINATOR}),
        ({}, {COORDINATOR}),
    ],
)
def test_it_goes_to_the_owner_else_to_the_two_officials_else_to_the_coordinator(
    persons: dict[str, tuple[Person, ...]], expected: set[Person]
) -> None:
    assert {r.person for r in due(snapshot(action(), persons=persons), date(2026, 11, 30))} == expected


def test_nothing_is_sent_for_what_is_closed_or_far_away_or_without_a_deadline() -> None:
    closed = Update(1, "DIG-01", Status.FINISHED, "Anna", datetime(2026, 11, 1, tzinfo=UTC))
    known = Snapshot(
        plan(action("DIG-01"), action("DIG-02", date(2027, 3, 1)), action("DIG-03", None)),
        updates={"DIG-01": (closed,)},
        persons={"DIG": (ANNA,)},
    )
    assert due(known, date(2026, 11, 30)) == []


def test_nothing_is_sent_in_a_weekend_or_on_a_holiday() -> None:
    late = snapshot(action(end=date(2026, 1, 31)))
    assert due(late, date(2026, 11, 28)) == []
    assert due(late, date(2026, 4, 27)) == []
    assert due(late, date(2026, 4, 28))


def test_what_was_put_off_comes_back_on_its_day_and_what_was_stopped_never() -> None:
    known = snapshot(action("DIG-01", date(2026, 11, 2)), action("DIG-02", date(2026, 11, 2)))
    choices = {("id-anna", "DIG-01"): Choice(date(2026, 11, 30)), ("id-anna", "DIG-02"): Choice()}
    assert due(known, date(2026, 11, 27), {}, choices) == []
    [reminder] = due(known, date(2026, 11, 30), {"id-anna": date(2026, 11, 24)}, choices)
    assert [item.code for item in reminder.items] == ["DIG-01"]


def test_a_choice_of_one_person_leaves_the_others_alone() -> None:
    known = snapshot(action(), persons={"DIG": (ANNA, BRAM)})
    [reminder] = due(known, date(2026, 11, 30), {}, {("id-anna", "DIG-01"): Choice()})
    assert reminder.person == BRAM


def test_what_was_closed_between_planning_and_sending_is_left_out() -> None:
    known = snapshot(action("DIG-01"), action("DIG-02"))
    [reminder] = due(known, date(2026, 11, 30))
    finished = Update(1, "DIG-01", Status.FINISHED, "Anna", datetime(2026, 11, 30, tzinfo=UTC))
    later = known.with_updates([finished], 1)
    codes = [item.code for item in reminder.items]
    assert [i.code for i in still_open(later, "id-anna", codes, date(2026, 11, 30), {})] == ["DIG-02"]
