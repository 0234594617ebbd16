"""Groups of actions: one of them shown in full and paged, the others folded below."""

from __future__ import annotations

from collections.abc import Sequence
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
from uvp.answers.lines import group_title
from uvp.question import Select, Show

ANSWER = "answer"
"""The kind of no group: a button with it goes back to the answer itself."""
LISTS = frozenset({Show.ACTIONS, Show.DETAIL, Show.WHEN})
"""Where the actions are the answer; elsewhere that is a sentence or a picture, and their list a page of its own."""


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
    """The rows of the group that is looked at; where that is the list asked for, the other groups folded below."""
    first, *others = view.answer.groups
    group = view.paged or first
    if group is first and view.answer.question.show in LISTS:
        return [*page_of(view, group), *folded_elements(view, others)]
    back = page_button(view, view.labels("back"), ANSWER, 0)
    return [_header(view, group), *page_of(view, group), *([buttons([back])] if back else [])]


def page_of(view: View, group: Group) -> list[Element]:
    """One page of a group and the buttons to the others; a page beyond the last is the last."""
    span = Span.of(view.page, len(group.codes))
    rows = [row(view, a, group.kind) for a in view.actions(group.codes[span.start : span.end])]
    return [*rows, *paging(view, group.kind, span)]


def folded_elements(view: View, groups: Sequence[Group]) -> list[Element]:
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
    press = toggle(view.labels("fold", title=group_title(view.say, group)), name, closed, opened)
    rows = [short_row(view, a, group.kind) for a in view.actions(group.codes)]
    return {**_header(view, group, *signs), "selectAction": press}, {**container(*rows), "id": name, "isVisible": False}


def _closed(view: View, group: Group) -> Element:
    header = _header(view, group, fixed("›"))
    press = page_button(view, view.labels("show_all", n=len(group.codes)), group.kind, 0)
    return {**header, "selectAction": press} if press else header


def _header(view: View, group: Group, *signs: Element) -> Element:
    title = heading(escape_markdown(group_title(view.say, group)), size="Default")
    if group.kind == Select.OVERDUE:
        title["color"] = "Attention"
    end = [column(*signs, width="auto")] if signs else []
    return {**columns(column(title), *end), "separator": True}


def paging(view: View, kind: str, span: Span) -> list[Element]:
    """Where in the list this page is, and the buttons before and after."""
    words = view.labels
    if span.total <= PAGE:
        return []
    before = page_button(view, words("previous", n=PAGE), kind, span.page - 1) if span.start else None
    left = span.total - span.end
    after = page_button(view, words("next", n=min(PAGE, left)), kind, span.page + 1) if left else None
    made = [b for b in (before, after) if b]
    if not made:
        return [_too_many(view, span.total)]
    where = words("range", first=span.start + 1, last=span.end, total=span.total)
    return [paragraph(subtle(where)), buttons(made)]


def page_button(view: View, title: str, kind: str, page: int) -> Element | None:
    """A button that shows a page of exactly this question; None where the question is too big for a button."""
    question = view.carried()
    if question is None:
        return None
    return button(title, {"do": "page", "q": question, "group": kind, "page": page})


def _too_many(view: View, total: int) -> Element:
    return spaced(paragraph(subtle(view.labels("too_many", total=total))), "Small")
