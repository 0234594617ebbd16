"""Opening a database by its address."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import Any

import orjson
from sqlalchemy import Connection, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import create_async_engine

from uvp.errors import DatabaseUnavailable
from uvp.storage.database import BEGIN, Database
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
_BUSY_SECONDS = 5.0
_CONNECT_SECONDS = 10
_CONNECTIONS = 10


def open_store(url: str) -> Store:
    """The store of the database at ``url``; see ``open_database``."""
    return Store(open_database(url))


def open_database(url: str) -> Database:
    """The database at ``url``: ``sqlite:///file`` or ``postgresql://user:password@host/name``; connects later.

    SQLite waits five seconds for a lock unless the address says otherwise (``?timeout=…``). Raises DatabaseUnavailable
    for an address that is none.
    """
    try:
        address = _address(url)
        engine = create_async_engine(
            address,
            pool_size=_CONNECTIONS,
            max_overflow=0,
            json_serializer=lambda value: orjson.dumps(value).decode(),
            json_deserializer=orjson.loads,
            **_options(address),
        )
    except (ArgumentError, ValueError) as error:
        raise DatabaseUnavailable("its address cannot be read") from error
    if address.get_backend_name() == "sqlite":
        event.listen(engine.sync_engine, "do_connect", _try_sqlite)
        event.listen(engine.sync_engine, "connect", _set_up_sqlite)
        event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return Database(engine, _name(address))


def _address(url: str) -> URL:
    address = make_url(url)
    driver = _DRIVERS.get(address.drivername)
    if driver is None:
        raise DatabaseUnavailable(f"{address.drivername!r} is no kind of database that this program knows")
    if driver == _SQLITE and (not address.database or ":memory:" in address.database):
        raise DatabaseUnavailable("its address names no file")
    return address.set(drivername=driver)


def _options(address: URL) -> dict[str, Any]:
    if address.drivername == _SQLITE:
        return {"connect_args": {"timeout": float(str(address.query.get("timeout", _BUSY_SECONDS)))}}
    # Asks a connection whether it still lives before a session uses it: a server restarts now and then.
    return {"pool_pre_ping": True, "connect_args": {"timeout": _CONNECT_SECONDS}}


def _name(address: URL) -> str:
    if address.get_backend_name() == "sqlite":
        return str(address.database)
    host = address.host or address.query.get("host", "the local socket")
    return f"{address.database or 'the database'} at {host}"


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
