"""What each word of a sentence was taken for, for *Hoe las ik dit?*."""

from __future__ import annotations

from uvp.period import Period
from uvp.question import WordReading
from uvp.questions.sentence import Sentence
from uvp.questions.target import Target
from uvp.questions.text import TOKEN_LIMIT


def explain(s: Sentence, target: Target) -> tuple[WordReading, ...]:
    """One entry per stretch of the text, in its order; ``kind`` is that of the slot, ``sign``, or what became of it."""
    found: list[tuple[int, WordReading]] = []
    for at, code in s.codes:
        found.append((at, WordReading(s.shown(at, at + 1), "code", code or "")))
    for start, end, period in s.periods:
        value = period.recurrence or _days(period.period)
        found.append((start, WordReading(s.shown(start, end), "period", value)))
    for match in s.matches:
        kinds = {e.kind for e in match.entries}
        wanted = kinds - {"sign", "reported"} or kinds - {"reported"} or kinds
        kind = min(wanted)
        values = dict.fromkeys(_value(e.value) for e in match.entries if e.kind == kind)
        found.append((match.start, WordReading(s.shown(match.start, match.end), kind, ", ".join(values))))
    for i, word in enumerate(s.words):
        if word.kind in ("known", "generic", "unknown"):
            kind = "text" if i in target.words else "left out"
            found.append((i, WordReading(s.shown(i, i + 1), kind, word.token.word if kind == "text" else "")))
        elif word.repaired and word.kind == "stop":
            found.append((i, WordReading(s.shown(i, i + 1), "stop", word.token.word)))
    found.sort(key=lambda pair: pair[0])
    if s.cut or len(s.words) >= TOKEN_LIMIT:
        found.append((len(s.words), WordReading("…", "cut", str(TOKEN_LIMIT))))
    return tuple(reading for _, reading in found)


def _days(period: Period | None) -> str:
    if period is None:
        return ""
    return f"{period.start or '…'} – {period.end or '…'}"


def _value(value: object) -> str:
    return " · ".join(str(v) for v in value if v) if isinstance(value, tuple) else str(value)
