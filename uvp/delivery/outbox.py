"""What becomes of a message: a pure state machine.

    planned → sending → sent | unknown | failed | skipped
    planned ← sending     when the message was certainly not accepted
    planned → skipped     when it is too late, or there is nothing left to say
    unknown → planned     only when an operator presses *post again*
    unknown → sent        when an operator presses *it has arrived*

Posting is not repeatable: after an answer that leaves open whether the message is there, nothing is sent again by
itself. Source of the statuses: "Delivering" in the facts about Teams, checked against the connector's documentation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from uvp.digest.schedule import STILL_SENT, too_late

LEASE = timedelta(seconds=60)
"""How long a process may hold a message. Longer than a request may take, so that a lease which ran out means that its
process is gone or stuck."""
FIRST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(minutes=15)
NOTICE_EVERY = timedelta(minutes=5)
NOTICE_AFTER = timedelta(seconds=30)


TOO_LATE: Final = "too late"
PROCESS_ENDED: Final = "the process ended while sending"
NO_ADDRESS: Final = "PlaceUnknown"
NO_CONNECTION: Final = "NoConnection"
NO_ANSWER: Final = "NoAnswer"
"""Reasons of our own, or their codes, beside those in the words of the service."""


class State(StrEnum):
    """Where a message is."""

    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    FAILED = "failed"
    SKIPPED = "skipped"


class Kind(StrEnum):
    """What a message is. ``RETIRE`` replaces an earlier message, which is repeatable; all others are posts.

    ``PREVIEW`` is a digest that somebody wants to see alone.
    """

    DIGEST = "digest"
    REMINDER = "reminder"
    NOTICE = "notice"
    RETIRE = "retire"
    PREVIEW = "preview"

    @property
    def repeatable(self) -> bool:
        """Whether doing it twice is the same as doing it once."""
        return self is Kind.RETIRE

    @property
    def matters(self) -> bool:
        """Whether a coordinator is told when it does not arrive."""
        return self in (Kind.DIGEST, Kind.REMINDER)


@dataclass(frozen=True, slots=True)
class NewItem:
    """A message to be delivered; place, kind, slot and part together are its identity, which exists once.

    ``place`` is the key of a conversation. ``slot`` is the ISO week of digests and reminders, the moment of notices,
    the id of the message that is retired. ``part`` counts the posts of one message that is too big for one, from 0.
    ``due`` is when it has to go out.
    """

    place: str
    tenant: str
    kind: Kind
    slot: str
    due: datetime
    part: int = 0
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Item:
    """A message with where it is. ``attempts`` counts how often it went out; ``next_try`` is when it may (again).

    ``conversation`` and ``activity`` are known once it arrived. ``reason`` says in the service's words why it is where
    it is.
    """

    id: int
    place: str
    tenant: str
    kind: Kind
    slot: str
    part: int
    due: datetime
    state: State
    next_try: datetime
    attempts: int = 0
    payload: Mapping[str, Any] = field(default_factory=dict)
    conversation: str | None = None
    activity: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one request: the HTTP status answered, None when there was no answer.

    ``out`` is whether the request may have reached the service; ``retry_after`` are seconds that it told to wait.
    """

    status: int | None
    out: bool = True
    code: str = ""
    reason: str = ""
    retry_after: float | None = None
    conversation: str | None = None
    activity: str | None = None

    def __str__(self) -> str:
        return " ".join(str(part) for part in (self.status, self.code, self.reason) if part)


@dataclass(frozen=True, slots=True)
class Step:
    """Where a message goes next. ``next_try`` is set for PLANNED alone; ``pause``: its place takes nothing any more;
    ``quiet``: nobody has to know.
    """

    state: State
    next_try: datetime | None = None
    reason: str = ""
    pause: bool = False
    quiet: bool = False

    @property
    def bad(self) -> bool:
        """Whether it ended somewhere without having arrived, as far as anybody knows."""
        return not self.quiet and self.state in (State.UNKNOWN, State.FAILED, State.SKIPPED)


