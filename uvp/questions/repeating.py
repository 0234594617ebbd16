"""What repeats: *terug*, *opnieuw*, and the actions of an answer that only counted them."""

from __future__ import annotations

from dataclasses import fields, replace

from uvp.question import Filters, Question, Show
from uvp.questions.turn import ABOUT_ONE, Turn
from uvp.questions.weighing import left_over

_SHORT = 4  # words
_COURTESY = ("polite", "make", "thanks", "yet", "doing", "may")
_LISTING = frozenset(
    {
        "list",
        "what",
        "which",
        "pronoun",
        "and",
        "be",
        "every_one",
        "yet",
        "make",
        "polite",
        "doubtful",
        "only",
        "holder",
    }
)


def repeated_of(turn: Turn) -> Question | None:
    """*Terug* and *opnieuw*: the question before the last, or the last one again."""
    s, slots = turn.s, turn.slots
    named = slots.filters_something or slots.period or slots.every
    if len(s.words) > _SHORT + 1 or named or s.of_kind("unknown", "known"):
        return None
    if not set(s.signs) - {"back", "again", "pronoun", "and", "correct", "be", "list", "already", *_COURTESY}:
        target = turn.context.previous if s.has("back") else turn.before if s.has("again") else None
        if target is not None:
            return replace(target, text=turn.base.text, reading=turn.base.reading, inherited=_said(target))
    return None


def listed_again(turn: Turn) -> Question | None:
    """*Laat maar zien*, *welke zijn dat?*: the actions of the answer before, which counted them or told of them."""
    s, slots, before = turn.s, turn.slots, turn.before
    if slots.filters_something or slots.period or slots.every or turn.target.codes or left_over(s, turn.target):
        return None
    counted = before.show is Show.COUNT and len(s.words) < _SHORT  # *hoeveel …? welke dan?*
    which = s.has("what") and (s.has("pronoun") or counted) and not s.has("detail")
    if before.choices or set(s.signs) - _LISTING or not (s.has("list") or which):
        return None
    show = before.show if before.show in ABOUT_ONE else Show.ACTIONS
    base = turn.base
    return replace(
        before, show=show, text=base.text, language=base.language, reading=base.reading, inherited=_said(before)[1:]
    )


def _said(question: Question) -> tuple[str, ...]:
    """The names of what a question says beside the defaults."""
    named = [f.name for f in fields(Filters) if getattr(question.filters, f.name)]
    return ("show", "select", *named)
