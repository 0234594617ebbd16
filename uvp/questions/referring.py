"""Whether a text refers back to the question before it, or stands on its own.

One that names only filters beside small words refers back, as does one with a pronoun, or one that begins with a word
such as *en* or *alleen*. A question with a noun of its own, or that says what it wants to know of what, does not.
"""

from __future__ import annotations

from dataclasses import dataclass

from uvp.question import Select, Show
from uvp.questions.meaning import is_open, select_of, show_of
from uvp.questions.phrases import Match, covered
from uvp.questions.sentence import Sentence
from uvp.questions.turn import ABOUT_ONE, Turn, names_actions, of_everybody
from uvp.questions.weighing import left_over

_OPENERS = ("and", "also", "only", "correct", "except")
_FILLERS = frozenset({"doing", "list", "and", "make", "correct", "thanks", "polite", "also", "yet"})
_VERBS = frozenset({"active", "must", "be", "will", "starting", "ongoing", "finished", "due"})
_OWN = ("we", "must", "mine", "list")  # a sentence with these says of itself what it is about
_STANDALONE = ("action", "list", "plan", "foreign", "outside", "help", "digest", "report", "greeting", "thanks")
_CHANGING = {*_OPENERS, "every_one", "everybody", "left_aside", "not", "same", "later", "earlier"}
_BESIDE = {"be", "doubtful", "holder", "honorific", "indeed", "may", "pronoun", "section", "title", "which"}
_SMALL = _CHANGING | _BESIDE | (_FILLERS - {"list"})  # signs of a text that asks nothing of its own
_OF_MANY = (Select.OVERDUE, Select.STALE, Select.UNDATED, Select.ONGOING)
_ABOUT = ("when", "who", "history", "progress")
_ASKED = _SMALL | {"what", "count", "define", "detail", "among"}
_SHORT = 4  # words: a question this short without a noun of its own refers back
_LONG = 8  # words: a longer text never names but filters


@dataclass(frozen=True, slots=True)
class _Text:
    """A turn with what it holds: words ``left`` over, whether it has ``named`` a filter or an action and ``told`` what
    it wants, names actions of its ``own``, and begins with what goes on (``opened``).
    """

    turn: Turn
    left: tuple[int, ...]
    named: bool
    told: bool
    own: bool
    opened: bool

    @property
    def s(self) -> Sentence:
        """The sentence."""
        return self.turn.s


def refers_back(turn: Turn) -> bool:
    """Whether the text changes the question before it."""
    t = _text(turn)
    if len(t.left) > 1 or (t.left and not (t.opened and t.named)):
        return False
    if len(t.turn.before.filters.codes) == 1 and _lists_others(t):
        return False
    orders = turn.s.at("set") == 0 and not (turn.slots.without or turn.s.has("also", "correct", "list"))
    if orders or any(other(turn) for other in (_is_about_else, _is_about_holder, _counts_time)):
        return False
    if t.opened:
        return _goes_on(t)
    return any(
        rule(t) for rule in (_same, _of_those, _of_all, _of_one, _names_only, _asks_which, _is_fragment, _is_short)
    )


def _lists_others(t: _Text) -> bool:
    """*En wat is er te laat?* after one action: a list, which one action is none."""
    select = select_of(t.s, t.turn.slots.period)
    asks = t.s.has("what") or t.s.has("list", "detail")
    return asks and select in _OF_MANY and not t.s.has("pronoun", "among", "same", *_ABOUT)


def _text(turn: Turn) -> _Text:
    s, slots, target = turn.s, turn.slots, turn.target
    left = [*left_over(s, target), *(i for i in s.of_kind("generic") if i not in target.words), *_numbers(s)]
    filters = slots.filters_something or slots.period or slots.every or slots.remaining or target.codes
    named = filters or s.has("others", "everybody", "later", "earlier")
    told = select_of(s, slots.period) is not None or show_of(s) is not None
    own = slots.themes or slots.codes or slots.people or slots.partners or target.codes or slots.topics
    opened = s.has("correct") or any(_opens(s, m.start, sign) for sign in _OPENERS for m in s.signs.get(sign, ()))
    return _Text(turn, tuple(left), bool(named), told, bool(own), opened)


