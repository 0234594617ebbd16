"""Brings the schema up to date at start, however many processes start at once."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from uvp.errors import DatabaseUnavailable
from uvp.storage.database import Database
from uvp.storage.migrations import HEAD

# Any number that nothing else in the database uses for an advisory lock.
SCHEMA_LOCK = 0x5556_5001


async def migrate(database: Database) -> None:
    """Makes or changes tables where needed; an up-to-date database is only read.

    Raises DatabaseUnavailable, also when the schema is newer than this program.
    """
    if await _version(database) == HEAD:
        return
    async with database.writing() as session:
        if not database.sqlite:
            await session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": SCHEMA_LOCK})
        connection = await session.connection()
        await connection.run_sync(_upgrade, database.name)


async def _version(database: Database) -> str | None:
    async with database.reading() as session:
        return await (await session.connection()).run_sync(current_version)


def current_version(connection: Connection) -> str | None:
    """The revision of the schema; None for a database without one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(connection: Connection, name: str) -> None:
    # Alembic takes a tenth of a second to load, which only a start that changes the schema has to spend.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    version = current_version(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if version is not None and version not in known:
        raise DatabaseUnavailable(f"{name} has a schema of a newer version of this program ({version})")
    command.upgrade(config, "head")
