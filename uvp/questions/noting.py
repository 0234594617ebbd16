"""The note of a status report: what follows a colon, a reason, a dash, a comma or a bracket."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from uvp.question import ReportedUpdate
from uvp.questions.expecting import announced_date, expected_date
from uvp.questions.sentence import Sentence
from uvp.questions.standing import status_of, told_statuses
from uvp.updates import Status

_MARKS = (":", ";", " - ", " – ", " (", ", ", ". ")
_WEAK_MARKS = (", ", ". ")
_BOUNDARIES = 5
_REPORT_LIMIT = 1_000  # characters: a longer text is no report with a note
_OWN = ("unknown", "known", "generic")


@dataclass(frozen=True, slots=True)
class Break:
    """Where the text before a note ends, and where the note itself starts and stops: places in the text."""

    end: int
    start: int
    stop: int

    def around(self, text: str) -> str:
        """The text without the note."""
        return text[: self.end] + text[self.stop + 1 :]


def breaks(s: Sentence) -> Iterator[Break]:
    """Where a note may stand, from left to right."""
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
    for end, start in sorted(places)[:_BOUNDARIES]:
        closing = s.text.find(")", start) if s.text[start - 1] == "(" else -1
        yield Break(end, start, closing if closing > 0 else len(s.text))


def _opposes(s: Sentence, index: int) -> bool:
    return index < len(s.words) and s.words[index].token.word in s.grammar.but


def is_note(s: Sentence, at: Break, head: Sentence, tail: Sentence) -> bool:
    """Whether what follows a mark is a note rather than more of the report."""
    if _tells_of_another(head, tail):
        return True
    if not (tail.of_kind(*_OWN) or told_statuses(tail)) and (tail.periods or _places(tail)):
        return False  # *klaar (Druten en Heumen)*
    weak = s.text.startswith(_WEAK_MARKS, at.end) or _opposes(s, len(head.words))
    return not weak or _tells_something(head, tail, s.text.startswith(". ", at.end))


def _tells_of_another(head: Sentence, tail: Sentence) -> bool:
    """*… klaar in Druten, vertraagd in Wijchen*: one report holds one status; the other places are told in words."""
    first, second = told_statuses(head), told_statuses(tail)
    return bool(_places(head) and first and second) and second[-1][1] is not first[-1][1]


def _tells_something(head: Sentence, tail: Sentence, by_itself: bool) -> bool:
    """Whether a second clause tells something of its own instead of naming places or a date.

    A sentence ``by_itself`` may name places, and so may a clause that one of them begins (*Druten reageert niet*).
    """
    if tail.has("expected", "set", "also") or tail.periods or len(tail.words) < 2:
        return False
    if tail.at("be") == 0 and told_statuses(tail):
        return False  # *de training, die te laat was, is eindelijk geweest* goes on after an aside
    if not (tail.of_kind(*_OWN) or any(w.token.word.isdigit() for w in tail.words)):
        return False
    first = any(m.start == 0 for m, _ in tail.names("municipality")) and bool(tail.of_kind("unknown", "known"))
    return by_itself or first or not _places(tail) or _places(head)


def _places(s: Sentence) -> bool:
    return any(s.names("municipality"))


def with_note(report: ReportedUpdate, text: str, tail: Sentence) -> ReportedUpdate:
    """The report with what follows as its note, as it was typed, less a date that ends it (*… ziek, wordt maart*)."""
    expected = report.expected
    if expected is None and report.status is not Status.FINISHED:
        cut, expected = _date_at_end(tail)
        text = text[: text.rfind(", ")] if cut else text
    note = text.strip(" .,;:?)(–-\"'") or None
    if expected is not None and not tail.of_kind(*_OWN, "name") and tail.periods:
        note = None
    if tail.words and tail.words[0].token.word in tail.grammar.signs_off:
        note = None
    return ReportedUpdate(report.codes, report.status or status_of(tail), report.municipalities, expected, note)


def _date_at_end(tail: Sentence) -> tuple[bool, date | None]:
    """Whether the last clause is but a new date, and that date; a date within the note where it is said to be new."""
    at = tail.text.rfind(", ")
    last = [word.kind for word in tail.words if word.start > at]
    if at > 0 and "period" in last and {"stop", "sign", "period"}.issuperset(last):
        return True, announced_date(tail)
    return False, expected_date(tail) if tail.has("expected") else None
