"""Things that the plan does not have: nouns, plans, places and names of something else.

Where nothing of the plan itself is named, a sentence about one of them is refused, whatever else it asks.
"""

from __future__ import annotations

from uvp.questions.evidence import Read
from uvp.questions.lexicon import Lexicon
from uvp.questions.phrases import covered
from uvp.questions.sentence import Sentence
from uvp.questions.standing import told_statuses
from uvp.questions.target import Target
from uvp.questions.weighing import head, left_over

_ASKS = ("what", "when", "who", "count", "list", "progress", "history", "detail", "action", "be", "will", "deadline")


def names_something_else(s: Sentence, target: Target, lexicon: Lexicon) -> bool:
    """Whether a clause in front of a question names what the plan does not have: *scriptie*, *uvp van Tiel*.

    What something is for (*voor de raad*) and what people say of themselves (*ik zit in de auto*) is no such thing.
    """
    if any(w.token.word in s.grammar.subjects for w in s.words):
        return False
    strange = [i for i in s.of_kind("unknown", "known", "generic") if i not in target.words]
    return any(s.words[i].token.word not in lexicon.occasions for i in strange)


def belongs_elsewhere(s: Sentence, target: Target) -> bool:
    """*De flyer van de slager*: whether what an action is called by is a thing of something else."""
    general = (i for i in s.of_kind("generic") if i not in target.words)
    for i in (*left_over(s, target), *general):
        before = [t for t in target.words if t < i]
        between = s.words[max(before) + 1 : i] if before else []
        led = any(w.token.word in s.grammar.of for w in between)
        if led and all(w.kind == "stop" or w.token.word in s.grammar.articles for w in between):
            return True
    return False


def is_told_of_another(s: Sentence, target: Target) -> bool:
    """*De vlucht is vertraagd, zegt de pilot*: a clause of its own says how a thing stands that the plan lacks."""
    if not (target.words and s.following(0) in s.grammar.articles and 1 in left_over(s, target)):
        return False
    comma = s.text.find(", ")
    clause = [i for i, w in enumerate(s.words) if w.end <= comma]
    return any(at in clause for at, _ in told_statuses(s)) and target.words.isdisjoint(clause)


def is_private(s: Sentence, target: Target) -> bool:
    """*Mijn paspoort*, *je nieuwe auto*: a thing of who asks or is asked that the plan does not have."""
    polite = covered(s.signs.get("polite", ()))
    own = [i for i, w in enumerate(s.words) if w.token.word in s.grammar.private and i not in polite]
    strange = {*left_over(s, target), *s.of_kind("generic")}
    return any(i + 1 in strange or (i + 2 in strange and s.words[i + 1].kind != "stop") for i in own)


OF_ANOTHER = (belongs_elsewhere, is_told_of_another, is_private)
"""Ways in which what reads as a status report is one of something else."""


def _of_something_else(r: Read) -> bool:
    """*Is de yoghurt verlopen*, *het plan van de kerk*: a noun that the plan does not have, and nothing that it has."""
    s, over = r.s, left_over(r.s, r.target)
    if r.named:
        return False
    if r.target.sure and r.target.distinct:
        asked = s.has(*_ASKS) and not (len(r.target.words) == 1 and belongs_elsewhere(s, r.target))
        return bool(over) and not asked
    if any(i in s.governed or s.is_name(i) or not s.has("action") for i in over):
        return True
    general = [i for i in s.of_kind("generic") if i in s.governed and i not in r.target.words]
    return not s.has("action", "thing", "list") and any(s.has("when") or _belongs(s, i) for i in general)


def _belongs(s: Sentence, at: int) -> bool:
    """*… van de gemeenteraad*: whether a word is what something belongs to."""
    return any(s.words[i].token.word in s.grammar.of for i in range(max(0, at - 2), at))


def _reported_only(r: Read) -> bool:
    """*Status verzonden*: words that say how something stands, of which nothing is named."""
    told = any({e.kind for e in m.entries} == {"reported"} for m in r.s.matches)
    return told and r.select is None and not (r.named or r.target.codes or r.s.asks or r.s.has("action", "what"))


def _private(r: Read) -> bool:
    """*Je plan voor pasen*, *de voortgang van mijn update*: of who asks or is asked, and no action."""
    s = r.s
    if is_private(s, r.target):
        return True
    plans = {m.start for m in s.signs.get("plan", ())}
    if any(w.token.word in s.grammar.private and i + 1 in plans for i, w in enumerate(s.words)):
        return True
    own = s.has("mine") and not (r.named or r.select is not None or r.target.codes)
    return own and not s.has("action", "thing", "plan", "list", "deadline")


