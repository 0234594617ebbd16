"""Groups of actions: one of them shown in full and paged, the others folded below."""

from __future__ import annotations

from dataclasses import dataclass

from bot.cards.elements import Element, button, buttons, column, columns, container, fixed, paragraph, subtle, toggle
from bot.cards.escape import escape_markdown
from bot.cards.rows import row, short_row
from bot.cards.view import PAGE, View
from uvp.answer import Group
from uvp.questions_codec import encode


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
    return [fixed(f"**{_title(view, opened)}**"), *shown]


def page_of(view: View, group: Group) -> list[Element]:
    """One page of a group and the buttons to the others; a page beyond the last is the last."""
    span = Span.of(view.page, len(group.codes))
    rows = [row(view, a, group.kind) for a in view.actions(group.codes[span.start : span.end])]
    return [*rows, *paging(view, group.kind, span)]


def folded_elements(view: View, groups: tuple[Group, ...]) -> list[Element]:
    """The groups that hold something: a heading with the number that folds and unfolds the rows."""
    return [element for group in groups if group.codes for element in _folded(view, group)]


def _folded(view: View, group: Group) -> tuple[Element, Element]:
    name, title = f"group-{group.kind}", _title(view, group)
    closed, opened = f"{name}-closed", f"{name}-opened"
    header = columns(
        column(fixed(f"**{title}**")),
        column({**fixed("▸"), "id": closed}, {**fixed("▾"), "id": opened, "isVisible": False}, width="auto"),
        spacing="Medium",
    )
    header["separator"] = True
    header["selectAction"] = toggle(view.labels("fold", title=title), name, closed, opened)
    rows = container(_preview(view, group), spacing="None")
    return header, {**rows, "id": name, "isVisible": False}


def _preview(view: View, group: Group) -> list[Element]:
    """The first rows; the rest is a page of its own."""
    rows = [short_row(view, a, group.kind) for a in view.actions(group.codes[: view.room.folded])]
    if len(group.codes) <= view.room.folded:
        return rows
    more = page_button(view, view.labels("show_all", n=len(group.codes)), group.kind, 0)
    return [*rows, buttons([more]) if more else _too_many(view, len(group.codes))]


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
    question = encode(view.answer.question, view.words.today)
    if question is None:
        return None
    return button(title, {"do": "page", "q": question, "group": kind, "page": page})


def _too_many(view: View, total: int) -> Element:
    return paragraph(subtle(view.labels("too_many", total=total)), spacing="Small")


def _title(view: View, group: Group) -> str:
    say = view.say
    return escape_markdown(say("groups.title", title=say(f"groups.{group.kind}"), n=len(group.codes)))
