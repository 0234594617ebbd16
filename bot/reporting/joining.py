"""Reporting as the parts that the handler and the conversation need."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.handler import Verb
from bot.reporting.desk import Desk
from bot.reporting.forms import Forms
from bot.reporting.steps import Steps
from bot.reporting.undoing import Undoing
from bot.talk import Said
from bot.turns import Decide
from dialogs.running import Dialogs
from uvp.question import Intent


@dataclass(frozen=True, slots=True)
class Reporting:
    """Buttons, intents, and what hears messages before anything else does."""

    verbs: Mapping[str, Verb]
    intents: Mapping[Intent, Said]
    before: Callable[[Decide], Decide]


def build_reporting(desk: Desk) -> Reporting:
    """Joins the ways of reporting over what they share."""
    steps, undoing = Steps(desk, Dialogs(desk.records)), Undoing(desk)
    forms = Forms(desk, steps)
    verbs = {"step": steps.pressed, "update": forms.wanted, "form": forms.saved, "undo": undoing.pressed}
    return Reporting(verbs, {Intent.UPDATE: steps.reported}, lambda answer: undoing.before(steps.before(answer)))