def _other_plan(r: Read) -> bool:
    """*Een plan voor het weekend*, *het thema van carnaval*: a plan or theme that is no part of this one."""
    s, plans = r.s, r.s.signs.get("plan", ())
    if r.named or r.target.codes or r.select is not None or s.has("action", "count", "deadline", "list"):
        return False
    some = any(s.words[m.start - 1].token.word in s.grammar.some for m in plans if m.start)
    led = any(s.following(m.end) in r.lexicon.prepositions and m.end - m.start == 1 for m in plans)
    return (
        some or (led and len(plans) == 1) or (bool(plans) and r.slots.period is not None and not r.slots.period.lasts)
    )


def _date_of_something_else(r: Read) -> bool:
    """*Wanneer is …* without an action or anything that the plan is divided by, or the date of a feast."""
    if not r.s.has("when") or r.told or r.target.codes or r.s.has("thing", "we", "deadline"):
        return False
    feast = r.slots.period is not None and r.slots.period.end is not None and not r.slots.period.lasts
    return not r.slots.filters_something or (feast and not r.named)


def _place_only(r: Read) -> bool:
    """Municipalities and parties do much beside the plan; only as a fragment is one enough."""
    slots = r.slots
    if not (slots.municipalities or slots.partners) or slots.of_plan or slots.recurrences or r.target.codes:
        return False
    if r.s.has("count"):
        return not (r.s.has("action", "thing") or r.select is not None)
    if left_over(r.s, r.target) and not r.s.has("action", "what", "we", "list", "who"):
        return True  # *opleverdatum nieuwbouwwoning Wijchen*
    return not (r.told or r.select is not None or r.s.has("thing", "doing", "open") or r.fragment)


def _leisure(r: Read) -> bool:
    """*Wat is er zaterdag te doen in Wijchen*: what goes on there, not what is still to be done."""
    s, slots = r.s, r.slots
    if not slots.municipalities or slots.themes or slots.people or slots.sections or r.target.codes:
        return False
    open_end = any(s.words[m.end - 1].token.word in s.grammar.do for m in s.signs.get("due", ()))
    billed = any(m.end - m.start > 2 for sign in ("due", "planned") for m in s.signs.get(sign, ()))
    on_a_day = billed and slots.period is not None and not slots.period.lasts  # *op het programma*
    if s.has("yet", "must", "we", "action", "deadline", "thing", "plan", "had"):
        return False
    return on_a_day or (open_end and not s.has("list"))


def _counts_others(r: Read) -> bool:
    """*Hoeveel inwoners …*, *how many weeks …* counts people, things or time, not actions."""
    if not r.s.has("count"):
        return False
    if any(r.s.following(match.end) in r.lexicon.durations for match in r.s.signs["count"]):
        return True
    asked = head(r.s)
    if asked >= 0 and r.s.words[asked].kind == "generic":
        return True
    says = r.s.has("action", "plan", "thing", "deadline") or r.select is not None
    if not says and any(m.start == asked for m, _ in r.s.names("party")):
        return True  # *hoeveel agenten doen verkeer*
    if not says and asked in r.target.words and r.slots.municipalities and not r.s.has("planned", "we"):
        return True  # *hoeveel ongevallen waren er in Beuningen*
    return bool(left_over(r.s, r.target)) and r.select is None and not r.s.has("action", "plan", "thing")


def _subject(r: Read) -> bool:
    """*Rijbewijs verlopen*, *sociale media verslaving*: what nobody knows is what it is about."""
    s, slots = r.s, r.slots
    left = left_over(s, r.target)
    named = slots.themes or slots.people or slots.sections or slots.codes
    if not left or named or s.has("action", "plan"):
        return False
    unknown = any(s.words[i].kind == "unknown" for i in left)
    return 0 in left or (unknown and bool(r.target.codes) and not s.signs)


def _stranger(r: Read) -> bool:
    """*Acties van de heer De Jong*: a name that no plan has is no word of it."""
    before = {m.end for sign in ("honorific", "title") for m in r.s.signs.get(sign, ())}
    return any(r.s.is_name(i) and not before.isdisjoint((i, i - 1, i - 2)) for i in r.target.words)


STRANGERS = (
    _of_something_else,
    _reported_only,
    _private,
    _other_plan,
    _date_of_something_else,
    _place_only,
    _leisure,
    _counts_others,
    _subject,
    _stranger,
)
