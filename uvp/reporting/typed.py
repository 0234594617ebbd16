"""Reads what somebody typed at a step: a fuller draft, a command, trouble, or no answer to this step."""

from __future__ import annotations

import re
from dataclasses import replace

from uvp.period import Period
from uvp.periods import read_timing
from uvp.question import Intent, Question, ReportedUpdate
from uvp.reporting.draft import Draft, Step, answered
from uvp.reporting.prompts import options
from uvp.reporting.replies import Command, Reply, Trouble, chosen, expected, note, scoped
from uvp.reporting.words import folded, municipality_words
from uvp.reporting.world import Said, World

_CODES = re.compile(r"\b([A-Za-z]{2,5})[- ]?(\d{1,3})\b")


def read_typed(step: Step, said: Said, draft: Draft, world: World) -> Reply:
    """What a typed message means at a step."""
    words, text = world.words, said.text
    for kind, command in (("cancel", Command.CANCEL), ("back", Command.BACK), ("help", Command.HELP)):
        if words.means(text, kind):
            return command
    if step in (Step.NOTE, Step.EXPECTED) and words.means(text, "skip"):
        return Command.SKIP
    match step:
        case Step.ACTION:
            return _numbered(step, text, draft, world) or _action(text, draft, world)
        case Step.SCOPE:
            return _scope(text, draft, world)
        case Step.STATUS:
            return _numbered(step, text, draft, world) or _status(text, draft, world)
        case Step.NOTE:
            return None if _answerable(text, world) else note(said.noted(text), draft, world)
        case Step.EXPECTED:
            return _expected(text, draft, world)
        case Step.CONFIRM:
            return _confirmation(said, draft, world)


def _numbered(step: Step, text: str, draft: Draft, world: World) -> Draft | None:
    """The option of a typed number."""
    found = options(draft, world, step)
    number = text.strip().rstrip(".)")
    if not number.isdecimal() or not 1 <= int(number[:4]) <= len(found):
        return None
    return chosen(step, found[int(number[:4]) - 1].value, draft)


def _action(text: str, draft: Draft, world: World) -> Reply:
    question = world.reads(text)
    if question.intent is Intent.UPDATE and question.update is not None and question.update.codes:
        return _reported(Step.ACTION, question, draft)
    codes, choices = question.filters.codes, question.choices
    if not codes and not choices and (named := [c for c in draft.choices if folded(text) in _title(c, world)]):
        codes = (named[0],) if len(named) == 1 else ()
    if _asks(text, world) and not choices:
        return None
    if len(codes) == 1:
        return answered(draft, Step.ACTION, codes=codes, choices=())
    if choices or codes:
        return replace(draft, choices=choices or codes, turn=draft.turn + 1)
    return None


def _title(code: str, world: World) -> str:
    return folded(world.snapshot.plan.by_code[code].title)


def _reported(step: Step, question: Question, draft: Draft) -> Draft:
    """A whole report where one answer was asked: all that it says counts."""
    update = question.update or ReportedUpdate()
    return answered(
        draft,
        step,
        codes=draft.codes or update.codes,
        choices=(),
        several=draft.several or len(update.codes) > 1,
        status=update.status or draft.status,
        municipalities=update.municipalities or draft.municipalities,
        expected=update.expected or draft.expected,
        note=update.note or draft.note,
    )


def _scope(text: str, draft: Draft, world: World) -> Reply:
    if world.words.means(text, "whole"):
        return answered(draft, Step.SCOPE, municipalities=())
    rest, found = _named(folded(text), world)
    offered = options(draft, world, Step.SCOPE)
    for word in world.words.without(rest.split(), "joining"):
        if word.isdecimal() and 1 <= int(word[:4]) <= len(offered):
            found.append(offered[int(word[:4]) - 1].value)
        elif world.words.means(word, "whole"):
            found.append("*")
        else:
            return None
    return scoped(found, draft, world) if found else None


def _named(text: str, world: World) -> tuple[str, list[str]]:
    """The municipalities in a folded text, and the text without them; *Berg en Dal* before what is inside it."""
    found, names = [], municipality_words(world.snapshot.plan)
    for word in sorted(names, key=len, reverse=True):
        text, times = re.subn(rf"\b{re.escape(word)}\b", " ", text)
        found += [names[word]] if times else []
    return text, found


def _status(text: str, draft: Draft, world: World) -> Reply:
    """A status by itself, or in a sentence that would be a report if it named the action."""
    if status := world.words.status(text):
        return answered(draft, Step.STATUS, status=status)
    if _asks(text, world):
        return None
    question = world.reads(text)
    if question.intent is not Intent.UPDATE and len(draft.codes) == 1:
        question = world.reads(f"{draft.codes[0]} is {text}")
    update = question.update if question.intent is Intent.UPDATE else None
    if update is None or update.status is None or (update.codes and update.codes != draft.codes):
        return None
    return _reported(Step.STATUS, question, draft)


def _expected(text: str, draft: Draft, world: World) -> Reply:
    plan = world.snapshot.plan
    bare = text.split()
    while len(bare) > 1 and folded(bare[0]) in world.words.phrases("until"):
        bare = bare[1:]
    read = read_timing(" ".join(bare), world.today, Period(plan.start, plan.end)).period
    if read is None or (_asks(text, world) and text.rstrip().endswith("?")):
        return None
    day = read.end or read.start
    return expected(day, draft, world) if day else None


def _confirmation(said: Said, draft: Draft, world: World) -> Reply:
    words, say, text = world.words, world.say(draft.language), said.text
    if words.means(text, "agree"):
        return Command.CONFIRM
    if words.means(text, "refuse"):
        return Trouble(say("dialog.trouble.confirm"))
    if draft.several and words.begins(text, "except"):
        return _fewer(text, draft)
    head, mark, rest = text.partition(":")
    if mark and words.means(head, "note"):
        return note(said.noted(rest), draft, world)
    if words.means(text, "note"):
        return replace(draft, opened=Step.NOTE, turn=draft.turn + 1)
    return None


def _fewer(text: str, draft: Draft) -> Draft | None:
    """*behalve VERK-03*: without the actions that are named by their code."""
    spoken = {(letters.upper(), int(number)) for letters, number in _CODES.findall(text)}
    codes = tuple(c for c in draft.codes if _apart(c) not in spoken)
    return replace(draft, codes=codes, turn=draft.turn + 1) if codes and codes != draft.codes else None


def _apart(code: str) -> tuple[str, int]:
    letters, _, number = code.rpartition("-")
    return letters, int(number) if number.isdecimal() else 0


def _asks(text: str, world: World) -> bool:
    """Whether a message is a question rather than an answer."""
    if text.rstrip().endswith("?"):
        return True
    return world.words.begins(text, "question") and world.reads(text).intent is Intent.ASK


def _answerable(text: str, world: World) -> bool:
    """Whether a message is a question that has an answer; where anything may be said, others are what was said."""
    return _asks(text, world) and world.reads(text).intent not in (Intent.UNKNOWN, Intent.UPDATE)
