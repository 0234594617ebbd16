"""Who is reminded of what on a day: one message a person, not more often than every five days.

Everything that has come up since a person's last message stays due until their next one, so the day of that message is
all that has to be remembered about what was said.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from uvp.digest.recipients import reminded
from uvp.digest.week import last_working_day, works
from uvp.plan import Action
from uvp.snapshot import Snapshot
from uvp.updates import Person

MARKS = (30, 7, 1)
"""Days before a deadline; one that falls on a closed day is brought forward to the working day before it."""
APART = timedelta(days=5)
WEEKLY = timedelta(days=7)


class Why(StrEnum):
    """Why an action is in a reminder."""

    LATE = "late"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody chose for an action: not before a day (``until``), or not any more (``until`` None)."""

    until: date | None = None


Choices = Mapping[tuple[str, str], Choice]
"""By object id of the person and code of the action."""


@dataclass(frozen=True, slots=True)
class Item:
    """One action in a reminder."""

    code: str
    deadline: date
    why: Why


@dataclass(frozen=True, slots=True)
class Reminder:
    """One message to one person (whose ``id`` is known): what is late first, then by deadline."""

    person: Person
    items: tuple[Item, ...]


def reminders(
    snapshot: Snapshot,
    today: date,
    last: Mapping[str, date],
    choices: Choices,
    coordinators: Sequence[Person],
    holidays: Container[date],
) -> tuple[Reminder, ...]:
    """All reminders of a working day; none on a day when offices are closed.

    ``last`` is the day of each person's last reminder, by object id.
    """
    if not works(today, holidays):
        return ()
    found: dict[str, tuple[Person, list[Action]]] = {}
    for action in _open(snapshot):
        for person in reminded(snapshot, action.code, coordinators):
            if person.id:
                found.setdefault(person.id, (person, []))[1].append(action)
    made = (_for(who, actions, today, last.get(id_), choices, holidays) for id_, (who, actions) in found.items())
    return tuple(reminder for reminder in made if reminder)


def still_open(
    snapshot: Snapshot, person: str, codes: Sequence[str], today: date, choices: Choices
) -> tuple[Item, ...]:
    """What of a reminder has not been closed, put off or stopped since it was planned."""
    wanted = [a for a in _open(snapshot) if a.code in codes and not _silenced(choices.get((person, a.code)), today)]
    return _items(wanted, today)


def _open(snapshot: Snapshot) -> Iterator[Action]:
    return (a for a in snapshot.plan.in_code_order if a.deadline and not snapshot.standings[a.code].status.closed)


def _for(
    person: Person,
    actions: Sequence[Action],
    today: date,
    last: date | None,
    choices: Choices,
    holidays: Container[date],
) -> Reminder | None:
    if last is not None and today - last < APART:
        return None
    wanted, pressing = [], False
    for action in actions:
        choice = choices.get((person.id or "", action.code))
        deadline = action.deadline
        if deadline is None or _silenced(choice, today):
            continue
        awake = choice is not None and choice.until is not None and (last is None or choice.until > last)
        if deadline < today:
            # Who is written to anyway sees everything that is late; being late alone is a reason once a week.
            wanted.append(action)
            pressing = pressing or awake or last is None or today - last >= WEEKLY
        elif _marked(deadline, today, last, holidays) or (awake and _marked(deadline, today, None, holidays)):
            wanted.append(action)
            pressing = True
    return Reminder(person, _items(wanted, today)) if pressing else None


def _silenced(choice: Choice | None, today: date) -> bool:
    return choice is not None and (choice.until is None or choice.until > today)


def _marked(deadline: date, today: date, last: date | None, holidays: Container[date]) -> bool:
    """Whether one of the marks has come up since the last message, or at all when there was none."""
    days = (last_working_day(deadline - timedelta(days=n), holidays) for n in MARKS)
    return any(day <= today and (last is None or day > last) for day in days)


def _items(actions: Sequence[Action], today: date) -> tuple[Item, ...]:
    items = [
        Item(a.code, a.deadline, Why.LATE if a.deadline < today else Why.AHEAD)
        for a in actions
        if a.deadline is not None
    ]
    return tuple(sorted(items, key=lambda item: item.deadline))
