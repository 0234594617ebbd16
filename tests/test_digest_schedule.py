"""When digests go out: over two years of weeks, summer time, public holidays, week 53 and a leap day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from uvp.digest.holiday_calendar import dutch_holidays as load_holidays
from uvp.digest.schedule import Occurrence, alarming, following, next_occurrence, occurrence, too_late
from uvp.digest.subscription import Subscription
from uvp.digest.week import NotAWeek, Week, last_working_day, moment
from uvp.period import Period

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONDAY = Subscription("msteams|19:iv@thread.tacv2", "tenant")
NO_HOLIDAYS: frozenset[date] = frozenset()


@cache
def dutch_holidays() -> Container[date]:
    """Read once: a year takes a millisecond."""
    return load_holidays()


def walked(setting: Subscription, start: datetime, weeks: int) -> list[Occurrence]:
    """The occurrences that a planner meets, one after the other."""
    found = [next_occurrence(setting, start, dutch_holidays())]
    while len(found) < weeks:
        found.append(following(setting, found[-1], dutch_holidays()))
    return found


@pytest.mark.parametrize("weekday", range(1, 8))
@pytest.mark.parametrize("at", [time(0, 0), time(2, 30), time(9, 0), time(23, 59)])
@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "America/Curacao", "Pacific/Auckland"])
def test_every_week_of_three_years_has_one_moment_and_they_follow_each_other(weekday: int, at: time, zone: str) -> None:
    setting = replace(MONDAY, weekday=weekday, at=at, zone=zone)
    found = walked(setting, datetime(2026, 1, 1, tzinfo=UTC), 160)
    assert [o.week for o in found] == [found[0].week.plus(n) for n in range(160)]
    assert [o.at for o in found] == sorted({o.at for o in found})
    for o in found:
        local = o.at.astimezone(ZoneInfo(zone))
        assert local.date() not in dutch_holidays()
        assert (local.hour, local.minute) == (at.hour, at.minute) or at == time(2, 30)


def test_it_goes_out_at_nine_on_the_clock_before_and_after_the_change_of_summer_time() -> None:
    found = {str(o.week): o.at for o in walked(MONDAY, datetime(2026, 1, 1, tzinfo=UTC), 53)}
    assert found["2026-W13"] == datetime(2026, 3, 23, 8, tzinfo=UTC)
    assert found["2026-W14"] == datetime(2026, 3, 30, 7, tzinfo=UTC)
    assert found["2026-W43"] == datetime(2026, 10, 19, 7, tzinfo=UTC)
    assert found["2026-W44"] == datetime(2026, 10, 26, 8, tzinfo=UTC)


def test_a_time_that_summer_time_leaves_out_comes_an_hour_later_and_one_that_comes_twice_the_first_time() -> None:
    assert moment(date(2026, 3, 29), time(2, 30), AMSTERDAM) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert moment(date(2026, 10, 25), time(2, 30), AMSTERDAM) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("week", "weekday", "day"),
    [
        ("2026-W15", 1, date(2026, 4, 7)),  # Easter Monday
        ("2026-W18", 1, date(2026, 4, 28)),  # King's Day
        ("2026-W22", 1, date(2026, 5, 26)),  # Whit Monday
        ("2026-W52", 5, date(2026, 12, 28)),  # Christmas on a Friday, Boxing Day on Saturday
        ("2026-W53", 1, date(2026, 12, 28)),
        ("2026-W53", 5, date(2027, 1, 4)),  # New Year's Day
        ("2028-W09", 2, date(2028, 2, 29)),
        ("2026-W20", 6, date(2026, 5, 16)),  # a Saturday that somebody chose
    ],
)
def test_a_public_holiday_moves_it_to_the_next_working_day(week: str, weekday: int, day: date) -> None:
    found = occurrence(replace(MONDAY, weekday=weekday), Week.parse(week), dutch_holidays())
    assert found.at.astimezone(AMSTERDAM).date() == day


def test_a_moment_of_two_years_is_never_met_twice_by_a_planner_that_starts_anew_every_day() -> None:
    met: Counter[Week] = Counter()
    done, now = None, datetime(2026, 1, 1, 12, tzinfo=UTC)
    while now < datetime(2028, 3, 10, tzinfo=UTC):
        coming = next_occurrence(MONDAY, now, dutch_holidays(), done)
        now += timedelta(days=1)
        if coming.at <= now:
            met[coming.week], done = met[coming.week] + 1, coming.week
    assert set(met.values()) == {1}
    assert len(met) == (max(met).day(1) - min(met).day(1)).days // 7 + 1
    assert Week(2026, 53) in met


def test_a_day_that_is_moved_within_a_week_does_not_give_that_week_a_second_digest() -> None:
    after_monday = datetime(2026, 11, 24, 12, tzinfo=UTC)
    moved = next_occurrence(replace(MONDAY, weekday=4), after_monday, NO_HOLIDAYS, done=Week(2026, 48))
    assert moved.week == Week(2026, 49)


def test_it_is_sent_within_thirty_six_hours_and_an_hour_late_is_an_alarm() -> None:
    due = datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert not alarming(due, due + timedelta(hours=1))
    assert alarming(due, due + timedelta(hours=1, seconds=1))
    assert not too_late(due, due + timedelta(hours=36))
    assert too_late(due, due + timedelta(hours=36, seconds=1))


@pytest.mark.parametrize(("text", "week"), [("2026-W48", Week(2026, 48)), ("2026w5", Week(2026, 5))])
def test_a_week_is_read_and_written(text: str, week: Week) -> None:
    assert Week.parse(text) == week
    assert Week.parse(str(week)) == week


@pytest.mark.parametrize("text", ["", "48", "2026-48", "2026-W54", "2027-W53", "2026-W00", "0000-W01"])
def test_what_is_not_a_week_is_refused(text: str) -> None:
    with pytest.raises(NotAWeek, match="2026-W48"):
        Week.parse(text)


def test_a_week_knows_its_days_over_new_year() -> None:
    assert Week.of(date(2027, 1, 3)) == Week(2026, 53)
    assert Week(2026, 53).days == Period(date(2026, 12, 28), date(2027, 1, 3))
    assert Week(2026, 53).plus(1) == Week(2027, 1)


def test_the_last_working_day_before_easter_monday_is_a_thursday() -> None:
    assert last_working_day(date(2026, 4, 6), dutch_holidays()) == date(2026, 4, 2)
