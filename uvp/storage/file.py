"""The file of a SQLite database while the program runs: somebody may move it away, delete it or replace it."""

from __future__ import annotations

import os

from uvp.errors import DatabaseUnavailable


class DatabaseFile:
    """What is open stays open after its name is gone, and what is written then is lost when the program ends."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._opened: tuple[int, int] | None = None

    def note(self) -> None:
        """From now on this file is meant. Raises DatabaseUnavailable."""
        self._opened = self._identity()

    def check(self) -> None:
        """Raises DatabaseUnavailable when the path does not lead to the file that was noted."""
        if self._opened is not None and self._identity() != self._opened:
            raise DatabaseUnavailable(f"{self._path} was replaced while the program runs; start it again")

    def _identity(self) -> tuple[int, int]:
        try:
            found = os.stat(self._path)
        except OSError as error:
            raise DatabaseUnavailable(f"{self._path} was moved away or deleted while the program runs") from error
        return found.st_dev, found.st_ino
