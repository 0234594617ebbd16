"""What a step of a dialog is decided on, beside the draft itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from uvp.answers.phrases import Phrases
from uvp.members import Member
from uvp.question import Language, Question
from uvp.reporting.refusing import left_out
from uvp.reporting.words import DialogWords
from uvp.snapshot import Snapshot
from uvp.updates import local_day


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody typed this; ``links`` came with it, and are kept with a note."""

    text: str
    links: tuple[str, ...] = ()

    def noted(self, text: str) -> str:
        """A note of these words, with the links."""
        return " ".join((text, *self.links)).strip()


@dataclass(frozen=True, slots=True)
class Pressed:
    """Somebody pressed a button of the card of turn ``turn``: its choice, and what the card's fields held.

    ``choice`` is a value of an option, ``chosen`` where the fields tell, or a command.
    """

    turn: int
    choice: str
    fields: Mapping[str, str] = field(default_factory=dict)


Heard = Said | Pressed


@dataclass(frozen=True, slots=True)
class World:
    """The plan and its updates, who reports (``member``) and where, the moment, the words, and the reader of texts.

    ``offered`` are codes to choose from where no action was named, ``coordinators`` whom to ask, by language. ``reads``
    reads a text as a question, or a report.
    """

    snapshot: Snapshot
    member: Member
    now: datetime
    words: DialogWords
    reads: Callable[[str], Question]
    offered: tuple[str, ...] = ()
    place: str | None = None
    coordinators: Mapping[Language, str] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day in Europe/Amsterdam."""
        return local_day(self.now)

    def say(self, language: Language) -> Phrases:
        """The sentences of a language."""
        return self.words.say(language)

    def why_not(self, names: Sequence[str], codes: Sequence[str], language: Language) -> tuple[str, ...]:
        """Why these municipalities cannot be reported on; nothing for no names."""
        whom = self.coordinators.get(language, "")
        return left_out(self.say(language), names, codes, self.snapshot.plan, self.member, whom) if names else ()
