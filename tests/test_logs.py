"""Lines of the log."""

from __future__ import annotations

import logging
import sys

from bot.logs import LineFormatter

FORMATTER = LineFormatter("%(levelname)s %(name)s: %(message)s")


def line(message: str, **extra: object) -> str:
    return FORMATTER.format(
        logging.getLogger("bot.test").makeRecord("bot.test", 30, "f", 1, message, (), None, extra=extra)
    )


def test_what_belongs_to_a_message_stands_behind_it() -> None:
    said = line("request refused", status=403, reason="another tenant")
    assert said == "WARNING bot.test: request refused status=403 reason='another tenant'"


def test_a_message_alone_is_a_line_alone() -> None:
    assert line("started") == "WARNING bot.test: started"


def test_nobody_can_write_a_line_of_their_own() -> None:
    assert "\n" not in line("request malformed", reason="x\nERROR bot: all is lost")


def test_a_traceback_follows_the_line() -> None:
    try:
        raise ValueError("why")
    except ValueError:
        record = logging.makeLogRecord({"msg": "turn failed", "exc_info": sys.exc_info(), "reference": "3A8BF0"})
    first, *rest = FORMATTER.format(record).splitlines()
    assert first.endswith("turn failed reference='3A8BF0'")
    assert rest[-1] == "ValueError: why"
