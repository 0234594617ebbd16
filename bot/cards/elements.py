"""The parts of a card as plain dictionaries, in the names of the Adaptive Cards schema 1.5.

Colours are the semantic ones only, so that every theme fills in its own. Callers hand in text that is safe already.
"""

from __future__ import annotations

from typing import Any, Literal

Element = dict[str, Any]
Colour = Literal["Default", "Accent", "Good", "Warning", "Attention"]
Spacing = Literal["None", "Small", "Medium", "Large"]


def heading(text: str, *, size: Literal["Default", "Medium"] = "Medium") -> Element:
    """A heading; ``text`` is read as Markdown."""
    return {"type": "TextBlock", "text": text, "style": "heading", "size": size, "weight": "Bolder", "wrap": True}


def figure(text: str) -> Element:
    """A number that answers a question by itself."""
    return {"type": "TextBlock", "text": text, "size": "ExtraLarge", "weight": "Bolder"}


def fixed(text: str) -> Element:
    """A sentence of the bot's own; ``text`` is read as Markdown."""
    return {"type": "TextBlock", "text": text, "wrap": True}


def run(text: str) -> Element:
    """A stretch of plain text in a paragraph."""
    return {"type": "TextRun", "text": text}


def bold(text: str) -> Element:
    """A stretch of plain text that stands out."""
    return {"type": "TextRun", "text": text, "weight": "Bolder"}


def subtle(text: str) -> Element:
    """A stretch of plain text that stands back."""
    return {"type": "TextRun", "text": text, "isSubtle": True, "size": "Small"}


def coloured(text: str, colour: Colour) -> Element:
    """A small stretch of plain text in a semantic colour; the text itself must say the same."""
    return {"type": "TextRun", "text": text, "color": colour, "size": "Small", "weight": "Bolder"}


def paragraph(*runs: Element) -> Element:
    """Text runs as one paragraph; nothing in it is read as Markdown."""
    return {"type": "RichTextBlock", "inlines": list(runs)}


def pressable(element: Element, title: str, data: dict[str, Any]) -> Element:
    """An element just made that looks and works like a button, but whose text wraps."""
    return {**element, "style": "emphasis", "selectAction": submit(title, data)}


def spaced(element: Element, spacing: Spacing) -> Element:
    """An element just made, at another distance from what stands above it than the usual one."""
    element["spacing"] = spacing
    return element


def badge(text: str, style: str, colour: Colour) -> Element:
    """A status in a coloured shape; older clients show coloured text instead."""
    weight = "Default" if colour == "Default" else "Bolder"
    instead = {"type": "TextBlock", "text": text, "color": colour, "size": "Small", "weight": weight}
    return {"type": "Badge", "text": text, "style": style, "appearance": "Tint", "fallback": instead}


def column(*items: Element, width: str | int = "stretch") -> Element:
    """A column: ``width`` is ``stretch``, ``auto``, or a weight beside the other columns."""
    return {"type": "Column", "width": width, "items": list(items)}


def columns(*parts: Element) -> Element:
    """Columns beside each other."""
    return {"type": "ColumnSet", "columns": list(parts)}


def container(*items: Element) -> Element:
    """Elements below each other."""
    return {"type": "Container", "items": list(items)}


def submit(title: str, data: dict[str, Any]) -> Element:
    """An action for where a whole element is pressed; ``title`` is what screen readers say."""
    return {"type": "Action.Submit", "title": title, "data": data}


def button(title: str, data: dict[str, Any]) -> Element:
    """A button: Execute where the client knows it, Submit with the same data elsewhere."""
    return {
        "type": "Action.Execute",
        "title": title,
        "verb": data["do"],
        "data": data,
        "fallback": {"type": "Action.Submit", "title": title, "data": data},
    }


def buttons(actions: list[Element]) -> Element:
    """Buttons in the body of a card."""
    return {"type": "ActionSet", "actions": actions}


def toggle(title: str, *ids: str) -> Element:
    """An action that shows what is hidden and hides what is shown."""
    return {"type": "Action.ToggleVisibility", "title": title, "targetElements": list(ids)}


def card(body: list[Element], language: str, fallback_text: str, actions: list[Element]) -> Element:
    """The card around its elements; ``fallback_text`` is for clients that cannot show it."""
    whole = {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.5",
        "lang": language,
        "fallbackText": fallback_text,
        "body": body,
    }
    if actions:
        whole["actions"] = actions
    return whole
