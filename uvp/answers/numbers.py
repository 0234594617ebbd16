"""Progress in words: the numbers, then per theme when there are several, else per action; one action in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from uvp.answers.answering import MATCH
from uvp.answers.details import detail
from uvp.answers.lines import View, line
from uvp.answers.progress import Progress, by_theme, progress
from uvp.plan import Action
from uvp.updates import Status

# What moves first: a reader wants to know what runs before what nobody reported on.
_ORDER = (Status.RUNNING, Status.DELAYED, Status.NOT_STARTED, Status.UNKNOWN, Status.DROPPED)


def numbers(view: View, actions: Sequence[Action]) -> Iterator[str]:
    """How far the actions of an answer are."""
    if len(actions) == 1:
        yield from detail(view, actions[0])
        return
    say, snapshot = view.say, view.snapshot
    total = progress(actions, snapshot.standings_in(view.answer.question.filters.municipalities))
    yield _with_rest(view, say.number("progress.summary", total.total, done=total.finished), total)
    themes = by_theme(view.answer, snapshot)
    if len(themes) > 1:
        for code, part in themes:
            name = snapshot.plan.theme_by_code[code].label
            yield _with_rest(view, say.number("progress.theme", part.total, theme=name, done=part.finished), part)
    else:
        yield from (line(view, a, MATCH) for a in actions)
    if not any(snapshot.updates.values()):
        yield say("remarks.no_updates")


def _with_rest(view: View, line: str, part: Progress) -> str:
    """The line with what the other actions do, in brackets."""
    say = view.say
    rest = [say.number(f"statuses_of_several.{s}", part.counts[s]) for s in _ORDER if s in part.counts]
    return say("progress.rest", line=line, counts=", ".join(rest)) if rest else line
