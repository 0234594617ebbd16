"""Follow-ups: a text that changes only what it names of the question before it.

A question that stands on its own starts afresh; a fragment, a pronoun, an ordinal or a word such as *en*, *ook*,
*alleen* or *nee* at the start refers back.
"""

from __future__ import annotations

from dataclasses import replace

from uvp.plan import Plan
from uvp.question import Filters, Intent, Question, Select, Show
from uvp.questions.actions import ActionIndex
from uvp.questions.changing import changed
from uvp.questions.evidence import Read
from uvp.questions.meaning import select_of
from uvp.questions.picking import chosen_of
from uvp.questions.referring import refers_back
from uvp.questions.remarks import is_remark
from uvp.questions.repeating import listed_again, repeated_of
from uvp.questions.reported import amended, of_report
from uvp.questions.retelling import report_after
from uvp.questions.sentence import Sentence
from uvp.questions.turn import Turn, names_other
from uvp.questions.update import Read as Reading


def follow_up(turn: Turn, plan: Plan, index: ActionIndex, read: Reading) -> Question | None:
    """The question that a follow-up makes of the one before it; None for a text that stands on its own.

    ``read`` takes a part of the text apart.
    """
    if turn.s.has("foreign", "to_bot") or _of_office(turn) or is_remark(_evidence(turn)):
        return None
    if repeated := repeated_of(turn):
        return repeated
    if turn.before.intent not in (Intent.ASK, Intent.UPDATE):
        return None
    if told := amended(turn) or report_after(turn, read):
        return told
    if chosen := chosen_of(turn, index):
        return chosen
    turn = of_report(turn)
    if turn.before.intent is not Intent.ASK:
        return None
    if of_holder := _of_holder(turn, plan):
        return of_holder
    if listed := listed_again(turn):
        return listed
    if not refers_back(turn):
        return None
    return changed(turn, plan)


def lists_all(question: Question, s: Sentence, before: Question) -> bool:
    """Whether it names but filters and a word that nobody knows, or goes on after a report (*en zorg?*).

    No list of all of them was asked for.
    """
    if question.intent is not Intent.ASK or question.show is not Show.ACTIONS or question.select is not Select.ALL:
        return False
    own = s.has("action", "thing", "list", "plan", "we", "section", "goals", "partners", "planned", "open")
    about = question.filters.codes or question.filters.text or question.filters.statuses or question.choices
    goes_on = before.intent is Intent.UPDATE and s.at("and") == 0
    return bool(question.left_out or goes_on) and not (own or about)


def _evidence(turn: Turn) -> Read:
    select = select_of(turn.s, turn.slots.period)
    return Read(turn.s, turn.slots, turn.target, select, turn.fragment, turn.lexicon)


def _of_office(turn: Turn) -> bool:
    """*Wie is daar burgemeester*, *wie is de wethouder*: an office, where nothing but places was spoken of."""
    filters = turn.before.filters
    held = filters.themes or filters.codes or filters.people or filters.sections or filters.text or turn.before.choices
    return turn.s.has("asks_who") and (turn.s.has("role") or (turn.s.has("title") and not held))


def _of_holder(turn: Turn, plan: Plan) -> Question | None:
    """*Welke acties heeft zij*: those of who holds what the question before asked about."""
    s, before = turn.s, turn.before
    if before.show is not Show.WHO or not s.has("holder") or not s.has("action", "thing", "doing", "count", "what"):
        return None
    themes = [t for t in plan.themes if t.code in before.filters.themes]
    people: list[str | None] = [h.person for t in themes for h in t.holders if h.topic in (before.topics or (None,))]
    for action in (plan.by_code[code] for code in before.filters.codes):
        people.append(action.holder or plan.theme_by_code[action.theme].holder)
    named = tuple(dict.fromkeys(p for p in people if p))
    if not named or names_other(turn):
        return None
    show = Show.COUNT if s.has("count") else Show.ACTIONS
    select = select_of(s, None)
    if select in (None, Select.ACTIVE):
        select = Select.ALL
    return replace(
        turn.base, intent=Intent.ASK, show=show, select=select, filters=Filters(people=named), inherited=("people",)
    )
