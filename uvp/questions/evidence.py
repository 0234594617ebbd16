"""What is known of a sentence when it is judged whether it is about the plan."""

from __future__ import annotations

from dataclasses import dataclass

from uvp.question import Select
from uvp.questions.lexicon import Lexicon
from uvp.questions.sentence import Sentence
from uvp.questions.slots import Slots
from uvp.questions.target import Target
from uvp.questions.weighing import left_over


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence with all that was found in it; ``fragment`` when it is names and the small words between them."""

    s: Sentence
    slots: Slots
    target: Target
    select: Select | None
    fragment: bool
    lexicon: Lexicon

    @property
    def named(self) -> bool:
        """Whether it names a part of the plan, or somebody who holds one."""
        slots = self.slots
        return bool(slots.themes or slots.topics or slots.sections or slots.people or slots.codes)

    @property
    def told(self) -> bool:
        """Whether it says that it is about actions or about the plan."""
        own = self.s.has("deadline") and not left_over(self.s, self.target)
        of_theme = self.s.has("goals", "partners") and bool(self.slots.themes)
        of_theme = of_theme or (self.s.has("section") and bool(self.slots.themes))
        of_party = self.s.has("takes_part") and bool(self.slots.partners)
        return self.s.has("action", "plan", "list", "progress", "holders") or own or of_theme or of_party
