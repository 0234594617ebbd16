"""A date that no calendar has is named, not silently left out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from app import cli
from uvp.periods import impossible_dates

TODAY = "2026-11-24"

IMPOSSIBLE = [
    ("wat moet af voor 31 februari 2026", "31 februari 2026"),
    ("wat is te laat op 30 feb", "30 feb"),
    ("what is due by 31 april", "31 april"),
    ("29 februari 2026", "29 februari 2026"),
    ("0 maart", "0 maart"),
    ("verwacht 32-13-2026", "32-13-2026"),
    ("verwacht 31/06/2026", "31/06/2026"),
    ("uiterlijk 29.2.2027", "29.2.2027"),
    ("voor 2026-02-30", "2026-02-30"),
    ("deadlines in Q5 2026", "Q5"),
    ("kwartaal 0", "kwartaal 0"),
    ("week 54", "week 54"),
    ("week 53 van 2027", "week 53 van 2027"),
]
POSSIBLE = [
    "29 februari",
    "29 februari 2028",
    "31 december 2026",
    "1-7-2026",
    "2026-02-28",
    "Q4 2026",
    "week 53",
    "week 53 van 2026",
    "mei 2026",
    "maart 31",
    "DIG-03",
    "32 acties",
    "40 mensen",
    "nummer 31-06-2026-99",
    "telefoon 0487-32-13-20261",
    "http://voorbeeld.nl/2026-02-301",
    "",
    "31",
]


@pytest.mark.parametrize(("text", "named"), IMPOSSIBLE)
def test_what_no_calendar_has_is_found(text: str, named: str) -> None:
    assert impossible_dates(text) == (named,)


@pytest.mark.parametrize("text", POSSIBLE)
def test_what_a_calendar_has_or_is_no_date_is_not(text: str) -> None:
    assert impossible_dates(text) == ()


def test_every_day_of_the_calendar_is_possible_however_it_is_written() -> None:
    for ordinal in range(date(2024, 1, 1).toordinal(), date(2028, 12, 31).toordinal()):
        day = date.fromordinal(ordinal)
        year, week, _ = day.isocalendar()
        written = f"{day.day}-{day.month}-{day.year} {day.isoformat()} {day:%d/%m/%Y} week {week} van {year}"
        assert impossible_dates(written) == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("wat moet af voor 31 februari 2026", "Deze datum of periode bestaat niet: “31 februari 2026”."),
        ("what is due before 31 april 2026", "There is no such date or period: “31 april 2026”."),
        ("wat moet af in week 54 van 2026", "Deze datum of periode bestaat niet: “week 54 van 2026”."),
        ("DIG-03 loopt, verwacht 31 februari 2027", "Deze datum of periode bestaat niet: “31 februari 2027”."),
    ],
)
@pytest.mark.parametrize("command", ["ask", "chat"])
def test_the_answer_says_that_it_does_not_exist(tmp_path: Path, command: str, text: str, said: str) -> None:
    words = [command, "--today", TODAY, "--db", f"sqlite:///{tmp_path}/uvp.db"]
    told = CliRunner().invoke(cli, words, input=f"{text}\n").output
    assert said in told
    assert "niet over het uitvoeringsplan" not in told
