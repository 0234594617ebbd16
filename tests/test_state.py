"""The rows of the bot, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from bot.state import StateConflict, StateRow, StateStore, Stored, Turn
from uvp.storage.engine import open_store

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture
async def states(database_url: str) -> AsyncIterator[StateStore]:
    store = open_store(database_url)
    await store.migrate()
    yield StateStore(store.database)
    await store.close()


async def test_a_turn_reads_what_the_turn_before_it_wrote(states: StateStore) -> None:
    first = await states.begin_turn("a1", "c1", NOW)
    assert first == Turn(duplicate=False)
    await states.finish_turn("a1", "c1", {"question": "één"}, None, NOW)
    second = await states.begin_turn("a2", "c1", NOW)
    assert (second.duplicate, second.state) == (False, {"question": "één"})
    assert (await states.begin_turn("a3", "c2", NOW)).state is None


async def test_an_activity_that_was_answered_is_a_duplicate_for_good(states: StateStore) -> None:
    await states.begin_turn("a1", "c1", NOW)
    await states.finish_turn("a1", "c1", {}, None, NOW)
    assert (await states.begin_turn("a1", "c1", NOW + timedelta(hours=1))).duplicate


@pytest.mark.parametrize(("seconds", "duplicate"), [(0, True), (59, True), (60, True), (61, False)])
async def test_an_activity_being_answered_is_taken_over_only_after_a_minute(
    states: StateStore, seconds: int, duplicate: bool
) -> None:
    await states.begin_turn("a1", "c1", NOW)
    assert (await states.begin_turn("a1", "c1", NOW + timedelta(seconds=seconds))).duplicate is duplicate


async def test_an_activity_whose_turn_failed_is_taken_when_it_comes_again(states: StateStore) -> None:
    await states.begin_turn("a1", "c1", NOW)
    await states.release("a1")
    assert not (await states.begin_turn("a1", "c1", NOW)).duplicate


async def test_releasing_does_not_undo_an_answer(states: StateStore) -> None:
    await states.begin_turn("a1", "c1", NOW)
    await states.finish_turn("a1", "c1", {}, None, NOW)
    await states.release("a1")
    assert (await states.begin_turn("a1", "c1", NOW)).duplicate


async def test_of_two_turns_at_once_the_second_to_finish_keeps_nothing(states: StateStore) -> None:
    await states.finish_turn("a0", "c1", {"n": 0}, None, NOW)
    one = await states.begin_turn("a1", "c1", NOW)
    two = await states.begin_turn("a2", "c1", NOW)
    await states.finish_turn("a1", "c1", {"n": 1}, one.etag, NOW)
    with pytest.raises(StateConflict):
        await states.finish_turn("a2", "c1", {"n": 2}, two.etag, NOW)
    again = await states.begin_turn("a2", "c1", NOW + timedelta(seconds=61))
    assert (again.duplicate, again.state) == (False, {"n": 1})


async def test_of_two_first_turns_at_once_the_second_to_finish_keeps_nothing(states: StateStore) -> None:
    await states.begin_turn("a1", "c1", NOW)
    await states.begin_turn("a2", "c1", NOW)
    await states.finish_turn("a1", "c1", {"n": 1}, None, NOW)
    with pytest.raises(StateConflict):
        await states.finish_turn("a2", "c1", {"n": 2}, None, NOW)


async def test_a_turn_without_new_state_leaves_the_state_alone(states: StateStore) -> None:
    await states.finish_turn("a0", "c1", {"n": 0}, None, NOW)
    before = await states.read("c1")
    await states.begin_turn("a1", "c1", NOW)
    await states.finish_turn("a1", "c1", None, None, NOW)
    assert await states.read("c1") == before
    assert (await states.begin_turn("a1", "c1", NOW)).duplicate


async def test_an_activity_without_an_id_is_never_a_duplicate(states: StateStore) -> None:
    for n in range(2):
        turn = await states.begin_turn(None, "c1", NOW)
        assert not turn.duplicate
        await states.finish_turn(None, "c1", {"n": n}, turn.etag, NOW)
    assert (await states.begin_turn(None, "c1", NOW)).state == {"n": 1}


async def test_states_are_written_over_the_tag_that_was_read_and_no_other(states: StateStore) -> None:
    first = await states.write("k", {"n": 1}, None, NOW)
    assert await states.read("k") == Stored({"n": 1}, first)
    second = await states.write("k", {"n": 2}, first, NOW)
    for stale in (first, None):
        with pytest.raises(StateConflict):
            await states.write("k", {"n": 3}, stale, NOW)
    assert await states.read("k") == Stored({"n": 2}, second)
    await states.delete("k")
    assert await states.read("k") is None


async def test_text_that_is_no_unicode_does_not_stop_a_turn(states: StateStore) -> None:
    await states.write("k", {"text": "half \ud83d"}, None, NOW)
    stored = await states.read("k")
    assert stored is not None
    assert stored.state == {"text": "half ?"}


async def test_references_are_kept_replaced_and_dropped(states: StateStore) -> None:
    assert await states.reference("r1") is None
    await states.save_reference("r1", {"url": "old"}, NOW)
    await states.save_reference("r1", {"url": "new"}, NOW)
    await states.save_reference("r2", {"url": "other"}, NOW)
    assert await states.reference("r1") == {"url": "new"}
    await states.drop_reference("r1")
    assert await states.references() == {"r2": {"url": "other"}}


async def test_purging_forgets_what_cannot_be_needed_again(states: StateStore) -> None:
    await states.finish_turn("old", "old", {"n": 1}, None, NOW - timedelta(days=8))
    await states.finish_turn("new", "new", {"n": 2}, None, NOW - timedelta(hours=23))
    await states.save_reference("r", {"url": "x"}, NOW - timedelta(days=400))
    await states.purge(NOW)
    assert await states.read("old") is None
    assert not (await states.begin_turn("old", "old", NOW)).duplicate
    assert (await states.begin_turn("new", "new", NOW)).duplicate
    assert await states.read("new") is not None
    assert await states.reference("r") == {"url": "x"}


async def test_of_many_that_take_the_same_activity_one_gets_it(database_url: str) -> None:
    stores = [open_store(database_url) for _ in range(3)]
    await stores[0].migrate()
    several = [StateStore(store.database) for store in stores]
    turns = await asyncio.gather(*(several[n % 3].begin_turn("a1", "c1", NOW) for n in range(30)))
    assert sum(not turn.duplicate for turn in turns) == 1
    for store in stores:
        await store.close()


async def test_no_turn_of_many_at_once_is_lost_when_each_tries_again_after_a_conflict(database_url: str) -> None:
    stores = [open_store(database_url) for _ in range(3)]
    await stores[0].migrate()
    several = [StateStore(store.database) for store in stores]

    async def count(n: int) -> None:
        states = several[n % 3]
        turn = await states.begin_turn(f"a{n}", "c1", NOW)
        while True:
            try:
                await states.finish_turn(f"a{n}", "c1", {"n": (turn.state or {"n": 0})["n"] + 1}, turn.etag, NOW)
                return
            except StateConflict:
                await states.release(f"a{n}")
                turn = await states.begin_turn(f"a{n}", "c1", NOW)
                assert not turn.duplicate

    await asyncio.gather(*(count(n) for n in range(15)))
    stored = await several[0].read("c1")
    assert stored is not None
    assert stored.state == {"n": 15}
    for store in stores:
        await store.close()


async def test_a_state_that_cannot_be_read_any_more_counts_as_none_and_is_written_over(
    states: StateStore, database_url: str
) -> None:
    etag = await states.write("c1", {"n": 1}, None, NOW)
    store = open_store(database_url)
    async with store.database.writing() as session:
        await session.execute(update(StateRow).values(data=b"\x80\x04 not ours"))
    turn = await states.begin_turn("a1", "c1", NOW)
    assert (turn.state, turn.etag) == (None, etag)
    await states.finish_turn("a1", "c1", {"n": 2}, turn.etag, NOW)
    assert (await states.begin_turn("a2", "c1", NOW)).state == {"n": 2}
    await store.close()
