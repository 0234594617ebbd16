"""Who a *who* answers: the portfolio holders of what was meant, each once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from uvp.plan import Action, Plan, Theme
from uvp.question import Filters, Question, Select


def answering(question: Question, plan: Plan, chosen: Sequence[Action]) -> tuple[str, ...]:
    """The names, in the order of the plan.

    By topic: who holds those topics, and the themes named beside them. A question that names nothing but themes: who
    holds them as a whole (where nobody does, the holders by topic). Everything else: who holds the actions meant, or
    else their themes.
    """
    filters = question.filters
    if question.topics:
        return _each_once(name for t in plan.themes for name in _of_topics(t, question))
    if names_only_themes(question):
        if not filters.themes:
            return _each_once(h.person for t in plan.themes for h in t.holders)
        return _each_once(name for t in plan.themes if t.code in filters.themes for name in _of_theme(t))
    return _each_once(a.holder or plan.theme_by_code[a.theme].holder for a in chosen)


def names_only_themes(question: Question) -> bool:
    """Whether it is about whole themes, of which the plan names the holders; else about what single actions say."""
    nothing_else = question.filters == replace(Filters(), themes=question.filters.themes)
    return nothing_else and question.select is Select.ALL and not question.mine


def _of_topics(theme: Theme, question: Question) -> tuple[str, ...]:
    """Who holds the topics that are named, in the themes that are named; of a theme with none of them its holders."""
    named = question.filters.themes
    if named and theme.code not in named:
        return ()
    held = tuple(h.person for h in theme.holders if h.topic in question.topics)
    return held or (_of_theme(theme) if named else ())


def _of_theme(theme: Theme) -> tuple[str, ...]:
    return (theme.holder,) if theme.holder else tuple(h.person for h in theme.holders)


def _each_once(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))
