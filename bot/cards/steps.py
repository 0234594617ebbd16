"""The steps of a report as cards: one for what is asked now, one for what was recorded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.cards.elements import Element, bold, button, buttons, card, coloured, heading, paragraph, run, spaced, subtle
from bot.cards.escape import escape_markdown, plain
from bot.cards.fields import choice_field, command, date_field, text_field
from bot.cards.links import linked
from bot.cards.size import fitting
from uvp.answers.phrases import Phrases
from uvp.plan import Plan
from uvp.question import Language
from uvp.reporting.draft import EXPLAINED, Step
from uvp.reporting.prompts import Prompt
from uvp.reporting.receipts import Receipt
from uvp.updates import NOTE_LIMIT

_ROOMS = (2000, 600, 160, 40)
_FEW = 5
_TITLE = 70


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose card it is: the key of the person, and the name that others are told."""

    key: str
    name: str


def step_card(prompt: Prompt, owner: Owner, plan: Plan, today: date, say: Phrases, words: str) -> Element:
    """What is asked at a step, with everything needed to answer it on the card. ``words`` is the same as text."""

    def build(room: int) -> Element:
        data = _bound(prompt, owner)
        body = [
            *(paragraph(coloured(plain(line, room), "Attention")) for line in prompt.remarks),
            heading(escape_markdown(prompt.title, 200)),
            *(fact(name, value, room) for name, value in _facts(prompt, say)),
            paragraph(run(plain(prompt.question, room))),
            *_answers(prompt, plan, today, say, data),
            *_whose(owner, say),
        ]
        return card(body, prompt.draft.language, _fallback(words, room), _ways_out(prompt, say, data))

    return fitting(build, _ROOMS)


def receipt_card(receipt: Receipt, owner: Owner, language: Language, say: Phrases) -> Element:
    """What was recorded or taken back; while it can be taken back, with a button for that."""
    undo = {"do": "undo", "ids": list(receipt.ids), "by": owner.key, "who": owner.name, "language": language}
    actions = [button(say("dialog.recorded.undo_button"), undo)] if receipt.ids else []

    def build(room: int) -> Element:
        body = [
            heading(escape_markdown(receipt.title)),
            *(paragraph(run(plain(line, room))) for line in receipt.lines),
            *(fact(name, value, room) for name, value in receipt.facts),
        ]
        return card(body, language, _fallback(receipt.text, room), actions)

    return fitting(build, _ROOMS)


def _facts(prompt: Prompt, say: Phrases) -> list[tuple[str, str]]:
    """What is known; several actions have their ticks instead."""
    ticked = prompt.draft.several and prompt.step is Step.CONFIRM
    return [fact for fact in prompt.facts if not (ticked and fact[0] == say("dialog.facts.actions"))]


def fact(name: str, value: str, room: int) -> Element:
    """*Status: afgerond*"""
    return spaced(paragraph(bold(f"{name}: "), *linked(value, room)), "Small")


def _bound(prompt: Prompt, owner: Owner) -> Callable[[str], dict[str, Any]]:
    """The data of a button: which draft, which of its turns, whose card, and what is chosen.

    Nothing in it is called ``key``: the Agents Playground writes that name itself and then fails to send the press.
    """
    draft = prompt.draft
    common = {
        "do": "step",
        "draft": draft.key,
        "turn": draft.turn,
        "by": owner.key,
        "who": owner.name,
        "language": draft.language,
    }
    if len(draft.seen) == 1:
        common["seen"] = list(draft.seen[0])
    return lambda pick: {**common, "pick": pick}


def _answers(
    prompt: Prompt, plan: Plan, today: date, say: Phrases, data: Callable[[str], dict[str, Any]]
) -> list[Element]:
    match prompt.step:
        case Step.ACTION:
            listed = [(a.code, plain(f"{a.code} {a.title}", _TITLE)) for a in plan.in_code_order]
            field = choice_field("code", say("dialog.form.action"), listed, style="filtered")
            return [*_options(prompt, data), field, _go_on(say, data)]
        case Step.SCOPE if len(prompt.options) > _FEW:
            first = [o for o in prompt.options if o.value == "*"]
            others = [(o.value, plain(o.title)) for o in prompt.options if o.value != "*"]
            whole = buttons([command(o.title, data(o.value)) for o in first])
            field = choice_field("where", say("dialog.form.where"), others, many=True, style="expanded")
            return [whole, field, _go_on(say, data)]
        case Step.SCOPE | Step.STATUS:
            return [buttons([command(plain(o.title), data(o.value)) for o in prompt.options])]
        case Step.NOTE:
            error = say("dialog.form.required") if prompt.draft.status in EXPLAINED else None
            note = prompt.draft.note or ""
            return [text_field("note", say("dialog.form.note"), NOTE_LIMIT, value=note, error=error), _go_on(say, data)]
        case Step.EXPECTED:
            field = date_field("expected", say("dialog.form.expected"), earliest=today.isoformat())
            unknown = command(say("dialog.options.skip_expected"), data("skip"))
            return [field, buttons([button(say("dialog.options.done"), data("chosen")), unknown])]
        case Step.CONFIRM:
            return _confirmation(prompt, plan, say, data)


def _confirmation(prompt: Prompt, plan: Plan, say: Phrases, data: Callable[[str], dict[str, Any]]) -> list[Element]:
    confirm = button(say("dialog.options.confirm"), data("confirm"))
    add_note = command(say("dialog.options.note"), data("note"))
    if not prompt.draft.several:
        return [buttons([confirm, add_note])]
    codes = prompt.draft.codes
    listed = [(c, plain(f"{c} {plan.by_code[c].title}", _TITLE)) for c in codes]
    ticks = choice_field(
        "codes", say("dialog.facts.actions"), listed, value=",".join(codes), many=True, style="expanded"
    )
    return [ticks, buttons([confirm, add_note])]


def _options(prompt: Prompt, data: Callable[[str], dict[str, Any]]) -> list[Element]:
    """Actions by code on a button, the title beside it in text that wraps."""
    elements = []
    for option in prompt.options:
        title = option.title.removeprefix(option.value).strip()
        press = buttons([command(option.value, data(option.value))])
        wide: Element = {
            "type": "Column",
            "width": "stretch",
            "verticalContentAlignment": "Center",
            "items": [paragraph(run(plain(title, 160)))],
        }
        narrow: Element = {"type": "Column", "width": "auto", "items": [press]}
        elements.append(spaced({"type": "ColumnSet", "columns": [narrow, wide]}, "Small"))
    return elements


def _go_on(say: Phrases, data: Callable[[str], dict[str, Any]]) -> Element:
    return buttons([button(say("dialog.options.done"), data("chosen"))])


def _ways_out(prompt: Prompt, say: Phrases, data: Callable[[str], dict[str, Any]]) -> list[Element]:
    ways = ["cancel"] if prompt.step is Step.ACTION else ["back", "cancel"]
    return [command(say(f"dialog.options.{way}"), data(way)) for way in ways]


def _whose(owner: Owner, say: Phrases) -> list[Element]:
    return (
        [spaced(paragraph(subtle(say("dialog.form.for", name=plain(owner.name, 60)))), "Small")] if owner.name else []
    )


def _fallback(text: str, room: int) -> str:
    return "\n\n".join(escape_markdown(line, room) for line in text.splitlines()[:24] if line.strip())
