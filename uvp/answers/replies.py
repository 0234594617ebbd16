"""Answers that list nothing: help, greetings, what was not understood, doubt, and an update as it was read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from uvp.answers import dates
from uvp.answers.phrases import Phrases, one_line
from uvp.periods import impossible_dates
from uvp.plan import Plan
from uvp.question import Intent, Question, ReportedUpdate
from uvp.updates import Status

_HELP = ("due", "overdue", "who", "when", "progress", "history", "detail")
_EXAMPLES = ("due", "who", "status")
_CODE = re.compile(r"([A-Z]+)[ -]?(\d+)")
_CODE_IN_TEXT = re.compile(r"(?<![\w-])([A-Za-z]{2,5})-(\d{1,3})(?![\w-])")
_UNKNOWN = 2  # words: with more of them it is about something else
_WORD = 40  # characters of such a word that are repeated
_OF_PLAN = frozenset({"action", "deadline", "overdue", "undated", "stale", "ongoing", "progress", "due", "plan"})
_NAMES = frozenset({"theme", "person"})
NAMED = 5  # of a user's own words that are repeated


def reply(say: Phrases, question: Question, plan: Plan) -> Iterator[str]:
    """The lines for everything but a question about actions."""
    match question.intent:
        case Intent.HELP:
            yield from _help(say, plan)
        case Intent.GREETING:
            yield say("greeting", title=plan.title)
            yield from _try(say, plan)
        case Intent.THANKS | Intent.DIGEST | Intent.REPORT:
            yield say(question.intent.value)
        case Intent.UPDATE:
            yield from _update(say, question, plan)
        case _:
            yield from _unknown(say, question, plan)
            yield from _try(say, plan)


def examples(say: Phrases, plan: Plan) -> tuple[str, ...]:
    """Three questions that work for this plan, in its own words."""
    values = _own_words(plan)
    return tuple(say(f"examples.{name}", **values) for name in _EXAMPLES)


def which(say: Phrases, choices: Sequence[str], plan: Plan) -> Iterator[str]:
    """The actions that fit equally well."""
    for code in choices:
        yield say("doubt.option", code=code, title=plan.by_code[code].title)
    yield say("doubt.pick")


def _unknown(say: Phrases, question: Question, plan: Plan) -> Iterator[str]:
    """One honest sentence; a code that the plan does not have is about the plan, but there is nothing to say of it."""
    found = [_CODE.fullmatch(word.upper()) for word in question.left_out]
    codes = [f"{code[1]}-{code[2]}" for code in found if code and code[1] in plan.theme_by_code]
    if codes:
        yield say("unknown.code", names=say.join(codes[:NAMED], "either"))
    elif impossible_dates(question.text):
        yield from impossible(say, question.text)
    elif 0 < len(question.left_out) <= _UNKNOWN and _asks_of_plan(question):
        names = [say("headline.text", text=one_line(word, _WORD)) for word in question.left_out]
        yield say("unknown.words", names=say.join(names))
    else:
        yield say("unknown.sentence")


def _asks_of_plan(question: Question) -> bool:
    """Whether the words around those that nobody knows ask for something of the plan: *te laat bij Arnhem*."""
    return any(r.kind in _NAMES or not _OF_PLAN.isdisjoint(r.value.split(", ")) for r in question.reading)


def unknown_codes(say: Phrases, question: Question, plan: Plan) -> Iterator[str]:
    """That the plan has no such action, of a code that stands beside what was understood."""
    written = [f"{theme.upper()}-{number.zfill(2)}" for theme, number in _CODE_IN_TEXT.findall(question.text)]
    left_out = {word.upper() for word in question.left_out}
    codes = [c for c in dict.fromkeys(written) if c not in plan.by_code and c not in left_out]
    if known := [code for code in codes if code.partition("-")[0] in plan.theme_by_code]:
        yield say("unknown.code", names=say.join(known[:NAMED], "either"))


def impossible(say: Phrases, text: str) -> Iterator[str]:
    """That the text names a date or a period which no calendar has; nothing where it names none."""
    if found := impossible_dates(text):
        names = [say("headline.text", text=name) for name in found[:NAMED]]
        yield say.number("remarks.impossible", len(names), names=say.join(names))


def _try(say: Phrases, plan: Plan) -> Iterator[str]:
    yield say("unknown.try")
    yield from (say("unknown.example", text=text) for text in examples(say, plan))


def _help(say: Phrases, plan: Plan) -> Iterator[str]:
    values = _own_words(plan)
    yield say("help.intro", title=plan.title)
    yield say("help.topics")
    yield from (say(f"help.{name}", **values) for name in _HELP)
    yield say("help.narrow", **values)
    yield say("help.update", **values)


def _own_words(plan: Plan) -> dict[str, str]:
    """A theme with deadlines, another with a holder, an action and a municipality: examples that fit this plan."""
    action = next((a for a in plan.actions if a.dated), plan.actions[0])
    municipalities = plan.participants(action)
    others = [t.label for t in plan.themes if t.code != action.theme and t.holders]
    theme = plan.theme_by_code[action.theme].label
    return {
        "theme": theme,
        "other": others[0] if others else theme,
        "code": action.code,
        "municipality": municipalities[0] if municipalities else plan.region,
    }


def _update(say: Phrases, question: Question, plan: Plan) -> Iterator[str]:
    """What was read of a status report, and what is still open; recording is not done here."""
    update = question.update or ReportedUpdate()
    yield say("update.understood")
    yield from _read(say, update, plan)
    if question.choices:
        yield say("update.ask_choice")
        yield from which(say, question.choices, plan)
    elif not update.codes:
        yield say("update.ask_action")
    if update.status is None:
        yield say("update.ask_status", names=say.join(say.names("statuses", list(Status)[1:]), "either"))
    elif update.status in (Status.DELAYED, Status.DROPPED) and not update.note:
        yield say("update.ask_note", status=say(f"statuses.{update.status}"))


def _read(say: Phrases, update: ReportedUpdate, plan: Plan) -> Iterator[str]:
    actions = [plan.by_code[code] for code in update.codes]
    yield from (say("update.action", code=a.code, title=a.title) for a in actions)
    if update.status is not None:
        yield say("update.status", status=say(f"statuses.{update.status}"))
    if update.municipalities:
        yield say("update.municipalities", names=say.join(update.municipalities))
    elif update.codes:
        yield say("update.whole")
    for action in actions:
        for municipality in update.municipalities:
            if municipality in action.excepts:
                yield say("update.excepted", municipality=municipality, code=action.code)
    if update.expected is not None:
        yield say("update.expected", day=dates.day(say, update.expected))
    if update.note:
        yield say("update.note", note=one_line(update.note))
