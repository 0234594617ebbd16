"""Groups of actions: one of them shown in full and paged, the others folded below."""

from __future__ import annotations

from dataclasses import dataclass

from bot.cards.elements import (
    Element,
    button,
    buttons,
    column,
    columns,
    container,
    fixed,
    heading,
    paragraph,
    spaced,
    subtle,
    toggle,
)
from bot.cards.escape import escape_markdown
from bot.cards.rows import row, short_row
from bot.cards.view import PAGE, View
from uvp.answer import Group
from uvp.question import Select


@dataclass(frozen=True, slots=True)
class Span:
    """A page of a list: rows ``start`` (from 0) up to but without ``end``, of ``total``."""

    page: int
    start: int
    end: int
    total: int

    @classmethod
    def of(cls, page: int, total: int) -> Span:
        """The page of that number; one beyond the last is the last."""
        number = min(max(page, 0), max(0, (total - 1) // PAGE))
        return cls(number, number * PAGE, min((number + 1) * PAGE, total), total)


def list_elements(view: View) -> list[Element]:
    """The rows of the group that is looked at; where that is the answer itself, the other groups folded below."""
    groups = view.answer.groups
    if not groups:
        return []
    opened = view.opened
    shown = page_of(view, opened)
    if opened is groups[0]:
        return [*shown, *folded_elements(view, groups[1:])]
    return [heading(escape_markdown(_title(view, opened)), size="Default"), *shown]


def page_of(view: View, group: Group) -> list[Element]:
    """One page of a group and the buttons to the others; a page beyond the last is the last."""
    span = Span.of(view.page, len(group.codes))
    rows = [row(view, a, group.kind) for a in view.actions(group.codes[span.start : span.end])]
    return [*rows, *paging(view, group.kind, span)]


def folded_elements(view: View, groups: tuple[Group, ...]) -> list[Element]:
    """The groups that hold something, each as a heading with its number.

    Pressing the heading unfolds the rows of a small group and opens a big one as a page of its own.
    """
    elements: list[Element] = []
    for group in groups:
        if 0 < len(group.codes) <= view.room.folded:
            elements += _folded(view, group)
        elif group.codes:
            elements.append(_closed(view, group))
    return elements


def _folded(view: View, group: Group) -> tuple[Element, Element]:
    name = f"group-{group.kind}"
    closed, opened = f"{name}-closed", f"{name}-opened"
    signs = ({**fixed("▸"), "id": closed}, {**fixed("▾"), "id": opened, "isVisible": False})
    press = toggle(view.labels("fold", title=_title(view, group)), name, closed, opened)
    rows = [short_row(view, a, group.kind) for a in view.actions(group.codes)]
    return {**_header(view, group, *signs), "selectAction": press}, {**container(*rows), "id": name, "isVisible": False}


def _closed(view: View, group: Group) -> Element:
    header = _header(view, group, fixed("›"))
    press = page_button(view, view.labels("show_all", n=len(group.codes)), group.kind, 0)
    return {**header, "selectAction": press} if press else header


def _header(view: View, group: Group, *signs: Element) -> Element:
    title = heading(escape_markdown(_title(view, group)), size="Default")
    if group.kind == Select.OVERDUE:
        title["color"] = "Attention"
    return {**columns(column(title), column(*signs, width="auto")), "separator": True}


def paging(view: View, kind: str, span: Span) -> list[Element]:
    """Where in the list this page is, and the buttons before, after and back to the answer."""
    words, first = view.labels, view.answer.groups[0].kind
    wanted: list[tuple[str, str, int]] = []
    if span.start > 0:
        wanted.append((words("previous", n=PAGE), kind, span.page - 1))
    if span.end < span.total:
        wanted.append((words("next", n=min(PAGE, span.total - span.end)), kind, span.page + 1))
    alone = not wanted
    if kind != first:
        wanted.append((words("back"), first, 0))
    made = [b for title, of, page in wanted if (b := page_button(view, title, of, page))]
    if wanted and not made:
        return [_too_many(view, span.total)]
    where = [] if alone else [paragraph(subtle(words("range", first=span.start + 1, last=span.end, total=span.total)))]
    return [*where, buttons(made)] if made else where


def page_button(view: View, title: str, kind: str, page: int) -> Element | None:
    """A button that shows a page of exactly this question; None where the question is too big for a button."""
    question = view.carried()
    if question is None:
        return None
    return button(title, {"do": "page", "q": question, "group": kind, "page": page})


def _too_many(view: View, total: int) -> Element:
    return spaced(paragraph(subtle(view.labels("too_many", total=total))), "Small")


def _title(view: View, group: Group) -> str:
    return view.say("groups.title", title=view.say(f"groups.{group.kind}"), n=len(group.codes))
