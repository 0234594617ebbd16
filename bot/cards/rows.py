"""One action as a row that opens its details when it is pressed."""

from __future__ import annotations

from typing import Final

from bot.cards.elements import Colour, Element, badge, bold, coloured, column, paragraph, run, spaced, submit, subtle
from bot.cards.escape import plain
from bot.cards.view import View
from uvp.answers.lines import timing
from uvp.plan import Action
from uvp.question import Select
from uvp.updates import Status

# The colour of the badge, and that of the text where a client has no badges. The words say the same.
COLOURS: Final[dict[Status, tuple[str, Colour]]] = {
    Status.UNKNOWN: ("Subtle", "Default"),
    Status.NOT_STARTED: ("Informative", "Default"),
    Status.RUNNING: ("Accent", "Accent"),
    # As text, the colour of warnings is too pale to read on white in some clients.
    Status.DELAYED: ("Warning", "Attention"),
    Status.FINISHED: ("Good", "Good"),
    Status.DROPPED: ("Subtle", "Default"),
}

# Groups whose rows show another date than the deadline.
_OTHER_DATES: Final = (Select.STARTING, Select.DONE, Select.UPDATED, Select.STALE)


def status_badge(view: View, status: Status) -> Element:
    """The status in its colour and in words."""
    style, colour = COLOURS[status]
    return badge(view.status(status), style, colour)


def late(view: View, action: Action) -> bool:
    """Whether the deadline has passed while the action is not closed."""
    deadline = action.deadline
    return deadline is not None and deadline < view.words.today and not view.standings[action.code].status.closed


def row(view: View, action: Action, kind: str) -> Element:
    """Code, title, deadline in words and holder; the status at the right."""
    room = view.room
    text = column(
        paragraph(bold(action.code), run(f" {plain(action.title, room.title)}")),
        spaced(paragraph(*_small_print(view, action, kind)), "None"),
    )
    return {
        "type": "ColumnSet",
        "spacing": "Small",
        "separator": True,
        "selectAction": details(view, action.code),
        "columns": [text, column(status_badge(view, view.standings[action.code].status), width="auto")],
    }


def short_row(view: View, action: Action, kind: str) -> Element:
    """A row for a group that is folded: the same words, the status among them instead of in a badge."""
    status = view.status(view.standings[action.code].status)
    title = paragraph(bold(action.code), run(f" {plain(action.title, view.room.title)}"))
    return {
        "type": "Container",
        "spacing": "Small",
        "selectAction": details(view, action.code),
        "items": [title, spaced(paragraph(*_small_print(view, action, kind, status)), "None")],
    }


def details(view: View, code: str) -> Element:
    """Pressing it asks for the details, in a sentence: a bare code would repeat the question that was just asked."""
    return submit(view.labels("details", code=code), {"do": "ask", "text": view.labels("ask_details", code=code)})


def _small_print(view: View, action: Action, kind: str, *more: str) -> list[Element]:
    """The date that matters, in the colour of alarm when it is a deadline that has passed, and who holds the action."""
    words = plain(timing(view.words, action, kind))
    holder = [plain(action.holder, view.room.name)] if action.holder else []
    separator = view.labels("separator")
    if kind not in _OTHER_DATES and late(view, action):
        rest = separator.join([*more, *holder])
        return [coloured(words, "Attention"), *([subtle(separator + rest)] if rest else [])]
    return [subtle(separator.join([words, *more, *holder]))]
