"""Status reports in plain language: a statement that names an action and how it stands.

*Hackshield is afgerond in Druten* is a report, *is Hackshield afgerond* a question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from uvp.period import Period
from uvp.question import ReportedUpdate
from uvp.questions.sentence import Sentence
from uvp.questions.slots import Slots
from uvp.questions.target import CHOICES, Target
from uvp.updates import Status

Parts = tuple[Sentence, Slots, Target]
Read = Callable[[str], Parts]

_ASKING = ("what", "who", "when", "count", "history", "asking", "stale", "undated", "list", "due", "relay")
_FIRST_ASKS = ("may", "be", "will", "must", "detail", "progress", "doing")
_MARKS = (":", ";", " - ", " – ", " (", ", ", ". ")
_WEAK_MARKS = (", ", ". ", " - ", " – ")
_BOUNDARIES = 5
_MOST = CHOICES + 2  # actions among which to choose: somebody who reports knows which one it is
_REPORT_LIMIT = 1_000  # characters: a longer text is no report with a note


def reported_update(parts: Parts, read: Read) -> tuple[ReportedUpdate, tuple[str, ...]] | None:
    """The status report in a text, with the codes among which to choose; None where the text is no report.

    The note (after a colon, a reason or a second clause) is kept as it was typed and not read any further.
    """
    s = parts[0]
    if not (s.has("set") or _statuses(s)) or (s.asks and not _is_request(s)):
        return None
    for end, start in _boundaries(s):
        head = read(s.text[:end])
        if (report := _report(head)) and (report.status or head[0].has("set")):
            tail = read(s.text[start:])
            if s.text[end : end + 2] in _WEAK_MARKS and not _is_note(tail[0]):
                continue
            return _with_note(report, s.text[start:], tail), _choices(head)
    report = _report(parts)
    return (report, _choices(parts)) if report else None


def _report(parts: Parts) -> ReportedUpdate | None:
    s, slots, target = parts
    named = target.sure and (slots.aliases or len(target.words) > 1 or _tells_of_one(s, target))
    codes = tuple(slots.codes) or (target.codes if named else target.of_party)
    imperative = _is_imperative(s)
    if not 1 <= len(codes) <= _MOST or not (imperative or _is_statement(s)):
        return None
    status = _status(s)
    if status is None and not imperative and not _denies(s):
        return None
    if status is Status.FINISHED and not imperative and (s.has("will") or _lies_ahead(slots.period, s.today)):
        return None
    single = tuple(slots.codes) or codes if len(codes) == 1 or slots.codes or not _choices(parts) else ()
    places = () if "municipality" in slots.every else tuple(slots.municipalities)
    expected = _expected(s) if status is not Status.FINISHED or s.has("expected") else None
    return ReportedUpdate(single, status, places, expected)


def _tells_of_one(s: Sentence, target: Target) -> bool:
    """*De training is klaar*: a noun that several actions have, and how it stands; nothing else is said."""
    first = s.following(0) in s.grammar.articles and min(target.words) == 1
    return first and len(target.codes) > 1 and bool(_statuses(s)) and not s.of_kind("unknown", "generic")


def _choices(parts: Parts) -> tuple[str, ...]:
    """The codes among which to choose, where the words fit several actions (not when several are named)."""
    _, slots, target = parts
    if slots.codes or len(target.codes) < 2:
        return ()
    named = [codes for _, codes in slots.aliases]
    return () if len(named) > 1 and all(len(codes) == 1 for codes in named) else target.codes


def _is_imperative(s: Sentence) -> bool:
    starts = any(m.start <= 2 for m in s.signs.get("set", ())) or _is_request(s)
    return starts and not s.has("what", "who", "when", "count", "history")


def _is_request(s: Sentence) -> bool:
    """*Kun je … op afgerond zetten?*: a report, however politely it asks."""
    polite = any(m.start <= 1 for sign in ("polite", "may") for m in s.signs.get(sign, ()))
    if s.at("set") == 0 and _is_explicit(s):
        return True  # *zet u DIG-02 op loopt?*
    return polite and (_is_explicit(s) or (s.has("set") and bool(_statuses(s))))


def _is_explicit(s: Sentence) -> bool:
    """Whether a status is named as what an action is put to (*op afgerond*, *naar loopt*)."""
    return any(m.end - m.start > 1 and s.words[m.start].token.word in s.grammar.put_to for m, _ in s.names("status"))


def _is_statement(s: Sentence) -> bool:
    """No question word, no verb in front, nothing that asks."""
    if s.has(*_ASKING) or (s.has("updated") and not _statuses(s)):
        return False
    told = ":" in s.text or _is_explicit(s)
    if s.has("must") or (s.has("progress") and not told):
        return False
    first = [sign for sign in _FIRST_ASKS if sign != "progress" or not told]
    actor = s.words[0].token.word in s.grammar.have and s.following(1) not in s.grammar.subjects
    return not any(m.start == 0 and not actor for sign in first for m in s.signs.get(sign, ())) and not _verb_first(s)


def _verb_first(s: Sentence) -> bool:
    """*Loopt de flyer …* asks; *loopt* alone among the verbs of statuses can stand in front, and *bezig* is no verb."""
    if 0 in s.parted:
        return True
    return s.at("busy") != 0 and any(
        m.start == 0 and m.end < len(s.words) and s.words[m.end].kind == "stop" for m in s.signs.get("active", ())
    )


def _statuses(s: Sentence) -> list[tuple[int, Status]]:
    """Statuses named, by place: those that are one anywhere first, then those that are one in a report only."""
    plain = [(m.start, status) for m, status in s.names("status")]
    return plain or [(m.start, status) for m, status in s.names("reported")]


def _status(s: Sentence) -> Status | None:
    found = _statuses(s)
    return None if not found or _denies(s) else found[-1][1]


def _denies(s: Sentence) -> bool:
    """*Not finished* says what the status is not; which one it is stays open."""
    reported = [m for m, _ in s.names("reported")]
    return any(
        0 <= r.start - m.end <= 2 for sign in ("not", "open") for m in s.signs.get(sign, ()) for r in reported
    ) and not any(True for _ in s.names("status"))


def _lies_ahead(period: Period | None, today: date) -> bool:
    return period is not None and period.start is not None and period.start > today


def _expected(s: Sentence) -> date | None:
    """The last day of the last period named that is not over; *until X* means X itself here."""
    for start, _, found in reversed(s.periods):
        if found.period is None or found.period.end is None or found.period.end <= s.today:
            continue
        if found.period.start is None and s.words[start].token.word in s.grammar.until and not _inclusive(s, start):
            return _named_end(s, start, found.period)
        return found.period.end
    return None


def _inclusive(s: Sentence, start: int) -> bool:
    return s.following(start + 1) in s.grammar.and_or


def _named_end(s: Sentence, start: int, deadline: Period) -> date | None:
    """The end of the period after *until*; the deadline is the day before it starts, or its own end already."""
    assert deadline.end is not None
    named = s.period_of(start + 1)
    follows = named is not None and named.start == deadline.end + timedelta(days=1)
    return named.end if named is not None and follows and named.end else deadline.end


def _boundaries(s: Sentence) -> Iterator[tuple[int, int]]:
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
    yield from sorted(places)[:_BOUNDARIES]


def _is_note(tail: Sentence) -> bool:
    """Whether a second clause tells something of its own instead of naming places or a date."""
    if tail.has("expected", "set", "also") or tail.periods or len(tail.words) < 2:
        return False
    return bool(tail.of_kind("unknown", "known", "generic")) and not any(True for _ in tail.names("municipality"))


def _with_note(report: ReportedUpdate, text: str, tail: Parts) -> ReportedUpdate:
    s = tail[0]
    note: str | None = text.strip(" .,;:?)(–-\"'") or None
    expected = report.expected
    if expected is None and s.has("expected") and report.status is not Status.FINISHED:
        expected = _expected(s)
    if expected is not None and not s.of_kind("unknown", "known", "generic", "name") and s.periods:
        note = None
    status = report.status or _status(s)
    return ReportedUpdate(report.codes, status, report.municipalities, expected, note)
