"""An answer as a value; ``uvp.answers.wording`` makes words of it, ``bot.cards`` a card."""

from __future__ import annotations

from dataclasses import dataclass

from uvp.question import Question
from uvp.updates import Person


@dataclass(frozen=True, slots=True)
class Group:
    """Actions under one heading: ``kind`` is a value of ``Select`` or ``match``; codes in the order shown."""

    kind: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered. The first group is the answer itself, the others what the asker would otherwise miss.

    ``people`` are the names that a *who* answers, ``count`` the number that a *count* answers. ``theme_parties`` says
    that a party was matched in the parties of a theme because no action names it itself. ``compared`` is the first
    group over the second period of a comparison. ``asker`` is who asked for their own actions, None when unknown;
    ``anonymous`` says that own actions were asked for and nobody knows whose, so that it is about everybody's.
    """

    question: Question
    groups: tuple[Group, ...] = ()
    people: tuple[str, ...] = ()
    count: int | None = None
    theme_parties: bool = False
    compared: Group | None = None
    asker: Person | str | None = None
    anonymous: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """What is answered, in order: the codes of the first group."""
        return self.groups[0].codes if self.groups else ()
