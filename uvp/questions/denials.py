"""A denial and what it denies, far from each other: *waar is … niks van gemeld*, *geen datum aan hangt*.

What nobody reported is ``stale``, what nobody settled a time for is ``undated``: the two make one sign, and the words
of both say nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator

from uvp.questions.phrases import Entry, Match
from uvp.questions.sentence import Sentence
from uvp.updates import Status

_DENIED: dict[str, tuple[str, str | Status]] = {
    "updated": ("sign", "stale"),
    "heard": ("sign", "stale"),
    "history": ("sign", "stale"),
    "scheduled": ("sign", "undated"),
    "begun": ("status", Status.NOT_STARTED),
}
"""What a sign becomes where a denial reaches it, anywhere behind it in the clause."""
_LACKED: dict[str, tuple[str, str | Status]] = {
    "dated": ("sign", "undated"),
    "deadline": ("sign", "undated"),
    "when": ("sign", "undated"),
    "updated": ("sign", "stale"),
    "heard": ("sign", "stale"),
    "history": ("sign", "stale"),
    "progress": ("status", Status.UNKNOWN),
}
"""What a sign becomes beside what says that it is missing."""
_STOPS = frozenset(
    {
        *("finish", "finished", "finishing", "starting", "ongoing", "overdue", "active", "stale", "undated", "open"),
        *("except", "excepted", "unheld"),
    }
)
"""What a denial governs itself, so that it reaches no farther."""
_PARTS = frozenset({"no", "nothing", "begun", "heard", "scheduled", "dated", "settled", "missing"})
"""Signs that say nothing but in a denial."""
_FARTHEST = 8  # words between a denial and what it denies
_BESIDE = 3  # words between *geen* and its noun, or a noun and what says that it is missing

Made = dict[int, Match | None]
"""What stands in the place of matches, by where these begin."""


def with_denials(s: Sentence) -> list[Match]:
    """The matches of a sentence with each denial and what it denies as one sign, of which every word is a part."""
    made: Made = {}
    denies = any(_says(m, "not", "no", "nothing", "missing", "undated") for m in s.matches)
    for at, match in enumerate(s.matches if denies else ()):
        if match.start not in made:
            made |= _of_noun(s, at) or _of_verb(s, at) or _of_time(s, at) or _of_gap(s, at) or _of_undated(s, at)
    kept = (made.get(m.start, m) if m.start in made else _without_parts(m) for m in s.matches)
    return [m for m in kept if m]


def _without_parts(match: Match) -> Match | None:
    """A match less what only a denial would have used; None where nothing is left."""
    entries = tuple(e for e in match.entries if not (e.kind == "sign" and e.value in _PARTS))
    return match._replace(entries=entries) if entries else None


def _of_verb(s: Sentence, at: int) -> Made:
    """*Niks … gemeld*, *nobody has reported*."""
    if not _says(s.matches[at], "not", "no", "nothing"):
        return {}
    for match in _reached(s, at, _FARTHEST):
        for sign, (kind, value) in _DENIED.items():
            if _says(match, sign):
                return _made(value, s.matches[at], match, kind=kind)
    return {}


def _of_noun(s: Sentence, at: int) -> Made:
    """*Geen harde datum*, *without any timing*: one phrase, with the adjectives that stand in it."""
    denial = s.matches[at]
    if not _says(denial, "no"):
        return {}
    for match in _reached(s, at, _BESIDE):
        if _says(match, "dated", "deadline") or (match.start == denial.end and _says(match, "when")):
            whole = denial._replace(end=match.end)
            return {match.start: None, **_made("undated", whole, *_settled(s, s.matches.index(match)))}
        if not _says(match, "settled", "be", "thanks", "only"):  # *duidelijk*, *enkele* are adjectives here
            return {}
    return {}


def _of_undated(s: Sentence, at: int) -> Made:
    """*Zonder deadline genoemd*."""
    return _made("undated", s.matches[at], *_settled(s, at)) if _says(s.matches[at], "undated") else {}


def _settled(s: Sentence, at: int) -> list[Match]:
    """What says behind a match that a time was settled."""
    return [m for m in _reached(s, at, _BESIDE) if _says(m, "settled")][:1]


def _of_time(s: Sentence, at: int) -> Made:
    """*Niet afgesproken wanneer*, *wanneer is nog niet ingevuld*: a time that is not settled.

    What says *late* elsewhere is the subject here (*niets vastgelegd over de termijn*).
    """
    denial = s.matches[at]
    if not _says(denial, "not", "no", "nothing"):
        return {}
    settled = next(iter(_settled(s, at)), None)
    if settled is None:
        return {}
    before = [m for m in s.matches[:at] if _says(m, "dated", "deadline", "when") and m.end + _BESIDE >= denial.start]
    after = [m for m in s.matches if m.start >= settled.end and _says(m, "dated", "deadline", "when", "overdue")]
    times = [m for m in (*before[-1:], *after[:1]) if _same_clause(s, m.start, settled.start)]
    return _made("undated", denial, settled, *times[:1]) if times else {}


def _of_gap(s: Sentence, at: int) -> Made:
    """*Kolom wanneer leeg*, *missing a due date*, *een update ontbreekt*."""
    first = s.matches[at]
    missing = _says(first, "missing")
    if not missing and not _says(first, *_LACKED):
        return {}
    for match in _reached(s, at, _BESIDE):
        for sign, (kind, value) in _LACKED.items():
            if (_says(match, sign) and missing and sign != "when") or (_says(first, sign) and _says(match, "missing")):
                return _made(value, first, match, kind=kind)
        if not _says(match, "be", "section", "yet", "already"):
            return {}
    return {}


def _reached(s: Sentence, at: int, far: int) -> Iterator[Match]:
    """The matches behind one, as far as it reaches in its clause."""
    end = s.matches[at].end
    for match in s.matches[at + 1 :]:
        if match.start - end > far or not _same_clause(s, end - 1, match.start):
            return
        if (
            match.start <= end + 1
            and all(e.kind != "sign" for e in match.entries)
            and not _says(s.matches[at], "nothing")
        ):
            return  # *zonder zorg*: it excludes a name
        yield match
        if _says(match, *_STOPS):
            return


def _same_clause(s: Sentence, first: int, last: int) -> bool:
    """Whether no mark and no *but* stands between two words."""
    first, last = min(first, last), max(first, last)
    return not any(s.ends_clause(i) or s.words[i].token.word in s.grammar.but for i in range(first, last))


def _says(match: Match, *signs: str) -> bool:
    return any(e.kind == "sign" and e.value in signs for e in match.entries)


def _made(value: str | Status, *used: Match, kind: str = "sign") -> Made:
    """What they say together in the place of each match, by where that begins."""
    return {m.start: m._replace(entries=(Entry(kind, value, m.entries[0].language),)) for m in used}
