"""Who holds, leads and carries what, in words."""

from __future__ import annotations

from collections.abc import Iterator

from uvp.answers.lines import View
from uvp.answers.people import topic_holders
from uvp.plan import Action, Theme


def who(view: View) -> Iterator[str]:
    """By topic, by theme, or by action, as it was asked; then those who do the work, where they are known."""
    question, plan = view.answer.question, view.snapshot.plan
    actions = [plan.by_code[code] for code in view.answer.codes]
    meant = question.filters.themes or {a.theme for a in actions}
    themes = [t for t in plan.themes if t.code in meant]
    if question.topic is not None:
        yield from _topic(view, question.topic)
    elif question.filters.codes:
        yield from (_action(view, a) for a in actions)
    elif _names_only_themes(view):
        for theme in themes:
            yield from _theme(view, theme)
    else:
        yield from _by_person(view, actions)
    yield from _carriers(view, actions if len(actions) <= 3 else [], themes)


def _names_only_themes(view: View) -> bool:
    """Whether the people answered are those of whole themes; else it is about what single actions say."""
    f = view.answer.question.filters
    narrow = (f.sections, f.statuses, f.municipalities, f.people, f.partners, f.recurrences, f.text, f.period)
    return not any(narrow) and view.answer.question.select == "all" and not view.answer.question.mine


def _topic(view: View, topic: str) -> Iterator[str]:
    say, plan = view.say, view.snapshot.plan
    holders = topic_holders(view.answer.question, plan)
    if not holders:
        yield say("who.nobody_topic", topic=topic)
    for theme in plan.themes:
        for holder in holders:
            if holder in theme.holders:
                yield say("who.topic", topic=topic, theme=theme.label, person=holder.person)


def _theme(view: View, theme: Theme) -> Iterator[str]:
    say = view.say
    topics = [h for h in theme.holders if h.topic is not None]
    if theme.holder:
        yield say("who.theme", theme=theme.label, person=theme.holder)
    elif not topics:
        yield say("who.nobody_theme", theme=theme.label)
    if topics:
        held: dict[str, list[str]] = {}
        for holder in topics:
            held.setdefault(holder.person, []).append(holder.topic or "")
        names = [say("who.topic_of", topics=say.join(names), person=person) for person, names in held.items()]
        yield say("who.theme_topics", names="; ".join(names))
    if theme.lead:
        yield say("who.lead", text=theme.lead)


def _action(view: View, action: Action) -> str:
    say, plan = view.say, view.snapshot.plan
    values = {"code": action.code, "title": action.title}
    if person := action.holder or plan.theme_by_code[action.theme].holder:
        return say("who.action", person=person, **values)
    return say("who.nobody_action", **values)


def _by_person(view: View, actions: list[Action]) -> Iterator[str]:
    say, themes = view.say, view.snapshot.plan.theme_by_code
    held: dict[str, list[str]] = {}
    for action in actions:
        person = action.holder or themes[action.theme].holder or say("who.nobody")
        held.setdefault(person, []).append(action.code)
    for person, codes in held.items():
        yield say("who.several", person=person, codes=say.join(codes))


def _carriers(view: View, actions: list[Action], themes: list[Theme]) -> Iterator[str]:
    say, snapshot = view.say, view.snapshot
    for action in actions:
        if owners := snapshot.owners.get(action.code):
            yield say("who.owners", code=action.code, names=say.join(owners))
    for theme in themes:
        if officials := snapshot.officials.get(theme.code):
            yield say("who.officials", theme=theme.label, names=say.join(officials))
