"""The note of a status report: what follows a colon, a reason, a dash, a comma or a bracket."""

from __future__ import annotations

from collections.abc import Iterator

from uvp.question import ReportedUpdate
from uvp.questions.expecting import expected_date
from uvp.questions.sentence import Sentence
from uvp.questions.standing import status_of, told_statuses
from uvp.updates import Status

_MARKS = (":", ";", " - ", " – ", " (", ", ", ". ")
_WEAK_MARKS = (", ", ". ")
_BOUNDARIES = 5
_REPORT_LIMIT = 1_000  # characters: a longer text is no report with a note
_OWN = ("unknown", "known", "generic")


def boundaries(s: Sentence) -> Iterator[tuple[int, int]]:
    """Where a note may begin: the end of the text before it and its own start, from left to right."""
    places: list[tuple[int, int]] = []
    if len(s.text) > _REPORT_LIMIT:
        return
    for mark in _MARKS:
        at = s.text.find(mark)
        while at > 0 and len(places) < 3 * _BOUNDARIES:
            places.append((at, at + len(mark)))
            at = s.text.find(mark, at + 1)
    for match in s.signs.get("because", ()):
        if match.start:
            places.append((s.words[match.start].start, s.words[match.end - 1].end))
    for i in range(1, len(s.words)):
        if _opposes(s, i):
            places.append((s.words[i - 1].end, s.words[i].end))
    yield from sorted(places)[:_BOUNDARIES]


def _opposes(s: Sentence, index: int) -> bool:
    return index < len(s.words) and s.words[index].token.word in s.grammar.but


def is_note(s: Sentence, at: int, head: Sentence, tail: Sentence) -> bool:
    """Whether what follows a mark at an index of the text is a note rather than more of the report."""
    weak = s.text.startswith(_WEAK_MARKS, at) or _opposes(s, len(head.words))
    return not weak or _tells_of_another(head, tail) or _tells_something(head, tail)


def _tells_of_another(head: Sentence, tail: Sentence) -> bool:
    """*… klaar in Druten, vertraagd in Wijchen*: one report holds one status; the other places are told in words."""
    first, second = told_statuses(head), told_statuses(tail)
    return bool(_places(head) and first and second) and second[-1][1] is not first[-1][1]


def _tells_something(head: Sentence, tail: Sentence) -> bool:
    """Whether a second clause tells something of its own instead of naming places or a date."""
    if tail.has("expected", "set", "also") or tail.periods or len(tail.words) < 2:
        return False
    if tail.at("be") == 0 and told_statuses(tail):
        return False  # *de training, die te laat was, is eindelijk geweest* goes on after an aside
    counted = any(w.token.word.isdigit() for w in tail.words)
    return (counted or bool(tail.of_kind(*_OWN))) and not (_places(tail) and not _places(head))


def _places(s: Sentence) -> bool:
    return any(True for _ in s.names("municipality"))


def with_note(report: ReportedUpdate, text: str, tail: Sentence) -> ReportedUpdate:
    """The report with what follows as its note, as it was typed; a date alone is no note."""
    note: str | None = text.strip(" .,;:?)(–-\"'") or None
    expected = report.expected
    if expected is None and tail.has("expected") and report.status is not Status.FINISHED:
        expected = expected_date(tail)
    if expected is not None and not tail.of_kind(*_OWN, "name") and tail.periods:
        note = None
    return ReportedUpdate(report.codes, report.status or status_of(tail), report.municipalities, expected, note)
