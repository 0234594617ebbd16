"""The command line keeps members, owners, officials and communication."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import app as program


def run(tmp_path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(program.cli, [*arguments, "--db", f"sqlite:///{tmp_path}/uvp.db"])


def test_members_are_added_changed_listed_and_removed(tmp_path: Path) -> None:
    run(tmp_path, "members", "add", "id-1", "Dora", "-o", "druten")
    run(tmp_path, "members", "add", "id-2", "Sanne", "-o", "Regio", "--coordinator")
    assert run(tmp_path, "members", "list").output == "id-1\tDora\tDruten\nid-2\tSanne\tregio (coordinator)\n"
    run(tmp_path, "members", "add", "id-1", "Dora", "-o", "politie")
    assert run(tmp_path, "members", "remove", "id-2").exit_code == 0
    assert run(tmp_path, "members", "list").output == "id-1\tDora\tpolitie\n"
    assert run(tmp_path, "members", "remove", "id-2").exit_code == 2


def test_an_organisation_that_is_not_in_the_plan_is_refused_with_those_that_are(tmp_path: Path) -> None:
    result = run(tmp_path, "members", "add", "id-1", "Dora", "-o", "Nijmegen")
    assert result.exit_code == 1
    assert "Druten" in result.output
    assert "openbaar ministerie" in result.output


@pytest.mark.parametrize(
    ("command", "what", "value"),
    [
        ("owner", "dig-3", ("Piet", "Anna")),
        ("officials", "verk", ("Anna", "Bram")),
        ("communication", "DIG-03", ("persbericht in januari",)),
    ],
)
def test_what_is_set_is_shown_and_taken_away(tmp_path: Path, command: str, what: str, value: tuple[str, ...]) -> None:
    expected = "\n".join(value) + "\n"
    assert run(tmp_path, command, what, *value).output == expected
    assert run(tmp_path, command, what).output == expected
    assert run(tmp_path, command, what, "--none").output == "\n"


@pytest.mark.parametrize("command", ["owner", "officials", "communication"])
def test_what_is_not_in_the_plan_is_refused(tmp_path: Path, command: str) -> None:
    assert run(tmp_path, command, "XXX-01").exit_code == 1
    assert run(tmp_path, command, "XXX-01", "x").exit_code == 1


@pytest.mark.parametrize(("command", "what"), [("owner", "dig-3"), ("officials", "verk")])
def test_people_are_set_with_their_ids_given_or_known_from_the_list(tmp_path: Path, command: str, what: str) -> None:
    given = run(tmp_path, command, what, "Piet", "Anna", "--id", "id-p", "--id", "id-a")
    assert given.output == run(tmp_path, command, what).output == "Piet\tid-p\nAnna\tid-a\n"
    run(tmp_path, "members", "add", "id-1", "Dora", "-o", "Druten")
    for id_ in ("id-2", "id-3"):
        run(tmp_path, "members", "add", id_, "Jan", "-o", "regio")
    assert run(tmp_path, command, what, "dora", "Jan").output == "dora\tid-1\nJan\n"  # two have the name Jan


@pytest.mark.parametrize("ids", [("--id", "a"), ("--id", "a", "--id", "b", "--id", "c"), ("--id", " ", "--id", "b")])
def test_an_id_is_needed_for_each_name_or_for_none(tmp_path: Path, ids: tuple[str, ...]) -> None:
    assert run(tmp_path, "owner", "DIG-03", "Piet", "Anna", *ids).exit_code == 2
    assert run(tmp_path, "owner", "DIG-03").output == "\n"


def test_a_theme_is_carried_by_two(tmp_path: Path) -> None:
    assert run(tmp_path, "officials", "VERK", "Anna", "Bram", "Cor").exit_code == 2
