"""What else somebody may want of the bot: help, a greeting, thanks, the digest or the report."""

from __future__ import annotations

from uvp.question import Intent
from uvp.questions.sentence import Sentence
from uvp.questions.slots import Slots
from uvp.questions.target import Target
from uvp.questions.weighing import left_over

_ASKED = ("overdue", "undated", "stale", "due", "starting", "updated", "deadline", "progress", "history", "count")
_COURTESY = {"greeting", "thanks", "make", "doubtful", "asking", "title", "correct", "already", "yet"}
_SOCIAL = _COURTESY | {"pronoun", "be", "and", "we", "every_one", "everybody", "what"}


def other_intent(s: Sentence, slots: Slots, target: Target) -> Intent | None:
    """The intent of a text that is no question about the plan, None for all others."""
    if s.has("digest") and not slots.codes:
        return Intent.DIGEST
    if s.has("report", "newsletter") and _asks_report(s, slots, target):
        return Intent.REPORT
    if s.at("thanks") == 0 and s.has("help") and not (s.has("what", "action") or left_over(s, target)):
        return Intent.THANKS  # *bedankt voor de hulp*
    if (
        s.has("help")
        and not left_over(s, target)
        and not slots.period
        and not slots.filters_something
        and not s.has("action", "plan", *_ASKED)
    ):
        return Intent.HELP
    wanted = set(s.signs) - _SOCIAL
    if s.at("thanks") == 0 and not (slots.filters_something or slots.period or wanted - {"detail"}):
        others = [*left_over(s, target), *(s.of_kind("generic") if s.asks else ())]
        return Intent.THANKS if len(others) < 2 - s.asks else None
    if slots.filters_something or slots.period or left_over(s, target) or wanted - {"help"}:
        return None
    if s.has("thanks"):
        return Intent.THANKS
    return Intent.GREETING if s.has("greeting") else None


def _asks_report(s: Sentence, slots: Slots, target: Target) -> bool:
    """Whether the report is asked for, not when it is due or who writes it (the plan has actions about it)."""
    if s.has("when", "who", "history", "detail", "due", "finish", "must", "progress", "overdue", "action", "count"):
        return False
    if s.has("finished", "updated", "active", "starting", "foreign") or slots.themes:
        return False
    if s.has("outside") and not s.has("make"):
        return False
    return not left_over(s, target) and s.has("make" if s.has("newsletter") else "report")
