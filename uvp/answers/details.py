"""All about single actions: what they hold, when they are due, and what was recorded about them."""

from __future__ import annotations

from collections.abc import Iterator

from uvp.answers import dates
from uvp.answers.history import Entry, history
from uvp.answers.lines import View, name, status
from uvp.answers.phrases import one_line
from uvp.period import Period
from uvp.plan import Action
from uvp.updates import Standing, Status, Update, local_day


def detail(view: View, action: Action) -> Iterator[str]:
    """Everything that is known about one action."""
    say, plan = view.say, view.snapshot.plan
    theme, standing = plan.theme_by_code[action.theme], view.standing(action)
    if (words := name(view, action)) != action.code:
        yield words
    yield say("detail.place", theme=theme.label, section=action.section)
    yield from filter(None, [action.description])
    if action.steps:
        yield say("detail.steps")
        yield from (say("detail.step", step=step) for step in action.steps)
    yield say("detail.when", when=_stated(view, action, dates.deadline(say, action, view.today, standing)))
    if action.dated and (often := dates.recurrences(say, action)):
        yield say("detail.recurrence", names=often)
    yield from _standing(view, standing)
    yield from _people(view, action)
    yield from _parties(view, action)
    if action.depends_on:
        yield say("detail.depends_on", text=depends_on(view, action.depends_on))
    if communication := view.snapshot.communications.get(action.code):
        yield say("detail.communication", text=communication)
    yield say("detail.latest", entry=latest(view, standing.latest)) if standing.latest else say("detail.never")


def _stated(view: View, action: Action, when: str) -> str:
    return view.say("detail.stated", when=when, text=action.when_text) if action.when_text else when


def _standing(view: View, standing: Standing) -> Iterator[str]:
    """The status; per municipality as soon as they differ."""
    say = view.say
    yield say("detail.status", status=status(view, standing))
    own = standing.municipalities
    if len(set(own.values())) > 1:
        for state in Status:
            if names := [m for m, s in own.items() if s is state]:
                yield say("detail.municipality", status=say(f"statuses.{state}"), names=say.join(names))


def _people(view: View, action: Action) -> Iterator[str]:
    say, snapshot = view.say, view.snapshot
    if action.holder:
        yield say("detail.holder", names=action.holder)
    if owners := snapshot.owners.get(action.code):
        yield say("detail.owners", names=say.join(owners))
    if officials := snapshot.officials.get(action.theme):
        yield say("detail.officials", names=say.join(officials))


def _parties(view: View, action: Action) -> Iterator[str]:
    say, plan = view.say, view.snapshot.plan
    if parties := plan.parties_of(action):
        yield say("detail.parties" if action.parties else "detail.theme_parties", names=say.join(parties))
    participants = say.join(plan.participants(action))
    if action.excepts:
        yield say("detail.participants_except", names=participants, excepts=say.join(action.excepts))
    else:
        yield say("detail.participants", names=participants)


def latest(view: View, update: Update) -> str:
    """*12 november 2026, Anna: afgerond in Druten; notitie: “…”*."""
    say = view.say
    values = {
        "day": dates.day(say, local_day(update.at)),
        "by": update.by,
        "status": say(f"statuses.{update.status}"),
    }
    if update.municipality is None:
        words = say("latest.whole", **values)
    else:
        words = say("latest.municipality", municipality=update.municipality, **values)
    return say("history.note", line=words, note=one_line(update.note)) if update.note else words


def depends_on(view: View, what: str) -> str:
    """What an action waits on: another action with how it stands, or the condition as the plan words it."""
    if (other := view.snapshot.plan.by_code.get(what)) is None:
        return what
    words = view.say(f"statuses.{view.standing(other).status}")
    return view.say("detail.depends_on_action", code=other.code, title=other.title, status=words)


def when(view: View, action: Action) -> Iterator[str]:
    """When it must be finished, how the plan states that, and what it waits on."""
    say, standing, end = view.say, view.standing(action), action.deadline
    values = {"name": name(view, action)}
    if standing.status.closed and standing.since:
        values |= {"status": say(f"statuses.{standing.status}"), "day": dates.day(say, standing.since)}
        yield say("when.closed", deadline=dates.day(say, end), **values) if end else say("when.closed_open", **values)
    elif end:
        words = say("deadlines.dated", day=dates.day(say, end), distance=dates.distance(say, end, view.today))
        yield say("when.deadline", when=words, **values)
    else:
        yield say("when.open", when=dates.timeless(say, action), **values)
    if standing.expected:
        yield say("when.expected", day=dates.day(say, standing.expected))
    if action.start and (runs := dates.period(say, Period(action.start, action.end))) != action.when_text:
        yield say("when.runs", period=runs)
    if action.when_text:
        yield say("when.stated", text=action.when_text)
    if action.dated and (often := dates.recurrences(say, action)):
        yield say("when.recurrence", names=often)
    if action.depends_on:
        yield say("when.depends_on", text=depends_on(view, action.depends_on))


def entries(view: View, action: Action) -> list[Entry]:
    """What was recorded, newest first, within the period and the municipalities that the question names."""
    filters = view.answer.question.filters
    span = filters.period or Period()
    return [
        e
        for e in history(view.snapshot.plan, action, view.snapshot.updates.get(action.code, ()))
        if local_day(e.update.at) in span
        and (not filters.municipalities or e.update.municipality in (None, *filters.municipalities))
    ]


def recorded(view: View, action: Action) -> Iterator[str]:
    """The same in words."""
    say, span = view.say, view.answer.question.filters.period
    found, named = entries(view, action), name(view, action)
    if found:
        if named != action.code:
            yield named
        yield from (_entry(view, e) for e in found)
    elif span:
        yield say("history.empty_within", within=dates.within(say, span), name=named)
    else:
        yield say("history.empty", name=named)


def _entry(view: View, entry: Entry) -> str:
    say, update = view.say, entry.update
    values = {"moment": dates.moment(say, update.at), "by": update.by}
    if entry.undoes is not None:
        return say("history.undo", undone=dates.moment(say, entry.undoes.at), **values)
    values |= {"scope": update.municipality or say("history.whole"), "after": say(f"statuses.{update.status}")}
    if entry.before is None:
        line = say("history.said", **values)
    else:
        line = say("history.change", before=say(f"statuses.{entry.before}"), **values)
    if update.municipality and entry.rolled_before is not entry.rolled_after:
        before, after = say.names("statuses", [s for s in (entry.rolled_before, entry.rolled_after) if s])
        line = say("history.rolled", line=line, before=before, after=after)
    if update.note:
        line = say("history.note", line=line, note=one_line(update.note))
    if update.expected:
        line = say("history.expected", line=line, day=dates.day(say, update.expected))
    return say("history.undone", line=line) if entry.undone_by else line
