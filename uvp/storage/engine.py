"""Opening a database by its address."""

from __future__ import annotations

import sqlite3
from asyncio import CancelledError
from contextlib import suppress
from functools import partial
from typing import Any

import asyncpg
import orjson
from sqlalchemy import Connection, NullPool, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, MissingGreenlet
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from uvp.errors import DatabaseUnavailable
from uvp.storage.database import BEGIN, Database
from uvp.storage.direct_postgresql import PostgresqlDirect
from uvp.storage.direct_sqlite import SqliteDirect
from uvp.storage.file import DatabaseFile
from uvp.storage.store import Store

_SQLITE = "sqlite+aiosqlite"
_POSTGRESQL = "postgresql+asyncpg"
_DRIVERS = {
    "sqlite": _SQLITE,
    _SQLITE: _SQLITE,
    "postgres": _POSTGRESQL,
    "postgresql": _POSTGRESQL,
    _POSTGRESQL: _POSTGRESQL,
}
_LOCK_SECONDS = 5.0
_CONNECT_SECONDS = 10
_ANSWER_SECONDS = 60
# What a process that died in the middle of a transaction may keep others from.
_IDLE_SECONDS = 60
_CONNECTIONS = 10


def open_store(url: str) -> Store:
    """The store of the database at ``url``; see ``open_database``."""
    return Store(open_database(url))


def open_database(url: str) -> Database:
    """The database at ``url``: ``sqlite:///file`` or ``postgresql://user:password@host/name``; connects later.

    Both wait five seconds for a lock unless the address says otherwise (``?timeout=…``). What else stands behind the
    question mark is read as the driver reads it, for PostgreSQL as libpq does (``sslmode=require``). Raises
    DatabaseUnavailable for an address that is none.
    """
    try:
        address = make_url(url)
        driver = _DRIVERS.get(address.drivername)
        wait = float(str(address.query.get("timeout", _LOCK_SECONDS)))
        address = address.difference_update_query(["timeout"])
    except (ArgumentError, ValueError) as error:
        raise DatabaseUnavailable("its address cannot be read") from error
    match driver:
        case "sqlite+aiosqlite" if address.database and ":memory:" not in address.database:
            return _open_sqlite(address.set(drivername=driver), wait)
        case "sqlite+aiosqlite":
            raise DatabaseUnavailable("its address names no file")
        case "postgresql+asyncpg":
            return _open_postgresql(address.set(drivername="postgresql"), wait)
    raise DatabaseUnavailable(f"{address.drivername!r} is no kind of database that this program knows")


def _open_sqlite(address: URL, wait: float) -> Database:
    engine = _engine(address, connect_args={"timeout": wait})
    event.listen(engine.sync_engine, "do_connect", _try_sqlite)
    event.listen(engine.sync_engine, "connect", _set_up_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    event.listen(engine.sync_engine, "invalidate", _give_up_sqlite)
    name = str(address.database)
    plain = create_engine(address.set(drivername="sqlite"), poolclass=NullPool, connect_args={"timeout": wait})
    event.listen(plain, "connect", _set_up_sqlite)
    return Database(engine, name, SqliteDirect(plain, name), DatabaseFile(name))


def _open_postgresql(address: URL, wait: float) -> Database:
    settings = {
        "application_name": "uvp",
        "lock_timeout": str(int(wait * 1000)),
        "idle_in_transaction_session_timeout": str(_IDLE_SECONDS * 1000),
    }
    connect = partial(
        asyncpg.connect,
        address.render_as_string(hide_password=False),
        timeout=_CONNECT_SECONDS,
        command_timeout=_ANSWER_SECONDS,
        server_settings={name: value for name, value in settings.items() if name not in address.query},
    )
    # Asks a connection whether it still lives before a session uses it: a server restarts now and then.
    engine = _engine(f"{_POSTGRESQL}://", async_creator=connect, pool_pre_ping=True)
    host = address.host or address.query.get("host", "the local socket")
    name = f"{address.database or 'the database'} at {host}"
    return Database(engine, name, PostgresqlDirect(engine, name))


def _engine(address: URL | str, **options: Any) -> AsyncEngine:
    return create_async_engine(
        address,
        pool_size=_CONNECTIONS,
        max_overflow=0,
        json_serializer=lambda value: orjson.dumps(value).decode(),
        json_deserializer=orjson.loads,
        **options,
    )


def _try_sqlite(_dialect: object, _record: object, arguments: Any, options: Any) -> None:
    # When a file cannot be opened, aiosqlite leaves a thread that talks to the event loop after that was closed.
    sqlite3.connect(*arguments, **options).close()


def _set_up_sqlite(connection: Any, _record: object) -> None:
    # No transactions by the driver itself, so that _begin_sqlite alone decides how one begins.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = NORMAL")
    # Readers go on while somebody writes. The file remembers it; where it cannot be set now (read-only, or another
    # process is setting it at this moment) the database works without, and a later connection sets it.
    with suppress(sqlite3.OperationalError):
        cursor.execute("PRAGMA journal_mode = WAL")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get(BEGIN, "BEGIN"))


def _give_up_sqlite(connection: Any, _record: object, _error: BaseException | None) -> None:
    # Closing alone leaves a transaction open, with its lock, as long as anything refers to one of its cursors, as the
    # traceback of a cancelled call does. Outside a call (no greenlet) the connection is collected, cursors and all.
    # A second cancellation adds nothing to the first, and must not keep the connection from being closed.
    with suppress(MissingGreenlet, sqlite3.Error, CancelledError):
        connection.rollback()
