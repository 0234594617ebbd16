"""What a sentence leaves out, as filters or as the codes of the actions that remain."""

from __future__ import annotations

from collections.abc import Callable

from uvp.plan import Action, Plan
from uvp.questions.negation import is_excepted, is_negated
from uvp.questions.sentence import Sentence
from uvp.questions.slots import Slots
from uvp.questions.text import keys


def exclude(sentence: Sentence, slots: Slots, plan: Plan) -> None:
    """Fills ``others``, ``remaining`` and ``not_held`` of the slots from what is excluded.

    Of themes and municipalities all the others take its place. Actions without a holder, of several parties or in a
    section or not are no filter: there it becomes the codes that remain.
    """
    _read_sections(sentence, slots, plan)
    if _takes_all_but(sentence, slots, plan) or _left_by(sentence, slots, plan):
        return
    for kind, place, everything in (
        ("theme", slots.themes, [t.code for t in plan.themes]),
        ("municipality", slots.municipalities, list(plan.municipality_names)),
        ("person", slots.people, _people(plan)),
    ):
        if kind in slots.without and not place:
            slots.others.add(kind)
            place.extend(v for v in everything if v not in slots.without[kind])
    left = {kind: set(values) for kind, values in slots.without.items()}
    out: dict[str, Callable[[Action], bool]] = {
        "party": lambda a: not left["party"].isdisjoint(plan.parties_of(a)),
        "action": lambda a: a.code in left["action"],
        "section": lambda a: a.section in left["section"],
    }
    excluded = [out[kind] for kind in slots.without if kind in out]
    if excluded:
        slots.remaining = [a.code for a in _scope(slots, plan) if not any(is_out(a) for is_out in excluded)]
    if "person" in slots.others and not sentence.has("everybody"):  # *van iedereen behalve X* means other people
        codes = [a.code for a in _scope(slots, plan) if a.holder not in left["person"]]
        slots.not_held = [c for c in codes if not slots.remaining or c in slots.remaining]


def _scope(slots: Slots, plan: Plan) -> list[Action]:
    """The actions of the themes and holders that are named: what is left out is left out of these."""
    people = [] if "person" in slots.others else slots.people
    themes = [a for a in plan.actions if not slots.themes or a.theme in slots.themes]
    return [a for a in themes if not people or a.holder in people]


def _read_sections(sentence: Sentence, slots: Slots, plan: Plan) -> None:
    """*Verkeer, maar niet handhaving*: excluded words of the plan that sections of the themes named are called by."""
    for i, word in enumerate(sentence.words):
        if not slots.themes or word.kind not in ("known", "generic") or not is_excepted(sentence, i, first=True):
            continue
        named = [a.section for a in _scope(slots, plan) if word.key in keys(a.section)]
        if named:
            slots.without.setdefault("section", []).extend(dict.fromkeys(named))
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
    if _is_absent(sentence) and slots.municipalities and not slots.codes:
        slots.remaining = [a.code for a in plan.actions if not set(a.excepts).isdisjoint(slots.municipalities)]
        if slots.remaining:
            slots.municipalities = []
        return True
    if sentence.has("unheld"):
        held = {t.code for t in plan.themes if t.holder}
        slots.remaining = [a.code for a in plan.actions if not (a.holder or a.theme in held)]
        return True
    if sentence.has("alone") and not slots.partners:
        slots.remaining = [a.code for a in _scope(slots, plan) if not a.parties]
        return True
    denied = any(is_negated(sentence, m.start) for m in sentence.signs.get("ongoing", ()))
    if denied and not sentence.has("undated"):  # what has no date is not ongoing anyway
        slots.remaining = [a.code for a in _scope(slots, plan) if not a.ongoing]
        return True
    return False


def _is_absent(sentence: Sentence) -> bool:
    """Whether what says that somebody takes no part stands beside a municipality."""
    names = [m for m, _ in sentence.names("municipality")]
    return any(
        excepted.start == name.end or 0 <= name.start - excepted.end <= 1
        for excepted in sentence.signs.get("excepted", ())
        for name in names
    )


def _people(plan: Plan) -> list[str]:
    named = [h.person for t in plan.themes for h in t.holders] + [a.holder for a in plan.actions if a.holder]
    return list(dict.fromkeys(named))
