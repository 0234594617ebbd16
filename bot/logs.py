"""Lines of the log: the message, and what belongs to it as ``name=value``."""

from __future__ import annotations

import logging

# What every record has; the rest was handed over with the message.
_USUAL = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


class LineFormatter(logging.Formatter):
    """Appends what the call gave as ``extra``, so that a cause stands beside what it caused."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 -- the name is the base class's
        """The line without a traceback. Values of people are quoted, so that none can look like another line."""
        given = (f"{name}={value!r}" for name, value in record.__dict__.items() if name not in _USUAL)
        return " ".join([super().formatMessage(record), *given])


def log_to_standard_error() -> None:
    """Sets up logging for a server: everything from INFO on, a line each."""
    handler = logging.StreamHandler()
    handler.setFormatter(LineFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    logging.getLogger("alembic.runtime.plugins").setLevel(logging.WARNING)  # ten lines at every start, about nothing
