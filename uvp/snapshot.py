"""The plan and everything recorded about it at one moment, as values for the pure rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from uvp.plan import Plan
from uvp.updates import Standing, Update, standing


@dataclass(frozen=True)
class Snapshot:
    """A plan with its updates (by action code, in order of recording, counter-entries included).

    ``revision`` grows with every change of the plan or of what is recorded; equal revisions mean equal contents.
    ``owners`` are the owners by action code, ``officials`` the two officials by theme code, ``communications`` what
    goes with an action to the outside, by action code.
    """

    plan: Plan
    revision: int = 0
    updates: Mapping[str, tuple[Update, ...]] = field(default_factory=dict)
    owners: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    officials: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    communications: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        """Where each action stands, by code."""
        return {a.code: standing(self.plan, a, self.updates.get(a.code, ())) for a in self.plan.actions}
