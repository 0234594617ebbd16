"""Status reports that follow an answer: *die is klaar in Druten*, *de derde is klaar*."""

from __future__ import annotations

from dataclasses import replace

from uvp.question import Intent, Question
from uvp.questions.phrases import covered
from uvp.questions.picking import counted
from uvp.questions.sentence import Sentence
from uvp.questions.target import CHOICES
from uvp.questions.turn import Turn
from uvp.questions.update import Parts, Read, reported_update

_MARKS = frozenset(",;:.!?(")


def report_after(turn: Turn, read: Read) -> Question | None:
    """*Die is klaar in Druten*, *de derde is klaar*: a status report about an action of the answer before."""
    if turn.slots.codes or _names_another(turn):
        return None
    codes = counted(turn) or (() if _is_of_else(turn) else _told_of(turn))
    many = len(codes) > CHOICES
    if not codes or (many and not _puts(turn.s)):
        return None

    def read_about(text: str) -> Parts:
        s, slots, target = read(text)
        slots.codes = slots.codes or ([] if many else list(codes))  # an order for many leaves open which ones
        return s, slots, target

    report = reported_update(read_about(turn.s.text), read_about)
    if report is None:
        return None
    update, choices = report
    if 1 < len(codes) <= CHOICES and not (counted(turn) or turn.s.has("every_one")):
        update, choices = replace(update, codes=()), codes  # *that one is finished*: which of those listed?
    return replace(turn.base, intent=Intent.UPDATE, update=update, choices=choices, inherited=("codes",))


def _names_another(turn: Turn) -> bool:
    """Whether it names an action itself, not only in a reason (*vertraagd want geen geld*)."""
    reasons = [m.start for m in turn.s.signs.get("because", ())]
    in_reason = bool(reasons) and min(reasons) < min(turn.target.words, default=0)
    return bool(turn.target.codes) and turn.target.sure and not in_reason


def _is_of_else(turn: Turn) -> bool:
    """*De kerstborrel is uitgesteld*, *het overleg is verzet*, *ik kom later*: tells of a thing of its own."""
    s = turn.s
    told = covered(m for m in s.matches if any(e.kind in ("reported", "status") for e in m.entries))
    reason = min((m.start for m in s.signs.get("because", ())), default=len(s.words))
    clause = next((i + 1 for i, w in enumerate(s.words) if s.text[w.end : w.end + 1] in _MARKS), reason)
    about = [i for i in s.of_kind("unknown", "known", "generic") if i < min(reason, clause) and i not in told]
    occasion = any(w.token.word in turn.lexicon.occasions for w in s.words)
    subject = s.following(0) in s.grammar.subjects and not s.has("pronoun", "set", "we")
    noun = (
        s.following(0) in turn.lexicon.determiners
        and not s.has("pronoun")
        and s.words[1:2]
        and s.words[1].kind != "sign"
    )
    clock = any(turn.lexicon.durations.get(w.token.word, 1) < 1 for w in s.words)  # *het is al 4 uur geweest*
    return bool(about or noun) or occasion or subject or clock or s.has("help") or (s.has("planned") and not told)


def _told_of(turn: Turn) -> tuple[str, ...]:
    """The actions of the answer before that something is told of."""
    s, about = turn.s, turn.before.filters.codes
    if s.has("pronoun") or (s.has("every_one") and _puts(s)):
        return about or turn.context.codes
    told = turn.slots.municipalities or turn.slots.period or _puts(s) or _tells(s)
    return about if len(about) == 1 and told else ()  # *afgerond in Druten*: told of the action that was looked at


def _puts(s: Sentence) -> bool:
    """*Zet op afgerond*: which action goes without saying."""
    return s.has("set") and any(s.names("status"))


def _tells(s: Sentence) -> bool:
    """*Kan dicht*, *streep erdoor*: says how something stands and asks for nothing."""
    return any(all(e.kind == "reported" for e in m.entries) for m in s.matches)
