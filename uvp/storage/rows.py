"""Rows become values, and values rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC
from typing import Any

from uvp.plan import Action, Holder, Named, Plan, Theme
from uvp.recording import storable
from uvp.storage.models import ActionRow, OfficialRow, OwnerRow, PlanRow, ThemeRow
from uvp.updates import NewUpdate, Person, Update

People = Mapping[str, tuple[Person, ...]]


def plan_row(plan: Plan, id_: int | None) -> PlanRow:
    """The row of a plan, without its themes and actions; None for a new one, as below."""
    return PlanRow(
        id=id_,
        slug=plan.slug,
        title=plan.title,
        region=plan.region,
        start=plan.start,
        end=plan.end,
        language=plan.language,
        municipalities=[_named(m) for m in plan.municipalities],
        parties=[_named(p) for p in plan.parties],
    )


def theme_row(theme: Theme, plan_id: int, position: int, id_: int | None) -> ThemeRow:
    """The row of a theme, without its officials."""
    return ThemeRow(
        id=id_,
        plan_id=plan_id,
        position=position,
        code=theme.code,
        name=theme.name,
        number=theme.number,
        objective=theme.objective,
        goals=list(theme.goals),
        holders=[{"person": h.person, "topic": h.topic, "words": list(h.words)} for h in theme.holders],
        lead=theme.lead,
        parties=list(theme.parties),
        words=list(theme.words),
        short=theme.short,
    )


def action_row(action: Action, plan_id: int, theme_id: int, position: int, id_: int | None) -> ActionRow:
    """The row of an action."""
    return ActionRow(
        id=id_,
        plan_id=plan_id,
        theme_id=theme_id,
        position=position,
        code=action.code,
        section=action.section,
        title=action.title,
        description=action.description,
        when_text=action.when_text,
        start=action.start,
        end=action.end,
        recurrences=list(action.recurrences),
        holder=action.holder,
        excepts=list(action.excepts),
        parties=list(action.parties),
        steps=list(action.steps),
        depends_on=action.depends_on,
        words=list(action.words),
    )


def official_rows(theme_id: int, people: Sequence[Person]) -> list[OfficialRow]:
    """The rows of those who carry a theme."""
    return [
        OfficialRow(theme_id=theme_id, position=n, name=storable(p.name), person_id=p.id) for n, p in enumerate(people)
    ]


def owner_rows(action_id: int, people: Sequence[Person]) -> list[OwnerRow]:
    """The rows of those who own an action."""
    return [
        OwnerRow(action_id=action_id, position=n, name=storable(p.name), person_id=p.id) for n, p in enumerate(people)
    ]


def update_values(change: NewUpdate, plan_id: int, action_id: int, undoes: int | None) -> dict[str, Any]:
    """The columns of an update, its id aside."""
    return {
        "plan_id": plan_id,
        "action_id": action_id,
        "status": change.status,
        "by_name": change.by,
        "at": change.at,
        "municipality": change.municipality,
        "note": change.note,
        "expected": change.expected,
        "by_id": change.by_id,
        "place": change.place,
        "undoes": undoes,
        "key": change.key,
    }


def recorded(change: NewUpdate, id_: int, undoes: int | None) -> Update:
    """A change as it was recorded under this id."""
    return Update(
        id_,
        change.code,
        change.status,
        change.by,
        change.at.astimezone(UTC),
        change.municipality,
        change.note,
        change.expected,
        change.by_id,
        change.place,
        undoes,
        change.key,
    )


def plan_value(row: PlanRow, themes: Sequence[ThemeRow], actions: Sequence[ActionRow], officials: People) -> Plan:
    """The plan of its rows, which come in the order of the document; ``officials`` by theme code."""
    codes = {theme.id: theme.code for theme in themes}
    return Plan(
        slug=row.slug,
        title=row.title,
        region=row.region,
        start=row.start,
        end=row.end,
        municipalities=tuple(Named(m["name"], tuple(m["words"])) for m in row.municipalities),
        parties=tuple(Named(p["name"], tuple(p["words"])) for p in row.parties),
        themes=tuple(_theme(theme, officials.get(theme.code, ())) for theme in themes),
        actions=tuple(_action(action, codes[action.theme_id]) for action in actions),
        language=row.language,
    )


def by_code(rows: Iterable[tuple[str, str, str | None]]) -> dict[str, tuple[Person, ...]]:
    """People by code, from rows of code, name and id in their order."""
    found: defaultdict[str, list[Person]] = defaultdict(list)
    for code, name, person_id in rows:
        found[code].append(Person(name, person_id))
    return {code: tuple(people) for code, people in found.items()}


def names(people: People) -> dict[str, tuple[str, ...]]:
    """The names alone."""
    return {code: tuple(person.name for person in group) for code, group in people.items()}


def _named(value: Named) -> dict[str, Any]:
    return {"name": value.name, "words": list(value.words)}


def _theme(row: ThemeRow, officials: tuple[Person, ...]) -> Theme:
    return Theme(
        code=row.code,
        name=row.name,
        number=row.number,
        objective=row.objective,
        goals=tuple(row.goals),
        holders=tuple(Holder(h["person"], h["topic"], tuple(h["words"])) for h in row.holders),
        lead=row.lead,
        parties=tuple(row.parties),
        officials=tuple(person.name for person in officials),
        words=tuple(row.words),
        short=row.short,
    )


def _action(row: ActionRow, theme: str) -> Action:
    return Action(
        code=row.code,
        theme=theme,
        section=row.section,
        title=row.title,
        description=row.description,
        when_text=row.when_text,
        start=row.start,
        end=row.end,
        recurrences=tuple(row.recurrences),
        holder=row.holder,
        excepts=tuple(row.excepts),
        parties=tuple(row.parties),
        steps=tuple(row.steps),
        depends_on=row.depends_on,
        words=tuple(row.words),
    )
