"""How a report begins: by a sentence about many actions, or by saying that one wants to make one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from uvp.answers.answering import answer
from uvp.question import Intent, Language, Question
from uvp.reporting.draft import Draft
from uvp.reporting.words import DialogWords
from uvp.snapshot import Snapshot
from uvp.updates import Person, Status

LONGEST = 80
"""Characters of a message that only begins a report."""
_CODE = re.compile(r"\b[A-Za-z]{2,5}[- ]?\d{1,3}\b")


@dataclass(frozen=True, slots=True)
class Start:
    """Who begins, when, and with what: an empty ``draft`` with its key, the name of the person, and the reader."""

    draft: Draft
    name: str
    today: date
    snapshot: Snapshot
    reads: Callable[[str], Question]
    words: DialogWords


def may_start(text: str, words: DialogWords) -> bool:
    """Whether a message looks like the beginning of a report; cheap, because every message is asked."""
    if len(text) > LONGEST:
        return False
    begins = words.means(_without_code(text)[0], "start") or words.behind(text, "start")
    return bool(begins) or _said_of_all(text, words) is not None


def started(text: str, start: Start, language: Language) -> Draft | None:
    """The draft that a message begins; None for any other message. ``language`` counts where the words are of both."""
    if not may_start(text, start.words):
        return None
    if (said := _said_of_all(text, start.words)) and (draft := _of_all(*said, start)):
        return draft
    rest, code = _without_code(text)
    if not start.words.means(rest, "start"):
        return _named(text, start)
    codes = start.reads(code).filters.codes[:1] if code else ()
    if code and not codes:
        return None
    return replace(start.draft, codes=codes, language=start.words.language_of(rest, "start") or language)


def _named(text: str, start: Start) -> Draft | None:
    """*Update Hackshield*: the words behind name one action, or some to choose from, and say nothing else."""
    question = start.reads(start.words.behind(text, "start"))
    filters = question.filters
    plain = question.intent is Intent.ASK and filters.period is None and not (question.left_out or filters.statuses)
    if not plain or not (question.choices or len(filters.codes) == 1):
        return None
    return replace(start.draft, codes=filters.codes, choices=question.choices, language=question.language)


def _without_code(text: str) -> tuple[str, str]:
    """The text without the first code in it, and that code; empty where there is none."""
    code = _CODE.search(text)
    return (text, "") if code is None else (f"{text[: code.start()]} {text[code.end() :]}", code.group())


def _said_of_all(text: str, words: DialogWords) -> tuple[list[str], Status, bool] | None:
    """The subject and the status of a sentence, and whether it goes on behind the status (with its subject)."""
    if text.rstrip().endswith("?"):
        return None
    spoken = text.rstrip(" .").split()
    if said := words.said_of_all(spoken):
        return *said, False
    for at in range(len(spoken) - 1, 1, -1):
        if spoken[at].casefold() == "in" and (said := words.said_of_all(spoken[:at])):
            return [*said[0], *spoken[at:]], said[1], True
    return None


def _of_all(subject: list[str], status: Status, goes_on: bool, start: Start) -> Draft | None:
    """*Alle verkeersacties lopen volgens planning*: one status for all that are open; for all where none is.

    Behind the status may stand where (*in Druten*); with *in maart* it is a question about what was finished then.
    """
    question, standings = start.reads(" ".join(subject)), start.snapshot.standings
    if goes_on and (question.filters.period is not None or not question.filters.municipalities):
        return None
    if question.intent is not Intent.ASK or question.left_out:
        return None
    listed = answer(question, start.snapshot, start.today, Person(start.name, start.draft.by)).codes
    codes = tuple(c for c in listed if not standings[c].status.closed) or listed
    return (
        replace(
            start.draft,
            language=question.language,
            codes=codes,
            municipalities=question.filters.municipalities or None,
            status=status,
            several=len(codes) > 1,
        )
        if codes
        else None
    )
