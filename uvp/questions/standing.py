"""How an action stands by what a report says: the statuses named, the one that counts, and what is denied."""

from __future__ import annotations

from collections.abc import Iterator

from uvp.questions.phrases import Match, covered
from uvp.questions.sentence import Sentence
from uvp.updates import Status

Told = tuple[int, Status]
"""Where a status is named and which one."""
_SAID = {"finished": Status.FINISHED, "active": Status.RUNNING}  # what asks for these actions elsewhere
_ALL = 100  # per cent
_DENIED_WITHIN = 2  # words between *not* and the status that it denies


def told_statuses(s: Sentence) -> list[Told]:
    """Statuses by place; where none is named, those of phrases that ask for such actions elsewhere, or of per cents."""
    named = {m.start: status for m, status in _named(s)}
    told = sorted(named.items()) or sorted(_said(s)) or list(_measured(s))
    return [(at, Status.RUNNING if status is Status.FINISHED and _is_partly(s, at) else status) for at, status in told]


def _is_partly(s: Sentence, at: int) -> bool:
    """*Voor 80% klaar*, *80% van de flyers is klaar*."""
    first = next((i + 1 for i in range(at - 1, -1, -1) if s.ends_clause(i)), 0)
    return any(_percent(s, i) < _ALL for i in range(first, at))


def _measured(s: Sentence) -> Iterator[Told]:
    """*Zit op 80%*, where nobody knows what else that could be said of."""
    strange = any(s.following(i) not in s.grammar.percent for i in s.of_kind("unknown", "generic"))
    for i in () if strange else range(len(s.words)):
        if (part := _percent(s, i)) < _ALL:
            yield i, Status.RUNNING if part else Status.NOT_STARTED
        elif part == _ALL:
            yield i, Status.FINISHED


def _percent(s: Sentence, at: int) -> int:
    """The per cent that a word is the number of; more than all where it is none."""
    said = s.following(at)
    behind = s.text[s.words[at].end :].lstrip().startswith("%") or s.following(at + 1) in s.grammar.percent
    return int(said) if behind and said.isdigit() and len(said) < 4 else _ALL + 1


def status_of(s: Sentence, ahead: bool = False) -> Status | None:
    """The status that an action is put to, else the last one named that is not denied (*begonnen maar niet klaar*).

    What lies ``ahead`` is not finished (*uitgesteld, in maart klaar*), unless nothing else is told.
    """
    put_to = [status for m, status in _named(s) if _is_put_to(s, m)]
    told = put_to or [status for at, status in told_statuses(s) if not _is_denied(s, at)]
    if ahead:
        told = [status for status in told if status is not Status.FINISHED] or told
    return told[-1] if told else None


def denies(s: Sentence) -> bool:
    """*Not finished* says what the status is not; which one it is stays open."""
    told = told_statuses(s)
    return bool(told) and all(_is_denied(s, at) for at, _ in told)


def _is_denied(s: Sentence, at: int) -> bool:
    told = {place for place, _ in told_statuses(s)}
    denials = [m for sign in ("not", "open") for m in s.signs.get(sign, ()) if m.start not in told]
    before = (m.end for m in denials if m.end <= at)
    return any(told.isdisjoint(range(end, at)) and _passes(s, end, at) for end in before) or _is_denied_behind(s, at)


def _is_denied_behind(s: Sentence, at: int) -> bool:
    """*Feniks loopt niet*, *werken we niet meer aan*: behind what asks for such actions elsewhere, which is a verb."""
    if any(s.names("municipality")):
        return False  # *loopt niet in Druten*
    ends = {m.end for m in s.signs.get("active", ()) if m.start == at}
    return any(m.start in ends for m in s.signs.get("not", ()))


def _passes(s: Sentence, start: int, end: int) -> bool:
    """Whether a denial goes on over these words: a time and a few small words (*niet vóór maart klaar*)."""
    between = [s.words[i].kind for i in range(start, end) if s.words[i].kind != "period"]
    if s.ends_clause(start - 1):
        return False  # *nee toch niet, vertraagd*
    return len(between) <= _DENIED_WITHIN and all(kind in ("stop", "sign") for kind in between)


def beside(s: Sentence, *kinds: str) -> list[int]:
    """Indexes of the words of these kinds that do not say how it stands."""
    told = covered(m for m, _ in _named(s))
    return [i for i in s.of_kind(*kinds) if i not in told]


def is_explicit(s: Sentence) -> bool:
    """Whether a status is named as what an action is put to (*op afgerond*, *naar loopt*)."""
    return any(_is_put_to(s, m) for m, _ in _named(s))


def _is_put_to(s: Sentence, match: Match) -> bool:
    first = match.start if match.end - match.start > 1 else match.start - 1
    return first >= 0 and s.words[first].token.word in s.grammar.put_to


def _named(s: Sentence) -> list[tuple[Match, Status]]:
    return [*s.names("reported"), *s.names("status")]


def _said(s: Sentence) -> Iterator[Told]:
    """*… hebben we afgerond*, *aan … wordt gewerkt*: phrases that ask for such actions tell of one here."""
    if s.has("action", "thing"):
        return  # *lopende acties van Feniks*
    for sign, status in _SAID.items():
        for match in s.signs.get(sign, ()):
            now = any(w.token.word in s.grammar.now for w in s.words[match.start : match.end])
            if match.start and not now:
                yield match.start, status
