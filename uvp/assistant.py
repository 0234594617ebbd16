"""From a text to its answer: reading, answering and wording joined, and what a follow-up will refer to.

Pure but for a small memory of readers: building one looks at every word of a plan, and plans seldom change.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from uvp.answer import Answer
from uvp.answers.answering import answer
from uvp.answers.wording import Wording
from uvp.plan import Plan
from uvp.question import Context, Intent, Language, Question
from uvp.questions import Reader
from uvp.snapshot import Snapshot
from uvp.updates import Person

READERS_KEPT = 32


@dataclass(frozen=True, slots=True)
class Response:
    """An answer, the same in words, and what the next text may refer to (None: nothing yet)."""

    answer: Answer
    text: str
    context: Context | None = None


class Assistant:
    """Answers texts over a snapshot of a plan; ``question_data`` and the data of ``wording`` are the language files."""

    def __init__(self, question_data: Mapping[Language, Mapping[str, Any]], wording: Wording) -> None:
        self.wording = wording
        self._question_data = question_data
        self._readers: OrderedDict[int, tuple[Plan, Reader]] = OrderedDict()

    def respond(
        self,
        text: str,
        snapshot: Snapshot,
        today: date,
        context: Context | None = None,
        asker: Person | str | None = None,
    ) -> Response:
        """The answer to ``text``; ``context`` is that of the answer before it, ``asker`` who asks, or only the name."""
        question = self.read(text, snapshot.plan, today, context)
        found = answer(question, snapshot, today, asker)
        return Response(found, self.wording.text(found, snapshot, today), following(found, context))

    def read(self, text: str, plan: Plan, today: date, context: Context | None = None) -> Question:
        """The text as a question, without answering it."""
        return self._reader(plan).read(text, today, context)

    def _reader(self, plan: Plan) -> Reader:
        """The reader of this plan. A plan loaded anew without having changed keeps its reader."""
        readers = self._readers
        # By identity, because hashing a plan reads all of it; the entry holds the plan, so its id stays its own.
        if (kept := readers.get(id(plan))) is None:
            same = next(((k, p, r) for k, (p, r) in readers.items() if p.slug == plan.slug and p == plan), None)
            if same is not None:
                del readers[same[0]]
            kept = (plan, same[2] if same else Reader(self._question_data, plan))
            readers[id(plan)] = kept
            if len(readers) > READERS_KEPT:
                readers.popitem(last=False)
        readers.move_to_end(id(plan))
        return kept[1]


def following(found: Answer, before: Context | None) -> Context | None:
    """What a follow-up refers to: the question and the codes in the order shown, and for *terug* the question before.

    Thanks, help and what was not understood leave it as it was. A status report changes only which actions are meant.
    """
    question = found.question
    match question.intent:
        case Intent.ASK:
            codes = question.choices or found.codes
            one_of_them = before is not None and len(codes) == 1 and codes[0] in before.listed
            listed = before.listed if before is not None and one_of_them else codes
            return Context(question, codes, before.question if before else None, listed)
        case Intent.UPDATE:
            codes = question.choices or (question.update.codes if question.update else ())
            if not codes:
                return before
            context = replace(before, codes=codes) if before else Context(question, codes)
            return replace(context, reported=question.update)
        case _:
            return before
