"""A reminder as a card: what somebody is asked about, with what they can do about each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.cards.elements import (
    Element,
    button,
    buttons,
    card,
    coloured,
    container,
    fixed,
    heading,
    paragraph,
    run,
    spaced,
    subtle,
)
from bot.cards.escape import escape_markdown, plain
from uvp.digest.reminders import Item, Why
from uvp.digest.wording import DigestWording
from uvp.question import Language
from uvp.snapshot import Snapshot

_SHOWN = 12


def reminder_card(
    items: Sequence[Item],
    snapshot: Snapshot,
    today: date,
    language: Language,
    wording: DigestWording,
    said: str | None = None,
) -> Element:
    """The card for one person. Buttons: report, not for a week (all of it), not any more (one of it).

    ``said`` is what was just chosen on it; it stands on top, and alone when nothing else is left.
    """
    say = wording.phrases(language)
    text = wording.reminder(items, snapshot, today, language)
    if not items:
        return card([fixed(escape_markdown(said or text))], language, escape_markdown(said or text), [])
    title = say.number("reminder.title", len(items))
    body = [heading(escape_markdown(title)), spaced(paragraph(subtle(said or say("reminder.why"))), "Small")]
    for item in items[:_SHOWN]:
        line = plain(wording.reminded(item, snapshot, today, language), 300)
        shown = coloured(line, "Attention") if item.why is Why.LATE else run(line)
        body.append({**container(paragraph(shown), buttons(_of_one(item.code, wording, language))), "separator": True})
    if len(items) > _SHOWN:
        body.append(paragraph(subtle(say.number("sections.more", len(items) - _SHOWN))))
    snooze = button(
        say("reminder.buttons.snooze"), {"do": "remind", "how": "snooze", "codes": [item.code for item in items]}
    )
    return card(body, language, escape_markdown(text, 2000), [snooze])


def retired_card(day: str, language: Language, wording: DigestWording, *, done: bool) -> Element:
    """What stands in the place of a reminder of which nothing is open (``done``), or that a newer one replaced."""
    text = wording.phrases(language)("reminder.over" if done else "reminder.replaced", day=day)
    return card([paragraph(subtle(text))], language, text, [])


def _of_one(code: str, wording: DigestWording, language: Language) -> list[Element]:
    say = wording.phrases(language)
    return [
        button(say("reminder.buttons.report", code=code), {"do": "update", "code": code, "status": "afgerond"}),
        button(say("reminder.buttons.stop", code=code), {"do": "remind", "how": "stop", "codes": [code]}),
    ]
