"""*Hoe las ik dit?*: what each stretch of the question was taken for, folded behind a button."""

from __future__ import annotations

from datetime import date

from bot.cards.elements import Element, buttons, container, paragraph, run, spaced, subtle, toggle
from bot.cards.escape import plain
from bot.cards.view import View
from uvp.answers import dates
from uvp.period import Period
from uvp.question import WordReading

_READINGS = 12
_OPEN = "…"
# What a sign or a word of no weight means is for who maintains the language files; readers get its kind alone.
_WITHOUT_VALUE = frozenset({"sign", "left out"})


def reading_elements(view: View) -> list[Element]:
    """A button and what it shows; nothing where there is no reading or no room."""
    reading, room = view.answer.question.reading, view.room
    if not room.reading or not reading:
        return []
    shown = {**container(*[_line(view, r) for r in reading[:_READINGS]]), "id": "reading", "isVisible": False}
    return [spaced(buttons([toggle(view.labels("reading.button"), "reading")]), "Medium"), shown]


def _line(view: View, reading: WordReading) -> Element:
    name = view.room.name
    meaning, value = view.labels.get(f"reading.kinds.{reading.kind}", plain(reading.kind, name)), _value(view, reading)
    if value and value.casefold() != reading.text.casefold():
        meaning = f"{meaning}: {plain(value, name)}"
    return spaced(paragraph(run(f"“{plain(reading.text, name)}” → "), subtle(meaning)), "None")


def _value(view: View, reading: WordReading) -> str:
    """Themes by their name, days as people say them; what needs no saying left out."""
    match reading.kind:
        case kind if kind in _WITHOUT_VALUE:
            return ""
        case "theme":
            themes = view.snapshot.plan.theme_by_code
            return ", ".join(themes[code].label if code in themes else code for code in reading.value.split(", "))
        case "period":
            return _days(view, reading.value)
    return reading.value


def _days(view: View, value: str) -> str:
    """A period that was read as its days; another way of naming when stays as it is."""
    start, _, end = value.partition(" – ")
    try:
        days = Period(*(None if day == _OPEN else date.fromisoformat(day) for day in (start, end)))
    except ValueError:
        return value
    return dates.period(view.say, days)
