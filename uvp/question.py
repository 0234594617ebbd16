"""A question as a value: what it is (intent), how it is shown, which actions it selects, and its filters."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from uvp.period import Period
from uvp.updates import Status

Language = Literal["nl", "en"]
STALE_WEEKS = 6


class Intent(StrEnum):
    """What somebody wants of the bot."""

    ASK = "ask"
    UPDATE = "update"
    HELP = "help"
    GREETING = "greeting"
    THANKS = "thanks"
    DIGEST = "digest"
    REPORT = "report"
    UNKNOWN = "unknown"


class Show(StrEnum):
    """The shape of the answer."""

    ACTIONS = "actions"
    COUNT = "count"
    DETAIL = "detail"
    WHEN = "when"
    WHO = "who"
    PROGRESS = "progress"
    HISTORY = "history"


class Select(StrEnum):
    """Which actions a question means; the rules stand in ``uvp.answers.select``."""

    DUE = "due"
    OVERDUE = "overdue"
    ACTIVE = "active"
    STARTING = "starting"
    ONGOING = "ongoing"
    UNDATED = "undated"
    DONE = "done"
    UPDATED = "updated"
    STALE = "stale"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the actions must have; an empty tuple or None does not filter. Names are those of the plan."""

    themes: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    period: Period | None = None
    statuses: tuple[Status, ...] = ()
    municipalities: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    recurrences: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    text: str | None = None


@dataclass(frozen=True, slots=True)
class ReportedUpdate:
    """A status report in plain language; what the text leaves open is empty or None."""

    codes: tuple[str, ...] = ()
    status: Status | None = None
    municipalities: tuple[str, ...] = ()
    expected: date | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class WordReading:
    """What a stretch of the text was taken for: ``kind`` names the slot or cue, ``value`` its meaning."""

    text: str
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question as it was read.

    ``topics`` are those of a theme that a *who* question names (drugs, mensenhandel), as ``Holder.topic`` writes them.
    ``choices`` are the codes that fit equally well when one action is meant: the bot asks which one. ``left_out`` are
    the words that were not understood; ``inherited`` the names of what was taken over from the question before;
    ``suggestion`` a text that was probably meant. ``compared`` is a second period that the question names beside
    ``filters.period``.
    """

    text: str
    language: Language = "nl"
    intent: Intent = Intent.ASK
    show: Show = Show.ACTIONS
    select: Select = Select.ALL
    filters: Filters = field(default_factory=Filters)
    stale_weeks: int = STALE_WEEKS
    topics: tuple[str, ...] = ()
    mine: bool = False
    choices: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    inherited: tuple[str, ...] = ()
    suggestion: str | None = None
    compared: Period | None = None
    update: ReportedUpdate | None = None
    reading: tuple[WordReading, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What a follow-up refers to: the question before it, the codes its answer listed, and the context before that.

    ``listed`` are the codes of the last list, in which ordinals go on counting while one of them is looked at;
    ``reported`` is the status report just heard.
    """

    question: Question
    codes: tuple[str, ...] = ()
    previous: Question | None = None
    listed: tuple[str, ...] = ()
    reported: ReportedUpdate | None = None
