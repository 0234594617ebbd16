"""Reporting as the parts that the handler and the conversation need."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.handler import Verb
from bot.reporting.carrying import Carrying, Kept
from bot.reporting.desk import Desk
from bot.reporting.forms import Forms
from bot.reporting.steps import Steps
from bot.reporting.undoing import Undoing
from bot.talk import Said
from bot.turns import Decide
from dialogs.running import Dialogs
from uvp.question import Intent
from uvp.reporting.setting import Settings


@dataclass(frozen=True, slots=True)
class Reporting:
    """Buttons, intents, and what hears messages before anything else does."""

    verbs: Mapping[str, Verb]
    intents: Mapping[Intent, Said]
    before: Callable[[Decide], Decide]


def build_reporting(desk: Desk, kept: Kept, settings: Settings) -> Reporting:
    """Joins the ways of reporting over what they share, and what is set in chat."""
    steps, undoing, carrying = Steps(desk, Dialogs(desk.records)), Undoing(desk), Carrying(desk, kept, settings)
    forms = Forms(desk, steps)
    verbs = {"step": steps.pressed, "update": forms.wanted, "form": forms.saved, "undo": undoing.pressed}

    def before(answer: Decide) -> Decide:
        return undoing.before(carrying.before(steps.before(answer)))

    return Reporting(verbs, {Intent.UPDATE: steps.reported}, before)
