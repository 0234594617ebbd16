"""What was understood, in words: as one line on top of an answer, and inside its sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from uvp.answer import Answer
from uvp.answers import dates
from uvp.answers.phrases import Phrases
from uvp.plan import Plan
from uvp.question import Question, Select, Show
from uvp.updates import Status

_MANY = 6  # codes beyond which a line of them is no longer read
_OPEN = frozenset(s for s in Status if not s.closed)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of what was understood: ``name`` is that of the field of the question, ``text`` the words for it."""

    name: str
    text: str
    inherited: bool = False


def parts(say: Phrases, answer: Answer, plan: Plan) -> tuple[Part, ...]:
    """What was understood, in the order in which it is shown."""
    question = answer.question
    inherited = frozenset(question.inherited)
    return tuple(Part(name, text, name in inherited) for name, text in _understood(say, question, plan))


def headline(say: Phrases, answer: Answer, plan: Plan) -> str:
    """*Af te ronden · Digitale veiligheid · Q4 2026*; what was taken over from the question before is marked."""
    texts = [
        say("headline.inherited", part=part.text) if part.inherited else part.text for part in parts(say, answer, plan)
    ]
    return say("headline.separator").join(texts)


def _understood(say: Phrases, question: Question, plan: Plan) -> Iterator[tuple[str, str]]:
    f = question.filters
    if question.show not in (Show.ACTIONS, Show.DETAIL):
        yield "show", say(f"headline.shows.{question.show}")
    # What "all" selects goes without saying beside another part.
    if question.select is not Select.ALL or question.show is Show.ACTIONS:
        yield "select", say(f"headline.selects.{question.select}", weeks=question.stale_weeks)
    if question.mine:
        yield "mine", say("headline.mine")
    if f.codes:
        yield "codes", _codes(say, f.codes, f.themes, plan)
    if f.themes:
        yield "themes", theme_names(say, f.themes, plan)
    if f.sections:
        yield "sections", say.join(f.sections)
    if question.topics:
        yield "topics", say.join(question.topics)
    if f.text:
        yield "text", say("headline.text", text=f.text)
    if f.people:
        yield "people", say.join(f.people)
    if f.partners:
        yield "partners", say.join(f.partners)
    if f.municipalities:
        yield "municipalities", say.join(f.municipalities)
    if f.recurrences:
        yield "recurrences", say.join(say.names("recurrences", f.recurrences))
    if f.statuses:
        yield "statuses", status_names(say, f.statuses)
    if f.period:
        yield "period", dates.period(say, f.period)
    if question.compared:
        yield "compared", say("headline.compared", period=dates.period(say, question.compared))


def _codes(say: Phrases, codes: Sequence[str], themes: Sequence[str], plan: Plan) -> str:
    """Actions by code; of many the few that are missing, or their number."""
    if len(codes) == 1:
        return _titled(say, codes[0], plan)
    scope = [a.code for a in plan.in_code_order if not themes or a.theme in themes]
    missing = [code for code in scope if code not in codes]
    if len(codes) <= _MANY:
        return say.join(codes)
    if len(missing) <= _MANY:
        return say("headline.except", names=say.join(missing))
    return say("headline.selection", count=len(codes))


def _titled(say: Phrases, code: str, plan: Plan) -> str:
    action = plan.by_code.get(code)
    return say("headline.action", code=code, title=action.title) if action else code


def theme_names(say: Phrases, codes: Sequence[str], plan: Plan) -> str:
    """Themes by name, or *alles behalve …* where only one or two of them are missing."""
    missing = [t.label for t in plan.themes if t.code not in codes]
    if 0 < len(missing) <= 2 < len(codes):
        return say("headline.except", names=say.join(missing))
    return say.join([plan.theme_by_code[c].label if c in plan.theme_by_code else c for c in codes])


def status_names(say: Phrases, statuses: Sequence[Status]) -> str:
    """Statuses in words, or *niet afgerond* for all that are open."""
    if frozenset(statuses) == _OPEN:
        return say("not_closed")
    return say.join(say.names("statuses", statuses), "either")


def sentence(say: Phrases, question: Question, plan: Plan, n: int) -> str:
    """How many actions were found, and what was looked for: *5 openstaande acties bij … met een deadline in …*."""
    span = question.filters.period
    kind = "within" if span else "always"
    return say.number(
        f"sentences.{question.select}.{kind}",
        n,
        filters="".join(_clauses(say, question, plan)),
        within=dates.within(say, span) if span else "",
        weeks=question.stale_weeks,
    )


def _clauses(say: Phrases, question: Question, plan: Plan) -> Iterator[str]:
    f = question.filters
    if question.mine:
        yield say("filters.mine")
    if f.codes:
        yield say("filters.codes", names=say.join(f.codes, "either"))
    if f.themes:
        yield say("filters.themes", names=theme_names(say, f.themes, plan))
    if f.sections:
        yield say("filters.sections", names=say.join(f.sections, "either"))
    if f.text:
        yield say("filters.text", text=f.text)
    if f.people:
        yield say("filters.people", names=say.join(f.people, "either"))
    if f.partners:
        yield say("filters.partners", names=say.join(f.partners, "either"))
    if f.municipalities:
        yield say("filters.municipalities", names=say.join(f.municipalities))
    if f.recurrences:
        yield say("filters.recurrences", names=say.join(say.names("recurrences", f.recurrences), "either"))
    if f.statuses:
        is_open = frozenset(f.statuses) == _OPEN
        yield say("filters.open") if is_open else say("filters.statuses", names=status_names(say, f.statuses))
