"""The shipped plan holds what the register fixes, and a wrong plan file is refused with line and reason."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uvp.errors import PlanFileInvalid
from uvp.plan import Action, Plan
from uvp.planfile import problems, read_plan, shipped_plan

REGISTER = Path(__file__).parent / "corpus" / "register.csv"

# Words that point at several actions, or at an action and at something else, on purpose: the bot asks which one is
# meant, or takes the topic where somebody asks who holds it.
SHARED_WORDS = {
    "bibob": {"OND-11", "OND-12", "OND-13", "OND-14", "OND-15"},
    "wet bibob": {"OND-11", "OND-12", "OND-13", "OND-14", "OND-15"},
    "beleidsregels": {"OND-11", "OND-12"},
    "beleidsregels bibob": {"OND-11", "OND-12"},
    "bibob-beleidsregels": {"OND-11", "OND-12"},
    "bibob rules": {"OND-11", "OND-12"},
    "bibob policy rules": {"OND-11", "OND-12"},
    "policy rules": {"OND-11", "OND-12"},
    "basisnorm": {"OND-08", "OND-18"},
    "prostitutie": {"OND-09", "OND-10"},
    "prostitution": {"OND-09", "OND-10"},
    "mensenhandel": {"OND-09", "topic mensenhandel"},
    "human trafficking": {"OND-09", "topic mensenhandel"},
    "trafficking": {"OND-09", "topic mensenhandel"},
    "veilig buitengebied": {"OND-17", "topic veilig buitengebied"},
    "buitengebied": {"OND-17", "topic veilig buitengebied"},
    "safe countryside": {"OND-17", "topic veilig buitengebied"},
    "countryside": {"OND-17", "topic veilig buitengebied"},
    "rural safety": {"OND-17", "topic veilig buitengebied"},
    "ave": {"ZORG-03", "ZORG-04"},
    "ave-methodiek": {"ZORG-03", "ZORG-04"},
    "ave-methode": {"ZORG-03", "ZORG-04"},
    "onbegrepen gedrag": {"ZORG-07", "ZORG-08"},
    "verward gedrag": {"ZORG-07", "ZORG-08"},
    "verwarde personen": {"ZORG-07", "ZORG-08"},
    "verwarde mensen": {"ZORG-07", "ZORG-08"},
    "misunderstood behaviour": {"ZORG-07", "ZORG-08"},
    "confused behaviour": {"ZORG-07", "ZORG-08"},
    "confused people": {"ZORG-07", "ZORG-08"},
}


@pytest.fixture(scope="module")
def plan() -> Plan:
    return shipped_plan()


@pytest.fixture(scope="module")
def register() -> list[dict[str, str]]:
    with REGISTER.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def as_in_register(action: Action) -> dict[str, str]:
    return {
        "code": action.code,
        "theme": action.theme,
        "section": action.section,
        "when_text": action.when_text,
        "start": action.start.isoformat() if action.start else "",
        "end": action.end.isoformat() if action.end else "",
        "recurrence": ", ".join(action.recurrences),
        "holder": action.holder or "",
        "scope": "".join(f"niet {name}" for name in action.excepts),
    }


def names(plan: Plan) -> dict[str, set[str]]:
    """Every name and word of the plan, and what it stands for."""
    meanings: dict[str, set[str]] = defaultdict(set)
    for named in (*plan.municipalities, *plan.parties):
        for word in (named.name, *named.words):
            meanings[word.casefold()].add(named.name)
    for theme in plan.themes:
        for word in {theme.name.casefold(), theme.label.casefold(), *theme.words}:
            meanings[word.casefold()].add(theme.code)
        for holder in theme.holders:
            for word in (holder.person, *filter(None, [holder.topic]), *holder.words):
                meanings[word.casefold()].add(f"topic {holder.topic}" if word != holder.person else word)
    for action in plan.actions:
        for word in {action.title.casefold(), *(w.casefold() for w in action.words)}:
            meanings[word].add(action.code)
    return meanings


def test_the_shipped_plan_agrees_with_the_register_in_every_column(plan: Plan, register: list[dict[str, str]]) -> None:
    stated = [{key: value for key, value in row.items() if key != "topic"} for row in register]
    assert [as_in_register(action) for action in plan.actions] == stated


def test_the_shipped_plan_has_53_actions_spread_over_six_themes(plan: Plan) -> None:
    assert len(plan.actions) == 53
    assert Counter(a.theme for a in plan.actions) == {"OND": 19, "DIG": 7, "ZORG": 9, "VERK": 5, "SAM": 8, "ALG": 5}


def test_the_shipped_plan_covers_two_years_and_six_municipalities(plan: Plan) -> None:
    assert (plan.slug, plan.region) == ("tweestromenland-2025-2026", "Tweestromenland")
    assert (plan.start, plan.end) == (date(2025, 1, 1), date(2026, 12, 31))
    assert plan.municipality_names == (
        "Berg en Dal",
        "Beuningen",
        "Druten",
        "Heumen",
        "West Maas en Waal",
        "Wijchen",
    )


def test_themes_have_the_number_and_name_of_the_document(plan: Plan) -> None:
    assert [(t.number, t.code, t.name) for t in plan.themes] == [
        (1, "OND", "Aanpak ondermijnende criminaliteit"),
        (2, "DIG", "Vergroten digitale veiligheid"),
        (3, "ZORG", "Zorg en veiligheid dichter bij elkaar"),
        (4, "VERK", "Vergroten verkeersveiligheid"),
        (5, "SAM", "Verbinding samenleving en maatschappelijk onbehagen"),
        (None, "ALG", "Algemeen"),
    ]


def test_themes_have_their_goals_and_nobody_is_named_as_official_yet(plan: Plan) -> None:
    assert {t.code: len(t.goals) for t in plan.themes} == {
        "OND": 4,
        "DIG": 1,
        "ZORG": 3,
        "VERK": 3,
        "SAM": 2,
        "ALG": 0,
    }
    assert all(t.objective and t.words and not t.officials for t in plan.themes)


def test_portfolio_holders_stand_by_topic(plan: Plan) -> None:
    held = {(t.code, h.topic): h.person for t in plan.themes for h in t.holders}
    assert held == {
        ("OND", None): "Bergman",
        ("OND", "veilig buitengebied"): "Van Neerbos",
        ("OND", "mensenhandel"): "Van Neerbos",
        ("OND", "drugs"): "Minses",
        ("DIG", None): "Helmer-Englebert",
        ("ZORG", None): "Helmer-Englebert",
        ("VERK", None): "Slinkman",
        ("SAM", None): "Sengers",
    }


@pytest.mark.parametrize(
    ("code", "count"),
    [("OND-03", 3), ("OND-07", 4), ("OND-09", 3), ("OND-16", 5), ("OND-17", 2), ("VERK-05", 2), ("SAM-08", 5)],
)
def test_the_parts_of_an_action_are_all_there(plan: Plan, code: str, count: int) -> None:
    assert len(plan.by_code[code].steps) == count


def test_what_an_action_waits_for_is_an_action_or_a_condition(plan: Plan) -> None:
    assert {a.code: a.depends_on for a in plan.actions if a.depends_on} == {
        "OND-10": "uitkomst van de bestuurlijke opdracht transitie prostitutiecontroles van het VNON",
        "OND-12": "OND-11",
        "ZORG-04": "ZORG-03",
        "SAM-01": "agenda's van de burgemeesters",
        "SAM-05": "SAM-04",
        "SAM-08": "toekenning van versterkingsgelden",
    }


@pytest.mark.parametrize(
    ("party", "codes"),
    [
        ("politie", ["DIG-02", "VERK-01", "VERK-02", "VERK-04", "VERK-05", "ALG-05"]),
        ("Openbaar Ministerie", ["VERK-01", "ALG-05"]),
        ("RIEC Oost-Nederland", ["OND-04", "OND-13", "OND-15", "OND-18"]),
        ("OTSL", ["OND-04", "OND-06", "OND-07", "OND-10"]),
        ("Weerbaar Gelderland-Zuid", ["OND-02", "OND-03", "OND-08", "OND-15", "OND-16", "OND-18", "OND-19"]),
        ("provincie Gelderland", ["OND-08", "OND-18", "VERK-01"]),
        ("Meld Misdaad Anoniem", ["OND-03"]),
        ("Belastingdienst", ["OND-05"]),
        ("VNON", ["OND-10"]),
        ("Bureau Hiemstra en De Vries", ["OND-13"]),
        ("CCV", ["ZORG-05"]),
        ("HALT", ["ZORG-06"]),
        ("DJI", ["SAM-01"]),
        ("ROR", ["SAM-01", "SAM-02"]),
        ("Expertisecentrum Polarisatie en Radicalisering", ["SAM-04"]),
        ("veiligheidsregio", ["SAM-06"]),
        ("Zorg- en Veiligheidshuis", ["SAM-08"]),
        ("communicatieadviseur", ["ALG-01"]),
        ("omgevingsdiensten", []),
    ],
)
def test_a_party_belongs_to_the_actions_that_name_it(plan: Plan, party: str, codes: list[str]) -> None:
    assert party in {p.name for p in plan.parties}
    assert [a.code for a in plan.actions if party in a.parties] == codes


def test_every_party_of_the_plan_takes_part_in_a_theme_or_an_action(plan: Plan) -> None:
    used = {p for t in plan.themes for p in t.parties} | {p for a in plan.actions for p in a.parties}
    assert {p.name for p in plan.parties} == used


def test_every_action_can_be_found_by_other_words_and_is_described(plan: Plan) -> None:
    assert [a.code for a in plan.actions if len(a.words) < 4 or len(a.description) < 40] == []


def test_a_word_means_one_thing_unless_it_is_shared_on_purpose(plan: Plan) -> None:
    assert {word: codes for word, codes in names(plan).items() if len(codes) > 1} == SHARED_WORDS


GOOD = """\
slug: waterland-2027
title: Plan van Waterland
region: Waterland
start: 2027-01-01
end: 2027-12-31
municipalities:
  - name: Edam
  - name: Marken
    words: [eiland]
