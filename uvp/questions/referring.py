"""Whether a text refers back to the question before it, or stands on its own."""

from __future__ import annotations

from uvp.questions.changing import SHORT, Turn, names_actions
from uvp.questions.meaning import is_open, select_of, show_of
from uvp.questions.sentence import Sentence
from uvp.questions.weighing import left_over

_OPENERS = ("and", "also", "only", "correct", "except")
_FILLERS = frozenset({"doing", "list", "and", "make", "correct", "thanks", "polite", "also", "yet"})
_VERBS = frozenset({"active", "must", "be", "will", "starting", "ongoing", "finished", "due"})
_OWN = ("we", "must", "mine", "list")  # a sentence with these says of itself what it is about
_STANDALONE = ("action", "list", "plan", "foreign", "outside", "help", "digest", "report", "greeting", "thanks")


def refers_back(turn: Turn) -> bool:
    s, slots = turn.s, turn.slots
    left = [*left_over(s, turn.target), *(i for i in s.of_kind("generic") if i not in turn.target.words)]
    named = slots.filters_something or slots.period is not None or bool(slots.every) or bool(turn.target.codes)
    told = select_of(s, slots.period) is not None or show_of(s) is not None
    opened = s.has("correct") or any(_opens(s, m.start, sign) for sign in _OPENERS for m in s.signs.get(sign, ()))
    if len(left) > 1 or (left and not (opened and named)) or _is_about_else(turn):
        return False
    if opened:
        asked_of = s.has("what") and (s.has("pronoun") or (slots.statuses and not names_actions(turn)))
        whole = turn.fragment or told or s.has("correct") or slots.every or asked_of
        return bool(named and whole) or ((told or is_open(s)) and not left)
    if s.has("same") or (s.has("among") and not (slots.codes or (turn.target.codes and turn.target.sure))):
        return named or told
    own = bool(slots.themes or slots.codes or slots.people or slots.partners or turn.target.codes or slots.topics)
    if s.has("pronoun") and not own and not s.has(*_STANDALONE):
        return named or told
    if slots.every and not told and not s.has("action", "list"):
        return True
    of_one = len(turn.before.filters.codes) == 1 and s.has("updated", "history", "partners", "excepted", "goals")
    if not own and not s.has("action", "plan") and (of_one or _which_of_them(s)):
        return True
    if s.has(*_STANDALONE):
        return False
    if not told and not s.has("what", "who", "count", "doing", "must"):
        return turn.fragment and (named or is_open(s))
    asks = s.has("what") or (s.has("define") and not s.has("deadline"))
    return told and (not named or (_narrows(turn) and not left)) and len(s.words) <= SHORT and not asks


def _narrows(turn: Turn) -> bool:
    """*Dit jaar af*: which of those before, by a time and nothing else."""
    slots, s = turn.slots, turn.s
    others = slots.filters_something or turn.target.codes or s.has(*_OWN)
    return slots.period is not None and show_of(s) is None and not others


def _is_about_else(turn: Turn) -> bool:
    """*De was is klaar*: tells of a thing of its own."""
    s = turn.s
    phrase = bool(s.words) and s.words[0].token.word in turn.determiners and not s.has("pronoun", "among", "same")
    return (
        phrase and s.has("be", "will") and not (turn.target.codes or turn.slots.themes or s.has("action", "deadline"))
    )


def _opens(s: Sentence, at: int, sign: str) -> bool:
    """Whether a sign stands in front; *doe maar alleen …* does too, *and* only as the very first word."""
    if at <= 1 and (at == 0 or sign != "and"):
        return True
    before = {i for filler in _FILLERS for m in s.signs.get(filler, ()) for i in range(m.start, m.end)}
    return sign != "and" and all(i in before or s.words[i].kind == "stop" for i in range(at))


def _which_of_them(s: Sentence) -> bool:
    """*Welke lopen vertraging op*: which, and a verb where the noun would stand."""
    if s.at("which") != 0:
        return False
    following = [m for m in s.matches if m.start == 1]
    return any(
        e.kind in ("status", "reported") or (e.kind == "sign" and e.value in _VERBS)
        for m in following
        for e in m.entries
    )
