"""Status reports that follow an answer: *die is klaar in Druten*, *de derde is klaar*."""

from __future__ import annotations

from dataclasses import replace

from uvp.question import Intent, Question
from uvp.questions.picking import counted
from uvp.questions.sentence import Sentence
from uvp.questions.target import CHOICES
from uvp.questions.turn import Turn
from uvp.questions.update import Parts, Read, reported_update


def report_after(turn: Turn, read: Read) -> Question | None:
    """*Die is klaar in Druten*, *de derde is klaar*: a status report about an action of the answer before."""
    if turn.slots.codes or turn.target.codes:
        return None
    codes = counted(turn)
    about = turn.before.filters.codes
    if not codes and turn.s.has("pronoun"):
        codes = about or turn.context.codes
    elif not codes and len(about) == 1 and (turn.slots.municipalities or turn.slots.period or _puts(turn.s)):
        codes = about  # *afgerond in Druten*, *vertraagd tot Q2*: told of the action that was looked at
    if not codes or len(codes) > CHOICES:
        return None

    def read_about(text: str) -> Parts:
        s, slots, target = read(text)
        slots.codes = slots.codes or list(codes)
        return s, slots, target

    report = reported_update(read_about(turn.s.text), read_about)
    if report is None:
        return None
    update, choices = report
    if len(codes) > 1 and not counted(turn):
        update, choices = replace(update, codes=()), codes  # *that one is finished*: which of those listed?
    return replace(turn.base, intent=Intent.UPDATE, update=update, choices=choices, inherited=("codes",))


def _puts(s: Sentence) -> bool:
    """*Zet op afgerond*: which action goes without saying."""
    return s.has("set") and any(True for _ in s.names("status"))
