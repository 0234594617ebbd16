"""A text in a conversation, and what it names by itself."""

from __future__ import annotations

from dataclasses import dataclass

from uvp.question import Context, Question, Show
from uvp.questions.lexicon import Lexicon
from uvp.questions.sentence import Sentence
from uvp.questions.slots import Slots
from uvp.questions.target import Target

ABOUT_ONE = (Show.DETAIL, Show.WHEN, Show.HISTORY)


@dataclass(frozen=True, slots=True)
class Turn:
    """A text in a conversation: what it was taken apart into, what is known of it so far, and what came before.

    ``fragment`` says that it is names and the small words between them, no sentence.
    """

    s: Sentence
    slots: Slots
    target: Target
    base: Question
    context: Context
    fragment: bool
    lexicon: Lexicon

    @property
    def before(self) -> Question:
        """The question before."""
        return self.context.question


def names_actions(turn: Turn) -> bool:
    """Whether it names a theme, an action, a person or a party of its own."""
    slots = turn.slots
    return bool(slots.themes or slots.codes or slots.people or slots.partners or slots.aliases)


def names_other(turn: Turn) -> bool:
    """Whether it names actions of its own, or a period."""
    return names_actions(turn) or turn.slots.period is not None


def of_everybody(turn: Turn) -> bool:
    """*En van alle portefeuillehouders*: whose they are does not matter; nobody asks who those are."""
    everybody = turn.s.signs.get("everybody", ())
    return bool(turn.before.filters.people and everybody) and all(m in everybody for m in turn.s.signs.get("who", ()))
