"""The store, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from uvp.plan import Plan
from uvp.storage.store import Store
from uvp.updates import NewUpdate, Status, Update

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def new(code: str = "DIG-02", status: Status = Status.RUNNING, **rest: object) -> NewUpdate:
    return NewUpdate(code, status, "Anna", AT, **rest)  # type: ignore[arg-type]


async def test_the_plan_comes_back_as_it_was_put_in(store: Store, small_plan: Plan) -> None:
    snapshot = await store.snapshot()
    assert snapshot.plan == small_plan
    assert snapshot.updates == {}
    assert snapshot.officials == {"OND": ("Anna", "Bram")}


async def test_a_recorded_update_is_seen_in_the_snapshot_and_the_history(store: Store) -> None:
    change = NewUpdate(
        "DIG-02",
        Status.DELAYED,
        "Anna",
        datetime(2026, 11, 24, 10, 30, tzinfo=timezone(timedelta(hours=1))),
        "Druten",
        "wacht op provincie",
        date(2027, 3, 31),
        "id-anna",
        "chat-1",
        "key-1",
    )
    [update] = await store.record([change])
    assert update == Update(
        update.id, "DIG-02", Status.DELAYED, "Anna", AT, "Druten", "wacht op provincie", date(2027, 3, 31),
        "id-anna", "chat-1", None, "key-1",
    )  # fmt: skip
    assert update.at.tzinfo is UTC
    snapshot = await store.snapshot()
    assert snapshot.updates == {"DIG-02": (update,)}
    assert await store.history("DIG-02") == (update,)
    assert await store.history("DIG-01") == ()
