"""A small plan for the tests of answers, in which every rule has an action to show on, and short ways to fill it in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time

from uvp.period import Period
from uvp.plan import Action, Holder, Named, Plan, Theme
from uvp.snapshot import Snapshot
from uvp.updates import AMSTERDAM, Status, Update

TODAY = date(2026, 11, 24)


def day(text: str) -> date:
    """``2026-11-24`` as a date."""
    return date.fromisoformat(text)


def period(start: str | None, end: str | None) -> Period:
    """A period from dates as text; None is open."""
    return Period(day(start) if start else None, day(end) if end else None)


Q4 = period("2026-10-01", "2026-12-31")


def _dated(code: str, title: str, start: str, end: str) -> Action:
    return Action(code, code[:3], "Uitvoeren", title, start=day(start), end=day(end), holder="Jansen")


WATER = Theme(
    "WAT",
    "Veilig water",
    1,
    holders=(Holder("Jansen"), Holder("De Vries", "drugs"), Holder("De Vries", "wapens")),
    parties=("politie", "brandweer"),
)
FIRE = Theme("VUR", "Aanpak van brand", 2, holders=(Holder("Bakker", "rook"),), parties=("brandweer",), short="Brand")
GENERAL = Theme("ALG", "Algemeen")

ACTIONS = (
    Action("WAT-01", "WAT", "Voorbereiden", "Overleg waterveiligheid", holder="Jansen", recurrences=("doorlopend",)),
    replace(
        _dated("WAT-02", "Zwemlessen voor scholen", "2026-01-01", "2026-12-31"),
        excepts=("Ceeveen",),
        parties=("politie",),
        description="Alle leerlingen leren zwemmen.",
        when_text="2026",
        steps=("badmeester vinden", "rooster maken"),
    ),
    _dated("WAT-03", "Reddingsboeien ophangen", "2025-07-01", "2025-12-31"),
    Action("WAT-04", "WAT", "Voorbereiden", "Folder over (zwem)water", holder="De Vries", recurrences=("jaarlijks",)),
    _dated("WAT-10", "Steiger herstellen", "2026-01-01", "2026-06-30"),
    replace(_dated("VUR-01", "Rookmelders plaatsen", "2026-10-01", "2026-12-31"), holder="Bakker"),
    replace(
        _dated("VUR-02", "Brandweerkazerne verbouwen", "2026-12-01", "2027-03-31"), holder=None, depends_on="WAT-02"
    ),
    Action("ALG-01", "ALG", "Evaluatie", "Évaluatie en nieuwsbrieven", recurrences=("halfjaarlijks",)),
)

PLAN = Plan(
    slug="voorbeeld",
    title="Voorbeeldplan",
    region="Voorbeeld",
    start=date(2025, 1, 1),
    end=date(2027, 12, 31),
    municipalities=(Named("Aadorp"), Named("Beestad"), Named("Ceeveen")),
    parties=(Named("politie"), Named("brandweer")),
    themes=(WATER, FIRE, GENERAL),
    actions=ACTIONS,
)


def update(
    code: str,
    status: Status | str,
    on: str,
    municipality: str | None = None,
    *,
    number: int = 0,
    note: str = "",
    expected: str | None = None,
    undoes: int | None = None,
) -> Update:
    """An update by Anna at noon in Amsterdam."""
    return Update(
        id=number,
        code=code,
        status=Status(status),
        by="Anna",
        at=datetime.combine(day(on), time(12), AMSTERDAM),
        municipality=municipality,
        note=note,
        expected=day(expected) if expected else None,
        undoes=undoes,
    )


def snapshot(
    *updates: Update,
    owners: Mapping[str, tuple[str, ...]] | None = None,
    officials: Mapping[str, tuple[str, ...]] | None = None,
    communications: Mapping[str, str] | None = None,
) -> Snapshot:
    """A snapshot with these updates in order; those without a number get the next one."""
    recorded: dict[str, list[Update]] = defaultdict(list)
    for number, entry in enumerate(updates, start=1):
        recorded[entry.code].append(replace(entry, id=entry.id or number))
    return Snapshot(
        PLAN,
        updates={code: tuple(entries) for code, entries in recorded.items()},
        owners=owners or {},
        officials=officials or {},
        communications=communications or {},
    )
