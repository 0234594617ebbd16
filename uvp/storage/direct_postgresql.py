"""The direct way on PostgreSQL: connections of the asynchronous engine, used as the driver has them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar, cast

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from uvp.storage.direct import Direct, Rows, Statement
from uvp.storage.failures import reported

Result = TypeVar("Result")

# Of the pool; the rest is for sessions.
_CONNECTIONS = 4


class PostgresqlDirect(Direct):
    """A few connections at once; whoever comes when all are in use waits."""

    def __init__(self, engine: AsyncEngine, database: str) -> None:
        super().__init__(engine.dialect)
        self._engine = engine
        self._database = database
        self._idle: list[tuple[AsyncConnection, Any]] = []
        self._free = asyncio.Semaphore(_CONNECTIONS)

    async def fetch(self, statement: Statement, **values: Any) -> Rows:
        """See ``Direct``."""
        return await self._use(lambda driver: _run(driver, statement, values))

    async def all_or_none(self, *steps: tuple[Statement, dict[str, Any]]) -> Sequence[Rows] | None:
        """See ``Direct``."""

        async def transaction(driver: Any) -> Sequence[Rows] | None:
            await driver.execute("BEGIN")
            found: list[Rows] = []
            for statement, values in steps:
                found.append(await _run(driver, statement, values))
                if not found[-1]:
                    await driver.execute("ROLLBACK")
                    return None
            await driver.execute("COMMIT")
            return found

        return await self._use(transaction)

    async def close(self) -> None:
        """See ``Direct``."""
        while self._idle:
            await self._idle.pop()[0].close()

    async def _use(self, work: Callable[[Any], Awaitable[Result]]) -> Result:
        async with self._free:
            with reported(self._database):
                connection, driver = await self._take()
                try:
                    result = await work(driver)
                except BaseException:
                    # Its state is unknown (cancelled, a statement may still run): closing it rolls back what it began.
                    await _drop(connection)
                    raise
                self._idle.append((connection, driver))
                return result

    async def _take(self) -> tuple[AsyncConnection, Any]:
        while self._idle:
            connection, driver = self._idle.pop()
            if not driver.is_closed():
                return connection, driver
            await _drop(connection)
        connection = await self._engine.connect()
        return connection, (await connection.get_raw_connection()).driver_connection


async def _drop(connection: AsyncConnection) -> None:
    await connection.invalidate()
    await connection.close()


async def _run(driver: Any, statement: Statement, values: dict[str, Any]) -> Rows:
    return cast(Rows, await driver.fetch(statement.sql, *statement.arguments(values)))
