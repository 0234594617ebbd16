"""*Hoe las ik dit?*: what each stretch of the question was taken for, folded behind a button."""

from __future__ import annotations

from bot.cards.elements import Element, buttons, container, paragraph, run, spaced, subtle, toggle
from bot.cards.escape import plain
from bot.cards.view import View
from uvp.question import WordReading

_READINGS = 12
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
    """Themes by their name; what needs no saying left out."""
    if reading.kind in _WITHOUT_VALUE:
        return ""
    if reading.kind != "theme":
        return reading.value
    themes = view.snapshot.plan.theme_by_code
    return ", ".join(themes[code].label if code in themes else code for code in reading.value.split(", "))
