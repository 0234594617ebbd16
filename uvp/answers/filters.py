"""Which actions pass the filters of a question. Pure; the period and the statuses are applied where they are named.

Source: "Terms" and "A question is a filter and a shape" in the specification of answers. Values within one filter are
alternatives, the filters hold together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from uvp.folding import found, words
from uvp.plan import Action, Plan, code_order
from uvp.question import Filters

Check = Callable[[Action], bool]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Actions that pass the filters, by code; ``theme_parties`` when a party was found only in those of a theme."""

    actions: Sequence[Action]
    theme_parties: bool = False


def candidates(filters: Filters, plan: Plan, mine: Collection[str] | None = None) -> Candidates:
    """All that pass themes, sections, municipalities, people, recurrences, codes, text and then partners.

    ``mine`` are the codes of the asker's own actions when the question asks for those alone.
    """
    actions: Sequence[Action] = plan.in_code_order
    if filters.codes:  # a question about one action costs the same in a plan of any size
        named = [plan.by_code[code] for code in set(filters.codes) if code in plan.by_code]
        actions = sorted(named, key=lambda a: code_order(a.code))
    for passes in _checks(filters, plan):
        actions = [a for a in actions if passes(a)]
    if mine is not None:
        actions = [a for a in actions if a.code in mine]
    return _with_partners(filters.partners, actions, plan) if filters.partners else Candidates(actions)


def _checks(filters: Filters, plan: Plan) -> Iterable[Check]:
    """One check for each filter that is set, the cheapest first."""
    if themes := filters.themes:
        yield lambda a: a.theme in themes
    if sections := filters.sections:
        yield lambda a: a.section in sections
    if people := filters.people:
        yield lambda a: a.holder in people
    if recurrences := filters.recurrences:
        yield lambda a: any(r in recurrences for r in a.recurrences)
    if municipalities := filters.municipalities:
        # Of several municipalities one that takes part is enough; the status is then that of those that do.
        yield lambda a: not a.excepts or any(m not in a.excepts for m in municipalities)
    if filters.text and (wanted := words(filters.text)):
        texts = plan.search_texts
        yield lambda a: found(wanted, texts[a.code])


def _with_partners(partners: Sequence[str], actions: Sequence[Action], plan: Plan) -> Candidates:
    """A party is matched in the actions' own parties; one that no action names, in those of the themes."""
    named = {party for a in actions for party in a.parties}
    own = {party for party in partners if party in named}
    by_theme = {t.code for t in plan.themes if any(p in t.parties and p not in own for p in partners)}
    kept = [a for a in actions if a.theme in by_theme or not own.isdisjoint(a.parties)]
    return Candidates(kept, theme_parties=any(a.theme in by_theme for a in kept))
