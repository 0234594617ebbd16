"""A plan file becomes a plan: reading and checking ``uvp/plans/*.yaml``.

The file of the shipped plan explains the keys. Everything a plan refers to (themes, municipalities, parties, portfolio
holders, other actions, recurrences) has to be in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from uvp.errors import PlanFileInvalid
from uvp.plan import RECURRENCES, Action, Holder, Named, Plan, Theme
from uvp.yamlfile import Entry, Form, Problems, parse

SHIPPED = "tweestromenland-2025-2026.yaml"
TITLE_LIMIT = 80  # characters: two lines on a narrow card
_SLUG = Form(r"[a-z0-9]+(-[a-z0-9]+)*", "tweestromenland-2025-2026")
_THEME_CODE = Form(r"[A-Z]{2,6}", "OND")
_ACTION_CODE = Form(r"[A-Z]{2,6}-[0-9]{2,5}", "OND-03")
_PLAN = (("slug", "title", "region", "start", "end", "municipalities", "themes", "actions"), ("language", "parties"))
_THEME = (
    ("code", "name"),
    ("number", "objective", "goals", "holders", "lead", "parties", "officials", "words", "short"),
)
_TIMING = ("when", "start", "end", "recurrences")
_DETAILS = ("holder", "excepts", "parties", "steps", "depends_on", "words")
_ACTION = (("code", "theme", "section", "title"), ("description", *_TIMING, *_DETAILS))


def shipped_plan() -> Plan:
    """The plan that comes with the package."""
    return read_plan(files("uvp").joinpath("plans", SHIPPED))


def read_plan(path: Path | Traversable) -> Plan:
    """The plan in a file.

    Raises:
        PlanFileInvalid: the file cannot be read or breaks the schema; the first problem of it.
    """
    plan, found = _read(path)
    if found:
        raise found[0]
    return plan


def problems(path: Path | Traversable) -> list[PlanFileInvalid]:
    """Everything that is wrong with a plan file, by line; empty for a good one."""
    try:
        return _read(path)[1]
    except PlanFileInvalid as error:
        return [error]


def _read(path: Path | Traversable) -> tuple[Plan, list[PlanFileInvalid]]:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise PlanFileInvalid(str(path), 1, f"cannot be read: {error.strerror or error}") from error
    found = Problems(str(path))
    plan = _plan(Entry(found, parse(str(path), raw), "plan", *_PLAN))
    return plan, sorted(found.found, key=lambda problem: problem.line)


def _plan(entry: Entry) -> Plan:
    start, end = _span(entry)
    municipalities = _named(entry, "municipalities", "municipality")
    parties = _named(entry, "parties", "party")
    themes = _themes(entry, {p.name for p in parties})
    actions = _actions(entry, themes, {m.name for m in municipalities}, {p.name for p in parties})
    return Plan(
        slug=entry.text("slug", form=_SLUG),
        title=entry.text("title"),
        region=entry.text("region"),
        start=start or date.min,  # where one is missing that is reported, and this plan goes nowhere
        end=end or date.max,
        municipalities=municipalities,
        parties=parties,
        themes=themes,
        actions=actions,
        language=entry.one_of("language", ("nl", "en")) or "nl",
    )


def _named(entry: Entry, key: str, what: str) -> tuple[Named, ...]:
    entries = entry.entries(key, what, ("name",), ("words",))
    named = tuple(Named(e.text("name"), e.texts("words")) for e in entries)
    _once("name", ((e, n.name) for e, n in zip(entries, named, strict=True)))
    return named


def _themes(entry: Entry, parties: set[str]) -> tuple[Theme, ...]:
    entries = entry.entries("themes", "theme", *_THEME)
    themes = tuple(_theme(e, parties) for e in entries)
    _once("code", ((e, t.code) for e, t in zip(entries, themes, strict=True)))
    _once("number", ((e, t.number) for e, t in zip(entries, themes, strict=True)))
    return themes


def _theme(entry: Entry, parties: set[str]) -> Theme:
    return Theme(
        code=entry.text("code", form=_THEME_CODE),
        name=entry.text("name", limit=TITLE_LIMIT),
        number=entry.number("number"),
        objective=entry.text("objective"),
        goals=entry.texts("goals"),
        holders=_holders(entry),
        lead=entry.text("lead"),
        parties=entry.among("parties", parties),
        officials=entry.texts("officials"),
        words=entry.texts("words"),
        short=entry.text("short", limit=TITLE_LIMIT),
    )


def _holders(theme: Entry) -> tuple[Holder, ...]:
    entries = theme.entries("holders", f"{theme.what}, holder", ("person",), ("topic", "words"))
    holders = tuple(Holder(e.text("person"), e.text("topic") or None, e.texts("words")) for e in entries)
    # The empty topic stands for the theme as a whole, which one person holds.
    _once("topic", ((e, h.topic or "the theme as a whole") for e, h in zip(entries, holders, strict=True)))
    return holders


def _actions(entry: Entry, themes: Iterable[Theme], municipalities: set[str], parties: set[str]) -> tuple[Action, ...]:
    by_code = {theme.code: theme for theme in themes}
    entries = entry.entries("actions", "action", *_ACTION)
    actions = tuple(_action(e, by_code, municipalities, parties) for e in entries)
    read = list(zip(entries, actions, strict=True))
    _once("code", ((e, a.code) for e, a in read))
    _check_sections(read)
    _check_dependencies(read)
    return actions


def _action(entry: Entry, themes: Mapping[str, Theme], municipalities: set[str], parties: set[str]) -> Action:
    theme = themes.get(entry.one_of("theme", themes))
    start, end = _span(entry)
    excepts = entry.among("excepts", municipalities)
    if excepts and municipalities <= set(excepts):
        entry.wrong("excepts", "no municipality takes part")
    return Action(
        code=entry.text("code", form=_ACTION_CODE),
        theme=theme.code if theme else "",
        section=entry.text("section", limit=TITLE_LIMIT),
        title=entry.text("title", limit=TITLE_LIMIT),
        description=entry.text("description"),
        when_text=entry.text("when"),
        start=start,
        end=end,
        recurrences=entry.among("recurrences", RECURRENCES),
        holder=_holder(entry, theme),
        excepts=excepts,
        parties=entry.among("parties", parties),
        steps=entry.texts("steps"),
        depends_on=entry.text("depends_on") or None,
        words=entry.texts("words"),
    )


def _holder(entry: Entry, theme: Theme | None) -> str | None:
    """Who holds an action: the person it names, else who holds the theme as a whole."""
    if theme is None:
        return None
    return entry.one_of("holder", [h.person for h in theme.holders]) or theme.holder


def _span(entry: Entry) -> tuple[date | None, date | None]:
    start, end = entry.day("start"), entry.day("end")
    if start and end and end < start:
        entry.wrong("end", f"'end' {end} lies before 'start' {start}")
    return start, end


def _once(key: str, values: Iterable[tuple[Entry, str | int | None]]) -> None:
    """Reports every value but the first of those that are alike; empty ones are reported elsewhere."""
    seen = set()
    for entry, value in values:
        if value and value in seen:
            entry.wrong(key, f"{key} {value!r} is given to more than one")
        seen.add(value)


def _check_sections(read: Sequence[tuple[Entry, Action]]) -> None:
    """The actions of one section stand together, as in the plan: lists and reports follow the order of the file."""
    seen: list[tuple[str, str]] = []
    for entry, action in read:
        section = (action.theme, action.section)
        if section in seen[:-1]:
            entry.wrong("section", f"section {action.section!r} goes on after another section")
        elif section not in seen:
            seen.append(section)


def _check_dependencies(read: Sequence[tuple[Entry, Action]]) -> None:
    codes = {action.code for _, action in read}
    for entry, action in read:
        first = action.depends_on or ""
        if re.fullmatch(_ACTION_CODE.pattern, first) and (first not in codes or first == action.code):
            entry.wrong("depends_on", f"'depends_on' names {first}, which is no other action")
