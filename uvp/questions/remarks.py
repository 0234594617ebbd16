"""Remarks in passing: how somebody is late or done, what is in the news, and words that are mentioned, not used."""

from __future__ import annotations

from uvp.question import Select
from uvp.questions.evidence import Read
from uvp.questions.phrases import covered
from uvp.questions.sentence import Sentence

_ASKING = ("what", "when", "who", "count", "list", "progress", "history", "detail")
_ABOUT = ("action", "deadline", "thing", "plan", "we", "must", "yet", "holders")
_QUOTES = frozenset("'\"‘’“”`´«»")


def is_bare(s: Sentence) -> bool:
    """*Klaar!*, *te laat*: says how something stands, and neither asks nor says of what."""
    return not s.has(*_ASKING, *_ABOUT)


def _of_somebody(r: Read) -> bool:
    """*Jullie zijn te laat*, *ik ben klaar*: who it is said of, and no action."""
    if r.named or r.target.sure or not is_bare(r.s):
        return False
    asked = covered(r.s.signs.get("polite", ()))
    return any(w.token.word in r.s.grammar.persons and i not in asked for i, w in enumerate(r.s.words))


def _of_meeting(r: Read) -> bool:
    """*Vergadering gaat niet door*."""
    return r.s.has("meeting") and bool(r.slots.statuses) and not (r.named or r.target.sure or r.s.has("action"))


def _news(r: Read) -> bool:
    """*Wat is het nieuws*, *today's news*: of the world, where no part of the plan is named."""
    s = r.s
    if r.select is not Select.UPDATED or r.slots.filters_something or r.target.sure or s.has("action", "plan", "we"):
        return False
    told = [m for m in s.signs.get("updated", ()) if s.words[m.start].token.word in s.grammar.news and m.start]
    before = [s.words[m.start - 1] for m in told]
    return any(w.kind == "period" or w.token.word in s.grammar.articles for w in before)


def _mentioned(r: Read) -> bool:
    """*Is het 'de thema' of 'het thema'?*: asks of words themselves."""
    if r.named or r.target.sure or r.s.has("action"):
        return False
    said = [m for m in r.s.matches if m.start and r.s.text[r.s.words[m.end - 1].end :][:1] in _QUOTES]
    return any(r.s.text[r.s.words[m.start].start - 1] in _QUOTES for m in said)


def is_remark(r: Read) -> bool:
    """Whether it goes on about nothing said before: *hij is te laat vandaag* does not, *is hij te laat* may."""
    told = r.s.following(0) in r.s.grammar.persons and r.s.has("overdue") and r.slots.period is not None
    return _news(r) or _mentioned(r) or (told and _of_somebody(r))


REMARKS = (_of_somebody, _of_meeting, _news, _mentioned)
