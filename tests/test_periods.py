"""How timings are read: the examples of the specification, our own, where they stand in a sentence, and properties."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uvp.period import Period
from uvp.periods import find_periods, read_timing
from uvp.periods.lexer import MOST
from uvp.periods.tokens import tokens
from uvp.periods.vocabulary import vocabulary

CORPUS = Path(__file__).parent / "corpus"
PLAN = Period(date(2025, 1, 1), date(2026, 12, 31))
TODAY = date(2026, 11, 24)
NAMES = """
    januari februari maart april mei juni juli augustus september oktober november december
    jan feb mrt apr mei jun jul aug sep okt nov dec
    January February March April May June July August September October November December
"""
MONTHS, SHORT_MONTHS, ENGLISH_MONTHS = (line.split() for line in NAMES.strip().splitlines())
# Words of time in an order that nobody meant.
WORDS = """
    acties kwartaal 2026 2025 en 1 31 tot begin eind eerste laatste van deze volgende maart mei - / Q1 Q4 per elke jaar
    in de voor na vanaf t/m e.v. ( ) , week 14 weken geleden over zomer winter nog rest halfjaarlijks x keer of was naar
    vandaag nu maandag 1-7 '26 februari first last next quarter months ago since by the end > ? planperiode helft
    jaarlijks maandelijks om
