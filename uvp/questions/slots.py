"""What a sentence names: themes, people, places, parties, statuses, times and actions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from uvp.period import Period
from uvp.plan import ONGOING, Plan
from uvp.questions.negation import is_excepted, is_negated
from uvp.questions.phrases import Match
from uvp.questions.sentence import Sentence
from uvp.updates import Status

_RANGE = 4  # words from the first code of a range to its last one (*tot en met*)
Alias = tuple[Match, tuple[str, ...]]
"""A phrase of the plan and the codes of the actions that it points at."""


@dataclass(slots=True)
class Slots:
    """What is named, in the words of the plan.

    ``without`` holds, by kind, what the sentence excludes; ``others`` the kinds that hold all but those; ``remaining``
    are the codes that an excluded party or action leaves, ``not_held`` those that an excluded holder leaves.
    ``topics`` are pairs of a theme and a topic of it that somebody holds. ``now`` says that the period is but *now*.
    ``aliases`` are the groups of actions that words of the plan point at, one group a phrase, in order.
    """

    themes: list[str] = field(default_factory=list)
    topics: list[tuple[str, str]] = field(default_factory=list)
    topic_matches: list[Match] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    municipalities: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    partners: list[str] = field(default_factory=list)
    statuses: list[Status] = field(default_factory=list)
    recurrences: list[str] = field(default_factory=list)
    period: Period | None = None
    compared: Period | None = None
    now: bool = False
    codes: list[str] = field(default_factory=list)
    unknown_codes: list[str] = field(default_factory=list)
    aliases: list[Alias] = field(default_factory=list)
    every: set[str] = field(default_factory=set)
    without: dict[str, list[str]] = field(default_factory=dict)
    remaining: list[str] = field(default_factory=list)
    not_held: list[str] = field(default_factory=list)
    others: set[str] = field(default_factory=set)

    @property
    def filters_something(self) -> bool:
        """Whether anything but a period is named."""
        return bool(
            self.themes
            or self.topics
            or self.sections
            or self.municipalities
            or self.people
            or self.partners
            or self.statuses
            or self.recurrences
            or self.codes
            or self.aliases
            or self.without
        )

    @property
    def of_plan(self) -> bool:
        """Whether anything is named that only the plan has: no mere place, party or time."""
        return bool(self.themes or self.topics or self.sections or self.people or self.statuses or self.codes)


def read_slots(sentence: Sentence, plan: Plan) -> Slots:
    """All that a sentence names; what it excludes stands in ``without``."""
    slots = Slots()
    _read_periods(sentence, slots)
    _read_codes(sentence, slots, plan)
    _read_names(sentence, slots)
    _read_sections(sentence, slots, plan)
    _read_numbered(sentence, slots, plan)
    _read_statuses(sentence, slots)
    return slots


def _read_codes(sentence: Sentence, slots: Slots, plan: Plan) -> None:
    for at, code in sentence.codes:
        if code is None:
            slots.unknown_codes.append(sentence.shown(at, at + 1))
            continue
        place = slots.without.setdefault("action", []) if is_excepted(sentence, at) else slots.codes
        place += [c for c in (code, *_up_to(sentence, at, code, plan)) if c not in place]


def _up_to(sentence: Sentence, at: int, code: str, plan: Plan) -> list[str]:
    """The codes after one in *SAM-01 t/m SAM-03*, *SAM-01 t/m 3*; none where it begins no range."""
    theme, _, first = code.rpartition("-")
    said = ""
    for i in range(at + 1, min(len(sentence.words), at + _RANGE + 1)):
        if said and said in sentence.grammar.through:
            end = next((c for place, c in sentence.codes if place == i), None) or f"{theme}-{sentence.following(i)}"
            begins, _, last = end.rpartition("-")
            if begins != theme or not last.isdigit() or sentence.words[i].kind == "period":
                return []
            own = (a.code for a in plan.actions if a.theme == theme)
            return [c for c in own if int(first) < int(c.rpartition("-")[2]) <= int(last)]
        said += sentence.following(i)
    return []


def _read_periods(sentence: Sentence, slots: Slots) -> None:
    periods: list[Period] = []
    today = Period(sentence.today, sentence.today)
    for start, end, found in sentence.periods:
        slots.now |= found.period == today and any(
            w.token.word in sentence.grammar.now for w in sentence.words[start:end]
        )
        if found.period is not None and found.period not in periods:
            periods.append(found.period)
        if found.recurrence is not None and found.recurrence != ONGOING:
            _add(slots, "recurrence", slots.recurrences, [found.recurrence], is_negated(sentence, start))
    if len(periods) == 2 and (both := _either(sentence, *periods)):
        periods = [both]
    if periods:
        slots.period = periods[0]
    if len(periods) > 1:
        slots.compared = periods[1]


def _either(sentence: Sentence, one: Period, other: Period) -> Period | None:
    """*In Q1 of Q2*: two periods that follow each other and nothing but *or* between them are one.

    *Meer in Q1 of Q2* compares them.
    """
    if sentence.has("compare") or any(w.token.word in sentence.grammar.more for w in sentence.words):
        return None
    (_, end, _), (start, _, _) = [p for p in sentence.periods if p[2].period is not None][:2]
    joined = start == end + 1 and sentence.following(end) in sentence.grammar.and_or
    follow = one.end is not None and other.start is not None and one.end + timedelta(days=1) == other.start
    return Period(one.start, other.end) if joined and follow else None


def _read_names(sentence: Sentence, slots: Slots) -> None:
    places = {"municipality": slots.municipalities, "person": slots.people, "party": slots.partners}
    for match in sentence.matches:
        kinds: dict[str, list[Any]] = {}
        for entry in match.entries:
            kinds.setdefault(entry.kind, []).append(entry.value)
        if "sign" in kinds and not set(kinds) - {"sign"}:
            continue
        negated = is_negated(sentence, match.start)
        for kind, values in kinds.items():
            if kind in places:
                _add(slots, kind, places[kind], [str(v) for v in values], negated)
            elif kind == "theme":
                _add(slots, kind, slots.themes, [str(v) for v in values], negated)
            elif kind == "all":
                slots.every.update(str(v) for v in values)
            elif kind == "topic" and not negated:
                slots.topics.append(values[0])
                slots.topic_matches.append(match)
        if (actions := kinds.get("action")) and is_excepted(sentence, match.start):
            _add(slots, "action", [], [str(a) for a in actions], negated)
        elif actions:
            slots.aliases.append((match, tuple(str(a) for a in actions)))


def _add(slots: Slots, kind: str, place: list[str], values: Iterable[str], negated: bool) -> None:
    if negated:
        place = slots.without.setdefault(kind, [])
    place.extend(v for v in values if v not in place)


def _read_sections(sentence: Sentence, slots: Slots, plan: Plan) -> None:
    """Sections named. An everyday word (*Onderzoek*) counts beside the word *section*, its theme or its holder.

    Elsewhere it is a word like any other of the plan.
    """
    named = [(*found, is_negated(sentence, found[0].start)) for found in sentence.names("section")]
    for match, (name, theme), negated in named:
        of_person = slots.people and theme in held_by(plan, slots.people)
        telling = match.end - match.start > 1 or any(e.kind == "heading" for e in match.entries)
        if negated and (theme in slots.themes or not slots.themes):
            slots.without.setdefault("section", []).append(name)
        elif telling or sentence.has("section") or theme in slots.themes or of_person:
            slots.sections.append(name)
        elif {e.kind for e in match.entries} == {"section"}:
            sentence.words[match.start].kind = "known"


def _read_numbered(sentence: Sentence, slots: Slots, plan: Plan) -> None:
    """*Actie 3 van digitaal*, *zorg nummer 7*: a number after *action* or a theme is that of the only theme named."""
    if len(slots.themes) != 1 or slots.codes:
        return
    ends = {m.end for sign in ("action", "thing") for m in sentence.signs.get(sign, ())}
    ends |= {m.end for m, _ in sentence.names("theme")}
    numbers = [int(sentence.following(at)) for at in ends if _is_number(sentence, at)]
    for match, value in sentence.names("ordinal"):
        if match.start in ends and match.end - match.start > 1 and sentence.following(match.end - 1).isdigit():
            numbers.append(value)
    own = [a.code for a in plan.actions if a.theme == slots.themes[0]] if numbers else []
    slots.codes += [code for code in own if int(code.rpartition("-")[2]) in numbers]


def _is_number(sentence: Sentence, at: int) -> bool:
    number = sentence.following(at)
    return number.isdigit() and len(number) < 4 and sentence.words[at].kind == "stop"


def _read_statuses(sentence: Sentence, slots: Slots) -> None:
    denied: list[Status] = []
    for match, status in sentence.names("status"):
        place = denied if is_negated(sentence, match.start) else slots.statuses
        if status not in place:
            place.append(status)
    if denied and not slots.statuses:
        slots.statuses = [status for status in Status if status not in denied]


def held_by(plan: Plan, people: Iterable[str]) -> set[str]:
    """The themes of which these people hold something."""
    return {t.code for t in plan.themes if not {h.person for h in t.holders}.isdisjoint(people)}


def people_of(plan: Plan) -> list[str]:
    """All who hold something, in the order of the plan."""
    named = [h.person for t in plan.themes for h in t.holders] + [a.holder for a in plan.actions if a.holder]
    return list(dict.fromkeys(named))
