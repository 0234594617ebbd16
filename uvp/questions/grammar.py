"""The small words by which a sentence is built, of both languages together, from ``grammar`` in the language data."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Grammar:
    """Folded words by what they do.

    ``articles`` lead to a noun; ``and_or`` join names and ``but`` opposes them; ``subjects`` stand behind the verb of a
    question and ``have`` before what was done; ``every`` is all of something; ``until`` leads to a new end,
    ``not_until`` to a late one, ``put_to`` to a new status, ``by`` to a time or to whom something is for; what stands
    between ``encloses`` and ``closes`` is excluded; ``here`` may stand between *who* and an office; ``do`` and ``off``
    are what is to be done; ``infinitive`` leads to a verb; ``now`` is a period beside what runs only; ``how`` leads to
    a quality and ``of`` to what something belongs to; ``private`` tells that it belongs to who asks or is asked, and
    ``some`` that it is any; ``persons`` are who a remark is of and ``news`` what the world has too; ``signs_off`` ends
    a letter, ``denies`` says *not* and ``through`` joins the ends of a range (its words written as one). ``listings``
    are nouns for a list, ``owns`` says who has something and ``percent`` stands behind a number; ``more`` compares.
    """

    articles: frozenset[str]
    and_or: frozenset[str]
    but: frozenset[str]
    subjects: frozenset[str]
    have: frozenset[str]
    every: frozenset[str]
    until: frozenset[str]
    not_until: frozenset[str]
    put_to: frozenset[str]
    by: frozenset[str]
    encloses: frozenset[str]
    closes: frozenset[str]
    here: frozenset[str]
    do: frozenset[str]
    off: frozenset[str]
    infinitive: frozenset[str]
    now: frozenset[str]
    signs_off: frozenset[str]
    denies: frozenset[str]
    through: frozenset[str]
    how: frozenset[str]
    of: frozenset[str]
    private: frozenset[str]
    some: frozenset[str]
    listings: frozenset[str]
    owns: frozenset[str]
    percent: frozenset[str]
    persons: frozenset[str]
    news: frozenset[str]
    more: frozenset[str]


def grammar_of(languages: Collection[Mapping[str, str]]) -> Grammar:
    """The grammar that languages make together; what a language leaves out has no words in it."""
    return Grammar(*(frozenset(w for d in languages for w in d.get(f.name, "").split()) for f in fields(Grammar)))
