"""What a coordinator is told about messages that did not arrive as they should, with what they can decide."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cards.elements import Element, button, buttons, card, container, heading, paragraph, run, subtle
from bot.cards.escape import escape_markdown, plain
from uvp.answers.phrases import Phrases
from uvp.delivery.outbox import (
    BARRED,
    NO_ADDRESS,
    NO_ANSWER,
    NO_CONNECTION,
    PROCESS_ENDED,
    TOO_LATE,
    Item,
    State,
)
from uvp.digest.week import Week
from uvp.question import Language

_SHOWN = 12
_REASONS = {
    TOO_LATE: "too_late",
    PROCESS_ENDED: "process_ended",
    NO_ADDRESS: "no_address",
    NO_CONNECTION: "no_connection",
    NO_ANSWER: "no_answer",
}


def notice_lines(items: Sequence[tuple[Item, str]], say: Phrases) -> list[str]:
    """One line for each message with the name of its place; the first line is the title."""
    return [say.number("notice.title", len(items)), *(_line(item, place, say) for item, place in items)]


def notice_card(items: Sequence[tuple[Item, str]], language: Language, say: Phrases) -> Element:
    """Buttons for what is open to decide: post again, or it has arrived."""
    title, *lines = notice_lines(items, say)
    body: list[Element] = [heading(escape_markdown(title))]
    for (item, _), line in list(zip(items, lines, strict=True))[:_SHOWN]:
        part = container(paragraph(run(plain(line, 400))))
        if offered := _offered(item, say):
            part["items"].append(buttons(offered))
        body.append({**part, "separator": True})
    if len(items) > _SHOWN:
        body.append(paragraph(subtle(say.number("notice.more", len(items) - _SHOWN))))
    return card(body, language, escape_markdown("\n".join([title, *lines]), 2000), [])


def _line(item: Item, place: str, say: Phrases) -> str:
    what = say(f"notice.kinds.{item.kind}", week=Week.parse(item.slot).number if item.kind.matters else "")
    line = say(f"notice.{item.state}", what=what, place=place, reason=_reason(item, say))
    return f"{line} {say('notice.barred')}" if _barred(item) else line


def _reason(item: Item, say: Phrases) -> str:
    """Why it is where it is: our own reasons in the reader's language, those of the service in its words."""
    own = next((name for text, name in _REASONS.items() if text in item.reason), None)
    if own is None:
        return item.reason or say("notice.no_reason")
    return say(f"notice.reasons.{own}")


def _barred(item: Item) -> bool:
    return item.state is State.FAILED and item.reason[:3] in {str(status) for status in BARRED}


def _offered(item: Item, say: Phrases) -> list[Element]:
    again = button(say("notice.again"), {"do": "outbox", "how": "again", "id": item.id})
    match item.state:
        case State.UNKNOWN:
            return [again, button(say("notice.arrived"), {"do": "outbox", "how": "arrived", "id": item.id})]
        case State.FAILED | State.SKIPPED:
            return [again]
    return []
