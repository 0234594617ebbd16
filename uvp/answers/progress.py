"""How far things are, as numbers: for a chart, for a text and for a report alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from uvp.answer import Answer
from uvp.plan import Action
from uvp.snapshot import Snapshot
from uvp.updates import Standing, Status


@dataclass(frozen=True, slots=True)
class Progress:
    """How many actions have which status; ``counts`` holds every status that occurs, in the order of ``Status``."""

    counts: Mapping[Status, int]

    @property
    def total(self) -> int:
        """How many actions there are."""
        return sum(self.counts.values())

    @property
    def finished(self) -> int:
        """How many are finished."""
        return self.counts.get(Status.FINISHED, 0)


def progress(actions: Iterable[Action], standings: Mapping[str, Standing]) -> Progress:
    """The numbers of these actions."""
    found = [standings[a.code].status for a in actions]
    return Progress({status: n for status in Status if (n := found.count(status))})


def by_theme(answer: Answer, snapshot: Snapshot) -> tuple[tuple[str, Progress], ...]:
    """The numbers of the actions answered per theme, by its code, in the order of the plan."""
    actions, standings = answered(answer, snapshot), snapshot.standings_in(answer.question.filters.municipalities)
    parts = [(t.code, [a for a in actions if a.theme == t.code]) for t in snapshot.plan.themes]
    return tuple((code, progress(members, standings)) for code, members in parts if members)


def answered(answer: Answer, snapshot: Snapshot) -> Sequence[Action]:
    """The actions of the first group."""
    return [snapshot.plan.by_code[code] for code in answer.codes]
