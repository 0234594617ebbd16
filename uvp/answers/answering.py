"""The answer to a question as a value. Pure; the source is the specification of answers.

Beside what was asked, an answer names what the asker would otherwise miss: a *due* answer what is overdue, ongoing,
undated and of the period done already; an *active* answer what is overdue. Those groups are there also when empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from uvp.answer import Answer, Group
from uvp.answers import people
from uvp.answers.filters import Candidates, candidates
from uvp.answers.select import Moment, effective_period, select
from uvp.period import Period
from uvp.plan import Action
from uvp.question import Intent, Question, Select, Show
from uvp.snapshot import Snapshot
from uvp.updates import Person, Status

MATCH: Final = "match"
_ABOUT_ACTIONS = (Show.DETAIL, Show.WHEN, Show.HISTORY)


def answer(question: Question, snapshot: Snapshot, today: date, asker: Person | str | None = None) -> Answer:
    """What the plan and the updates say to this question; no groups where it is not (yet) about actions."""
    if question.intent is not Intent.ASK or question.choices:
        return Answer(question, asker=asker)
    anonymous = question.mine and asker is None
    asked = replace(question, mine=False) if anonymous else question
    question = _naming_actions(asked)
    filters = question.filters
    mine = own_codes(snapshot, asker) if question.mine else None
    passing = candidates(filters, snapshot.plan, mine)
    standings = snapshot.standings_in(filters.municipalities)
    if filters.statuses:
        kept = [a for a in passing.actions if standings[a.code].status in filters.statuses]
        passing = Candidates(kept, passing.theme_parties)
    moment = Moment(snapshot.plan, standings, today, question.stale_weeks)
    chosen = select(question.select, passing.actions, filters.period, moment)
    first = Group(_kind(question), _codes(chosen))
    return Answer(
        asked,
        groups=(first, *_beside(question, passing.actions, moment)),
        people=people.answering(question, snapshot.plan, chosen) if question.show is Show.WHO else (),
        count=len(chosen) if question.show is Show.COUNT else None,
        theme_parties=passing.theme_parties,
        compared=_compared(question, passing.actions, moment),
        asker=asker,
        anonymous=anonymous,
    )


def own_codes(snapshot: Snapshot, asker: Person | str | None) -> frozenset[str]:
    """The actions that are somebody's own: as owner, as official of the theme, or as portfolio holder.

    Somebody is known by their id where both have one, and else by their name.
    """
    if asker is None:
        return frozenset()
    who = Person(asker) if isinstance(asker, str) else asker
    name = who.name.casefold()

    def is_asker(person: Person) -> bool:
        return person.id == who.id if person.id and who.id else person.name.casefold() == name

    known = {code for code, people in snapshot.persons.items() if any(map(is_asker, people))}
    # Of plans that were not read from a database only the names are known.
    named = {
        code
        for names in (snapshot.owners, snapshot.officials)
        for code, them in names.items()
        if code not in snapshot.persons and name in map(str.casefold, them)
    }
    carried = known | named
    return frozenset(
        a.code
        for a in snapshot.plan.actions
        if a.code in carried or a.theme in carried or (a.holder is not None and a.holder.casefold() == name)
    )


def _naming_actions(question: Question) -> Question:
    """Where single actions are named, *when*, *detail* and *history* are about those, whatever was inherited."""
    if not question.filters.codes or question.show not in _ABOUT_ACTIONS:
        return question
    filters = replace(question.filters, period=None, statuses=())
    return replace(question, select=Select.ALL, filters=filters)


def _kind(question: Question) -> str:
    return MATCH if question.show in _ABOUT_ACTIONS else question.select.value


def _codes(actions: Sequence[Action]) -> tuple[str, ...]:
    return tuple([a.code for a in actions])


def _beside(question: Question, passing: Sequence[Action], moment: Moment) -> tuple[Group, ...]:
    """The further groups, under the same filters: *done* over the same period, the others without it."""
    if question.show in _ABOUT_ACTIONS:
        return ()
    match question.select:
        case Select.DUE:
            kinds: tuple[Select, ...] = (Select.OVERDUE, Select.ONGOING, Select.UNDATED)
        case Select.ACTIVE:
            kinds = (Select.OVERDUE,)
        case _:
            return ()
    groups = [Group(kind.value, _codes(select(kind, passing, None, moment))) for kind in kinds]
    if question.select is Select.DUE:
        period = effective_period(Select.DUE, question.filters.period, moment.today)
        groups.append(Group(Select.DONE.value, _codes(_done_of(period, passing, moment))))
    return tuple(groups)


def _done_of(period: Period, passing: Sequence[Action], moment: Moment) -> list[Action]:
    """What would have been due in the period but is finished already, by code."""
    standings = moment.standings
    return [
        a
        for a in passing
        if (deadline := a.deadline) and deadline in period and standings[a.code].status is Status.FINISHED
    ]


def _compared(question: Question, passing: Sequence[Action], moment: Moment) -> Group | None:
    if question.compared is None:
        return None
    return Group(question.select.value, _codes(select(question.select, passing, question.compared, moment)))
