"""Follow-ups (being written)."""

from __future__ import annotations

from collections.abc import Callable

from uvp.question import Context, Question
from uvp.questions.sentence import Sentence
from uvp.questions.slots import Slots
from uvp.questions.target import Target

Standalone = Callable[[Sentence, Slots, Target, Question], Question]


def follow_up(
    s: Sentence, slots: Slots, target: Target, base: Question, context: Context, standalone: Standalone
) -> Question | None:
    return None
