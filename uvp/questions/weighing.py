"""Whether a sentence is about the plan: what speaks for it against the words that nobody knows.

Precision goes before recall: a list of actions that nobody asked for is worse than an honest "I do not know".
"""

from __future__ import annotations

from uvp.question import Select
from uvp.questions.sentence import Sentence
from uvp.questions.slots import Slots
from uvp.questions.target import Target

ENOUGH = 1.0  # where words are left over
ENOUGH_KNOWN = 0.6  # where every word was understood
_LOOSE, _NAME = 0.25, 1.5  # what a word left over counts: one that nothing leads to, and the name of something else
_FEW = 2
_TELLING = (Select.OVERDUE, Select.UNDATED, Select.ONGOING, Select.STALE)
_OF_PLAN = frozenset({"theme", "topic", "section", "person", "status"})
_SIGNS = {
    "action": 1.5,
    "thing": 0.5,
    "plan": 1.0,
    "due": 0.25,
    "deadline": 0.5,
    "planned": 0.5,
    "progress": 0.75,
    "history": 0.75,
    "section": 0.5,
    "list": 0.25,
    "count": 0.25,
    "holders": 0.75,
    "unheld": 0.5,
    "recurring": 0.5,
    "when": 0.25,
    "who": 0.25,
}


def weight(s: Sentence, slots: Slots, target: Target, select: Select | None) -> float:
    """How much speaks for a question about the plan, less what speaks against it."""
    total = sum(value for sign, value in _SIGNS.items() if s.has(sign))
    total += 5 * bool(slots.codes) + 0.5 * (s.has("goals", "partners") and bool(slots.themes))
    total += 1.0 * bool(slots.themes or slots.topics or slots.every)
    total += 0.75 * bool(slots.partners) + 0.75 * bool(slots.municipalities)
    total += (
        1.0 * bool(slots.remaining) + 1.5 * bool(slots.people) + 1.0 * bool(slots.sections) + 1.0 * bool(slots.statuses)
    )
    total += (0.75 if s.has("what") else 0.5) * bool(slots.recurrences) + 0.25 * bool(slots.period)
    if select is not None:
        total += 1.25 if select in _TELLING else 0.75 if select is not Select.ALL else 0.25
    if target.codes and target.sure:
        total += 2.0 if len(target.words) > 1 else 1.5 if target.distinct else 1.0 if slots.aliases else 0.75
        total += 0.5 * s.has("when", "who", "history", "detail", "progress", "be", "will", "must")
    elif target.codes:
        total += 0.5
    return total - against(s, target, is_anchored(s, slots, target, select))


def is_anchored(s: Sentence, slots: Slots, target: Target, select: Select | None) -> bool:
    """Whether it both names something of the plan and asks for what only a plan has, whatever else it says."""
    about_one = target.sure and (target.distinct or s.has("when"))
    named = slots.of_plan or about_one
    asks = s.has("action", "deadline", "progress", "history") or select in _TELLING
    asks = asks or (about_one and s.has("when") and len(target.codes) == 1)
    return bool(named) and (asks or (select is not None and s.has("what", "count", "we", "list", "when", "who")))


def against(s: Sentence, target: Target, anchored: bool) -> float:
    """What the words left over count: more where one is what the question is about.

    A word or two that nothing leads to count little beside an anchor.
    """
    asked = head(s)
    beside = asked >= 0 and asked not in target.words and s.words[asked].kind in ("unknown", "known", "generic")
    over = left_over(s, target)
    few = anchored and len(over) <= _FEW
    left = sum(_NAME if s.is_name(i) else _LOOSE if few and i not in s.governed else 1.0 for i in over)
    if not s.has("action", "thing", "plan", "we", "doing", "list"):
        # A word that says little is what a question is about where it names nothing else.
        left += sum(i not in target.words for i in s.of_kind("generic"))
    return left + 1.5 * beside


def left_out(s: Sentence, target: Target) -> list[int]:
    """Indexes of the words that were not understood."""
    used = target.words
    return [i for i in s.of_kind("unknown", "known") if i not in used]


def left_over(s: Sentence, target: Target) -> list[int]:
    """The same without *beknopt* in *beknopt overzicht van zorg*: how a list should be, which says nothing of what."""
    return [i for i in left_out(s, target) if not (s.following(i + 1) in s.grammar.listings and _lists_plan(s))]


def _lists_plan(s: Sentence) -> bool:
    """Whether it names a part of the plan, or actions in a way that only a plan has."""
    named = any(e.kind in _OF_PLAN for m in s.matches for e in m.entries)
    return bool(s.codes) or named or s.has("action", "deadline", "overdue", "undated", "stale", "ongoing")


def head(s: Sentence) -> int:
    """Index of the word that *how many*, *which* or *what is the* asks about; -1 where there is none."""
    starts = [m.end for sign in ("count", "what", "detail") for m in s.signs.get(sign, ())]
    if not starts:
        return -1
    for i in range(min(starts), min(len(s.words), min(starts) + 3)):
        if s.words[i].kind != "stop":
            return i if i == min(starts) or i in s.governed else -1
    return -1
