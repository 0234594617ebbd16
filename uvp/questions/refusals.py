"""Reasons to refuse a sentence: ways in which people speak about other things in words that the plan has too."""

from __future__ import annotations

from uvp.question import Select
from uvp.questions.evidence import Read
from uvp.questions.meaning import is_open
from uvp.questions.negation import is_excepted, is_negated
from uvp.questions.phrases import covered
from uvp.questions.remarks import REMARKS
from uvp.questions.sentence import Sentence
from uvp.questions.strangers import STRANGERS

_DENIABLE = ("overdue", "undated", "stale", "holders")


def _outside(r: Read) -> bool:
    """*Hoe vraag ik …*, *mag ik …*: asks for something of its own, whatever it names."""
    if r.s.has("need") and not (r.told or r.select is not None or r.target.sure):
        return True  # *wie heeft zorg nodig*
    if r.s.has("outside"):
        about_one = r.target.distinct and r.s.has("when", "who", "history", "detail")
        return not r.told and not about_one
    return (
        r.s.has("doubtful")
        and not r.s.has("who")
        and not (r.told or r.target.sure or r.select is not None or r.slots.statuses or is_open(r.s))
    )


def _definition(r: Read) -> bool:
    """*Wat is zorg*: what a theme is, not what is done about it."""
    slots = r.slots
    named = r.target.codes or slots.municipalities or slots.people or slots.partners or slots.period or slots.codes
    return r.s.has("define") and not (
        is_open(r.s) or r.told or r.select is not None or named or slots.statuses or slots.sections
    )


def _common_words(r: Read) -> bool:
    """Words of descriptions, or that say little, are what a question is about only where it speaks of actions."""
    target = r.target
    if not target.codes or target.sure or (r.fragment and not r.s.has("list")):
        return False
    if r.s.has("section") and r.slots.themes:
        return False
    if r.slots.topics or (r.slots.themes and target.introduced and not target.general):
        return False
    if r.s.has("deadline") and target.distinct:
        return False
    listed = target.introduced and not target.partly and (r.s.has("list") or (r.s.has("thing") and not target.general))
    return not r.s.has("action", "plan", "we") and not listed


def _everyday_word(r: Read) -> bool:
    """*Is Beuningen veilig*, *wat zijn signalen van …*: an everyday word that actions are called by too."""
    target, s = r.target, r.s
    if not target.codes or target.distinct or r.told or r.fragment or not target.sure:
        return False
    if len(target.codes) > 1:
        return s.has("define") or not s.has("when", "who", "history", "detail", "we", "list", "count", "planned")
    verbs = ("be", "will", "must", "active", "doing", "we", "finish", "define", "due", "deadline", "planned", "about")
    told = any(s.names("reported"))
    return not (told or s.has("when", "who", "history", "detail", "progress", "count", "updated", *verbs))


def _holders(r: Read) -> bool:
    """*Wat doet een burgemeester*, *wanneer heeft Bergman tijd*: about people, not about their part of the plan."""
    slots = r.slots
    about = slots.themes or slots.topics or slots.codes or slots.sections or slots.statuses
    if about or r.target.sure or r.s.has("action", "plan", "thing", "deadline", "holders"):
        return False
    if r.s.has("list", "progress") and (slots.people or not r.s.has("title")):
        return False
    if r.s.has("title", "role") and not slots.people:
        return True
    return r.s.has("when") and r.select is None


def _role(r: Read) -> bool:
    """*Wie is de wethouder zorg*: a function that no plan fills, whatever it is of."""
    s = r.s
    if s.has("action", "plan", "deadline", "holders", "list"):
        named = r.slots.filters_something or r.slots.period or r.target.codes or r.select is not None
        return s.has("role") and not (named or s.has("holders"))  # *welke actie gaat over wethouders*
    asked = [m.end for sign in ("asks_who", "which") for m in s.signs.get(sign, ())]
    asked += [m.end for m in s.signs.get("who", ()) if m in s.signs.get("role", ())]
    roles = s.signs.get("role", ())
    return any(m.end >= end and _between(s, end, m.start) for m in roles for end in asked)


def _between(s: Sentence, start: int, end: int) -> bool:
    """Whether only small words stand between two places; they may touch or overlap."""
    return all(s.words[i].kind == "stop" or s.words[i].token.word in s.grammar.here for i in range(start, end))


def _to_bot(r: Read) -> bool:
    """*Wat ga jij dit weekend doen*: about whom it is said to."""
    return r.s.has("to_bot") and not (r.s.has("action", "list", "deadline") or r.target.sure)


def _statement(r: Read) -> bool:
    """*De was is klaar*: tells something of a thing of its own."""
    s = r.s
    if (
        s.at("we") == 0
        and s.has("finish", "finished")
        and not ((s.asks and r.named) or r.target.sure or s.has("what", "must"))
    ):
        return True
    if (
        not s.words
        or s.words[0].token.word not in r.lexicon.determiners
        or s.has("action", "plan", "count", "who", "when")
    ):
        return False
    verb = s.has("be", "will") or bool(r.slots.statuses)
    return verb and not ((r.slots.filters_something and r.slots.statuses == []) or r.target.codes)


def _command(r: Read) -> bool:
    """*Boek …*, *zet … aan*: tells to do something else than to record a status."""
    starts = any(m.start == 0 for m in r.s.signs.get("set", ()))
    return starts and not (r.told or r.s.has("history") or r.select not in (None, Select.ALL))


def _denied(r: Read) -> bool:
    """*Niet te laat*, *behalve in 2025*: all the others, which no select and no filter means."""
    places = [m.start for sign in _DENIABLE for m in r.s.signs.get(sign, ())]
    if any(is_negated(r.s, at) for at in places):
        return True
    times = [start for start, _, found in r.s.periods if found.period is not None]
    named = covered(r.s.matches)
    return any(is_excepted(r.s, at, first=True) for at in (*times, *(r.target.words - named)))


def _exceptions(r: Read) -> bool:
    """*Waar doet Druten niet aan mee*: an answer by filters would be the opposite."""
    return r.s.has("excepted", "unheld") and not (r.slots.codes or r.target.sure or r.slots.remaining)


def _open_only(r: Read) -> bool:
    """*Open the door*: *open* says something of actions only where they are what it is about."""
    about = r.s.has("what", "define", "action", "thing", "count", "yet", "list", "deadline", "be", "who", "pronoun")
    return r.s.has("open") and r.select is None and not (about or r.slots.filters_something or r.slots.period)


REFUSALS = (
    _denied,
    _role,
    _to_bot,
    _everyday_word,
    _holders,
    _statement,
    _open_only,
    _exceptions,
    _outside,
    _definition,
    _common_words,
    _command,
    *STRANGERS,
    *REMARKS,
)
