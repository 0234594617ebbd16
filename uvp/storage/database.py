"""An open database: sessions that read or write, and the direct way for the statements of every turn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from uvp.storage.direct import Direct
from uvp.storage.failures import reported
from uvp.storage.file import DatabaseFile

BEGIN = "uvp_begin"
"""The execution option that holds how a transaction begins on SQLite."""


class Database:
    """One engine and the ways to use it. ``name`` is how messages call it, without a password."""

    def __init__(self, engine: AsyncEngine, name: str, direct: Direct, file: DatabaseFile | None = None) -> None:
        self.engine = engine
        self.name = name
        self.direct = direct
        self.file = file
        self.sqlite = engine.dialect.name == "sqlite"
        # Whoever writes takes SQLite's one lock at once: a lock taken after reading may have to be refused.
        self._writing = engine.execution_options(**{BEGIN: "BEGIN IMMEDIATE"})
        # Waiters on SQLite's lock look again and again; in one process they rather queue.
        self._turn = asyncio.Lock() if self.sqlite else nullcontext()
        # All that one snapshot reads is of one moment.
        self._reading = engine if self.sqlite else engine.execution_options(isolation_level="REPEATABLE READ")

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session that sees one moment. Raises DatabaseUnavailable."""
        with reported(self.name):
            async with AsyncSession(self._reading) as session:
                yield session

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """A session whose transaction is committed at the end, or not at all. Raises DatabaseUnavailable."""
        self.check_file()
        with reported(self.name):
            async with self._turn, AsyncSession(self._writing, expire_on_commit=False) as session, session.begin():
                yield session

    def check_file(self) -> None:
        """Raises DatabaseUnavailable when what is written now would be lost; see ``DatabaseFile``."""
        if self.file is not None:
            self.file.check()

    async def close(self) -> None:
        """Closes all connections."""
        await self.direct.close()
        await self.engine.dispose()
