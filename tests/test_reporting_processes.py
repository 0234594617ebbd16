"""Two processes on PostgreSQL, killed at random while fifty people report on the same five actions."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.reporting_load import CODES, run_load
from uvp.storage.engine import open_store


@pytest.mark.parametrize(("people", "kills"), [(50, 3)])
async def test_every_confirmation_is_recorded_once_in_one_order_and_no_dialog_is_lost(
    postgresql_url: str, people: int, kills: int
) -> None:
    result = await run_load(postgresql_url, people, kills)
    updates = result["updates"]
    assert result["kills"] > 0
    assert Counter(u.by_id for u in updates) == {f"11111111-2222-3333-4444-{n:012d}": 1 for n in range(1, people + 1)}
    assert Counter(u.code for u in updates) == dict.fromkeys(CODES, people // 5)
    assert len({u.key for u in updates}) == people
    # Whoever reads later, in whatever process, sees the same order.
    later = open_store(postgresql_url)
    seen = (await later.snapshot()).updates
    await later.close()
    assert sorted((u for entries in seen.values() for u in entries), key=lambda u: u.id) == updates
    assert all(list(entries) == sorted(entries, key=lambda u: u.id) for entries in seen.values())