NOT_TAKEN: Final = frozenset({401, 412, 429, 503})
"""The service did not accept it and may do so later; 401 is a matter of our own credentials, which somebody mends."""
BARRED: Final = frozenset({403, 404})


def decide(item: Item, result: Result, now: datetime, jitter: float) -> Step:
    """What becomes of a message after one request. ``jitter`` is a number from 0 up to 1."""
    reason = str(result)
    match result.status:
        case None:
            return _open(item, result, now, jitter)
        case status if 200 <= status < 300:
            return Step(State.SENT)
        case status if status in NOT_TAKEN:
            return _again(item, result, now, jitter)
        case status if status in BARRED:
            return Step(State.FAILED, reason=reason, pause=not item.kind.repeatable)
        case status if status >= 500:
            return _open(item, result, now, jitter)
    return Step(State.FAILED, reason=reason)


def before_sending(item: Item, now: datetime) -> Step | None:
    """Where it goes without being sent, because it is too late; None when it may go out."""
    return Step(State.SKIPPED, reason=item.reason or TOO_LATE) if too_late(item.due, now) else None


def lapsed(item: Item, now: datetime) -> Step:
    """Where it goes when its process is gone with the request out."""
    if item.kind.repeatable:
        return Step(State.PLANNED, now)
    return Step(State.UNKNOWN, reason=PROCESS_ENDED)


def allowed(before: State, after: State) -> bool:
    """Whether the machine has this arrow; an operator's are among them."""
    return (before, after) in _ARROWS


def pause_of(attempts: int, jitter: float) -> timedelta:
    """How long to wait after so many attempts: twice as long each time, half of it more or less by chance."""
    longest = LONGEST_PAUSE / FIRST_PAUSE
    return FIRST_PAUSE * min(longest, 2.0 ** min(attempts - 1, 30)) * (0.5 + jitter)


def notice_slot(now: datetime) -> tuple[str, datetime]:
    """The next notice to coordinators: its slot and when it is due, so that what goes wrong together is told together.

    It is due a little after its slot ends: what ended in the slot is recorded by then.
    """
    since = now.astimezone(UTC) - datetime(2000, 1, 1, tzinfo=UTC)
    end = datetime(2000, 1, 1, tzinfo=UTC) + NOTICE_EVERY * (since // NOTICE_EVERY + 1)
    return f"{end:%Y-%m-%dT%H:%MZ}", end + NOTICE_AFTER


def _again(item: Item, result: Result, now: datetime, jitter: float) -> Step:
    """Later; never before the service said, and not when it would then be too late."""
    wait = pause_of(max(item.attempts, 1), jitter)
    if result.retry_after is not None:
        told = timedelta(seconds=min(result.retry_after, 2 * STILL_SENT.total_seconds()))
        wait = told + min(wait, FIRST_PAUSE)
    if too_late(item.due, now + wait):
        return Step(State.SKIPPED, reason=str(result))
    return Step(State.PLANNED, now + wait, str(result))


def _open(item: Item, result: Result, now: datetime, jitter: float) -> Step:
    """It may or may not have arrived, unless nothing went out."""
    if item.kind.repeatable or not result.out:
        return _again(item, result, now, jitter)
    return Step(State.UNKNOWN, reason=str(result))


_ARROWS: Final = frozenset(
    {
        (State.PLANNED, State.SENDING),
        (State.PLANNED, State.SKIPPED),
        (State.PLANNED, State.FAILED),
        (State.SENDING, State.PLANNED),
        (State.SENDING, State.SENT),
        (State.SENDING, State.UNKNOWN),
        (State.SENDING, State.FAILED),
        (State.SENDING, State.SKIPPED),
        # A process that was held up may learn after its lease what became of its request, also after an operator
        # had it planned again.
        (State.PLANNED, State.SENT),
        (State.UNKNOWN, State.SENT),
        (State.UNKNOWN, State.PLANNED),
        (State.UNKNOWN, State.FAILED),
        (State.FAILED, State.PLANNED),
        (State.SKIPPED, State.PLANNED),
    }
)
