"""Which actions pass the filters of a question, over a small plan and, where its words matter, the shipped one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.samples import ACTIONS, PLAN, WATER
from uvp.answers.filters import candidates
from uvp.plan import Plan
from uvp.planfile import shipped_plan
from uvp.question import Filters


@pytest.fixture(scope="module")
def shipped() -> Plan:
    return shipped_plan()


def passing(filters: Filters, plan: Plan = PLAN, mine: set[str] | None = None) -> list[str]:
    """The codes that pass."""
    return [a.code for a in candidates(filters, plan, mine).actions]


def test_without_filters_every_action_passes_in_the_order_of_the_codes() -> None:
    assert passing(Filters()) == ["ALG-01", "VUR-01", "VUR-02", "WAT-01", "WAT-02", "WAT-03", "WAT-04", "WAT-10"]


def test_numbers_of_codes_are_ordered_as_numbers() -> None:
    plan = replace(PLAN, actions=tuple(replace(ACTIONS[0], code=f"WAT-{n}") for n in (10, 100, 9)))
    assert passing(Filters(), plan) == ["WAT-9", "WAT-10", "WAT-100"]


@pytest.mark.parametrize(
    ("filters", "codes"),
    [
        (Filters(themes=("VUR",)), ["VUR-01", "VUR-02"]),
        (Filters(themes=("VUR", "ALG")), ["ALG-01", "VUR-01", "VUR-02"]),
        (Filters(sections=("Voorbereiden",)), ["WAT-01", "WAT-04"]),
        (Filters(people=("De Vries",)), ["WAT-04"]),
        (Filters(people=("Bakker", "De Vries")), ["VUR-01", "WAT-04"]),
        (Filters(recurrences=("jaarlijks", "halfjaarlijks")), ["ALG-01", "WAT-04"]),
        (Filters(recurrences=("doorlopend",)), ["WAT-01"]),
        (Filters(codes=("WAT-10", "WAT-02")), ["WAT-02", "WAT-10"]),
        (Filters(codes=("WAT-99",)), []),
        (Filters(themes=("WAT",), people=("Jansen",), sections=("Uitvoeren",)), ["WAT-02", "WAT-03", "WAT-10"]),
        (Filters(themes=("VUR",), people=("Jansen",)), []),
    ],
)
def test_values_of_one_filter_are_alternatives_and_filters_hold_together(filters: Filters, codes: list[str]) -> None:
    assert passing(filters) == codes


def test_an_action_passes_for_a_municipality_unless_it_excepts_it() -> None:
    assert "WAT-02" in passing(Filters(municipalities=("Aadorp",)))
    assert "WAT-02" not in passing(Filters(municipalities=("Ceeveen",)))
    assert "WAT-02" in passing(Filters(municipalities=("Ceeveen", "Aadorp")))


def test_only_the_asker_s_own_actions_pass_where_those_are_meant() -> None:
    assert passing(Filters(themes=("WAT",)), mine={"WAT-10", "VUR-01"}) == ["WAT-10"]


def test_a_party_that_an_action_names_is_matched_in_the_actions_alone() -> None:
    found = candidates(Filters(partners=("politie",)), PLAN)
    assert [a.code for a in found.actions] == ["WAT-02"]
    assert not found.theme_parties


def test_a_party_that_no_action_names_is_matched_in_the_themes_and_that_is_said() -> None:
    found = candidates(Filters(partners=("brandweer",)), PLAN)
    assert {a.theme for a in found.actions} == {"WAT", "VUR"}
    assert found.theme_parties


def test_whether_an_action_names_a_party_is_judged_under_the_other_filters() -> None:
    found = candidates(Filters(partners=("politie",), sections=("Voorbereiden",)), PLAN)
    assert [a.code for a in found.actions] == ["WAT-01", "WAT-04"]
    assert found.theme_parties


def test_each_of_two_parties_is_matched_where_it_is_named() -> None:
    found = candidates(Filters(partners=("politie", "brandweer")), replace(PLAN, themes=(WATER,)))
    assert [a.code for a in found.actions] == ["WAT-01", "WAT-02", "WAT-03", "WAT-04", "WAT-10"]


def test_a_party_that_nobody_names_matches_nothing() -> None:
    found = candidates(Filters(partners=("waterschap",)), PLAN)
    assert not found.actions
    assert not found.theme_parties


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("zwemles", ["WAT-02"]),
        ("zwemlessen school", ["WAT-02"]),
        ("zwemmen", ["WAT-02", "WAT-04"]),
        ("rooster", ["WAT-02"]),
        ("zwemwater", ["WAT-04"]),
        ("water", ["WAT-01", "WAT-04"]),
        ("evaluatie", ["ALG-01"]),
        ("NIEUWSBRIEF", ["ALG-01"]),
        ("brandweer kazernes", ["VUR-02"]),
        ("kazerne zwemles", []),
        ("les", []),
    ],
)
def test_all_words_of_a_text_occur_in_what_the_plan_says_of_an_action(text: str, codes: list[str]) -> None:
    assert passing(Filters(text=text)) == codes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("medialab", "DIG-02"),
        ("media lab", "DIG-02"),
        ("hackshield", "DIG-03"),
        ("7 stappenmodel", "ZORG-05"),
        ("flyers", "ZORG-07"),
        ("tbsers", "ZORG-09"),
        ("TBS’ers", "ZORG-09"),
        ("collegas", "OND-01"),
        ("nazorg ex-gedetineerde", "ZORG-09"),
        ("raadsbijeenkomsten", "ALG-04"),
        ("groene nachten", "OND-17"),
        ("verkeerskalender", "VERK-04"),
    ],
)
def test_telling_words_find_their_action_in_the_shipped_plan(shipped: Plan, text: str, code: str) -> None:
    assert code in passing(Filters(text=text), shipped)


def test_a_text_without_words_does_not_filter() -> None:
    assert len(passing(Filters(text=" ?! "))) == len(PLAN.actions)
