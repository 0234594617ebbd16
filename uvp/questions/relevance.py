"""Whether a sentence asks for something that the plan can answer.

Enough has to speak for it (``weighing``), and none of the reasons to refuse may hold (``refusals``).
"""

from __future__ import annotations

from uvp.question import Select
from uvp.questions.evidence import Read
from uvp.questions.lexicon import Lexicon
from uvp.questions.meaning import is_open
from uvp.questions.phrases import Match
from uvp.questions.refusals import REFUSALS
from uvp.questions.sentence import Sentence
from uvp.questions.slots import Slots
from uvp.questions.target import Target
from uvp.questions.weighing import ENOUGH, ENOUGH_KNOWN, left_over, weight

_OPEN_WEIGHT = 0.75
_PLAIN = {"what", "list", "we", "be", "yet"}  # *wat hebben we in Q1* asks no more than that
_FRAGMENT_SIGNS = frozenset({"honorific", "and", "also", "only", "list", "pronoun", "newsletter", "report", "compare"})
_REFERRING = {"except", "correct", "same", "among", "yet", "which", "every_one"}
_COURTESY = {"polite", "title", "indeed", "greeting", "thanks", "holder"}
FOLLOW_UP_SIGNS = _FRAGMENT_SIGNS | _REFERRING | _COURTESY


def is_about_plan(s: Sentence, slots: Slots, target: Target, select: Select | None, lexicon: Lexicon) -> bool:
    """Whether the plan can answer it."""
    if slots.codes:
        return True
    enough = ENOUGH if left_over(s, target) else ENOUGH_KNOWN
    read = Read(s, slots, target, select, is_fragment(s, lexicon.connectors), lexicon)
    if weight(s, slots, target, select) + _OPEN_WEIGHT * is_open(s) + _is_long_period(read) < enough:
        return False
    return not any(refuses(read) for refuses in REFUSALS)


def is_fragment(s: Sentence, connectors: frozenset[str], signs: frozenset[str] = _FRAGMENT_SIGNS) -> bool:
    """Whether it is nothing but names, times, words of the plan and the small words between them."""

    def is_small(match: Match) -> bool:
        return match.end - match.start == 1 and s.words[match.start].token.word in connectors

    says = {sign for sign, matches in s.signs.items() if sign == "we" or not all(map(is_small, matches))}
    return not says - signs and all(
        w.kind in ("name", "period", "code", "known", "sign") or w.token.word in connectors for w in s.words
    )


def _is_long_period(r: Read) -> bool:
    """*Q4 2026?*: a period and nothing else asks for what runs in it."""
    period = r.slots.period
    if not (r.fragment or set(r.s.signs) <= _PLAIN) or period is None:
        return False
    if r.slots.compared is not None and not r.s.has("compare"):
        return False
    return period.lasts
