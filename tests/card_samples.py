"""Answers of every shape over the shipped plan, with updates of every status, for tests of cards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from bot.cards import answer_card
from uvp.answer import Answer
from uvp.answers.answering import answer
from uvp.answers.wording import Wording
from uvp.language import load
from uvp.period import Period
from uvp.planfile import shipped_plan
from uvp.question import Filters, Intent, Language, Question, ReportedUpdate, Select, Show, WordReading
from uvp.snapshot import Snapshot
from uvp.updates import Status, Update

TODAY = date(2026, 11, 24)
QUARTER = Period(date(2026, 10, 1), date(2026, 12, 31))
WORDING = Wording(load("answers"))
PLAN = shipped_plan()

_READING = (WordReading("dit kwartaal", "period", "2026-10-01 – 2026-12-31"), WordReading("digi", "theme", "DIG"))


def update(number: int, code: str, status: Status, municipality: str | None = None, **fields: Any) -> Update:
    """The update with this number, recorded on a day of its own."""
    at = datetime(2026, 10, 1 + number, 9, 0, tzinfo=UTC)
    return Update(number, code, status, fields.pop("by", "Anouk de Vries"), at, municipality, **fields)


UPDATES = {
    "DIG-03": (
        update(1, "DIG-03", Status.RUNNING),
        update(2, "DIG-03", Status.FINISHED, "Druten", note="Alle scholen deden mee."),
        update(3, "DIG-03", Status.DELAYED, "Heumen", note="Wacht op de school.", expected=date(2027, 2, 1)),
        update(4, "DIG-03", Status.DROPPED, "Wijchen"),
        update(5, "DIG-03", Status.DROPPED, undoes=4),
    ),
    "DIG-05": (update(6, "DIG-05", Status.DELAYED),),
    "DIG-07": (update(7, "DIG-07", Status.FINISHED),),
    "OND-01": (update(8, "OND-01", Status.NOT_STARTED),),
    "OND-14": (update(9, "OND-14", Status.DROPPED),),
}
FRESH = Snapshot(PLAN)
SNAPSHOT = Snapshot(
    PLAN,
    updates=UPDATES,
    owners={"DIG-03": ("Piet Jansen",)},
    officials={"DIG": ("Lotte Bos", "Sam Kuijpers")},
    communications={"DIG-03": "Bericht op de website"},
)

QUESTIONS: Mapping[str, Question] = {
    "due": Question("?", select=Select.DUE, filters=Filters(themes=("DIG",), period=QUARTER), reading=_READING),
    "due, all themes": Question("?", select=Select.DUE, filters=Filters(period=QUARTER), reading=_READING),
    "a follow-up": Question("?", select=Select.DUE, filters=Filters(themes=("VERK",)), inherited=("select",)),
    "all": Question("?"),
    "active": Question("?", select=Select.ACTIVE),
    "stale": Question("?", select=Select.STALE),
    "updated": Question("?", select=Select.UPDATED),
    "starting": Question("?", select=Select.STARTING),
    "nothing": Question("?", select=Select.OVERDUE, filters=Filters(themes=("ZORG",), text="zeppelin")),
    "nothing due": Question("?", select=Select.DUE, filters=Filters(themes=("DIG",), period=Period(TODAY, TODAY))),
    "a party": Question("?", filters=Filters(partners=("HALT",))),
    "in a municipality": Question("?", filters=Filters(themes=("DIG",), municipalities=("Druten",))),
    "compared": Question("?", select=Select.DUE, filters=Filters(period=QUARTER), compared=Period(None, TODAY)),
    "suggestion": Question("?", filters=Filters(themes=("DIG",)), left_out=("digl",), suggestion="wat is te laat"),
    "count": Question("?", show=Show.COUNT, select=Select.DUE, filters=Filters(period=QUARTER)),
    "count none": Question("?", show=Show.COUNT, filters=Filters(text="zeppelin")),
    "when": Question("?", show=Show.WHEN, filters=Filters(codes=("DIG-03",))),
    "when, several": Question("?", show=Show.WHEN, filters=Filters(codes=("DIG-03", "OND-01"))),
    "who": Question("?", show=Show.WHO, filters=Filters(themes=("OND",))),
    "who, topic": Question("?", show=Show.WHO, topics=("drugs",)),
    "who, all": Question("?", show=Show.WHO),
    "progress": Question("?", show=Show.PROGRESS),
    "progress, one theme": Question("?", show=Show.PROGRESS, filters=Filters(themes=("DIG",))),
    "progress, one action": Question("?", show=Show.PROGRESS, filters=Filters(codes=("DIG-03",))),
    "detail": Question("?", show=Show.DETAIL, filters=Filters(codes=("DIG-03",))),
    "detail, steps": Question("?", show=Show.DETAIL, filters=Filters(codes=("OND-16",))),
    "detail, several": Question("?", show=Show.DETAIL, filters=Filters(codes=("OND-10", "OND-11"))),
    "history": Question("?", show=Show.HISTORY, filters=Filters(codes=("DIG-03",))),
    "history, none": Question("?", show=Show.HISTORY, filters=Filters(codes=("DIG-02",))),
    "history, all": Question("?", show=Show.HISTORY),
    "doubt": Question("?", show=Show.WHEN, choices=("OND-11", "OND-12", "OND-13")),
    "much doubt": Question("?", show=Show.DETAIL, choices=tuple(a.code for a in PLAN.actions[:20])),
    "unknown": Question("?", intent=Intent.UNKNOWN),
    "help": Question("?", intent=Intent.HELP),
    "greeting": Question("?", intent=Intent.GREETING),
    "thanks": Question("?", intent=Intent.THANKS),
    "digest": Question("?", intent=Intent.DIGEST),
    "report": Question("?", intent=Intent.REPORT),
    "update": Question("?", intent=Intent.UPDATE, update=ReportedUpdate(("DIG-03",), Status.FINISHED, ("Druten",))),
    "update in doubt": Question("?", intent=Intent.UPDATE, update=ReportedUpdate(), choices=("OND-11", "OND-12")),
}
LANGUAGES: tuple[Language, ...] = ("nl", "en")


def answered(name: str, language: Language = "nl", snapshot: Snapshot = SNAPSHOT) -> Answer:
    """The answer to one of the questions, in a language."""
    return answer(replace(QUESTIONS[name], language=language), snapshot, TODAY)


def card_of(found: Answer, snapshot: Snapshot = SNAPSHOT, **view: Any) -> dict[str, Any]:
    """The card of an answer."""
    return answer_card(found, snapshot, TODAY, WORDING, **view)


def card(name: str, language: Language = "nl", snapshot: Snapshot = SNAPSHOT, **view: Any) -> dict[str, Any]:
    """The card of the answer to one of the questions."""
    return card_of(answered(name, language, snapshot), snapshot, **view)
