"""The direct way on SQLite: plain connections, each with a thread of its own, to which a transaction crosses once.

The asynchronous driver crosses there and back for every statement, *BEGIN* and *COMMIT* included, and a crossing costs
more than a statement. On the event loop itself they would be cheaper still, but it would stand still while another
process holds the lock, or the disk is slow.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy import Engine, PoolProxiedConnection

from uvp.storage.direct import Direct, Rows, Statement
from uvp.storage.failures import reported

Result = TypeVar("Result")
Work = Callable[[Any], Result]


class SqliteDirect(Direct):
    """Writers take turns, since only one can write anyway, and readers do not wait for them."""

    def __init__(self, engine: Engine, database: str) -> None:
        super().__init__(engine.dialect)
        self._database = database
        self._reading = Lane(engine)
        self._writing = Lane(engine)

    async def fetch(self, statement: Statement, **values: Any) -> Rows:
        """See ``Direct``."""
        sql, arguments = statement.sql, statement.arguments(values)

        def work(driver: sqlite3.Connection) -> Rows:
            return driver.execute(sql, arguments).fetchall()

        with reported(self._database):
            return await (self._reading if statement.reads else self._writing).do(work)

    async def all_or_none(self, *steps: tuple[Statement, dict[str, Any]]) -> bool:
        """See ``Direct``."""
        prepared = [(statement.sql, statement.arguments(values)) for statement, values in steps]

        def transaction(driver: sqlite3.Connection) -> bool:
            driver.execute("BEGIN IMMEDIATE")
            kept = all(driver.execute(sql, arguments).fetchall() for sql, arguments in prepared)
            driver.execute("COMMIT" if kept else "ROLLBACK")
            return kept

        with reported(self._database):
            return await self._writing.do(transaction)

    async def close(self) -> None:
        """See ``Direct``."""
        await self._reading.close()
        await self._writing.close()


class Lane:
    """A connection and its thread. Work is done in order, and whole also when nobody waits for it any more."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._thread: ThreadPoolExecutor | None = None
        self._connection: PoolProxiedConnection | None = None

    async def do(self, work: Work[Result]) -> Result:
        """Gives what ``work`` gives for the driver's connection. Raises what it raises."""
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite")
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._work, work)

    async def close(self) -> None:
        """Ends the thread and the connection, after the work that is under way."""
        thread, self._thread = self._thread, None
        if thread is not None:
            await asyncio.get_running_loop().run_in_executor(thread, self._drop)
            thread.shutdown(wait=False)

    def _work(self, work: Work[Result]) -> Result:
        if self._connection is None:
            self._connection = self._engine.raw_connection()
        try:
            return work(self._connection.driver_connection)
        except BaseException:
            # Closing rolls back what was begun, and a file that was put in place of this one is opened next time.
            self._drop()
            raise

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate()
