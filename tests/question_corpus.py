"""The corpora of questions: reading the files, what a sentence should mean, and the score per family.

``python -m tests.question_corpus`` prints the score and every sentence that is not read as it should be.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from uvp.answers.answering import answer
from uvp.assistant import following
from uvp.language import question_data
from uvp.period import Period
from uvp.plan import Plan
from uvp.planfile import shipped_plan
from uvp.question import STALE_WEEKS, Context, Filters, Intent, Question, ReportedUpdate, Select, Show
from uvp.questions import Reader
from uvp.snapshot import Snapshot

FOLDER = Path(__file__).parent / "corpus"
FAMILIES = ("select", "show", "filters", "doubt", "conversations", "updates", "other", "refused")
scores: dict[str, Counter[str]] = {}
"""How often each outcome occurred in this run, by family; filled by ``score``."""
OUTCOMES = ("right", "wrong", "asked back", "refused")


@dataclass(frozen=True, slots=True)
class Case:
    """The turns of a conversation (often one) and what the last of them means."""

    family: str
    turns: tuple[str, ...]
    means: Mapping[str, Any]
    today: date

    def __str__(self) -> str:
        return " | ".join(self.turns)


def cases(family: str) -> Iterator[Case]:
    """All cases of a family, in the order of its file."""
    data = yaml.safe_load((FOLDER / f"questions_{family}.yaml").read_text("utf-8"))
    for group in data["groups"]:
        for said in group["say"]:
            turns = (said,) if isinstance(said, str) else tuple(said)
            yield Case(family, turns, group["means"], data["today"])


@cache
def plan() -> Plan:
    """The shipped plan."""
    return shipped_plan()


@cache
def reader() -> Reader:
    """The reader of the shipped plan."""
    return Reader(question_data(), plan())


def play(turns: tuple[str, ...], today: date) -> Question:
    """The last turn as it is read after the answers to those before it; nothing has been recorded."""
    snapshot = Snapshot(plan())
    context: Context | None = None
    *before, last = turns
    for turn in before:
        context = following(answer(reader().read(turn, today, context), snapshot, today), context)
    return reader().read(last, today, context)


def meaning(question: Question, named: Mapping[str, Any]) -> dict[str, Any]:
    """What a question means, as the corpora write it; what was left out or taken over only where the case names it."""
    found: dict[str, Any] = {}
    if question.intent is not Intent.ASK:
        found["intent"] = question.intent.value
    else:
        found |= _asked(question)
    if question.language != "nl":
        found["language"] = question.language
    if question.choices:
        found["choices"] = list(question.choices)
    if question.update is not None:
        found["update"] = _reported(question.update)
    for name in ("left_out", "inherited", "suggestion"):
        value = getattr(question, name)
        if value and (name in named or (name == "left_out" and question.intent is Intent.ASK)):
            found[name] = list(value) if isinstance(value, tuple) else value
    return found


def _asked(question: Question) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if question.show is not Show.ACTIONS:
        found["show"] = question.show.value
    if question.select is not Select.ALL:
        found["select"] = question.select.value
    for field in fields(Filters):
        if value := getattr(question.filters, field.name):
            found[field.name] = _plain(value)
    if question.topics:
        found["topics"] = list(question.topics)
    if question.mine:
        found["mine"] = True
    if question.stale_weeks != STALE_WEEKS:
        found["stale_weeks"] = question.stale_weeks
    if question.compared:
        found["compared"] = _plain(question.compared)
    return found


def _reported(update: ReportedUpdate) -> dict[str, Any]:
    return {f.name: _plain(value) for f in fields(ReportedUpdate) if (value := getattr(update, f.name))}


def _plain(value: Any) -> Any:
    if isinstance(value, Period):
        return f"{value.start or ''}/{value.end or ''}"
    if isinstance(value, tuple):
        return [str(v) for v in value]
    return value if isinstance(value, date) else str(value)


def outcome(case: Case) -> tuple[str, dict[str, Any]]:
    """How a case was read, and what it was read as."""
    question = play(case.turns, case.today)
    found = meaning(question, case.means)
    if found == dict(case.means):
        return "right", found
    if question.choices and "choices" not in case.means:
        return "asked back", found
    refused = question.intent is Intent.UNKNOWN and case.means.get("intent") != "unknown"
    return ("refused" if refused else "wrong"), found


def score(family: str) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Reads a family, keeps its score, and gives what is not right: the text, what it means, what it was read as."""
    read = [(case, *outcome(case)) for case in cases(family)]
    scores[family] = Counter(result for _, result, _ in read)
    return [(str(case), dict(case.means), found) for case, result, found in read if result != "right"]


def table(counted: Mapping[str, Counter[str]]) -> list[str]:
    """The score as lines of text."""
    lines = [f"{'questions':15}" + "".join(f"{o:>12}" for o in OUTCOMES)]
    total: Counter[str] = Counter()
    for family, counts in counted.items():
        total += counts
        lines.append(f"{family:15}" + "".join(f"{counts[o]:>12}" for o in OUTCOMES))
    return [*lines, f"{'all':15}" + "".join(f"{total[o]:>12}" for o in OUTCOMES)]


def main() -> None:
    """Prints what is not right, and the score."""
    for family in FAMILIES:
        for text, means, found in score(family):
            sys.stdout.write(f"{text}\n    means {means}\n    read  {found}\n")
    sys.stdout.write("\n".join(table(scores)) + "\n")


if __name__ == "__main__":
    main()