def _numbers(s: Sentence) -> list[int]:
    """Numbers that are part of nothing known (*hoeveel is 12 plus 9*)."""
    return [i for i in s.of_kind("stop") if s.words[i].token.word.isdigit()]


def _counts_time(turn: Turn) -> bool:
    """*Hoeveel dagen nog*: counts time, not actions."""
    s, units = turn.s, turn.lexicon.durations
    return any(s.following(match.end) in units for match in s.signs.get("count", ()))


def _goes_on(t: _Text) -> bool:
    """*En voor zorg*, *alleen wat bij Slinkman ligt*, *nee, verkeer*."""
    s, slots = t.s, t.turn.slots
    asked_of = s.has("what") and (s.has("pronoun") or (slots.statuses and not names_actions(t.turn)))
    moves = s.has("correct", "everybody", "later", "earlier", "others") or slots.every
    whole = t.turn.fragment or t.told or moves or asked_of
    narrowed = s.has("only", "except", "also") and not t.left and not s.has(*_STANDALONE)
    return bool(t.named and (whole or narrowed)) or ((t.told or is_open(s)) and not t.left)


def _same(t: _Text) -> bool:
    """*Dat thema*, *daarvan*."""
    target = t.turn.target
    among = t.s.has("among") and not (t.turn.slots.codes or (target.codes and target.sure))
    return (t.s.has("same") or among) and (t.named or t.told)


def _of_those(t: _Text) -> bool:
    """*Wanneer moeten die af*."""
    return t.s.has("pronoun") and not t.own and not t.s.has(*_STANDALONE) and (t.named or t.told)


def _of_all(t: _Text) -> bool:
    """*Alle gemeenten*, *voor iedereen*: drops what the question before said of them."""
    held = t.turn.before.filters
    of_others = t.s.has("others") and bool(held.themes or held.people or held.municipalities)
    of_people = (t.s.has("everybody") and bool(held.people)) or of_others
    every = bool(t.turn.slots.every) or (of_people and not t.s.has("be", "will"))
    told = t.told and not of_everybody(t.turn)
    return every and not told and not t.s.has("action", "list")


def _of_one(t: _Text) -> bool:
    """*Wat is er gemeld*, *vertel eens wat meer*, *wie is er verantwoordelijk voor*: of what was spoken of."""
    s, slots = t.s, t.turn.slots
    if t.own or s.has("action", "plan"):
        return False
    if len(t.turn.before.filters.codes) != 1:
        return _which_of_them(s) or (_is_stranded(t) and not s.has(*_STANDALONE))
    if s.has("updated", "history", "partners", "excepted", "goals"):
        return not (slots.period and s.has("what", "define", "detail"))  # *wat is er bijgewerkt in oktober*
    return _which_of_them(s) or _asks_more(t)


def _asks_more(t: _Text) -> bool:
    """*Vertel eens wat meer*, *wie moet ik daarvoor hebben*: asks of one action and names nothing else."""
    s = t.s
    shapes = (*ABOUT_ONE, Show.WHO)
    asks = (
        show_of(s) in shapes
        and select_of(s, None) is None
        and not s.has("define", "plan", "foreign", "outside", "help", "mine", "meeting")
    )
    return asks and not t.named and len(s.words) <= _LONG


def _is_stranded(t: _Text) -> bool:
    """*Wie is er verantwoordelijk voor*: a preposition at the end, whose noun stood in what was said before."""
    last = t.s.words[-1].token.word if t.s.words else ""
    return t.told and not t.named and last in t.turn.lexicon.prepositions and len(t.s.words) <= _LONG


def _names_only(t: _Text) -> bool:
    """*Doe zorg er ook bij*, *laat zorg weg*, *een kwartaal later*: what is added, dropped or moved."""
    s = t.s
    changes = s.has("also", "later", "earlier") or bool(t.turn.slots.without)
    changes = changes or s.at("doing") == 0 or s.at("make") == 0
    return changes and t.named and not t.told and len(s.words) <= _LONG and set(s.signs) <= _SMALL


