"""The plan and everything recorded about it at one moment, as values for the pure rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from uvp.plan import Plan
from uvp.updates import Person, Standing, Update, standing


@dataclass(frozen=True)
class Snapshot:
    """A plan with its updates (by action code, in order of recording, counter-entries included).

    ``revision`` grows with every change of the plan or of what is recorded; equal revisions mean equal contents.
    ``owners`` are the owners by action code, ``officials`` the two officials by theme code, ``communications`` what
    goes with an action to the outside, by action code. ``persons`` are the same owners and officials with their ids, by
    the code of the action or theme.
    """

    plan: Plan
    revision: int = 0
    updates: Mapping[str, tuple[Update, ...]] = field(default_factory=dict)
    owners: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    officials: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    communications: Mapping[str, str] = field(default_factory=dict)
    persons: Mapping[str, tuple[Person, ...]] = field(default_factory=dict)

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        """Where each action stands, by code."""
        return self._replayed(None)

    def standings_in(self, municipalities: tuple[str, ...]) -> Mapping[str, Standing]:
        """Where each action stands in these municipalities alone, by code; ``standings`` when none is given."""
        if not municipalities:
            return self.standings
        if municipalities not in self._standings_in:
            self._standings_in[municipalities] = self._replayed(municipalities)
        return self._standings_in[municipalities]

    def _replayed(self, municipalities: tuple[str, ...] | None) -> Mapping[str, Standing]:
        """Actions on which nothing was recorded, which are many, share what they have alike."""
        found: dict[str, Standing] = {}
        untouched: dict[tuple[str, ...], Standing] = {}
        for action in self.plan.actions:
            if updates := self.updates.get(action.code):
                found[action.code] = standing(self.plan, action, updates, municipalities)
                continue
            if action.excepts not in untouched:
                untouched[action.excepts] = standing(self.plan, action, (), municipalities)
            found[action.code] = untouched[action.excepts]
        return found

    @cached_property
    def _standings_in(self) -> dict[tuple[str, ...], Mapping[str, Standing]]:
        return {}

    def with_updates(self, new: Sequence[Update], revision: int) -> Snapshot:
        """This snapshot after further updates, in order of recording; standings are worked out anew only for theirs."""
        updates = dict(self.updates)
        for update in new:
            updates[update.code] = (*updates.get(update.code, ()), update)
        later = replace(self, updates=updates, revision=revision)
        if "standings" in self.__dict__:
            changed = {u.code: standing(self.plan, self.plan.by_code[u.code], updates[u.code]) for u in new}
            # Where cached_property keeps its value.
            later.__dict__["standings"] = {**self.standings, **changed}
        return later
