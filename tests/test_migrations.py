"""Migrations, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

import bot.state  # noqa: F401 (its tables belong to the same metadata)
import uvp.storage.delivery_models
import uvp.storage.members
import uvp.storage.unknowns  # noqa: F401 (likewise)
from uvp.errors import DatabaseUnavailable
from uvp.storage import migrations
from uvp.storage.columns import Base
from uvp.storage.engine import open_database, open_store
from uvp.storage.migrations import HEAD
from uvp.storage.upgrade import current_version, migrate


async def test_migrating_an_empty_database_gives_exactly_the_tables_of_the_models(empty_database_url: str) -> None:
    database = open_database(empty_database_url)
    await migrate(database)

    def differences(connection: Connection) -> object:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return compare_metadata(context, Base.metadata)

    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []
        tables = await connection.run_sync(lambda c: set(inspect(c).get_table_names()))
        assert tables == {*Base.metadata.tables, "alembic_version"}
        assert await connection.run_sync(current_version) == HEAD
    await database.close()


def test_the_newest_script_is_the_revision_that_the_program_expects() -> None:
    scripts = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert scripts.get_heads() == [HEAD]


async def test_processes_that_start_at_once_migrate_once(empty_database_url: str) -> None:
    databases = [open_database(empty_database_url) for _ in range(8)]
    await asyncio.gather(*(migrate(database) for database in databases))
    async with databases[0].reading() as session:
        assert (await session.execute(text("SELECT version_num FROM alembic_version"))).scalars().all() == [HEAD]
    for database in databases:
        await database.close()


async def test_migrating_again_changes_nothing(empty_database_url: str) -> None:
    database = open_database(empty_database_url)
    await migrate(database)
    await migrate(database)
    async with database.reading() as session:
        assert (await session.execute(text("SELECT count(*) FROM plan"))).scalar() == 0
    await database.close()


async def test_a_schema_of_a_newer_program_is_refused_in_one_line(empty_database_url: str) -> None:
    store = open_store(empty_database_url)
    await store.migrate()
    async with store.database.writing() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseUnavailable, match=r"^the database cannot be used: .* newer version .*9999\)$"):
        await store.migrate()
    await store.close()


async def test_a_migration_that_fails_leaves_nothing_behind(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = open_database(empty_database_url)
    from alembic import op

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr(op, "create_index", fail)
        with pytest.raises(RuntimeError, match="power cut"):
            await migrate(database)
    async with database.engine.connect() as connection:
        assert await connection.run_sync(lambda c: inspect(c).get_table_names()) == []
    await migrate(database)
    await database.close()


async def test_sqlite_keeps_foreign_keys_and_lets_readers_go_on_while_somebody_writes(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path}/uvp.db")
    async with database.reading() as session:
        found = {
            name: (await session.execute(text(f"PRAGMA {name}"))).scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        }
    assert found == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 1, "busy_timeout": 5000}
    await database.close()
