"""Rows become values, and values rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from uvp.plan import Action, Holder, Named, Plan, Theme
from uvp.storage.models import ActionRow, PlanRow, ThemeRow
from uvp.updates import Person

People = Mapping[str, tuple[Person, ...]]


def plan_row(plan: Plan) -> PlanRow:
    """The row of a plan, without its themes and actions."""
    return PlanRow(
        slug=plan.slug,
        title=plan.title,
        region=plan.region,
        start=plan.start,
        end=plan.end,
        language=plan.language,
        municipalities=[_named(m) for m in plan.municipalities],
        parties=[_named(p) for p in plan.parties],
    )


def theme_row(theme: Theme, plan_id: int, position: int) -> ThemeRow:
    """The row of a theme, without its officials."""
    return ThemeRow(
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


def action_row(action: Action, plan_id: int, theme_id: int, position: int) -> ActionRow:
    """The row of an action."""
    return ActionRow(
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
