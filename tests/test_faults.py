"""Delivery under fire; ``python -m tests.faults --channels 1000`` does the same at full size and prints the figures."""

from __future__ import annotations

from tests.faults import DOCUMENTED_PER_TENANT, run


async def test_nothing_is_lost_or_doubled_when_the_service_misbehaves_and_processes_are_killed(
    postgresql_url: str,
) -> None:
    figures = await run(postgresql_url, channels=60)
    assert figures.kills >= 3
    assert figures.unknown > 0
    assert figures.lost == ()
    assert figures.doubled == ()
    assert figures.wrong_states == 0
    assert figures.busiest_second_of_a_tenant <= DOCUMENTED_PER_TENANT
    assert figures.thread_limits_kept
    assert figures.once_each_after_the_operator
