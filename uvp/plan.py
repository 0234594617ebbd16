"""The plan as values: themes, actions, holders, municipalities and parties.

Terms are those of the plan and of ``docs/glossary.md``. All collections are tuples in the order of the document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from uvp.folding import searchable

ONGOING = "doorlopend"
RECURRENCES = (
    ONGOING,
    "periodiek",
    "ad hoc",
    "dagelijks",
    "wekelijks",
    "tweewekelijks",
    "maandelijks",
    "tweemaandelijks",
    "per kwartaal",
    "viermaandelijks",
    "halfjaarlijks",
    "jaarlijks",
    "tweejaarlijks",
    "vierjaarlijks",
)
"""How often something happens, by the words of the plans (rule 7 of the specification of periods)."""


@dataclass(frozen=True, slots=True)
class Named:
    """A municipality or party: the name as the plan writes it, and the other words people use for it."""

    name: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Holder:
    """A portfolio holder (last name) for a topic of a theme; ``topic`` None means the theme as a whole."""

    person: str
    topic: str | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Theme:
    """A priority of the plan; ``number`` is that of the document (None for the general chapter).

    ``short`` is what people call it in a sentence, empty where that is the name itself.
    """

    code: str
    name: str
    number: int | None = None
    objective: str = ""
    goals: tuple[str, ...] = ()
    holders: tuple[Holder, ...] = ()
    lead: str = ""
    parties: tuple[str, ...] = ()
    officials: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    short: str = ""

    @property
    def label(self) -> str:
        """What people call it: *Digitale veiligheid* for *Vergroten digitale veiligheid*."""
        return self.short or self.name

    @property
    def holder(self) -> str | None:
        """Who holds the theme as a whole, if the plan names somebody."""
        return next((h.person for h in self.holders if h.topic is None), None)


@dataclass(frozen=True, slots=True)
class Action:
    """One action. ``start`` and ``end`` are inclusive days as the document states them, None where it does not.

    Exactly one of ``ongoing``, ``dated`` and ``undated`` holds.
    """

    code: str
    theme: str
    section: str
    title: str
    description: str = ""
    when_text: str = ""
    start: date | None = None
    end: date | None = None
    recurrences: tuple[str, ...] = ()
    holder: str | None = None
    excepts: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    depends_on: str | None = None
    words: tuple[str, ...] = ()

    @property
    def ongoing(self) -> bool:
        """The document says *doorlopend*: no deadline, whatever years it names."""
        return ONGOING in self.recurrences

    @property
    def dated(self) -> bool:
        """The document states an end, which is the deadline."""
        return self.end is not None and not self.ongoing

    @property
    def undated(self) -> bool:
        """No end stated and not ongoing: runs for the whole plan."""
        return self.end is None and not self.ongoing

    @property
    def deadline(self) -> date | None:
        """The last day of a dated action, else None."""
        return self.end if self.dated else None


def code_order(code: str) -> tuple[str, int, str]:
    """Sorts codes as people count: the letters, then the number as a number."""
    letters, _, number = code.rpartition("-")
    return letters, int(number) if number.isdecimal() else 0, code


@dataclass(frozen=True)
class Plan:
    """One edition of a plan; codes are unique within it and never reused."""

    slug: str
    title: str
    region: str
    start: date
    end: date
    municipalities: tuple[Named, ...]
    parties: tuple[Named, ...]
    themes: tuple[Theme, ...]
    actions: tuple[Action, ...]
    language: str = field(default="nl")

    @cached_property
    def by_code(self) -> Mapping[str, Action]:
        """Actions by code."""
        return {a.code: a for a in self.actions}

    @cached_property
    def in_code_order(self) -> tuple[Action, ...]:
        """Actions by code; numbers count as numbers, so that 2 comes before 10."""
        return tuple(sorted(self.actions, key=lambda action: code_order(action.code)))

    @cached_property
    def search_texts(self) -> Mapping[str, str]:
        """By code, the words of each action as ``uvp.folding.found`` reads them."""
        return {a.code: searchable(a.code, a.title, a.description, a.section, *a.steps, *a.words) for a in self.actions}

    @cached_property
    def theme_by_code(self) -> Mapping[str, Theme]:
        """Themes by code."""
        return {t.code: t for t in self.themes}

    @cached_property
    def municipality_names(self) -> tuple[str, ...]:
        """All municipalities, in the order of the plan."""
        return tuple(m.name for m in self.municipalities)

    def participants(self, action: Action) -> tuple[str, ...]:
        """The municipalities less those that the action excepts."""
        return tuple(m for m in self.municipality_names if m not in action.excepts)

    def parties_of(self, action: Action) -> tuple[str, ...]:
        """The action's own parties; where it names none, those of its theme."""
        return action.parties or self.theme_by_code[action.theme].parties
