"""One action as one line, and a group of them under its title."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date

from uvp.answer import Answer, Group
from uvp.answers import dates
from uvp.answers.phrases import Phrases
from uvp.plan import Action
from uvp.question import Select
from uvp.snapshot import Snapshot
from uvp.updates import Standing


@dataclass(frozen=True, slots=True)
class View:
    """What words are made from: the language, the answer, and the plan with its standings on a day.

    ``kept`` are lines made before from the same, by code and kind.
    """

    say: Phrases
    answer: Answer
    snapshot: Snapshot
    today: date
    kept: dict[tuple[str, str], str] = field(default_factory=dict)

    def standing(self, action: Action) -> Standing:
        """Where the action stands in the municipalities that the question names, or as a whole."""
        return self.snapshot.standings_in(self.answer.question.filters.municipalities)[action.code]


def line(view: View, action: Action, kind: str) -> str:
    """*DIG-02 Mobiel Media Lab — 31 december 2026 (onbekend) · Helmer-Englebert*."""
    key = (action.code, kind)
    if (made := view.kept.get(key)) is None:
        made = view.kept[key] = _line(view, action, kind)
    return made


def _line(view: View, action: Action, kind: str) -> str:
    values = {"code": action.code, "title": action.title, "state": state(view, action, kind)}
    if action.holder is None:
        return view.say("line.without_holder", **values)
    return view.say("line.with_holder", holder=action.holder, **values)


def state(view: View, action: Action, kind: str) -> str:
    """When and how it stands: *31 december 2026 (onbekend)*."""
    when = timing(view, action, kind)
    if kind == Select.DONE:
        return when  # the status is what it says already
    return view.say("line.timing", when=when, status=status(view, view.standing(action)))


def name(view: View, action: Action) -> str:
    """The code and the title, or the code alone where the line on top names the one action that is meant."""
    if view.answer.question.filters.codes == (action.code,):
        return action.code
    return view.say("headline.action", code=action.code, title=action.title)


def status(view: View, standing: Standing) -> str:
    """The status in words, with how many participants have finished while not all have."""
    say = view.say
    words = say(f"statuses.{standing.status}")
    if standing.status.closed or not standing.days or not (done := standing.finished):
        return words
    finished = say.number("finished_of", len(standing.municipalities), done=done)
    return say("line.status", status=words, finished=finished)


def timing(view: View, action: Action, kind: str) -> str:
    """The date that matters for this kind of group."""
    say, standing = view.say, view.standing(action)
    match kind:
        case Select.STARTING if action.start:
            return say("deadlines.starting", day=dates.day(say, action.start))
        case Select.DONE if standing.since:
            return say("deadlines.done", day=dates.day(say, standing.since))
        case Select.UPDATED if standing.latest:
            return say("deadlines.updated", day=dates.day(say, standing.days[-1]), by=standing.latest.by)
        case Select.STALE if standing.days:
            return say("deadlines.last_updated", day=dates.day(say, standing.days[-1]))
        case Select.STALE:
            return say("deadlines.never_updated")
    return deadline(view, action, standing)


def deadline(view: View, action: Action, standing: Standing) -> str:
    """The deadline, with the distance only when it is late: a list of equal distances says nothing."""
    end = action.deadline
    if end is None or (end < view.today and not standing.status.closed):
        return dates.deadline(view.say, action, view.today, standing)
    return dates.expecting(view.say, dates.recurring(view.say, dates.day(view.say, end), action), standing)


def group_title(say: Phrases, shown: Group) -> str:
    """*Te laat (3)*."""
    return say("groups.title", title=say(f"groups.{shown.kind}"), n=len(shown.codes))


def group(view: View, shown: Group, above: Collection[str] = ()) -> Iterator[str]:
    """A further group: its title and its lines; what stands above already is only named again."""
    if not shown.codes:
        return
    say, by_code = view.say, view.snapshot.plan.by_code
    title = group_title(say, shown)
    fresh = [code for code in shown.codes if code not in above]
    yield ""
    if not fresh:
        yield say("groups.all_named_above", title=title)
        return
    yield title
    yield from (line(view, by_code[code], shown.kind) for code in fresh)
    if again := [code for code in shown.codes if code in above]:
        yield say("groups.named_above", names=say.join(again))