parties:
  - name: politie
themes:
  - code: WAT
    number: 1
    name: Veilig op het water
    holders:
      - person: De Boer
      - person: Jansen
        topic: boten
    parties: [politie]
actions:
  - code: WAT-01
    theme: WAT
    section: Dijken
    title: Dijken controleren
    when: 2027
    start: 2027-01-01
    end: 2027-12-31
    recurrences: [jaarlijks]
    excepts: [Marken]
    words: [dijk, dike]
  - code: WAT-02
    theme: WAT
    section: Boten
    title: no
    holder: Jansen
    depends_on: WAT-01
"""


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "plan.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_small_plan_of_another_region_is_read_as_it_is_written(tmp_path: Path) -> None:
    plan = read_plan(written(tmp_path, GOOD))
    first, second = plan.actions
    assert (first.when_text, first.deadline, first.holder) == ("2027", date(2027, 12, 31), "De Boer")
    assert plan.participants(first) == ("Edam",)
    assert (second.title, second.holder, second.depends_on, second.undated) == ("no", "Jansen", "WAT-01", True)
    assert (plan.language, plan.theme_by_code["WAT"].officials) == ("nl", ())


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("    title: no", "    titel: no", 35, "action WAT-02: unknown key 'titel', is 'title' meant?"),
        (
            "region: Waterland",
            "region: Waterland\ncolour: blue",
            4,
            "plan waterland-2027: unknown key 'colour'; known are",
        ),
        ("    title: no\n", "", 32, "action WAT-02: 'title' is missing"),
        ("region: Waterland\n", "", 1, "plan waterland-2027: 'region' is missing"),
        ("region: Waterland", "region:", 3, "plan waterland-2027: 'region' is empty"),
        ("region: Waterland", "region: [Waterland]", 3, "'region' has to be text, found a list"),
        ("    title: no", "    title: {nl: no}", 35, "'title' has to be text, found keys with values"),
        ("[dijk, dike]", "dijk", 31, "action WAT-01: 'words' has to be a list, found the text 'dijk'"),
        ("[dijk, dike]", "[dijk, [dike]]", 31, "'words' has to be text, found a list"),
        ("[dijk, dike]", "[dijk, Dijk]", 31, "'Dijk' stands twice under 'words'"),
        ("[dijk, dike]", "[dijk, ~]", 31, "'words' is empty"),
        ("  - name: Edam", "  - Edam", 7, "municipality: expected keys with values, found the text 'Edam'"),
        (
            "  - name: politie",
            "  - name: politie\n  - name: politie",
            12,
            "name 'politie' is given to more than one",
        ),
        ("    end: 2027-12-31", "    end: 2027-02-29", 28, "'end' '2027-02-29' is not a date"),
        ("    end: 2027-12-31", "    end: 31-12-2027", 28, "'end' '31-12-2027' is not a date, expected YYYY-MM-DD"),
        ("    end: 2027-12-31", "    end: 20271231", 28, "'end' '20271231' is not a date"),
        ("    end: 2027-12-31", "    end: 2026-12-31", 28, "'end' 2026-12-31 lies before 'start' 2027-01-01"),
        ("\nend: 2027-12-31", "\nend: 2026-12-31", 5, "'end' 2026-12-31 lies before 'start' 2027-01-01"),
        ("code: WAT-02", "code: WAT-01", 32, "action WAT-01: code 'WAT-01' is given to more than one"),
        ("code: WAT-02", "code: wat-2", 32, "'code' 'wat-2' does not look like 'OND-03'"),
        ("code: WAT-02", "code: WAT-٠٢", 32, "does not look like 'OND-03'"),
        ("code: WAT\n", "code: W1\n", 13, "theme W1: 'code' 'W1' does not look like 'OND'"),
        ("slug: waterland-2027", "slug: Waterland 2027", 1, "'slug' 'Waterland 2027' does not look like"),
        ("number: 1", "number: one", 14, "'number' 'one' is not a whole number from 1"),
        ("number: 1", "number: 0", 14, "'number' '0' is not a whole number from 1"),
        (
            "    theme: WAT\n    section: Boten",
            "    theme: WTA\n    section: Boten",
            33,
            "unknown theme 'WTA', is 'WAT'",
        ),
        ("excepts: [Marken]", "excepts: [Markn]", 30, "unknown under 'excepts': 'Markn', is 'Marken' meant?"),
        ("excepts: [Marken]", "excepts: [Marken, Edam]", 30, "no municipality takes part"),
        ("parties: [politie]", "parties: [brandweer]", 20, "theme WAT: unknown under 'parties': 'brandweer'"),
        ("[jaarlijks]", "[jaarljks]", 29, "unknown under 'recurrences': 'jaarljks', is 'jaarlijks' meant?"),
        ("holder: Jansen", "holder: Janssen", 36, "unknown holder 'Janssen', is 'Jansen' meant?"),
        ("        topic: boten\n", "", 18, "holder Jansen: topic 'the theme as a whole' is given to more than one"),
        ("depends_on: WAT-01", "depends_on: WAT-09", 37, "'depends_on' names WAT-09, which is no other action"),
        ("depends_on: WAT-01", "depends_on: WAT-02", 37, "'depends_on' names WAT-02, which is no other action"),
        ("    title: no", f"    title: {'x' * 81}", 35, "'title' has 81 characters, at most 80 are allowed"),
        ("    title: no", "    title: |\n      one\n      two", 35, "'title' has to be one line"),
        ("    title: no", "    title: no\n    title: yes", 36, "action WAT-02: 'title' is given twice"),
        ("    title: no", "\ttitle: no", 35, "indented with a tab, use spaces"),
        ("    title: no", "    title: no: yes", 35, "not YAML: mapping values are not allowed"),
        ("[dijk, dike]", "[dijk, dike", 32, "not YAML: while parsing a flow sequence begun on line 31"),
        ("    title: no", "    title: *other", 35, "not YAML: found undefined alias"),
        ("    title: no", "    title: n\x07o", 35, "not YAML: control characters are not allowed"),
        ("slug:", "---\na: b\n---\nslug:", 3, "not YAML: expected a single document"),
        ("    title: no", f"    title: {'[' * 20_000}", 35, "nested too deeply"),
    ],
)
def test_a_mistake_is_reported_with_its_line_and_reason(
    tmp_path: Path, old: str, new: str, line: int, reason: str
) -> None:
    assert GOOD.count(old) == 1
    found = problems(written(tmp_path, GOOD.replace(old, new)))
    assert any(p.line == line and reason in p.reason for p in found), found


@pytest.mark.parametrize("key", ["municipalities", "themes", "actions"])
def test_a_plan_needs_at_least_one_of_each(tmp_path: Path, key: str) -> None:
    head = "slug: a\ntitle: A\nregion: A\nstart: 2027-01-01\nend: 2027-12-31\n"
    lists = {"municipalities": "[{name: A}]", "themes": "[{code: AA, name: A}]"}
    lists["actions"] = "[{code: AA-01, theme: AA, section: S, title: T}]"
    good = head + "".join(f"{name}: {value}\n" for name, value in lists.items())
    assert problems(written(tmp_path, good)) == []
    (found,) = problems(written(tmp_path, good.replace(f"{key}: {lists[key]}", f"{key}: []")))[:1]
    assert found.line == 6 + list(lists).index(key)


def test_a_section_that_goes_on_after_another_one_is_reported(tmp_path: Path) -> None:
    third = "  - code: WAT-03\n    theme: WAT\n    section: Dijken\n    title: Dijken ophogen\n"
    (found,) = problems(written(tmp_path, GOOD + third))
    assert (found.line, found.reason) == (40, "action WAT-03: section 'Dijken' goes on after another section")


def test_all_mistakes_are_reported_in_the_order_of_the_file_and_reading_stops_at_the_first(tmp_path: Path) -> None:
    wrong = GOOD.replace("number: 1", "number: x").replace("title: no", "title:").replace("2027-01-01", "soon", 1)
    path = written(tmp_path, wrong)
    assert [p.line for p in problems(path)] == [4, 14, 35]
    with pytest.raises(PlanFileInvalid, match=r"plan\.yaml:4: plan waterland-2027: 'start' 'soon' is not a date"):
        read_plan(path)


@pytest.mark.parametrize(
    ("raw", "line", "reason"),
    [
        (b"", 1, "the file is empty"),
        (b"# only a comment\n", 1, "the file is empty"),
        (b"- a\n- b\n", 1, "plan: expected keys with values, found a list"),
        (b"slug: a\ntitle: Caf\xe9\n", 2, "not UTF-8 text"),
        (b"PK\x03\x04\x14\x00", 1, "not YAML: control characters are not allowed"),
    ],
)
def test_what_is_no_plan_at_all_is_refused_in_one_line(tmp_path: Path, raw: bytes, line: int, reason: str) -> None:
    (found, *_) = problems(written(tmp_path, raw))
    assert (found.line, found.reason) == (line, reason)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert problems(written(tmp_path, b"\xef\xbb\xbf" + GOOD.encode())) == []


def test_a_file_that_cannot_be_read_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(PlanFileInvalid, match=r"absent\.yaml:1: cannot be read: No such file"):
        read_plan(tmp_path / "absent.yaml")
    assert problems(tmp_path)[0].reason.startswith("cannot be read")


SCRAPS = ["- ", "? ", "a: ", "[", "]", "{a: b}", "*a", "&a ", "!!set ", "|", "'", "~", "x: 1"]


@given(data=st.data())
def test_no_damage_to_a_file_ends_in_anything_but_a_report(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    lines = GOOD.splitlines()
    index = data.draw(st.integers(0, len(lines) - 1))
    indent = lines[index][: len(lines[index]) - len(lines[index].lstrip())]
    scrap = data.draw(
        st.sampled_from(["- ", "? ", "a: ", "[", "]", "{a: b}", "*a", "&a ", "!!set ", "|", "'", "~", "x: 1"])
    )
    lines[index] = data.draw(st.sampled_from([scrap, indent + scrap, lines[index] + scrap, lines[index][:-3], ""]))
    path = written(tmp_path_factory.mktemp("damaged"), "\n".join(lines))
    assert all(1 <= p.line <= len(lines) + 1 and p.reason for p in problems(path))
