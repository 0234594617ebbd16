"""Recording only on what somebody was shown, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from uvp.errors import ChangedMeanwhile
from uvp.storage.store import Store
from uvp.updates import NewUpdate, Status

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def change(code: str, key: str) -> NewUpdate:
    return NewUpdate(code, Status.RUNNING, "Anna", AT, key=key)


async def test_what_is_newer_than_what_was_seen_keeps_everything_out(store: Store) -> None:
    [first] = await store.record([change("DIG-02", "a")], seen={"DIG-02": 0})
    with pytest.raises(ChangedMeanwhile) as raised:
        await store.record([change("DIG-02", "b"), change("OND-01", "c")], seen={"DIG-02": 0})
    assert raised.value.codes == ("DIG-02",)
    assert await store.history("OND-01") == ()
    both = await store.record([change("DIG-02", "b"), change("OND-01", "c")], seen={"DIG-02": first.id})
    assert [update.code for update in both] == ["DIG-02", "OND-01"]


async def test_an_undo_counts_as_something_newer(store: Store) -> None:
    [first] = await store.record([change("DIG-02", "a")])
    undone = await store.undo(first.id, "Bram", None, AT)
    with pytest.raises(ChangedMeanwhile):
        await store.record([change("DIG-02", "b")], seen={"DIG-02": first.id})
    await store.record([change("DIG-02", "b")], seen={"DIG-02": undone.id})


async def test_what_was_recorded_under_the_same_key_stands_whatever_happened_since(store: Store) -> None:
    first = await store.record([change("DIG-02", "a")], seen={})
    await store.record([change("DIG-02", "b")])
    assert await store.record([change("DIG-02", "a")], seen={}) == first
