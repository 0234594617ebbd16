"""Several stores and several processes at one database, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import asyncio
import itertools
import multiprocessing
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from multiprocessing.connection import Connection

import pytest

from uvp.plan import Plan
from uvp.snapshot import Snapshot
from uvp.storage.engine import open_store
from uvp.storage.store import Store
from uvp.updates import NewUpdate, Status, Update

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
CODES = ("DIG-01", "DIG-02", "OND-01", "OND-02")


@pytest.fixture
async def stores(store: Store, database_url: str) -> AsyncIterator[list[Store]]:
    """Four stores at one database, as four processes would have them."""
    others = [open_store(database_url) for _ in range(3)]
    yield [store, *others]
    for other in others:
        await other.close()


async def test_fifty_presses_on_one_button_record_once(stores: list[Store]) -> None:
    results = await asyncio.gather(
        *(stores[n % 4].record([NewUpdate("DIG-02", Status.FINISHED, f"p{n}", AT, key="press")]) for n in range(50))
    )
    assert all(result == results[0] for result in results)
    assert await stores[0].history("DIG-02") == tuple(results[0])


async def test_everybody_agrees_on_the_order_and_nothing_is_lost(stores: list[Store]) -> None:
    async def record(n: int) -> list[Update]:
        [update] = await stores[n % 4].record([NewUpdate(CODES[n % 3], Status.RUNNING, f"p{n}", AT, key=f"k{n}")])
        await stores[n % 4].snapshot()
        return [update]

    recorded = await asyncio.gather(*(record(n) for n in range(60)))
    seen = [await store.snapshot() for store in stores]
    assert all(snapshot == seen[0] for snapshot in seen)
    assert sorted(_all(seen[0]), key=lambda u: u.id) == sorted((u for [u] in recorded), key=lambda u: u.id)


async def test_a_reader_never_misses_an_update_that_was_recorded_before_it_asked(stores: list[Store]) -> None:
    """What was seen once is a beginning of what is seen later, whatever is recorded in between."""
    stop = asyncio.Event()

    async def read() -> list[Snapshot]:
        seen = []
        while not stop.is_set():
            seen.append(await stores[1].snapshot())
        return [*seen, await stores[1].snapshot()]

    reader = asyncio.create_task(read())
    for n in range(40):
        await stores[n % 4].record([NewUpdate("DIG-02", Status.RUNNING, f"p{n}", AT)])
    stop.set()
    histories = [snapshot.updates.get("DIG-02", ()) for snapshot in await reader]
    assert len(histories[-1]) == 40
    for earlier, later in itertools.pairwise(histories):
        assert later[: len(earlier)] == earlier


async def test_fifty_undos_make_one_counter_entry(stores: list[Store]) -> None:
    [update] = await stores[0].record([NewUpdate("DIG-02", Status.FINISHED, "Anna", AT)])
    entries = await asyncio.gather(*(stores[n % 4].undo(update.id, f"p{n}", None, AT) for n in range(50)))
    assert len(set(entries)) == 1
    assert await stores[0].history("DIG-02") == (update, entries[0])


async def test_overlapping_undos_of_several_updates_make_one_counter_entry_each(stores: list[Store]) -> None:
    codes = ("DIG-01", "DIG-02", "OND-01", "OND-02")
    updates = await stores[0].record([NewUpdate(code, Status.FINISHED, "Anna", AT) for code in codes])
    ids = [update.id for update in updates]
    orders = [ids[n % 4 :] + ids[: n % 3] for n in range(24)]
    made = await asyncio.gather(*(stores[n % 4].undo_all(order, f"p{n}", None, AT) for n, order in enumerate(orders)))
    for order, entries in zip(orders, made, strict=True):
        assert [entry.undoes for entry in entries] == order
    assert len({entry.id for entries in made for entry in entries}) == len(ids)


async def test_processes_that_start_at_once_put_in_one_plan(empty_database_url: str, small_plan: Plan) -> None:
    stores = [open_store(empty_database_url) for _ in range(6)]

    async def start(store: Store) -> Snapshot:
        await store.migrate()
        await store.seed(small_plan)
        return await store.snapshot()

    snapshots = await asyncio.gather(*(start(store) for store in stores))
    assert all(snapshot == snapshots[0] for snapshot in snapshots)
    assert snapshots[0].plan == small_plan
    for store in stores:
        await store.close()


async def test_three_processes_that_press_the_same_buttons_record_each_once(store: Store, database_url: str) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_press_all, args=(database_url, name)) for name in ("one", "two", "three")]
    for process in processes:
        process.start()
    for process in processes:
        await asyncio.to_thread(process.join, 60)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    updates = _all(await store.snapshot())
    assert sorted(u.key or "" for u in updates) == sorted(f"press-{n}" for n in range(40))


async def test_a_process_that_is_killed_loses_nothing_it_confirmed_and_pressing_again_doubles_nothing(
    store: Store, database_url: str
) -> None:
    context = multiprocessing.get_context("spawn")
    confirmed: set[str] = set()
    for moment in (1, 7, 15):
        receiving, sending = context.Pipe(duplex=False)
        process = context.Process(target=_press_and_tell, args=(database_url, sending))
        process.start()
        for _ in range(moment):
            confirmed.add(await asyncio.to_thread(receiving.recv))
        process.kill()
        await asyncio.to_thread(process.join)
        assert confirmed <= {u.key for u in _all(await store.snapshot())}
    await asyncio.to_thread(_press_all, database_url, "last")
    assert sorted(u.key or "" for u in _all(await store.snapshot())) == sorted(f"press-{n}" for n in range(40))


def _press_and_tell(url: str, confirmed: Connection) -> None:
    asyncio.run(_press(url, "killed", confirmed.send))


def _press_all(url: str, name: str) -> None:
    asyncio.run(_press(url, name, lambda _: None))


async def _press(url: str, name: str, tell: Callable[[str], None]) -> None:
    store = open_store(url)
    await store.migrate()
    for n in range(40):
        change = NewUpdate(CODES[n % 4], Status.RUNNING, name, AT, key=f"press-{n}")
        [update] = await store.record([change])
        assert update in await store.history(update.code)
        tell(f"press-{n}")
    await store.close()


def _all(snapshot: Snapshot) -> list[Update]:
    return [update for updates in snapshot.updates.values() for update in updates]
