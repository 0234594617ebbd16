"""Joins what a sentence names and what it wants to one question: filters, select, show, the actions to choose from."""

from __future__ import annotations

from dataclasses import replace

from uvp.question import Filters, Question, Select, Show
from uvp.questions.meaning import OPEN, is_open, show_of, stale_weeks
from uvp.questions.sentence import Sentence
from uvp.questions.slots import Slots
from uvp.questions.target import CHOICES, Target

_OF_ACTIONS = (Select.DUE, Select.OVERDUE, Select.STALE, Select.UNDATED, Select.ONGOING, Select.DONE)
"""What only actions are: *wat er bij de burgemeester van zorg te laat is* does not ask who that is."""
_ABOUT_ONE = (Show.DETAIL, Show.WHEN, Show.HISTORY)


def shape(s: Sentence, slots: Slots, target: Target, select: Select | None, base: Question) -> Question:
    """Joins what is named and what is wanted to one question."""
    show = show_of(s)
    if show is Show.WHO and s.has("partners", "excepted") and not s.has("holders"):
        show = None  # who takes part stands with the actions
    if show is Show.WHO and slots.people and not s.has("asks_who"):
        show = None  # *wat heeft Slinkman in portefeuille* asks for actions
    of_title = s.has("title") and (slots.themes or slots.topics) and not (slots.people or s.has("action"))
    if show is None and of_title and select not in _OF_ACTIONS:
        show = Show.WHO
    filters = Filters(
        themes=tuple(slots.themes),
        sections=tuple(dict.fromkeys(slots.sections)),
        period=slots.period,
        statuses=tuple(slots.statuses),
        municipalities=tuple(slots.municipalities),
        people=() if slots.not_held else tuple(slots.people),
        partners=tuple(slots.partners),
        recurrences=tuple(dict.fromkeys(slots.recurrences)),
        codes=tuple(slots.not_held or slots.remaining),
    )
    if slots.codes:
        return _about(s, tuple(slots.codes), show, filters, base)
    plural = _plural(s, show)
    if target.codes and not (slots.topics and show is Show.WHO):
        if len(target.codes) == 1 and target.sure and not plural:
            return _about(s, target.codes, show, filters, base)
        listing = plural or (show not in _ABOUT_ONE and _lists(s, select, show))
        if 1 < len(target.codes) <= CHOICES and target.sure and not listing and show in (*_ABOUT_ONE, None):
            return replace(_about(s, (), show, filters, base), choices=target.codes)
        filters = replace(filters, text=target.text or None)
    elif slots.topics:
        base = replace(base, topics=tuple(topic for _, topic in slots.topics))
        filters = replace(filters, themes=tuple(dict.fromkeys((*slots.themes, *(theme for theme, _ in slots.topics)))))
    return _listed(s, slots, select, show, filters, base)


def _about(s: Sentence, codes: tuple[str, ...], show: Show | None, filters: Filters, base: Question) -> Question:
    """One action, or the few that are named: everything else named only tells where."""
    if s.has("updated") and (show is not Show.DETAIL or not _explains(s)):
        show = Show.HISTORY
    elif show in (None, Show.DETAIL) and (
        s.has("deadline", "planned") or _offers_times(s) or (s.has("starting") and not s.has("be"))
    ):
        show = Show.WHEN
    elif show in (None, Show.PROGRESS, Show.COUNT, Show.ACTIONS):
        show = Show.DETAIL
    kept = Filters(codes=codes, municipalities=filters.municipalities)
    return replace(base, show=show, select=Select.ALL, filters=kept)


def _offers_times(s: Sentence) -> bool:
    """*In maart of april*, *q2 of q3*: asks for one of two times."""
    return any(
        s.words[i].token.word in s.grammar.and_or and s.words[i - 1].kind == s.words[i + 1].kind == "period"
        for i in range(1, len(s.words) - 1)
    )


def _explains(s: Sentence) -> bool:
    """Whether it asks to be told about something; *wat is er* and *what has* ask that only where nothing follows."""
    return any(not any(e.value in ("what", "define") for e in match.entries) for match in s.signs.get("detail", ()))


def _plural(s: Sentence, show: Show | None) -> bool:
    """Whether it speaks of actions, not of one."""
    said = (*s.signs.get("action", ()), *s.signs.get("deadline", ()))
    plural = any(w.token.word.endswith(("s", "en")) for m in said for w in s.words[m.start : m.end])
    return plural or show is Show.COUNT or s.has("section")


def _lists(s: Sentence, select: Select | None, show: Show | None) -> bool:
    """Whether all that fits is asked for, so that no one needs to be chosen."""
    return show in (Show.WHO, Show.PROGRESS) or s.has("list", "planned") or (select is not None and s.has("what"))


def _listed(
    s: Sentence, slots: Slots, select: Select | None, show: Show | None, filters: Filters, base: Question
) -> Question:
    if select is None and is_open(s):
        both = tuple(status for status in filters.statuses if status in OPEN)
        filters = replace(filters, statuses=both or filters.statuses or OPEN)
    if show in (Show.WHEN, Show.DETAIL, Show.HISTORY):
        if show is Show.WHEN and select in (None, Select.DONE):
            select = Select.DUE
        if show is Show.HISTORY and select is None:
            select = Select.UPDATED
        show = Show.ACTIONS
    if show is Show.WHO and select in (Select.ACTIVE, Select.ALL):
        select = Select.ALL
    if show is Show.PROGRESS:
        changed = select is Select.UPDATED and slots.period is not None and not slots.now
        if changed or (filters.statuses and select is None):
            show = Show.ACTIONS
        elif select in (None, Select.ACTIVE, Select.ALL, Select.UPDATED, Select.DONE):
            select = Select.ALL
        else:
            show = Show.ACTIONS
    begins = filters.period.start if filters.period else None
    if (slots.now and select is not Select.ACTIVE) or (select is Select.OVERDUE and begins and begins >= s.today):
        filters = replace(filters, period=None)  # *what is late now*: emphasis; no deadline in it can be overdue
    weeks = base.stale_weeks
    if select is Select.STALE:
        weeks, filters = stale_weeks(s, filters.period), replace(filters, period=None)
    return replace(
        base,
        show=show or Show.ACTIONS,
        select=select or Select.ALL,
        filters=filters,
        compared=slots.compared,
        mine=_is_mine(s, select, show),
        stale_weeks=weeks,
    )


def _is_mine(s: Sentence, select: Select | None, show: Show | None) -> bool:
    """Whether the asker's own actions are meant; *ik heb … nodig* says nothing of the kind."""
    own = s.has("mine") and not s.has("need") and show is not Show.WHO
    return own and (select is not None or s.has("action", "thing"))
