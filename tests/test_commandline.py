"""``ask``, ``period`` and ``update`` as scripts rely on them: lines in, lines out, exit statuses, reasons in a line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from app import cli

MISSION = "what is due this quarter for digitale veiligheid"
KEYS = ["language", "intent", "show", "select", "filters", "groups", "people", "count", "choices", "update", "text"]
FILTERS = [
    "themes",
    "sections",
    "period",
    "statuses",
    "municipalities",
    "people",
    "partners",
    "recurrences",
    "codes",
    "text",
]
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs the program over a database of its own; ``said`` is standard input."""
    runner = CliRunner()

    def run(*words: str, said: str | bytes | None = None) -> Result:
        return runner.invoke(cli, [*words, "--db", f"sqlite:///{tmp_path}/uvp.db"], input=said)

    return run


def records(result: Result) -> list[dict[str, Any]]:
    """The JSON lines of a command that succeeded."""
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_the_question_of_the_mission_has_the_record_that_scripts_expect(run: Run) -> None:
    [record] = records(run("ask", "--json", "--today", "2026-11-24", MISSION))
    assert list(record) == KEYS
    assert list(record["filters"]) == FILTERS
    assert (record["language"], record["intent"], record["select"]) == ("en", "ask", "due")
    assert record["filters"]["period"] == {"start": "2026-10-01", "end": "2026-12-31"}
    assert [group for group in record["groups"] if group["codes"]] == [
        {"kind": "due", "codes": ["DIG-02", "DIG-03", "DIG-04", "DIG-06", "DIG-07"]},
        {"kind": "overdue", "codes": ["DIG-05"]},
        {"kind": "ongoing", "codes": ["DIG-01"]},
    ]
    assert "DIG-05" in record["text"]


def test_every_line_in_is_one_line_out_and_a_list_of_turns_is_a_conversation(run: Run) -> None:
    said = 'wat is te laat\n["wat is te laat bij zorg", "en voor verkeer?", "hoeveel is dat?"]\n\n[1]\n["half\n'
    alone, followed, *rest = records(run("ask", "--json", "--today", "2026-11-24", said=said))
    assert len(alone["groups"][0]["codes"]) == 18
    assert (followed["show"], followed["count"], followed["filters"]["themes"]) == ("count", 1, ["VERK"])
    assert [record["intent"] for record in rest] == ["unknown"] * 3


def test_bytes_that_are_no_text_are_answered_like_any_other_line(run: Run) -> None:
    records_ = records(run("ask", "--json", said=b"\xff\xfe\x00\nwat is te laat\n"))
    assert [record["intent"] for record in records_] == ["unknown", "ask"]


def test_arguments_that_are_no_text_are_read_and_printed_like_any_other(run: Run) -> None:
    """The shell hands over bytes that are no UTF-8 as lone surrogates."""
    assert [r["text"] for r in records(run("period", "\udcff"))] == ["?"]
    assert run("update", "DIG-03", "loopt", "--by", "J\udcff", "--note", "\udcff").stdout == "DIG-03 loopt\n"


def test_asking_about_a_report_records_nothing(run: Run) -> None:
    [record] = records(run("ask", "--json", "Hackshield is afgerond in Druten"))
    assert record["update"] == {
        "codes": ["DIG-03"],
        "status": "afgerond",
        "municipalities": ["Druten"],
        "expected": None,
        "note": None,
    }
    assert "Nog geen updates" in run("ask", "geschiedenis van DIG-03").stdout


def test_a_timing_is_one_line_with_four_keys(run: Run) -> None:
    said = "Q4 2025-Q1 2026\nlater\n2x per jaar\n"
    assert records(run("period", said=said)) == [
        {"text": "Q4 2025-Q1 2026", "start": "2025-10-01", "end": "2026-03-31", "recurrence": None},
        {"text": "later", "start": None, "end": None, "recurrence": None},
        {"text": "2x per jaar", "start": None, "end": None, "recurrence": "halfjaarlijks"},
    ]


def test_what_depends_on_today_is_read_only_when_it_is_given(run: Run) -> None:
    assert [r["end"] for r in records(run("period", "dit kwartaal"))] == [None]
    assert [r["end"] for r in records(run("period", "dit kwartaal", "--today", "2026-11-24"))] == ["2026-12-31"]


def test_an_update_is_recorded_with_all_that_was_said(run: Run) -> None:
    given = [
        "--municipality",
        "druten",
        "--note",
        "wacht",
        "--expected",
        "2027-01-31",
        "--by",
        " Jan ",
        "--at",
        "2026-11-02",
    ]
    assert run("update", "dig-3", "vertraagd", *given).stdout == "DIG-03 Druten vertraagd\n"
    told = run("ask", "geschiedenis van DIG-03").stdout
    for part in ("2 november 2026", "Jan", "Druten", "vertraagd", "“wacht”", "31 januari 2027"):
        assert part in told


@pytest.mark.parametrize(
    ("words", "status", "reason"),
    [
        (["update", "DIG-99", "afgerond", "--by", "Jan"], 1, "no action has the code 'DIG-99'"),
        (["update", "DIG-03", "klaarr", "--by", "Jan"], 1, "'klaarr' is not a status"),
        (["update", "DIG-03", "loopt", "--by", "Jan", "-m", "Atlantis"], 1, "no municipality is called 'Atlantis'"),
        (["update", "DIG-03", "loopt", "--by", "Jan", "-m", "Berg en Dal"], 1, "does not take part in DIG-03"),
        (["update", "DIG-03", "loopt", "--by", "Jan", "--note", "x" * 5000], 1, "the note has 5000 characters"),
        (["update", "DIG-03", "loopt"], 2, "--by"),
        (["update", "DIG-03", "loopt", "--by", "  "], 2, "a name is needed here"),
        (["update", "DIG-03", "loopt", "--by", "Jan", "--at", "2026-02-30"], 2, "is not a date"),
        (["update", "DIG-03", "loopt", "--by", "Jan", "--expected", "morgen"], 2, "is not a date"),
        (["ask", "x", "--today", "2026-13-01"], 2, "is not a date"),
        (["owner", "DIG-03", ""], 2, "a name is needed here"),
        (["owner", "DIG-99", "Jan"], 1, "no action has the code 'DIG-99'"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line_and_nothing_is_recorded(
    run: Run, words: list[str], status: int, reason: str
) -> None:
    result = run(*words)
    assert result.exit_code == status
    assert reason in result.stderr.splitlines()[-1]
    assert status == 2 or result.stderr.count("\n") == 1
    assert result.stdout == ""
    assert "geen update" in run("ask", "geschiedenis van DIG-03").stdout


def commands(group: click.Group, *names: str) -> list[tuple[str, ...]]:
    """The names of every command, with those of the groups above it."""
    found: list[tuple[str, ...]] = []
    for name, command in group.commands.items():
        found += commands(command, *names, name) if isinstance(command, click.Group) else [(*names, name)]
    return found


@pytest.mark.parametrize("names", commands(cli), ids=" ".join)
def test_every_command_takes_a_database_and_explains_itself(names: tuple[str, ...]) -> None:
    told = CliRunner().invoke(cli, [*names, "--help"])
    assert told.exit_code == 0
    assert "--db URL" in told.stdout
