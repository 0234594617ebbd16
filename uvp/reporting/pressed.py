"""Reads what somebody pressed at a step, and what the fields of the card held."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from uvp.reporting.draft import Draft, Step
from uvp.reporting.prompts import options
from uvp.reporting.replies import Command, Reply, Ticked, Trouble, chosen, expected, note, scoped
from uvp.reporting.world import Pressed, World


def read_pressed(step: Step, pressed: Pressed, draft: Draft, world: World) -> Reply:
    """What a button of the card of this step means; None for what this card does not hold."""
    match pressed.choice, step:
        case "cancel", _:
            return Command.CANCEL
        case "back", _:
            return Command.BACK
        case "skip", Step.NOTE | Step.EXPECTED:
            return Command.SKIP
        case "chosen", Step.ACTION:
            code = pressed.fields.get("code", "")
            return chosen(step, code, draft) if code in world.snapshot.plan.by_code else _no_action(draft, world)
        case "chosen", Step.NOTE:
            return note(pressed.fields.get("note", ""), draft, world)
        case "chosen", Step.EXPECTED:
            return _expected_field(pressed.fields, draft, world)
        case "chosen", Step.SCOPE:
            return _scope_field(pressed.fields, draft, world)
        case "confirm", Step.CONFIRM:
            return _ticked(pressed.fields, draft, world) if draft.several else Command.CONFIRM
        case "note", Step.CONFIRM:
            return replace(draft, opened=Step.NOTE, turn=draft.turn + 1)
        case value, Step.ACTION | Step.SCOPE | Step.STATUS:
            return chosen(step, value, draft) if value in {o.value for o in options(draft, world, step)} else None
    return None


def _no_action(draft: Draft, world: World) -> Trouble:
    return Trouble(world.say(draft.language)("dialog.trouble.action"))


def _scope_field(fields: Mapping[str, str], draft: Draft, world: World) -> Reply:
    return scoped([v for v in fields.get("where", "").split(",") if v] or ["*"], draft, world)


def _expected_field(fields: Mapping[str, str], draft: Draft, world: World) -> Reply:
    value = fields.get("expected", "").strip()
    if not value:
        return Command.SKIP
    try:
        return expected(date.fromisoformat(value), draft, world)
    except ValueError:
        return Trouble(world.say(draft.language)("dialog.trouble.expected"))


def _ticked(fields: Mapping[str, str], draft: Draft, world: World) -> Reply:
    """The confirmation of several: only those that are ticked. A card without the field means all."""
    if "codes" not in fields:
        return Command.CONFIRM
    ticked = set(fields["codes"].split(","))
    codes = tuple(code for code in draft.codes if code in ticked)
    if not codes:
        return Trouble(world.say(draft.language)("dialog.trouble.none_picked"))
    return Command.CONFIRM if codes == draft.codes else Ticked(replace(draft, codes=codes))
