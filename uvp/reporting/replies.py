"""What an answer to a step comes to, and what any answer is held to, however it was given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from uvp.answers import dates
from uvp.reporting.draft import EXPLAINED, Draft, Step, answered
from uvp.reporting.prompts import options
from uvp.reporting.world import World
from uvp.updates import NOTE_LIMIT, Status

YEARS_AHEAD = 10


class Command(Enum):
    """What works at every step."""

    CANCEL = auto()
    BACK = auto()
    HELP = auto()
    CONFIRM = auto()
    SKIP = auto()


@dataclass(frozen=True, slots=True)
class Trouble:
    """An answer that cannot be used; ``text`` says why."""

    text: str


@dataclass(frozen=True, slots=True)
class Ticked:
    """The confirmation of fewer actions than were offered."""

    draft: Draft


Reply = Draft | Command | Trouble | Ticked | None
"""None: it does not answer this step; it may be a question in between."""


def chosen(step: Step, value: str, draft: Draft) -> Draft:
    """The draft after an option was chosen; ``value`` is that of the option."""
    match step:
        case Step.ACTION:
            return answered(draft, step, codes=(value,), choices=())
        case Step.SCOPE:
            return answered(draft, step, municipalities=() if value == "*" else (value,))
        case _:
            return answered(draft, step, status=Status(value))


def scoped(found: list[str], draft: Draft, world: World) -> Draft | Trouble:
    """The draft for these municipalities (``*``: the whole action), or why it cannot be for them."""
    allowed = {o.value for o in options(draft, world, Step.SCOPE)}
    if outside := [name for name in found if name not in allowed]:
        return Trouble("\n".join(world.why_not(outside, draft.codes, draft.language)))
    names = () if "*" in found else tuple(m for m in world.snapshot.plan.municipality_names if m in found)
    return answered(draft, Step.SCOPE, municipalities=names)


def note(text: str, draft: Draft, world: World) -> Reply:
    """A note, or why it cannot be one."""
    say = world.say(draft.language)
    text = text.strip()
    if len(text) > NOTE_LIMIT:
        return Trouble(say("dialog.trouble.note_long", length=len(text), limit=NOTE_LIMIT))
    if not text:
        if draft.status in EXPLAINED:
            return Trouble(say("dialog.trouble.note_needed", status=say(f"statuses.{draft.status}")))
        return Trouble(say("dialog.trouble.note"))
    return answered(draft, Step.NOTE, note=text)


def expected(day: date, draft: Draft, world: World) -> Draft | Trouble:
    """A new expected date, unless it lies in the past or beyond any plan."""
    say = world.say(draft.language)
    if day < world.today:
        return Trouble(say("dialog.trouble.expected_past", day=dates.day(say, day)))
    if day.year > world.today.year + YEARS_AHEAD:
        return Trouble(say("dialog.trouble.expected_far", day=dates.day(say, day)))
    return answered(draft, Step.EXPECTED, expected=day)
