"""Who a *who* answers: the portfolio holders of what was meant, each once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from uvp.plan import Action, Holder, Plan, Theme
from uvp.question import Filters, Question, Select


def answering(question: Question, plan: Plan, chosen: Sequence[Action]) -> tuple[str, ...]:
    """The names, in the order of the plan.

    By topic: who holds that topic. A question that names nothing but themes: who holds them as a whole (where nobody
    does, the holders by topic). Everything else: who holds the actions meant, or else their themes.
    """
    filters = question.filters
    if question.topic is not None:
        return _each_once(h.person for h in topic_holders(question, plan))
    if names_only_themes(question):
        if not filters.themes:
            return _each_once(h.person for t in plan.themes for h in t.holders)
        return _each_once(name for t in plan.themes if t.code in filters.themes for name in _of_theme(t))
    return _each_once(a.holder or plan.theme_by_code[a.theme].holder for a in chosen)


def names_only_themes(question: Question) -> bool:
    """Whether it is about whole themes, of which the plan names the holders; else about what single actions say."""
    nothing_else = question.filters == replace(Filters(), themes=question.filters.themes)
    return nothing_else and question.select is Select.ALL and not question.mine


def topic_holders(question: Question, plan: Plan) -> tuple[Holder, ...]:
    """Who holds the topic that the question names, in the themes it names (in any when it names none)."""
    themes = question.filters.themes
    return tuple(
        h for t in plan.themes if not themes or t.code in themes for h in t.holders if h.topic == question.topic
    )


def _of_theme(theme: Theme) -> tuple[str, ...]:
    return (theme.holder,) if theme.holder else tuple(h.person for h in theme.holders)


def _each_once(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))
