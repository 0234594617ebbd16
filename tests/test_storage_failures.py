"""A database that cannot be used is one clear line, whatever is wrong with it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy import text

from bot.state import StateStore
from uvp.errors import DatabaseUnavailable
from uvp.plan import Plan
from uvp.storage.engine import open_database, open_store
from uvp.storage.store import Store
from uvp.updates import NewUpdate, Status

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
CHANGE = NewUpdate("DIG-02", Status.RUNNING, "Anna", AT)


async def reason(url: str) -> str:
    """What is said when the program starts on this database."""
    store = open_store(url)
    with pytest.raises(DatabaseUnavailable) as error:
        await store.migrate()
    await store.close()
    assert "\n" not in str(error.value)
    return error.value.reason


@pytest.mark.parametrize(
    "url",
    [
        "",
        "uvp.db",
        "mysql://localhost/uvp",
        "oracle://x",
        "sqlite+unknown:///x",
        "postgresql://h:port/x",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///x.db?timeout=long",
    ],
)
def test_an_address_that_is_none_is_refused_when_opening(url: str) -> None:
    with pytest.raises(DatabaseUnavailable) as error:
        open_database(url)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("sqlite:///a.db", "sqlite+aiosqlite"),
        ("sqlite+aiosqlite:///a.db", "sqlite+aiosqlite"),
        ("postgres://u@h/d", "postgresql+asyncpg"),
        ("postgresql://u@h/d", "postgresql+asyncpg"),
        ("postgresql+asyncpg://u@h/d", "postgresql+asyncpg"),
    ],
)
def test_the_usual_ways_to_write_an_address_are_understood(url: str, driver: str) -> None:
    assert open_database(url).engine.url.drivername == driver


def test_a_password_is_never_part_of_the_name() -> None:
    assert open_database("postgresql://anna:geheim@db.example:5433/uvp").name == "uvp at db.example"


async def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    assert await reason(f"sqlite:///{tmp_path}/no/uvp.db") == (
        f"{tmp_path}/no/uvp.db cannot be opened: the folder is missing, or access is refused"
    )


async def test_a_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    assert "cannot be opened" in await reason(f"sqlite:///{tmp_path}")


async def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "plan.db"
    file.write_bytes(b"PK\x03\x04 this is a zip file, honestly" * 50)
    before = file.read_bytes()
    assert await reason(f"sqlite:///{file}") == f"{file} is not a database"
    assert file.read_bytes() == before


async def test_a_server_that_is_not_there_is_named() -> None:
    assert await reason("postgresql://u:geheim@127.0.0.1:1/uvp") == (
        "uvp at 127.0.0.1 cannot be reached: nothing answers there"
    )


async def test_a_host_that_is_unknown_is_named() -> None:
    assert await reason("postgresql://u@host.invalid/uvp") == (
        "uvp at host.invalid cannot be reached: the host is unknown"
    )


async def test_a_database_that_the_server_does_not_have_is_named(postgresql: str) -> None:
    assert (await reason(postgresql.replace("@/", "@/absent"))).endswith(" does not exist")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("sslmode=perhaps", "has an address that cannot be read"),
        ("colour=blue", "has an address with a setting that the server does not know"),
        ("work_mem=lots", "has an address with a setting that the server refuses"),
    ],
)
async def test_a_setting_in_the_address_that_means_nothing_is_refused(
    postgresql_url: str, query: str, said: str
) -> None:
    assert (await reason(f"{postgresql_url}&{query}")).endswith(said)


async def test_a_setting_in_the_address_that_postgresql_knows_is_understood(postgresql_url: str) -> None:
    store = open_store(f"{postgresql_url}&sslmode=disable&application_name=uvp-test&timeout=2.5")
    async with store.database.reading() as session:
        assert await session.scalar(text("SHOW application_name")) == "uvp-test"
        assert await session.scalar(text("SHOW lock_timeout")) == "2500ms"
    await store.close()


async def test_a_plan_that_somebody_else_changes_for_long_is_locked(postgresql_url: str, small_plan: Plan) -> None:
    store = await _started(f"{postgresql_url}&timeout=0.1", small_plan)
    other = await asyncpg.connect(postgresql_url)
    transaction = other.transaction()
    await transaction.start()
    await other.execute("SELECT id FROM plan FOR UPDATE")
    with pytest.raises(DatabaseUnavailable, match="is locked by another program"):
        await store.record([CHANGE])
    assert (await store.snapshot()).updates == {}
    await transaction.rollback()
    await other.close()
    assert await store.record([CHANGE])
    await store.close()


async def test_a_database_without_tables_says_so(empty_database_url: str) -> None:
    store = open_store(empty_database_url)
    for call in (store.snapshot(), store.record([CHANGE]), store.undo(1, "Anna", None, AT)):
        with pytest.raises(DatabaseUnavailable, match="has no tables yet"):
            await call
    await store.close()


async def test_a_locked_file_says_so_and_works_again_when_it_is_free(tmp_path: Path, small_plan: Plan) -> None:
    store = await _started(f"sqlite:///{tmp_path}/uvp.db?timeout=0.1", small_plan)
    states = StateStore(store.database)
    other = sqlite3.connect(tmp_path / "uvp.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    before = await store.snapshot()
    with pytest.raises(DatabaseUnavailable, match="is locked by another program"):
        await store.record([CHANGE])
    with pytest.raises(DatabaseUnavailable, match="is locked by another program"):
        await states.begin_turn("a1", "c1", AT)
    with pytest.raises(DatabaseUnavailable, match="is locked by another program"):
        await store.check()
    assert await store.snapshot() is before
    other.execute("ROLLBACK")
    other.close()
    assert await store.record([CHANGE])
    assert not (await states.begin_turn("a1", "c1", AT)).duplicate
    await store.close()


@pytest.mark.parametrize("replaced", [False, True])
async def test_nothing_is_recorded_in_a_file_that_is_not_there_any_more(
    tmp_path: Path, small_plan: Plan, replaced: bool
) -> None:
    store = await _started(f"sqlite:///{tmp_path}/uvp.db", small_plan)
    await store.check()
    (tmp_path / "uvp.db").rename(tmp_path / "away.db")
    if replaced:
        shutil.copy(tmp_path / "away.db", tmp_path / "uvp.db")
    for call in (store.check(), store.record([CHANGE])):
        with pytest.raises(DatabaseUnavailable, match="while the program runs"):
            await call
    (tmp_path / "away.db").rename(tmp_path / "uvp.db")
    await store.check()
    assert await store.record([CHANGE])
    await store.close()


async def test_a_check_changes_nothing(database_url: str, small_plan: Plan) -> None:
    store = await _started(database_url, small_plan)
    before = await store.snapshot()
    await store.check()
    assert await store.snapshot() is before
    await store.close()


async def test_whoever_reads_does_not_wait_for_a_writer_that_waits(tmp_path: Path, small_plan: Plan) -> None:
    store = await _started(f"sqlite:///{tmp_path}/uvp.db", small_plan)
    other = sqlite3.connect(tmp_path / "uvp.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waiting = asyncio.create_task(StateStore(store.database).begin_turn("a1", "c1", AT))
    await asyncio.sleep(0.05)
    assert (await store.snapshot()).plan == small_plan
    assert not waiting.done()
    other.execute("ROLLBACK")
    other.close()
    assert not (await waiting).duplicate
    await store.close()


async def test_a_waiting_writer_gets_its_turn(tmp_path: Path, small_plan: Plan) -> None:
    store = await _started(f"sqlite:///{tmp_path}/uvp.db", small_plan)
    other = sqlite3.connect(tmp_path / "uvp.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waiting = asyncio.create_task(store.record([CHANGE]))
    done, _ = await asyncio.wait([waiting], timeout=0.2)
    assert not done
    other.execute("COMMIT")
    other.close()
    assert await waiting
    await store.close()


async def test_a_read_only_file_is_read_and_says_that_it_is_when_written(open_folder: Path, small_plan: Plan) -> None:
    url = f"sqlite:///{open_folder}/uvp.db"
    await (await _started(url, small_plan)).close()
    _make_read_only(open_folder / "uvp.db")
    with unprivileged():
        store = await _started(url, small_plan)
        assert (await store.snapshot()).plan == small_plan
        for call in (store.record([CHANGE]), store.check()):
            with pytest.raises(DatabaseUnavailable, match="is read-only"):
                await call
        assert (await store.snapshot()).updates == {}
        await store.close()


async def test_a_read_only_folder_says_so(open_folder: Path, small_plan: Plan) -> None:
    url = f"sqlite:///{open_folder}/uvp.db"
    await (await _started(url, small_plan)).close()
    _make_read_only(open_folder)
    with unprivileged():
        assert await reason(url) == f"{open_folder}/uvp.db is read-only"


async def test_a_server_that_only_reads_answers_and_says_so_when_written(postgresql_url: str, small_plan: Plan) -> None:
    await (await _started(postgresql_url, small_plan)).close()
    await _on_server(postgresql_url, "ALTER DATABASE ready SET default_transaction_read_only = on")
    try:
        store = await _started(postgresql_url, small_plan)
        assert (await store.snapshot()).plan == small_plan
        begun = StateStore(store.database).begin_turn("a", "c", AT)
        for call in (store.record([CHANGE]), begun, store.check()):
            with pytest.raises(DatabaseUnavailable, match="is read-only"):
                await call
        await store.close()
    finally:
        await _on_server(
            postgresql_url,
            "SET default_transaction_read_only = off",
            "ALTER DATABASE ready RESET default_transaction_read_only",
        )


async def test_a_server_that_drops_all_connections_is_used_again_at_the_next_call(
    postgresql_url: str, small_plan: Plan
) -> None:
    store = await _started(postgresql_url, small_plan)
    states = StateStore(store.database)
    await asyncio.gather(*(states.begin_turn(f"a{n}", "c", AT) for n in range(5)))
    await store.record([CHANGE])
    await _on_server(
        postgresql_url,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    await asyncio.sleep(0.1)
    assert len((await store.snapshot()).updates) == 1
    await store.record([CHANGE])
    await states.finish_turn("a1", "c", {"n": 1}, None, AT)
    await store.close()


async def test_a_call_that_is_cancelled_leaves_no_lock_behind(store: Store) -> None:
    states = StateStore(store.database)
    kept: list[asyncio.Task[Any]] = []
    for delay in range(60):
        calls = [
            asyncio.create_task(store.record([CHANGE])),
            asyncio.create_task(states.finish_turn(f"a{delay}", f"c{delay}", {"n": 1}, None, AT)),
        ]
        await asyncio.sleep(delay / 10_000)
        for call in calls:
            call.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(*calls)
        # With their tracebacks, which refer to what the calls were busy with.
        kept += calls
    count = len(await store.history("DIG-02"))
    await store.record([CHANGE])
    await states.write("free", {"n": 1}, None, AT)
    assert len(await store.history("DIG-02")) == count + 1


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that others may enter, which those of pytest are not."""
    folder = Path(tempfile.mkdtemp(prefix="uvp-"))
    folder.chmod(0o777)
    yield folder
    folder.chmod(0o777)
    shutil.rmtree(folder)


def _make_read_only(path: Path) -> None:
    path.chmod(path.stat().st_mode & ~0o222)


@contextlib.contextmanager
def unprivileged() -> Iterator[None]:
    """Without the rights of root, for whom no file is read-only."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


async def _started(url: str, plan: Plan) -> Store:
    store = open_store(url)
    await store.migrate()
    await store.seed(plan)
    return store


async def _on_server(url: str, *statements: str) -> None:
    connection = await asyncpg.connect(url)
    for statement in statements:
        await connection.execute(statement)
    await connection.close()
