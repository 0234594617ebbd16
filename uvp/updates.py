"""Status updates and what follows from them. Pure: values in, values out.

Updates are append-only. An undo is a counter-entry (``undoes`` holds the id of what it takes back); neither the undone
update nor the counter-entry counts for a status. Source of the rules: "Terms" in the specification of answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from uvp.plan import Action, Plan

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOTE_LIMIT = 2000


class Status(StrEnum):
    """The statuses, by the words the plan's people use."""

    UNKNOWN = "onbekend"
    NOT_STARTED = "niet gestart"
    RUNNING = "loopt"
    DELAYED = "vertraagd"
    FINISHED = "afgerond"
    DROPPED = "vervallen"

    @property
    def closed(self) -> bool:
        """Finished or dropped."""
        return self in (Status.FINISHED, Status.DROPPED)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody by name, with the Teams object id where it is known."""

    name: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class NewUpdate:
    """A status to be recorded: the fields of ``Update`` before it has its place in the order.

    ``at`` is an aware moment, ``place`` the conversation in which it was reported.
    """

    code: str
    status: Status
    by: str
    at: datetime
    municipality: str | None = None
    note: str = ""
    expected: date | None = None
    by_id: str | None = None
    place: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Update:
    """One recorded status, for the whole action (``municipality`` None) or for one municipality.

    ``at`` is an aware moment; ``id`` grows in the order of recording. ``key`` makes recording idempotent: a second
    update with the same key is not recorded. ``expected`` is the new expected date beside the plan's own deadline.
    """

    id: int
    code: str
    status: Status
    by: str
    at: datetime
    municipality: str | None = None
    note: str = ""
    expected: date | None = None
    by_id: str | None = None
    place: str | None = None
    undoes: int | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an action stands: its rolled-up status, that of each participant, and since when.

    ``since`` is the day (Europe/Amsterdam) on which the rolled-up status last became what it is; ``updated`` the moment
    of the newest update that counts; both None when there is none. ``latest`` is that update. ``days`` are the days of
    all updates that count, oldest first. ``expected`` is the newest expected date, None once the action is closed.
    """

    status: Status
    municipalities: Mapping[str, Status]
    since: date | None = None
    updated: datetime | None = None
    latest: Update | None = None
    days: tuple[date, ...] = ()
    expected: date | None = None

    @property
    def finished(self) -> int:
        """How many participants have finished."""
        return sum(s is Status.FINISHED for s in self.municipalities.values())


def local_day(moment: datetime) -> date:
    """The day in Europe/Amsterdam of an aware moment."""
    return moment.astimezone(AMSTERDAM).date()


def effective(updates: Iterable[Update]) -> list[Update]:
    """The updates that count, ordered by moment and id: without those undone and without the counter-entries."""
    entries = list(updates)
    undone = {u.undoes for u in entries if u.undoes is not None}
    return sorted((u for u in entries if u.undoes is None and u.id not in undone), key=lambda u: (u.at, u.id))


def roll_up(statuses: Sequence[Status]) -> Status:
    """The status of an action from those of its participants."""
    if not statuses:
        return Status.UNKNOWN
    if all(s.closed for s in statuses):
        return Status.FINISHED if Status.FINISHED in statuses else Status.DROPPED
    if Status.DELAYED in statuses:
        return Status.DELAYED
    if Status.RUNNING in statuses or Status.FINISHED in statuses:
        return Status.RUNNING
    return Status.NOT_STARTED if Status.NOT_STARTED in statuses else Status.UNKNOWN


def standing(
    plan: Plan, action: Action, updates: Iterable[Update], municipalities: Sequence[str] | None = None
) -> Standing:
    """Replays the updates of one action, oldest first; with ``municipalities`` where it stands in those alone."""
    participants = plan.participants(action)
    if municipalities is not None:
        participants = tuple(m for m in participants if m in municipalities)
    current = dict.fromkeys(participants, Status.UNKNOWN)
    status, since, latest, expected = Status.UNKNOWN, None, None, None
    days: list[date] = []
    for update in effective(updates):
        covered = tuple(m for m in current if update.municipality in (None, m))
        if not covered:
            continue
        current.update(dict.fromkeys(covered, update.status))
        latest, expected = update, update.expected or expected
        days.append(local_day(update.at))
        if (rolled := roll_up(list(current.values()))) is not status:
            status, since = rolled, days[-1]
    moment = latest.at if latest else None
    return Standing(status, current, since, moment, latest, tuple(days), None if status.closed else expected)
