"""What follows a status report: the same of another place or with another status, and questions about its action."""

from __future__ import annotations

from dataclasses import replace

from uvp.question import Filters, Intent, Question, Show
from uvp.questions.expecting import expected_date
from uvp.questions.standing import status_of
from uvp.questions.turn import Turn, names_actions
from uvp.questions.weighing import left_over

_AMENDING = frozenset({"and", "also", "correct", "pronoun", "be", "only", "already", "make", "polite", "thanks"})


def amended(turn: Turn) -> Question | None:
    """*En in Heumen*, *nee, vertraagd*: the report before, of other places or with another status."""
    s, slots, update = turn.s, turn.slots, turn.context.reported
    status, expected = status_of(s), expected_date(s)
    named = slots.municipalities or status or expected
    if update is None or len(update.codes) != 1 or not named or s.asks or left_over(s, turn.target):
        return None
    others = names_actions(turn) or turn.target.codes or (slots.period and not expected)
    if others or set(s.signs) - _AMENDING - ({"not"} if s.has("correct") else set()) - (
        {"finish", "finished", "active", "starting"} if status else set()
    ):
        return None
    places = tuple(slots.municipalities) or update.municipalities
    update = replace(
        update, municipalities=places, status=status or update.status, expected=expected or update.expected
    )
    return replace(turn.base, intent=Intent.UPDATE, update=update, inherited=("update",))


def of_report(turn: Turn) -> Turn:
    """A turn that asks of the action just reported about (*wie doet dat eigenlijk*); else the turn as it is."""
    update = turn.context.reported
    if update is None or len(update.codes) != 1:
        return turn
    asks = turn.s.has("pronoun") or turn.before.intent is Intent.UPDATE or (turn.s.asks and turn.slots.municipalities)
    if not asks or names_actions(turn):
        return turn
    about = Question(turn.before.text, show=Show.DETAIL, filters=Filters(codes=update.codes))
    return replace(turn, context=replace(turn.context, question=about, codes=update.codes))
