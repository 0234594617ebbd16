"""The few statements that every turn runs, without the layers that a session needs.

A turn of the bot may cost little more than a millisecond, and a session spends that on one small query. So these
statements are built with SQLAlchemy, compiled once per database, and run by the driver on connections of an engine's
pool: ``uvp.storage.direct_sqlite`` and ``uvp.storage.direct_postgresql``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ClauseElement, Select
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.sql.compiler import SQLCompiler

Rows = Sequence[Sequence[Any]]
Bind = Callable[[Any], Any] | None


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


class Direct(ABC):
    """Runs statements on a few connections that it keeps."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect

    def prepare(self, clause: ClauseElement) -> Statement:
        """Compiles a statement for this database."""
        return Statement(clause, self._dialect)

    @abstractmethod
    async def fetch(self, statement: Statement, **values: Any) -> Rows:
        """Runs one statement as its own transaction. Raises DatabaseUnavailable."""

    @abstractmethod
    async def all_or_none(self, *steps: tuple[Statement, dict[str, Any]]) -> Sequence[Rows] | None:
        """Runs statements in one transaction and gives the rows of each; as soon as one gives no row, nothing is kept
        and None returned.

        Raises DatabaseUnavailable.
        """

    @abstractmethod
    async def close(self) -> None:
        """Gives up the connections."""
