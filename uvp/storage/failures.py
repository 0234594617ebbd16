"""The one place where errors of databases and their drivers become ``DatabaseUnavailable``."""

from __future__ import annotations

import socket
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from asyncpg.exceptions import ClientConfigurationError, InterfaceError, PostgresError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from uvp.errors import DatabaseUnavailable

_NO_TABLES = "has no tables yet"

# By what the message of SQLite holds; its error codes are not set by every driver.
_SQLITE = {
    "unable to open": "cannot be opened: the folder is missing, or access is refused",
    "is locked": "is locked by another program",
    "readonly": "is read-only",
    "not a database": "is not a database",
    "malformed": "is damaged",
    "is full": "cannot grow: the disk is full",
    "disk i/o error": "cannot be read or written: the disk fails",
    "no such table": _NO_TABLES,
}

# By the start of the SQLSTATE (PostgreSQL documentation, appendix A); the longest that fits counts.
_POSTGRESQL = {
    "08": "lost the connection",
    "25006": "is read-only",
    "28": "refuses the user or the password",
    "3D": "does not exist",
    "22023": "has an address with a setting that the server refuses",
    "42704": "has an address with a setting that the server does not know",
    "42501": "refuses access to this user",
    "42P01": _NO_TABLES,
    "53": "is out of room or connections",
    "55P03": "is locked by another program",
    "57": "is shutting down or starting up",
    "58": "cannot be read or written: the disk fails",
}

_OF_SQLALCHEMY = (DBAPIError, PoolTimeout)
# Drivers are called directly too, and errors while connecting come as the driver or the system has them.
_OF_DRIVERS = (sqlite3.Error, PostgresError, InterfaceError, OSError)


@contextmanager
def reported(database: str) -> Iterator[None]:
    """Raises DatabaseUnavailable, naming ``database``, for every error that the program itself cannot have caused."""
    try:
        yield
    except (*_OF_SQLALCHEMY, *_OF_DRIVERS) as error:
        reason = explain(error)
        if reason is None:
            raise
        raise DatabaseUnavailable(f"{database} {reason}") from error


def explain(error: BaseException) -> str | None:
    """What is wrong with the database, as the end of a sentence; None for a mistake of the program."""
    match error:
        case DBAPIError(orig=BaseException() as original):
            # SQLAlchemy puts its own error around that of asyncpg, which says more.
            return "lost the connection" if error.connection_invalidated else explain(original.__cause__ or original)
        case PoolTimeout():
            return "is busy: no connection became free in time"
        case socket.gaierror():
            return "cannot be reached: the host is unknown"
        case TimeoutError():
            return "does not answer in time"
        case OSError():
            return "cannot be reached: nothing answers there"
        case ClientConfigurationError():
            return "has an address that cannot be read"
        case InterfaceError():
            return "lost the connection"
    return _by_state(error) or _by_message(error)


def _by_state(error: BaseException) -> str | None:
    state = getattr(error, "sqlstate", None) or ""
    starts = [start for start in _POSTGRESQL if state.startswith(start)]
    return _POSTGRESQL[max(starts, key=len)] if starts else None


def _by_message(error: BaseException) -> str | None:
    if not isinstance(error, sqlite3.Error):
        return None
    message = str(error).lower()
    return next((reason for part, reason in _SQLITE.items() if part in message), None)
