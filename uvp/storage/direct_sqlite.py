"""The direct way on SQLite: plain connections, each with a thread of its own, to which a transaction crosses once.

The asynchronous driver crosses there and back for every statement, *BEGIN* and *COMMIT* included, and a crossing costs
more than a statement. On the event loop itself they would be cheaper still, but it would stand still while another
process holds the lock, or the disk is slow.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
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

    async def all_or_none(self, *steps: tuple[Statement, dict[str, Any]]) -> Sequence[Rows] | None:
        """See ``Direct``."""
        prepared = [(statement.sql, statement.arguments(values)) for statement, values in steps]

        def transaction(driver: sqlite3.Connection) -> Sequence[Rows] | None:
            driver.execute("BEGIN IMMEDIATE")
            found: list[Rows] = []
            for sql, arguments in prepared:
                found.append(driver.execute(sql, arguments).fetchall())
                if not found[-1]:
                    driver.execute("ROLLBACK")
                    return None
            driver.execute("COMMIT")
            return found

        with reported(self._database):
            return await self._writing.do(transaction)

    async def close(self) -> None:
        """See ``Direct``."""
        await self._reading.close()
        await self._writing.close()


class Lane:
    """A connection and its thread. Work is done in order, and whole also when nobody waits for it any more.

    A ``ThreadPoolExecutor`` would do, but its futures within futures make a crossing half as expensive again.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._line: SimpleQueue[tuple[asyncio.Future[Any], Work[Any]] | None] = SimpleQueue()
        self._thread: Thread | None = None
        self._connection: PoolProxiedConnection | None = None

    async def do(self, work: Work[Result]) -> Result:
        """Gives what ``work`` gives for the driver's connection. Raises what it raises."""
        if self._thread is None:
            # Of a program that ends, nothing waits for this thread: work that was not done was not promised either.
            self._thread = Thread(target=self._run, name="sqlite", daemon=True)
            self._thread.start()
        done: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._line.put((done, work))
        return await done

    async def close(self) -> None:
        """Ends the thread and the connection, after the work that waits."""
        if self._thread is not None:
            await self.do(lambda _: self._drop())
            self._line.put(None)
            self._thread = None

    def _run(self) -> None:
        while (next_ := self._line.get()) is not None:
            done, work = next_
            try:
                result = work(self._connected())
            except BaseException as error:
                # A file that was put in place of this one is opened next time.
                self._drop()
                _tell(done, _fail, error)
            else:
                _tell(done, _succeed, result)

    def _connected(self) -> Any:
        if self._connection is None:
            self._connection = self._engine.raw_connection()
        return self._connection.driver_connection

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            # Closing alone keeps a lock as long as a traceback refers to one of the cursors.
            with suppress(sqlite3.Error):
                connection.rollback()
            connection.invalidate()


def _tell(done: asyncio.Future[Any], how: Callable[[asyncio.Future[Any], Any], None], what: object) -> None:
    # A loop that was closed meanwhile has nobody left to tell.
    with suppress(RuntimeError):
        done.get_loop().call_soon_threadsafe(how, done, what)


def _succeed(done: asyncio.Future[Any], result: object) -> None:
    if not done.done():
        done.set_result(result)


def _fail(done: asyncio.Future[Any], error: BaseException) -> None:
    if not done.done():
        done.set_exception(error)
