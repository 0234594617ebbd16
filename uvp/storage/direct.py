"""The few statements that every turn runs, without the layers that a session needs.

A turn of the bot may cost little more than a millisecond, and a session spends that on one small query. So these
statements are built with SQLAlchemy, compiled once per database, and run by the driver on a connection of the engine's
pool. On SQLite each call crosses to the connection's thread once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar, cast

from sqlalchemy import ClauseElement, Select
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.sql.compiler import SQLCompiler

from uvp.storage.failures import reported

Rows = Sequence[Sequence[Any]]
Result = TypeVar("Result")
Bind = Callable[[Any], Any] | None

# Of the pool; the rest is for sessions.
_CONNECTIONS = 4


class Statement:
    """A statement with named parameters, compiled for one database.

    Rows come as the driver has them, so only columns of texts, numbers and bytes may be selected.
    """

    def __init__(self, clause: ClauseElement, dialect: Dialect) -> None:
        compiled = clause.compile(dialect=dialect)
        if not isinstance(compiled, SQLCompiler):
            raise TypeError(f"not a statement with parameters: {clause!r}")
        self.sql = str(compiled)
        self.reads = isinstance(clause, Select)
        self._literals = compiled.params
        self._binds: list[tuple[str, Bind]] = [
            (name, compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect))
            for name in compiled.positiontup or ()
        ]

    def arguments(self, values: dict[str, Any]) -> list[Any]:
        """The values in the order of the driver's placeholders; parameters not given keep their literal."""
        given = {**self._literals, **values}
        return [given[name] if bind is None else bind(given[name]) for name, bind in self._binds]


class Direct:
    """Runs statements on a few connections that it keeps.

    On SQLite writers take turns, since only one can write anyway, and readers do not wait for them.
    """

    def __init__(self, engine: AsyncEngine, database: str) -> None:
        self._engine = engine
        self._database = database
        self._sqlite = engine.dialect.name == "sqlite"
        self._idle: list[tuple[AsyncConnection, Any]] = []
        self._readers = asyncio.Semaphore(_CONNECTIONS)
        self._writers = asyncio.Semaphore(1) if self._sqlite else self._readers

    def prepare(self, clause: ClauseElement) -> Statement:
        """Compiles a statement for this database."""
        return Statement(clause, self._engine.dialect)

    async def fetch(self, statement: Statement, **values: Any) -> Rows:
        """Runs one statement as its own transaction. Raises DatabaseUnavailable."""
        lane = self._readers if statement.reads else self._writers
        return await self._use(lane, lambda driver: self._run(driver, statement, values))

    async def all_or_none(self, *steps: tuple[Statement, dict[str, Any]]) -> bool:
        """Runs statements in one transaction; as soon as one gives no row, nothing is kept and False returned.

        Raises DatabaseUnavailable.
        """

        async def transaction(driver: Any) -> bool:
            await self._control(driver, "BEGIN IMMEDIATE" if self._sqlite else "BEGIN")
            for statement, values in steps:
                if not await self._run(driver, statement, values):
                    await self._control(driver, "ROLLBACK")
                    return False
            await self._control(driver, "COMMIT")
            return True

        return await self._use(self._writers, transaction)

    async def close(self) -> None:
        """Gives the connections back to the engine."""
        while self._idle:
            await self._idle.pop()[0].close()

    async def _use(self, lane: asyncio.Semaphore, work: Callable[[Any], Awaitable[Result]]) -> Result:
        async with lane:
            with reported(self._database):
                connection, driver = await self._take()
                try:
                    result = await work(driver)
                except BaseException:
                    # Its state is unknown (cancelled, a statement may still run): closing it rolls back what it began.
                    await self._drop(connection)
                    raise
                self._idle.append((connection, driver))
                return result

    async def _take(self) -> tuple[AsyncConnection, Any]:
        while self._idle:
            connection, driver = self._idle.pop()
            if self._sqlite or not driver.is_closed():
                return connection, driver
            await self._drop(connection)
        connection = await self._engine.connect()
        return connection, (await connection.get_raw_connection()).driver_connection

    async def _drop(self, connection: AsyncConnection) -> None:
        await connection.invalidate()
        await connection.close()

    async def _run(self, driver: Any, statement: Statement, values: dict[str, Any]) -> Rows:
        arguments = statement.arguments(values)
        if self._sqlite:
            return cast(Rows, await driver.execute_fetchall(statement.sql, arguments))
        return cast(Rows, await driver.fetch(statement.sql, *arguments))

    async def _control(self, driver: Any, command: str) -> None:
        await (driver.execute_fetchall(command) if self._sqlite else driver.execute(command))
