"""The pace at which is sent."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from uvp.delivery.limits import PER_TENANT, PER_THREAD, Limiter, Rate

waits = st.lists(st.floats(0, 3), max_size=120)


@given(waits, st.sampled_from([PER_THREAD, PER_TENANT, (Rate(1, 2.0),)]))
def test_no_window_ever_holds_more_than_its_rate(gaps: list[float], rates: tuple[Rate, ...]) -> None:
    limiter, now, booked = Limiter(rates), 1000.0, []
    for gap in gaps:
        now += gap
        moment = limiter.book("thread", now)
        assert moment >= now
        booked.append(moment)
    assert booked == sorted(booked)
    for rate in rates:
        for start, end in zip(booked, booked[rate.count :], strict=False):
            assert end - start >= rate.seconds - 1e-6


def test_what_keeps_the_rates_is_not_held_up() -> None:
    limiter = Limiter(PER_THREAD)
    assert [limiter.book("thread", 0.0) for _ in range(7)] == [0.0] * 7
    assert limiter.book("thread", 0.0) == 1.0
    assert limiter.book("thread", 1.0) == 2.0


def test_threads_do_not_wait_for_each_other() -> None:
    limiter = Limiter((Rate(1, 10),))
    assert [limiter.book(key, 5.0) for key in ("a", "b", "a")] == [5.0, 5.0, 15.0]


def test_a_key_whose_windows_are_over_is_forgotten_and_begins_anew() -> None:
    limiter = Limiter((Rate(1, 10),))
    limiter.book("a", 0.0)
    limiter.book("b", 8.0)
    limiter.forget(11.0)
    assert limiter.book("a", 11.0) == 11.0
    assert limiter.book("b", 11.0) == 18.0
