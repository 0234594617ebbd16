"""From one step to the next: what was heard and the draft go in, what happens now comes out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from uvp.reporting.draft import EXPLAINED, Draft, Step, back, next_step, settled, shown, since
from uvp.reporting.pressed import read_pressed
from uvp.reporting.prompts import Prompt, prompt
from uvp.reporting.replies import Command, Reply, Ticked, Trouble
from uvp.reporting.typed import read_typed
from uvp.reporting.world import Heard, Pressed, Said, World


@dataclass(frozen=True, slots=True)
class Asked:
    """The next thing is asked; ``draft`` is kept until it is answered."""

    draft: Draft
    prompt: Prompt


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The draft is to be recorded."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class Stopped:
    """The draft is dropped."""

    text: str


@dataclass(frozen=True, slots=True)
class NotAnAnswer:
    """What was said does not answer the step; ``again`` shows it once more, ``trouble`` says what was expected."""

    draft: Draft
    again: Prompt
    trouble: Prompt


Move = Asked | Confirmed | Stopped | NotAnAnswer


def ask(draft: Draft, world: World, remarks: tuple[str, ...] = ()) -> Asked:
    """Asks the next step. Who sees the summary has seen where the actions stand."""
    draft, outside = settled(draft, world.member, world.snapshot)
    remarks = (*remarks, *world.why_not(outside, draft.codes, draft.language))
    asked = prompt(draft, world, remarks)
    if asked.step is Step.CONFIRM:
        draft = shown(draft, world.snapshot)
    return Asked(draft, replace(asked, draft=draft))


def advance(draft: Draft, heard: Heard, world: World) -> Move:
    """What follows from what was said or pressed. A button of an earlier step shows the present one again."""
    step = next_step(draft)
    match heard:
        case Said():
            return _follow(draft, step, read_typed(step, heard, draft, world), world)
        case Pressed(turn=turn) if turn != draft.turn:
            return ask(draft, world)
        case Pressed():
            return _follow(draft, step, read_pressed(step, heard, draft, world), world)


def _follow(draft: Draft, step: Step, reply: Reply, world: World) -> Move:
    say = world.say(draft.language)
    match reply:
        case Draft():
            return ask(reply, world)
        case Trouble(text):
            return ask(draft, world, (text,))
        case Ticked(fewer):
            return _confirmed(fewer, world)
        case Command.CONFIRM:
            return _confirmed(draft, world)
        case Command.CANCEL:
            return Stopped(say("dialog.stopped.cancelled"))
        case Command.BACK:
            earlier = back(draft)
            return ask(earlier, world) if earlier else ask(draft, world, (say("dialog.trouble.first"),))
        case Command.HELP:
            code = next(iter(world.snapshot.plan.by_code))
            return ask(draft, world, (say(f"dialog.help.{step}", code=code),))
        case Command.SKIP:
            return _skipped(draft, step, world)
        case None:
            return NotAnAnswer(draft, prompt(draft, world), prompt(draft, world, (say(f"dialog.trouble.{step}"),)))


def _confirmed(draft: Draft, world: World) -> Move:
    """Recorded only as it was seen: what changed since the summary is shown first."""
    return ask(draft, world) if since(draft, world.snapshot) else Confirmed(draft)


def _skipped(draft: Draft, step: Step, world: World) -> Move:
    say = world.say(draft.language)
    if step is Step.EXPECTED:
        return ask(
            replace(draft, skipped=(*draft.skipped, step), answered=(*draft.answered, step), turn=draft.turn + 1), world
        )
    if step is Step.NOTE and draft.status not in EXPLAINED:
        return ask(replace(draft, opened=None, turn=draft.turn + 1), world)
    if step is Step.NOTE:
        return ask(draft, world, (say("dialog.trouble.note_needed", status=say(f"statuses.{draft.status}")),))
    return ask(draft, world, (say("dialog.trouble.cannot_skip"),))
