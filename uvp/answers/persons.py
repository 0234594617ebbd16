"""Who holds, leads and carries what, in words."""

from __future__ import annotations

from collections.abc import Iterator

from uvp.answers.lines import View, name
from uvp.answers.people import names_only_themes
from uvp.plan import Action, Theme, code_order

CARRIED_BY = 3  # actions up to which it is said who does the work


def who(view: View) -> Iterator[str]:
    """By topic, by theme, or by action, as it was asked; then those who do the work, where they are known."""
    question, plan = view.answer.question, view.snapshot.plan
    actions = [plan.by_code[code] for code in view.answer.codes]
    if question.topics:
        yield from _topics(view)
    elif names_only_themes(question):
        asked = question.filters.themes
        for theme in plan.themes:
            if not asked or theme.code in asked:
                yield from _theme(view, theme)
    elif len(actions) <= CARRIED_BY:
        yield from _actions(view, actions)
    else:
        yield from _by_person(view, actions)


def _topics(view: View) -> Iterator[str]:
    """The topics that the question names, then the themes that it names beside them as a whole."""
    say, question = view.say, view.answer.question
    asked = [t for t in view.snapshot.plan.themes if not question.filters.themes or t.code in question.filters.themes]
    for topic in question.topics:
        held = [(theme, h.person) for theme in asked for h in theme.holders if h.topic == topic]
        if not held:
            yield say("who.nobody_topic", topic=topic)
        for theme, person in held:
            yield say("who.topic", topic=topic, theme=theme.label, person=person)
    for theme in asked if question.filters.themes else ():
        if not any(h.topic in question.topics for h in theme.holders):
            yield from _theme(view, theme)


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
    yield from _officials(view, theme)


def _officials(view: View, theme: Theme) -> Iterator[str]:
    if officials := view.snapshot.officials.get(theme.code):
        yield view.say("who.officials", theme=theme.label, names=view.say.join(officials))


def _actions(view: View, actions: list[Action]) -> Iterator[str]:
    say, snapshot = view.say, view.snapshot
    themes = snapshot.plan.theme_by_code
    for action in actions:
        named = name(view, action)
        if person := action.holder or themes[action.theme].holder:
            yield say("who.action", person=person, name=named)
        else:
            yield say("who.nobody_action", name=named)
        if owners := snapshot.owners.get(action.code):
            yield say("who.owners", name=named, names=say.join(owners))
    for code in dict.fromkeys(a.theme for a in actions):
        yield from _officials(view, themes[code])


def _by_person(view: View, actions: list[Action]) -> Iterator[str]:
    say, themes = view.say, view.snapshot.plan.theme_by_code
    held: dict[str, list[str]] = {}
    for action in actions:
        person = action.holder or themes[action.theme].holder or say("who.nobody")
        held.setdefault(person, []).append(action.code)
    for person, codes in held.items():
        yield say("who.several", person=person, n=len(codes), codes=say.join(sorted(codes, key=code_order)))
