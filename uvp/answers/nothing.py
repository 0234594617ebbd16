"""What is said when nothing was found: what was looked for, and what explains it. Never something else as if asked."""

from __future__ import annotations

from collections.abc import Iterator

from uvp.answers.answering import MATCH, own_codes
from uvp.answers.headline import sentence
from uvp.answers.lines import View, name, state
from uvp.plan import Action
from uvp.question import Select

_FROM_UPDATES = frozenset({Select.DONE, Select.UPDATED})


def nothing(view: View) -> Iterator[str]:
    """The sentence that says what was looked for, then why it is empty where that is known."""
    say, question, plan = view.say, view.answer.question, view.snapshot.plan
    named = [plan.by_code[code] for code in question.filters.codes if code in plan.by_code]
    if not named:
        yield sentence(say, question, plan, 0)
    for action in named:
        yield from _named(view, action)
    if question.mine and not own_codes(view.snapshot, view.answer.asker):
        yield say("remarks.nobody_known")
    if _needs_updates(view) and not any(view.snapshot.updates.values()):
        yield say("remarks.no_updates")
    yield from _held_topics(view)


def _needs_updates(view: View) -> bool:
    question = view.answer.question
    return question.select in _FROM_UPDATES or bool(question.filters.statuses)


def _named(view: View, action: Action) -> Iterator[str]:
    """An action that was named but does not fit: who does not take part, or else how it stands."""
    say, asked = view.say, view.answer.question.filters.municipalities
    excepted = [m for m in asked if m in action.excepts]
    yield from (say("remarks.excepted", municipality=m, code=action.code) for m in excepted)
    if not excepted:
        yield say("remarks.stands", name=name(view, action), state=state(view, action, MATCH))


def _held_topics(view: View) -> Iterator[str]:
    """Somebody who holds topics only is the holder of no action: say what of."""
    say, plan = view.say, view.snapshot.plan
    holding = {action.holder for action in plan.actions}
    for person in view.answer.question.filters.people:
        for theme in plan.themes if person not in holding else ():
            if topics := [h.topic for h in theme.holders if h.topic and h.person == person]:
                yield say("remarks.topic_holder", person=person, topics=say.join(topics), theme=theme.label)
