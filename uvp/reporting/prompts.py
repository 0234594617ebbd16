"""What is shown at a step: the facts so far, the question, and what can be chosen. Words and cards are made of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from uvp.answers import dates
from uvp.answers.phrases import Phrases, one_line
from uvp.members import scopes
from uvp.reporting.draft import EXPLAINED, Draft, Step, next_step, since
from uvp.reporting.world import World
from uvp.snapshot import Snapshot
from uvp.updates import NOTE_LIMIT, Status, Update

OFFERED = 6
LISTED = 20
STATUSES = (Status.NOT_STARTED, Status.RUNNING, Status.DELAYED, Status.FINISHED, Status.DROPPED)


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: ``value`` is what a button sends, ``title`` what people read."""

    value: str
    title: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A step of a draft as it is shown. ``remarks`` come first: what went wrong, what changed meanwhile.

    ``again``: the summary is shown anew because somebody else changed something.
    """

    draft: Draft
    step: Step
    title: str
    question: str
    remarks: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    options: tuple[Option, ...] = ()
    hints: tuple[str, ...] = ()

    def text(self, say: Phrases) -> str:
        """The whole of it in words."""
        options = (say("dialog.options.line", n=n, title=o.title) for n, o in enumerate(self.options, 1))
        facts = (f"{name}: {one_line(value)}" for name, value in self.facts)
        return "\n".join((*self.remarks, self.title, *facts, self.question, *options, *self.hints))


def prompt(draft: Draft, world: World, remarks: tuple[str, ...] = ()) -> Prompt:
    """The next step of a draft."""
    say, step = world.say(draft.language), next_step(draft)
    news = since(draft, world.snapshot) if step is Step.CONFIRM else ()
    told = [say("dialog.since.changed"), *(happened(say, u) for u in news)] if news else []
    return Prompt(
        draft,
        step,
        title(say, draft, world.snapshot),
        _question(say, draft, step, changed=bool(news)),
        (*remarks, *told),
        tuple(_facts(say, draft, step, world)),
        options(draft, world, step),
        tuple(_hints(say, step)),
    )


def title(say: Phrases, draft: Draft, snapshot: Snapshot) -> str:
    """What the report is about."""
    if not draft.codes:
        return say("dialog.titles.begin")
    if draft.several:
        return say("dialog.titles.several", n=len(draft.codes))
    action = snapshot.plan.by_code[draft.codes[0]]
    return say("dialog.titles.one", code=action.code, title=action.title)


def options(draft: Draft, world: World, step: Step) -> tuple[Option, ...]:
    """What can be chosen at a step, in the order in which it is numbered."""
    say, plan = world.say(draft.language), world.snapshot.plan
    match step:
        case Step.ACTION:
            codes = [c for c in (draft.choices or world.offered)[:OFFERED] if c in plan.by_code]
            return tuple(Option(c, f"{c} {plan.by_code[c].title}") for c in codes)
        case Step.SCOPE:
            found = scopes(world.member, plan, plan.by_code[draft.codes[0]])
            return tuple(Option(m or "*", m or say("dialog.options.whole")) for m in found)
        case Step.STATUS:
            return tuple(Option(s.value, say(f"statuses.{s}")) for s in STATUSES)
        case Step.NOTE | Step.EXPECTED | Step.CONFIRM:
            return ()


def happened(say: Phrases, update: Update) -> str:
    """One thing that was recorded, as a sentence."""
    moment = dates.moment(say, update.at)
    if update.undoes is not None:
        return say("dialog.since.undo", moment=moment, by=update.by, code=update.code)
    scope = say("dialog.recorded.scope", names=update.municipality) if update.municipality else ""
    status = say(f"statuses.{update.status}")
    return say("dialog.since.update", moment=moment, by=update.by, code=update.code, status=status, scope=scope)


def _question(say: Phrases, draft: Draft, step: Step, *, changed: bool) -> str:
    if step is Step.NOTE and draft.status not in EXPLAINED:
        return say("dialog.ask.free_note")
    if step is Step.CONFIRM and changed:
        return say("dialog.ask.confirm_again")
    if step is Step.CONFIRM and draft.several:
        return say("dialog.ask.confirm_several")
    return say(f"dialog.ask.{step}")


def _hints(say: Phrases, step: Step) -> Iterator[str]:
    yield say(f"dialog.hints.{step}", limit=NOTE_LIMIT)
    if step is not Step.CONFIRM:
        yield say("dialog.hints.always")


def _facts(say: Phrases, draft: Draft, step: Step, world: World) -> Iterator[tuple[str, str]]:
    """What is known so far; on the summary also what it was before and the plan's own deadline."""
    plan = world.snapshot.plan
    if draft.several:
        shown = [f"{code} {plan.by_code[code].title}" for code in draft.codes[:LISTED]]
        left = len(draft.codes) - len(shown)
        yield say("dialog.facts.actions"), "; ".join([*shown, *([say("remarks.more", n=left)] if left else [])])
    if draft.status is not None:
        yield say("dialog.facts.status"), _status(say, draft, step, world)
    if draft.municipalities is not None:
        yield say("dialog.facts.scope"), say.join(draft.municipalities) or say("dialog.facts.whole")
    if draft.note:
        yield say("dialog.facts.note"), draft.note
    if draft.status is Status.DELAYED and draft.codes and step in (Step.EXPECTED, Step.CONFIRM):
        deadline = plan.by_code[draft.codes[0]].deadline
        if deadline is not None and not draft.several:
            yield say("dialog.facts.deadline"), dates.day(say, deadline)
        if step is Step.CONFIRM:
            yield say("dialog.facts.expected"), expected_words(say, draft.expected)


def expected_words(say: Phrases, expected: date | None) -> str:
    """The new expected date, or that it is not known yet."""
    return dates.day(say, expected) if expected else say("dialog.facts.unknown_date")


def _status(say: Phrases, draft: Draft, step: Step, world: World) -> str:
    status = say(f"statuses.{draft.status}")
    if step is not Step.CONFIRM or draft.several:
        return status
    before = status_before(draft.codes[0], draft.municipalities, world.snapshot)
    return (
        status if before is draft.status else say("dialog.facts.was", status=status, before=say(f"statuses.{before}"))
    )


def status_before(code: str, municipalities: tuple[str, ...] | None, snapshot: Snapshot) -> Status:
    """Where an action stands now, in the one municipality that is meant where it is one."""
    standing = snapshot.standings[code]
    if municipalities and len(municipalities) == 1:
        return standing.municipalities.get(municipalities[0], Status.UNKNOWN)
    return standing.status
