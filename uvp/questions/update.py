"""Status reports."""

from __future__ import annotations

from collections.abc import Callable

from uvp.plan import Plan
from uvp.question import Question
from uvp.questions.sentence import Sentence
from uvp.questions.slots import Slots
from uvp.questions.target import Target


def reported_update(s: Sentence, slots: Slots, target: Target, plan: Plan) -> Callable[[Question], Question] | None:
    return None
