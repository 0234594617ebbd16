"""Lists filled in with Excel: what rows mean, mistakes by row, all or nothing, and never twice."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

import app as program
from tests.conftest import sample_plan
from uvp.errors import ListInvalid
from uvp.importing.rows import Reading, Row, read_rows
from uvp.importing.workbook import read_list, write_list
from uvp.language import load
from uvp.recording import check
from uvp.reporting.words import DialogWords
from uvp.snapshot import Snapshot

PLAN, WORDS = sample_plan(), DialogWords(load("answers"), load("dialogs"))
AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
HEAD = ("Code", "Titel", "Status", "Gemeente", "Notitie", "Verwacht")


def reading(*rows: Row, head: Row = HEAD) -> Reading:
    return read_rows([head, *rows], PLAN, WORDS, "Anna", AT, "lijst.xlsx")


def told(read: Reading) -> list[str]:
    """What a list reports, a line each."""
    parts = ((c.code, c.municipality, c.status, c.note, c.expected) for c in read.changes)
    return [" | ".join(str(part) for part in some if part) for some in parts]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("DIG-02", "x", "loopt"), ["DIG-02 | loopt"]),
        (("dig 2", "", "Afgerond", "druten"), ["DIG-02 | Druten | afgerond"]),
        (("OND-02", None, "klaar", "Druten; Malden"), ["OND-02 | Druten | afgerond", "OND-02 | Heumen | afgerond"]),
        (("OND-02 Team", None, "done", "alle gemeenten"), ["OND-02 | afgerond"]),
        (("OND-02", None, "vervallen", None, "geen geld"), ["OND-02 | vervallen | geen geld"]),
        (("OND-02", None, "vertraagd", None, "ziek", "eind maart 2027"), ["OND-02 | vertraagd | ziek | 2027-03-31"]),
        (("OND-02", None, "delayed", None, 3.0, datetime(2027, 2, 1, 0, 0)), ["OND-02 | vertraagd | 3 | 2027-02-01"]),  # noqa: DTZ001 (as Excel has it)
        (("OND-02", None, "vertraagd", None, "ziek", date(2027, 2, 1)), ["OND-02 | vertraagd | ziek | 2027-02-01"]),
        (("OND-02", "Team", "", "Druten", "nog niets"), []),
        ((), []),
        ((None, None, None), []),
    ],
)
def test_a_row_reports_what_is_filled_in(row: Row, expected: list[str]) -> None:
    assert told(reading(row)) == expected


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (("XXX-01", None, "loopt"), "no action has the code 'XXX-01'"),
        ((None, None, "loopt"), "no action has the code ''"),
        (("OND-02", None, "bijna"), "'bijna' is not a status"),
        (("OND-02", None, "loopt", "Nijmegen"), "no municipality is called 'Nijmegen'"),
        (("DIG-02", None, "loopt", "Berg en Dal"), "Berg en Dal does not take part in DIG-02"),
        (("OND-02", None, "vertraagd"), "a reason goes with vertraagd"),
        (("OND-02", None, "loopt", None, "x" * 2001), "the note has 2001 characters"),
        (("OND-02", None, "vertraagd", None, "ziek", "ooit"), "'ooit' is not a date"),
        (("OND-02", None, "vertraagd", None, "ziek", "31-02-2027"), "'31-02-2027' is not a date"),
        (("OND-02", None, "vertraagd", None, "ziek", date(2026, 11, 23)), "2026-11-23 is in the past"),
        (("OND-02", None, "vertraagd", None, "ziek", "eind 2050"), "2050-12-31 is too far away"),
        (("OND-02", None, "loopt", None, None, date(2027, 1, 1)), "an expected date goes with vertraagd only"),
    ],
)
def test_a_mistake_is_told_with_the_number_of_its_row(row: Row, problem: str) -> None:
    read = reading(("OND-01", None, "loopt"), row)
    assert read.changes == ()
    (told_problem,) = read.problems
    assert told_problem.startswith("row 3: ")
    assert problem in told_problem


def test_all_mistakes_are_told_at_once() -> None:
    read = reading(("OND-02", None, "bijna"), ("OND-01", None, "loopt"), ("X", None, "loopt"))
    assert [problem.partition(":")[0] for problem in read.problems] == ["row 2", "row 4"]


def test_an_action_that_stands_in_two_rows_is_a_mistake_unless_they_are_for_different_places() -> None:
    assert reading(("OND-02", None, "loopt", "Druten"), ("OND-02", None, "klaar", "Heumen")).problems == ()
    assert reading(("OND-02", None, "loopt", "Druten"), ("OND-02", None, "klaar", "Druten")).problems == (
        "row 3: OND-02 stands here twice",
    )


def test_headings_are_found_in_both_languages_in_any_order_below_a_title() -> None:
    rows = [("Stand van zaken",), (), ("note", "STATUS", "Action"), ("goed", "running", "OND-02")]
    assert told(read_rows(rows, PLAN, WORDS, "Anna", AT, "x")) == ["OND-02 | loopt | goed"]


def test_a_list_without_the_headings_is_refused() -> None:
    assert "headings for code and status" in reading(("OND-02", "loopt"), head=("a", "b")).problems[0]


def test_the_same_row_has_the_same_key_again_and_another_row_another() -> None:
    one, again = reading(("OND-02", None, "loopt")).changes, reading(("OND-02", None, "loopt")).changes
    other = reading(("OND-02", None, "klaar")).changes
    assert one[0].key == again[0].key != other[0].key


CELLS = st.none() | st.text(max_size=30) | st.integers() | st.floats() | st.dates() | st.datetimes() | st.booleans()


@given(st.lists(st.lists(CELLS | st.sampled_from(["OND-02", "loopt", "Druten", "vertraagd"]), max_size=8), max_size=5))
def test_whatever_stands_in_the_cells_is_recorded_or_told(rows: list[list[object]]) -> None:
    read = reading(*rows)
    assert not (read.changes and read.problems)
    for change in read.changes:
        check(PLAN, change)


def write(path: Path, *rows: Row) -> Path:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return path


def run(tmp_path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(program.cli, ["update", *arguments, "--db", f"sqlite:///{tmp_path}/uvp.db"])


def test_a_list_to_fill_in_comes_back_as_reports(tmp_path: Path) -> None:
    """Written, filled in by somebody, and read again."""
    path = tmp_path / "lijst.xlsx"
    write_list(path, Snapshot(PLAN), WORDS.columns("nl"), WORDS.say("nl"))
    book = load_workbook(path)
    sheet = book.active
    assert sheet is not None
    assert [cell.value for cell in sheet["A"]] == ["Code", *(a.code for a in PLAN.in_code_order)]
    sheet["D3"] = "klaar"
    book.save(path)
    assert told(read_rows(read_list(path), PLAN, WORDS, "Anna", AT, "x")) == ["DIG-02 | afgerond"]


def test_a_dry_run_records_nothing_and_a_second_import_nothing_twice(tmp_path: Path) -> None:
    path = write(tmp_path / "l.xlsx", HEAD, ("DIG-03", None, "loopt"), ("OND-02", None, "klaar", "Druten"))
    expected = "DIG-03 loopt\nOND-02 Druten afgerond\n"
    ask = ["ask", "geschiedenis van DIG-03", "--db", f"sqlite:///{tmp_path}/uvp.db"]
    assert run(tmp_path, "--from", str(path), "--by", "Anna", "--dry-run").output == expected
    assert "Nog geen updates" in CliRunner().invoke(program.cli, ask).output
    for _ in range(2):
        assert run(tmp_path, "--from", str(path), "--by", "Anna").output == expected
    assert CliRunner().invoke(program.cli, ask).output.count("Anna") == 1


def test_one_wrong_row_keeps_all_of_them_out(tmp_path: Path) -> None:
    path = write(tmp_path / "l.xlsx", HEAD, ("DIG-03", None, "loopt"), ("OND-02", None, "bijna"))
    result = run(tmp_path, "--from", str(path), "--by", "Anna")
    assert result.exit_code == 1
    assert "nothing was recorded" in result.output
    assert "row 3: 'bijna' is not a status" in result.output
    ask = ["ask", "geschiedenis van DIG-03", "--db", f"sqlite:///{tmp_path}/uvp.db"]
    assert "Nog geen updates" in CliRunner().invoke(program.cli, ask).output


@pytest.mark.parametrize("arguments", [(), ("DIG-03",), ("DIG-03", "loopt"), ("--from", "x.xlsx"), ("--by", "Anna")])
def test_what_is_missing_on_the_command_line_is_a_usage_error(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert run(tmp_path, *arguments).exit_code == 2


def rewritten(path: Path, source: Path, sheet: bytes) -> Path:
    """The workbook of ``source`` with other XML in its sheet."""
    with ZipFile(source) as packed, ZipFile(path, "w") as other:
        for name in packed.namelist():
            other.writestr(name, sheet if name.endswith("sheet1.xml") else packed.read(name))
    return path


def test_what_is_no_list_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "text.xlsx").write_text("Code;Status")
    (tmp_path / "folder.xlsx").mkdir()
    with ZipFile(tmp_path / "zip.xlsx", "w") as packed:
        packed.writestr("a.txt", "x")
    with ZipFile(tmp_path / "bomb.xlsx", "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (60 * 2**20))
    whole = write(tmp_path / "whole.xlsx", HEAD, ("OND-02", None, "loopt"))
    rewritten(tmp_path / "xml.xlsx", whole, b"<worksheet><sheetData><row")
    rewritten(tmp_path / "cell.xlsx", whole, whole.read_bytes()[:900])
    (tmp_path / "half.xlsx").write_bytes(whole.read_bytes()[:3000])
    names = ("text", "folder", "zip", "bomb", "absent", "xml", "cell", "half")
    for name in names:
        with pytest.raises(ListInvalid):
            read_list(tmp_path / f"{name}.xlsx")


@given(st.floats(0, 1), st.binary(min_size=1, max_size=40))
def test_a_damaged_file_is_read_or_refused(at: float, damage: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = write(Path(folder) / "l.xlsx", HEAD, ("OND-02", None, "loopt"))
        content = bytearray(path.read_bytes())
        start = int(at * len(content))
        content[start : start + len(damage)] = damage
        path.write_bytes(content)
        # Any other exception than ListInvalid fails the test.
        with suppress(ListInvalid):
            read_list(path)


def test_a_file_with_a_password_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "locked.xlsx").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    with pytest.raises(ListInvalid) as refused:
        read_list(tmp_path / "locked.xlsx")
    assert "without a password" in refused.value.problems[0]


def test_a_sheet_that_is_protected_against_changes_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "l.xlsx", HEAD, ("OND-02", None, "loopt"))
    book = load_workbook(path)
    book.worksheets[0].protection.sheet = True
    book.save(path)
    assert told(read_rows(read_list(path), PLAN, WORDS, "Anna", AT, "x")) == ["OND-02 | loopt"]


def test_empty_rows_count_for_the_numbers_of_rows_but_not_for_the_length_of_a_list(tmp_path: Path) -> None:
    path = write(tmp_path / "l.xlsx", (), HEAD, *[()] * 3000, ("OND-02", None, "bijna"))
    book = load_workbook(path)
    book.worksheets[0].cell(9000, 1).number_format = "0.0"
    book.save(path)
    rows = read_list(path)
    assert len(rows) == 3003
    assert read_rows(rows, PLAN, WORDS, "Anna", AT, "x").problems == ("row 3003: 'bijna' is not a status",)


@pytest.mark.parametrize(("count", "refused"), [(4999, False), (5000, True)])
def test_a_list_has_at_most_five_thousand_rows_that_are_filled_in(tmp_path: Path, count: int, refused: bool) -> None:
    path = write(tmp_path / "l.xlsx", HEAD, *[("OND-02", None, "loopt")] * count)
    if not refused:
        assert len(read_list(path)) == count + 1
        return
    with pytest.raises(ListInvalid):
        read_list(path)