"""


def examples(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CORPUS / name).read_text("utf-8").splitlines()]


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def read(text: str, today: date | None = None) -> tuple[date | None, date | None, str | None]:
    timing = read_timing(text, today, PLAN)
    period = timing.period or Period()
    return period.start, period.end, timing.recurrence


@pytest.mark.parametrize(
    "example",
    [*examples("periods.jsonl"), *examples("periods_own.jsonl")],
    ids=lambda e: f"{e['kind']}: {e['text'][:60]} [{e['today'] or ''}]",
)
def test_a_timing_is_read_as_the_corpus_says(example: dict[str, Any]) -> None:
    expected = (day(example["start"]), day(example["end"]), example["recurrence"])
    assert read(example["text"], day(example["today"])) == expected


def test_the_text_of_a_timing_is_kept() -> None:
    assert read_timing("  Na vaststelling IVP ").text == "  Na vaststelling IVP "


def spans(text: str, today: date = TODAY) -> list[str]:
    return [text[found.start : found.end] for found in find_periods(text, today, PLAN)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("wat moet er af in 2025 maar is nog niet klaar", ["in 2025"]),
        ("Wat stond er tussen april en juni op de planning?", ["tussen april en juni"]),
        ("acties uit 2025 en 2026 bij verkeer", ["uit 2025 en 2026"]),
        ("af in 2025 of in 2026", ["in 2025", "in 2026"]),
        ("Q1 vergeleken met Q2", ["Q1", "Q2"]),
        ("wat doen we elk kwartaal in 2026", ["elk kwartaal", "in 2026"]),
        ("wat moet Sengers voor 1 juli afronden", ["voor 1 juli"]),
        ("wat loopt er nu in Druten", ["nu"]),
        ("welke acties zijn achterstallig", []),
        ("welke acties zijn te laat in Q3", ["in Q3"]),
        ("hoe staat het met DIG-03 en dig 3", []),
        ("wanneer is het 7-stappenmodel klaar", []),
        ("24-uur blauw, artikel 13b en 174a", []),
        ("wat do ik met de zo goed als af zijnde acties", []),
        ("what may I ask in May 2026", ["in May 2026"]),
        ("what is due by the end of Q2 for digital safety", ["by the end of Q2"]),
        ("en volgned kwartaal voor verkeer?", ["volgned kwartaal"]),
        ("in het tweede kwartaal van vorig jaar afgerond", ["in het tweede kwartaal van vorig jaar"]),
        ("wat gebeurt er minimaal twee keer per jaar", ["twee keer per jaar"]),
        ("zet ZORG-08 op vertraagd tot Q1 2027: wachten op provincie", ["tot Q1 2027"]),
        ("wie moet er voor 31 februari iets doen", []),
        ("welke maatregelen vangen aan in 2026", ["in 2026"]),
        ("acties OM Q4 2026", ["Q4 2026"]),
        ("which actions end in December", ["in December"]),
        ("which actions will begin next year", ["next year"]),
        ("actions starting in December", ["in December"]),
        ("quiet for 8 weeks", []),
        ("aan het eind van 2026 af", ["aan het eind van 2026"]),
        ("gedurende heel 2025", ["gedurende heel 2025"]),
        ("wat mogen we werkelijk in de middag", []),
        ("wat moet er vóór 2027 klaar zijn bij verkeer", ["vóór 2027"]),
        ("wat is er in het laatste kwartaal van 2026 klaar", ["in het laatste kwartaal van 2026"]),
        ("I may be late", []),
        ("hoe staat het met OND-O3 en vraag 1l", []),
    ],
)
def test_a_sentence_gives_the_spans_of_its_timings(text: str, expected: list[str]) -> None:
    assert spans(text) == expected


def test_a_compared_quarter_takes_the_year_of_the_other() -> None:
    first, second = find_periods("Q1 vergeleken met Q2 2025", TODAY)
    assert first.period == Period(date(2025, 1, 1), date(2025, 3, 31))
    assert second.period == Period(date(2025, 4, 1), date(2025, 6, 30))


def test_delayed_until_a_quarter_means_that_quarter() -> None:
    (found,) = find_periods("vertraagd tot Q1 2027", TODAY)
    assert found.period == Period(date(2027, 1, 1), date(2027, 3, 31))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("wat staat er vóór 2027 gepland", Period(None, date(2026, 12, 31))),
        ("wat staat er voor 2027 gepland", Period(date(2027, 1, 1), date(2027, 12, 31))),
        ("wat moet er voor 2027 klaar zijn", Period(None, date(2026, 12, 31))),
        ("what is planned for 2027", Period(date(2027, 1, 1), date(2027, 12, 31))),
    ],
)
def test_the_accents_or_what_must_be_done_tell_before_a_year_from_for_a_year(text: str, expected: Period) -> None:
    (found,) = find_periods(text, TODAY)
    assert found.period == expected


days = st.dates(date(2000, 1, 1), date(2090, 12, 31))
words = st.sampled_from(WORDS.split())


@given(st.one_of(st.text(max_size=80), st.lists(words, max_size=14).map(" ".join), st.lists(words).map("".join)), days)
@settings(max_examples=400, deadline=None)
def test_no_text_breaks_the_reader_and_no_period_ends_before_it_starts(text: str, today: date) -> None:
    periods = [read_timing(text).period, read_timing(text, today, PLAN).period]
    found = find_periods(text, today, PLAN)
    periods += [f.period for f in found]
    for period in periods:
        assert period is None or period.start is None or period.end is None or period.start <= period.end
    assert all(f.start < f.end for f in found)
    assert not any(re.match(r"(19|20)\d\d\b", f.recurrence or "") for f in found), "a year is no rhythm"
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(st.lists(words, max_size=10).map(" ".join), st.sampled_from([date.min, date.max]))
@settings(max_examples=200, deadline=None)
def test_the_edges_of_the_calendar_do_not_break_the_reader(text: str, today: date) -> None:
    for period in (read_timing(text, today).period, *(f.period for f in find_periods(text, today))):
        assert period is None or period != Period()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(" " * 1_000_000, id="spaces"),
        pytest.param("(" * 50_000 + ")" * 50_000, id="brackets"),
        pytest.param("a" * 1_000_000, id="one word"),
        pytest.param("1-" * 20_000, id="a date without end"),
        pytest.param("begin eind " * 5_000, id="parts of parts"),
        pytest.param("eerste week van " * 5_000, id="weeks of weeks"),
        pytest.param("voor " * 10_000, id="prepositions"),
        pytest.param("kwartl septmbr " * 5_000, id="typing errors"),
        pytest.param("_" * 1_000_000, id="no word at all"),
        pytest.param("e\u0301" * 50_000, id="accents"),
    ],
)
def test_a_hostile_text_is_read_up_to_a_bound_and_says_nothing(text: str) -> None:
    assert len(tokens(text, vocabulary())) <= MOST
    assert read(text) == (None, None, None)
    assert all(f.period or f.recurrence for f in find_periods(text, TODAY))


def test_what_stands_before_the_bound_of_a_long_text_is_read() -> None:
    assert read("Q3 2025 " + "woord " * 10_000) == (date(2025, 7, 1), date(2025, 9, 30), None)


@given(days)
def test_every_notation_of_a_date_reads_back(value: date) -> None:
    d, m, y = value.day, value.month, value.year
    for text in (
        value.isoformat(),
        f"{d}-{m}-{y}",
        f"{d:02}/{m:02}/{y}",
        f"{d}.{m}.{y}",
        f"{d}-{m}-{y % 100:02}" if y < 2080 else f"{d}-{m}-{y}",
        f"{d} {MONTHS[m - 1]} {y}",
        f"{d} {SHORT_MONTHS[m - 1]}. {y}",
        f"{d}-{SHORT_MONTHS[m - 1]}-{y}",
        f"{ENGLISH_MONTHS[m - 1]} {d}, {y}",
        f"{d} {ENGLISH_MONTHS[m - 1]} {y}",
        f"{d} {MONTHS[m - 1].upper()} {y}",
    ):
        assert read(text) == (value, value, None), text
        assert read(text, TODAY) == (value, value, None), text
        assert read(f"uiterlijk {text}") == (None, value, None), text
        assert read(f"vóór {text}") == (None, value - timedelta(days=1), None), text


@given(st.integers(1990, 2090), st.integers(1, 4))
def test_every_notation_of_a_quarter_reads_back(year: int, n: int) -> None:
    start = date(year, 3 * n - 2, 1)
    end = (date(year, 3 * n, 1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    word = ["eerste", "tweede", "derde", "vierde"][n - 1]
    for text in (
        f"Q{n} {year}",
        f"q{n} {year}",
        f"Q{n}{year}",
        f"Q{n} - {year}",
        f"Q{n} —{year}",
        f"Q{n}-{year}",
        f"K{n} {year}",
        f"{year} Q{n}",
        f"{year}-Q{n}",
        f"{year}Q{n}",
        f"kw {n} {year}",
        f"{n}e kw. {year}",
        f"{n}e kwartaal {year}",
        f"{n}E KWARTAAL {year}",
        f"{word} kwartaal van {year}",
        f"kwartaal {n} van {year}",
        f"{year}: {word} kwartaal",
        f"Q{n} ({year})",
    ):
        assert read(text) == (start, end, None), text
        assert read(f"vanaf {text}") == (start, None, None), text
        assert read(f"t/m {text}") == (None, end, None), text


@given(st.integers(1990, 2090), st.sampled_from([1, 2]))
def test_every_notation_of_a_half_year_reads_back(year: int, n: int) -> None:
    expected = (date(year, 6 * n - 5, 1), date(year, 6 * n, 30 if n == 1 else 31), None)
    word = ["eerste", "tweede"][n - 1]
    for text in (
        f"H{n} {year}",
        f"{n}H {year}",
        f"{n}e halfjaar {year}",
        f"{n}e half jaar {year}",
        f"{word} helft {year}",
        f"de {word} helft van {year}",
        f"{year}: {word} halfjaar",
        f"halfjaar {n} {year}",
        f"{['first', 'second'][n - 1]} half of {year}",
    ):
        assert read(text) == expected, text


@given(days)
def test_every_notation_of_a_month_reads_back(value: date) -> None:
    start = value.replace(day=1)
    end = (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    m, y = value.month, value.year
    for text in (
        f"{MONTHS[m - 1]} {y}",
        f"{SHORT_MONTHS[m - 1]} {y}",
        f"{SHORT_MONTHS[m - 1]}. {y}",
        f"{ENGLISH_MONTHS[m - 1]} {y}",
        f"{y} {MONTHS[m - 1]}",
        f"{m:02}-{y}",
        f"{y}-{m:02}",
        f"in de maand {MONTHS[m - 1]} van {y}",
    ):
        assert read(text) == (start, end, None), text


@given(days)
def test_every_notation_of_a_week_reads_back(value: date) -> None:
    year, week, weekday = value.isocalendar()
    monday = value - timedelta(days=weekday - 1)
    for text in (
        f"week {week} {year}",
        f"wk {week} {year}",
        f"wk. {week} {year}",
        f"wk{week} {year}",
        f"week {week} van {year}",
        f"week {week}-{year}",
        f"W{week} {year}",
        f"{year}-W{week:02}",
        f"{year} week {week}",
    ):
        assert read(text) == (monday, monday + timedelta(days=6), None), text


@given(days)
def test_relative_units_join_without_a_gap(today: date) -> None:
    for unit in ("week", "maand", "kwartaal", "halfjaar", "jaar"):
        dit = "dit" if unit in ("kwartaal", "halfjaar", "jaar") else "deze"
        before, this, after = (read(f"{word} {unit}", today) for word in ("vorige", dit, "volgende"))
        joints = [before[1], this[0], this[1], after[0]]
        end, start, last, first = (value or date.min for value in joints)
        assert end + timedelta(days=1) == start
        assert last + timedelta(days=1) == first
        assert start <= today <= last


@given(days, st.integers(1, 60))
def test_rolling_days_include_today(today: date, n: int) -> None:
    assert read(f"de komende {n} dagen", today) == (today, today + timedelta(days=n - 1), None)
    assert read(f"de afgelopen {n} dagen", today) == (today - timedelta(days=n - 1), today, None)


@given(st.sampled_from([*MONTHS, "kwartaal 1", "halfjaar 1"]).filter(lambda w: len(w) > 5), st.data())
def test_one_wrong_letter_in_a_long_word_is_seen_through(word: str, data: st.DataObject) -> None:
    letters = word.split()[0]
    at = data.draw(st.integers(1, len(letters) - 2))
    swapped = letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :]
    for wrong in (letters[:at] + letters[at + 1 :], letters[:at] + "x" + letters[at:], swapped):
        text = word.replace(letters, wrong)
        assert read(f"{text} 2026") == read(f"{word} 2026"), text