def _asks_which(t: _Text) -> bool:
    """*Welke voor zorg*, *hoeveel zijn van Sengers*, *wie bij verkeer*: which of those before, by filters only."""
    s, slots = t.s, t.turn.slots
    if not (slots.filters_something or slots.period) or slots.codes or t.turn.target.codes or len(s.words) > _LONG:
        return False
    if select_of(s, slots.period) is not None or is_open(s) or s.has(*_STANDALONE):
        return False
    if s.has("who"):
        return _who_of_them(s)
    if not set(s.signs) <= _ASKED:
        return False
    asks = s.has("which", "count") or (s.has("what", "define") and s.has("pronoun"))
    return asks and not _follows_name(s)


def _who_of_them(s: Sentence) -> bool:
    """*Wie bij zorg*: no verb, so that nothing is asked of the name by itself."""
    bare = s.at("asks_who") == 0 and s.signs["asks_who"][0].end == 1
    return bare and set(s.signs) <= {"who", "asks_who", "title", "honorific"} and s.words[1].kind == "stop"


def _follows_name(s: Sentence) -> bool:
    """*Hoeveel agenten*: a name right behind the word that asks is what is asked about."""
    ends = {m.end for sign in ("which", "count", "what") for m in s.signs.get(sign, ())}
    return any(m.start in ends and any(e.kind not in ("sign", "status") for e in m.entries) for m in s.matches)


def _is_fragment(t: _Text) -> bool:
    """*Zorg*, *in Druten graag*."""
    s = t.s
    if s.has(*_STANDALONE) or t.told or s.has("what", "who", "count", "doing", "must"):
        return False
    return t.turn.fragment and (t.named or is_open(s))


def _is_short(t: _Text) -> bool:
    """*Hoeveel?*, *te laat?*, *dit jaar af*."""
    s = t.s
    asks = s.has("what") or (s.has("define") and not s.has("deadline"))
    if s.has(*_STANDALONE) or asks or len(s.words) > _SHORT:
        return False
    return t.told and (not t.named or (_narrows(t.turn) and not t.left))


def _narrows(turn: Turn) -> bool:
    """*Dit jaar af*: which of those before, by a time and nothing else."""
    slots, s = turn.slots, turn.s
    others = slots.filters_something or turn.target.codes or s.has(*_OWN)
    return slots.period is not None and show_of(s) is None and not others


def _is_about_holder(turn: Turn) -> bool:
    """*Hoe lang is hij*: about who was named, not about what that person holds."""
    return turn.before.show is Show.WHO and turn.s.has("holder") and turn.s.has("when", "detail")


def _is_about_else(turn: Turn) -> bool:
    """*De was is klaar*: tells of a thing of its own."""
    s = turn.s
    phrase = (
        bool(s.words) and s.words[0].token.word in turn.lexicon.determiners and not s.has("pronoun", "among", "same")
    )
    return (
        phrase and s.has("be", "will") and not (turn.target.codes or turn.slots.themes or s.has("action", "deadline"))
    )


def _opens(s: Sentence, at: int, sign: str) -> bool:
    """Whether a sign stands in front; *doe maar alleen …* does too, *and* only as the very first word."""
    if at <= 1 and (at == 0 or sign != "and"):
        return True
    before = covered(m for filler in _FILLERS for m in s.signs.get(filler, ()))
    return sign != "and" and all(i in before or s.words[i].kind == "stop" for i in range(at))


def _which_of_them(s: Sentence) -> bool:
    """*Welke lopen vertraging op*: which, and a verb where the noun would stand."""
    if s.at("which") != 0:
        return False
    following = [m for m in s.matches if m.start == 1]
    return any(_is_verb(m) for m in following)


def _is_verb(match: Match) -> bool:
    return any(e.kind in ("status", "reported") or (e.kind == "sign" and e.value in _VERBS) for e in match.entries)
