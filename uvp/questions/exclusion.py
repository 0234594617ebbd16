"""What a sentence leaves out, as filters or as the codes of the actions that remain."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from uvp.plan import ONGOING, Action, Plan
from uvp.question import Select
from uvp.questions.headings import Headings
from uvp.questions.meaning import select_of
from uvp.questions.negation import is_excepted, is_negated
from uvp.questions.sentence import Sentence
from uvp.questions.slots import Slots, people_of
from uvp.questions.text import keys


def exclude(sentence: Sentence, slots: Slots, plan: Plan, headings: Headings) -> None:
    """Fills ``others``, ``remaining`` and ``not_held`` of the slots from what is excluded.

    Of themes, sections and municipalities all the others take its place. Of holders too, unless that loses actions
    that nobody holds. Of parties (an action has several) and actions it becomes the codes that remain.
    """
    _name_themes(slots, plan)
    _read_sections(sentence, slots, plan, headings)
    if _takes_all_but(sentence, slots, plan) or _left_by(sentence, slots, plan):
        return
    if not slots.without:
        return
    everything: dict[str, tuple[list[str], Callable[[], Iterable[str]]]] = {
        "theme": (slots.themes, lambda: (t.code for t in plan.themes)),
        "municipality": (slots.municipalities, lambda: plan.municipality_names),
        "person": (slots.people, lambda: people_of(plan)),
        "section": (slots.sections, lambda: _sections(slots, plan)),
    }
    for kind, (place, values) in everything.items():
        if slots.without.get(kind) and not place:
            slots.others.add(kind)
            place.extend(v for v in values() if v not in slots.without[kind])
    left = {kind: set(values) for kind, values in slots.without.items()}
    out: dict[str, Callable[[Action], bool]] = {
        "party": lambda a: not left["party"].isdisjoint(plan.parties_of(a)),
        "action": lambda a: a.code in left["action"],
        "recurrence": lambda a: not left["recurrence"].isdisjoint(a.recurrences),
    }
    excluded = [out[kind] for kind in slots.without if kind in out]
    if excluded:
        slots.remaining = [a.code for a in _scope(slots, plan) if not any(is_out(a) for is_out in excluded)]
    if "person" in slots.others and _loses_unheld(sentence, slots, plan):
        codes = [a.code for a in _scope(slots, plan) if a.holder not in left["person"]]
        slots.not_held = [c for c in codes if not slots.remaining or c in slots.remaining]


def _name_themes(slots: Slots, plan: Plan) -> None:
    """*Samenleving, onderzoek uitgezonderd*: of a theme and a section of it only the section is left out."""
    sections = slots.without.get("section", ())
    if not sections or "theme" not in slots.without:
        return
    of_section = {a.theme for a in plan.actions if a.section in sections}
    named = [theme for theme in slots.without.get("theme", ()) if theme in of_section]
    if named and not slots.themes:
        slots.themes = named
        slots.without["theme"] = [theme for theme in slots.without["theme"] if theme not in named]


def _loses_unheld(sentence: Sentence, slots: Slots, plan: Plan) -> bool:
    """Whether naming the other holders would leave out actions that nobody holds; *van iedereen behalve X* means to."""
    dated = select_of(sentence, slots.period) in (Select.DUE, Select.OVERDUE)
    unheld = (a for a in _scope(slots, plan) if not a.holder and (a.deadline or not dated))
    return not sentence.has("everybody") and any(unheld)


def _scope(slots: Slots, plan: Plan) -> list[Action]:
    """The actions of the themes and holders that are named: what is left out is left out of these."""
    people = [] if "person" in slots.others else slots.people
    themes = [a for a in plan.actions if not slots.themes or a.theme in slots.themes]
    return [a for a in themes if not people or a.holder in people]


def _sections(slots: Slots, plan: Plan) -> list[str]:
    return list(dict.fromkeys(a.section for a in _scope(slots, plan)))


def _read_sections(sentence: Sentence, slots: Slots, plan: Plan, headings: Headings) -> None:
    """*Verkeer, maar niet handhaving*: excluded words of the plan that sections of the themes named are called by."""
    for i, word in enumerate(sentence.words):
        if not slots.themes or word.kind not in ("known", "generic") or not is_excepted(sentence, i, first=True):
            continue
        named = [section for section in _sections(slots, plan) if headings.stem_of(word.key) in keys(section)]
        if named:
            slots.without.setdefault("section", []).extend(named)
            word.kind = "name"


def _takes_all_but(sentence: Sentence, slots: Slots, plan: Plan) -> bool:
    """*Waar alle gemeenten behalve X aan meedoen*: the actions that except just those."""
    excepted = set(slots.without.get("municipality", ()))
    if not excepted or "municipalities" not in slots.every or not sentence.has("takes_part"):
        return False
    slots.remaining = [a.code for a in _scope(slots, plan) if excepted == set(a.excepts)]
    return bool(slots.remaining)


def _left_by(sentence: Sentence, slots: Slots, plan: Plan) -> bool:
    """*Waar doet X niet aan mee*, *zonder portefeuillehouder*, *zonder partners*: what no filter says, as codes."""
    if slots.municipalities and not slots.codes and _is_absent(sentence, "municipality"):
        slots.remaining = [a.code for a in plan.actions if not set(a.excepts).isdisjoint(slots.municipalities)]
        if slots.remaining:
            slots.municipalities = []
        return True
    if parties := [name for name in slots.partners if _is_absent(sentence, "party", name)]:
        slots.partners = [name for name in slots.partners if name not in parties]
        slots.without.setdefault("party", []).extend(parties)
        return False
    if sentence.has("unheld"):
        held = {t.code for t in plan.themes if t.holder}
        slots.remaining = [a.code for a in plan.actions if not (a.holder or a.theme in held)]
        return True
    if sentence.has("alone") and not slots.partners:
        slots.remaining = [a.code for a in _scope(slots, plan) if not a.parties]
        return True
    if sentence.has("recurring", "once") and not (slots.recurrences or "recurrence" in slots.without):
        _read_recurring(sentence, slots, plan)
        return True
    denied = any(is_negated(sentence, m.start) for m in sentence.signs.get("ongoing", ()))
    if denied and not sentence.has("undated"):  # what has no date is not ongoing anyway
        slots.remaining = [a.code for a in _scope(slots, plan) if not a.ongoing]
        return True
    return False


def _read_recurring(sentence: Sentence, slots: Slots, plan: Plan) -> None:
    """*Terugkerende acties* recur in any way that the plan knows, *eenmalige* in none."""
    once = sentence.has("once") or any(is_negated(sentence, m.start) for m in sentence.signs.get("recurring", ()))
    if once:
        slots.remaining = [a.code for a in _scope(slots, plan) if not {*a.recurrences} - {ONGOING}]
    else:
        every = dict.fromkeys(r for a in plan.actions for r in a.recurrences if r != ONGOING)
        slots.recurrences.extend(every)


def _is_absent(sentence: Sentence, kind: str, name: str | None = None) -> bool:
    """Whether what says that somebody takes no part stands beside a name of a kind, or just the name that is given."""
    matches = [m for m, value in sentence.names(kind) if name in (None, value)]
    return any(
        excepted.start == match.end or 0 <= match.start - excepted.end <= 1
        for excepted in sentence.signs.get("excepted", ())
        for match in matches
    )
