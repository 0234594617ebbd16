"""What a card is made from, and how much room it gives to each of its parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.cards.labels import Labels
from uvp.answer import Answer, Group
from uvp.answers import dates, lines
from uvp.answers.phrases import Phrases
from uvp.plan import Action
from uvp.snapshot import Snapshot
from uvp.updates import Standing, Status

PAGE = 8
Carried = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Room:
    """Characters for a title, a name and a longer text; the most rows that a group folds; whether the reading fits;
    lines of the answer as text.
    """

    title: int = 160
    name: int = 60
    text: int = 600
    folded: int = 4
    reading: bool = True
    lines: int = 10


ROOMS = (
    Room(),
    Room(title=100, name=40, text=300, folded=1, lines=5),
    Room(title=60, name=24, text=120, folded=0, reading=False, lines=2),
    Room(title=24, name=12, text=40, folded=0, reading=False, lines=2),
)


@dataclass(frozen=True, slots=True)
class View:
    """One answer as somebody looks at it: ``group`` is the kind of the group that ``page`` (from 0) belongs to, if any.

    ``standings`` are those in the municipalities of the question, when it names any; ``carried`` gives the question as
    buttons carry it, None where it is too big.
    """

    words: lines.View
    labels: Labels
    standings: Mapping[str, Standing]
    carried: Callable[[], Carried | None]
    page: int
    group: str | None
    room: Room

    @property
    def answer(self) -> Answer:
        """What is answered."""
        return self.words.answer

    @property
    def snapshot(self) -> Snapshot:
        """The plan and what was recorded about it."""
        return self.words.snapshot

    @property
    def say(self) -> Phrases:
        """The sentences of the language of the question."""
        return self.words.say

    @property
    def paged(self) -> Group | None:
        """The group that was asked for by its kind, if there is one."""
        return next((g for g in self.answer.groups if g.kind == self.group), None)

    def actions(self, codes: tuple[str, ...]) -> list[Action]:
        """The actions of these codes, in their order; codes that the plan no longer has are left out."""
        by_code = self.snapshot.plan.by_code
        return [by_code[code] for code in codes if code in by_code]

    def status(self, status: Status) -> str:
        """A status in words."""
        return self.say(f"statuses.{status}")

    def day(self, day: date) -> str:
        """*31 december 2026*."""
        return dates.day(self.say, day)
