"""What a digest says: a pure function of what was known at its moment, so that any past week comes out as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from uvp.answers.filters import candidates
from uvp.answers.progress import Progress, progress
from uvp.answers.select import Moment, select
from uvp.digest.cycles import Cycle, cycles
from uvp.digest.recipients import responsible
from uvp.digest.subscription import Subscription
from uvp.digest.week import Week
from uvp.period import Period
from uvp.plan import Action
from uvp.question import Filters, Select
from uvp.snapshot import Snapshot
from uvp.updates import Person, Standing, Status, Update, effective, local_day

A_WEEK = timedelta(weeks=1)
COUNTED = ("finished", "running", "delayed", "overdue", "stale", "updated")
"""What a digest gives numbers of, in the order shown."""


@dataclass(frozen=True, slots=True)
class Number:
    """How many there are now, and how many there were a week ago; ``name`` is one of ``COUNTED``."""

    name: str
    now: int
    before: int

    @property
    def change(self) -> int:
        """How many more; negative for fewer."""
        return self.now - self.before


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody to be addressed, for the actions of these codes."""

    person: Person
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest of one place for one week, as of the moment ``at`` (aware) and the day ``today``.

    Codes stand in the order shown: ``overdue`` with those first that have become so since last week
    (``newly_overdue``), then by deadline; ``soon`` (within the period ``ahead``) and ``quarter`` (after it, to the end
    of the quarter) by deadline; ``stale`` by code. ``updated`` are the updates of the last seven days, newest first.
    ``themes`` are the numbers by theme, in the order of the plan, themes without actions left out.
    """

    week: Week
    at: datetime
    today: date
    ahead: Period
    total: int
    numbers: tuple[Number, ...]
    newly_overdue: tuple[str, ...]
    overdue: tuple[str, ...]
    soon: tuple[str, ...]
    quarter: tuple[str, ...]
    updated: tuple[Update, ...]
    stale: tuple[str, ...]
    cycles: tuple[Cycle, ...]
    themes: tuple[tuple[str, Progress], ...]
    mentions: tuple[Mention, ...] = ()

    @property
    def quiet(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.overdue or self.soon or self.quarter or self.updated or self.stale or self.cycles)


def as_of(snapshot: Snapshot, at: datetime) -> Snapshot:
    """What was recorded up to this moment; an undo after it has not happened yet."""
    kept = {code: tuple(u for u in entries if u.at <= at) for code, entries in snapshot.updates.items()}
    return replace(snapshot, updates={code: entries for code, entries in kept.items() if entries})


def digest(snapshot: Snapshot, setting: Subscription, week: Week, at: datetime) -> Digest:
    """The digest of this place for this week at its moment; what was recorded later does not show."""
    now, before = _Look.of(snapshot, setting, at), _Look.of(snapshot, setting, at - A_WEEK)
    late_before = set(before.select(Select.OVERDUE))
    overdue = now.select(Select.OVERDUE)
    newly = tuple(code for code in overdue if code not in late_before)
    ahead = Period(now.today, week_end(now.today, setting.weeks_ahead))
    soon = now.select(Select.DUE, ahead)
    stale = now.select(Select.STALE)
    return Digest(
        week=week,
        at=at,
        today=now.today,
        ahead=ahead,
        total=len(now.actions),
        numbers=tuple(Number(name, now.count(name), before.count(name)) for name in COUNTED),
        newly_overdue=newly,
        overdue=newly + tuple(code for code in overdue if code in late_before),
        soon=soon,
        quarter=tuple(c for c in now.select(Select.DUE, Period(now.today, quarter_end(now.today))) if c not in soon),
        updated=now.updates(at - A_WEEK),
        stale=stale,
        cycles=cycles(now.snapshot.plan, now.actions, now.standings, now.today),
        themes=now.themes(),
        mentions=_mentions(now.snapshot, (*overdue, *stale)) if setting.mentions else (),
    )


def week_end(day: date, weeks: int) -> date:
    """The Sunday of the week of ``day``, or of a week further on when it is about more weeks than one."""
    return Week.of(day).plus(weeks - 1).day(7)


def quarter_end(day: date) -> date:
    """The last day of the quarter."""
    month = (day.month - 1) // 3 * 3 + 3
    return date(day.year, month, 31 if month in (3, 12) else 30)


@dataclass(frozen=True, slots=True)
class _Look:
    """The actions that a place has chosen, and where they stood at one moment."""

    snapshot: Snapshot
    actions: Sequence[Action]
    municipalities: tuple[str, ...]
    at: datetime

    @classmethod
    def of(cls, snapshot: Snapshot, setting: Subscription, at: datetime) -> _Look:
        known = as_of(snapshot, at)
        filters = Filters(themes=setting.themes, municipalities=setting.municipalities)
        return cls(known, candidates(filters, known.plan).actions, setting.municipalities, at)

    @property
    def today(self) -> date:
        return local_day(self.at)

    @property
    def standings(self) -> Mapping[str, Standing]:
        return self.snapshot.standings_in(self.municipalities)

    def select(self, kind: Select, period: Period | None = None) -> tuple[str, ...]:
        moment = Moment(self.snapshot.plan, self.standings, self.today)
        return tuple(a.code for a in select(kind, self.actions, period, moment))

    def count(self, name: str) -> int:
        match name:
            case "finished":
                return self._with(Status.FINISHED)
            case "running":
                return self._with(Status.RUNNING)
            case "delayed":
                return self._with(Status.DELAYED)
            case "overdue":
                return len(self.select(Select.OVERDUE))
            case "stale":
                return len(self.select(Select.STALE))
        return len({u.code for u in self.updates(self.at - A_WEEK)})

    def _with(self, status: Status) -> int:
        return sum(self.standings[a.code].status is status for a in self.actions)

    def updates(self, since: datetime) -> tuple[Update, ...]:
        """The updates after this moment that count, newest first."""
        chosen = self.municipalities
        found = [
            u
            for a in self.actions
            for u in effective(self.snapshot.updates.get(a.code, ()))
            if u.at > since and (not chosen or u.municipality is None or u.municipality in chosen)
        ]
        return tuple(sorted(found, key=lambda u: (u.at, u.id), reverse=True))

    def themes(self) -> tuple[tuple[str, Progress], ...]:
        parts = ((t.code, [a for a in self.actions if a.theme == t.code]) for t in self.snapshot.plan.themes)
        return tuple((code, progress(members, self.standings)) for code, members in parts if members)


def _mentions(snapshot: Snapshot, codes: Sequence[str]) -> tuple[Mention, ...]:
    """Who to address about these actions: everybody once, in the order in which their actions are named."""
    found: dict[Person, list[str]] = {}
    for code in codes:
        for person in responsible(snapshot, code):
            found.setdefault(person, []).append(code)
    return tuple(Mention(person, tuple(dict.fromkeys(about))) for person, about in found.items())
