"""Reporting in the terminal: the same steps, typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import app as program


def talk(tmp_path: Path, *said: str) -> str:
    database = ["--db", f"sqlite:///{tmp_path}/uvp.db", "--today", "2026-11-24"]
    result = CliRunner().invoke(program.cli, ["chat", *database], input="\n".join([*said, ""]))
    assert result.exit_code == 0, result.output
    return result.output


def test_a_report_is_made_in_a_sentence_and_confirmed(tmp_path: Path) -> None:
    said = talk(tmp_path, "Hackshield is afgerond in Druten", "ja", "geschiedenis van DIG-03")
    assert "Klopt dit?" in said
    assert "Vastgelegd voor DIG-03" in said
    assert "Druten onbekend → afgerond" in said


@pytest.mark.parametrize(
    ("texts", "heard"),
    [
        (("update DIG-03", "Druten", "vertraagd", "ziek", "eind maart 2027", "ja"), "Nu verwacht: 31 maart 2027"),
        (("alle verkeersacties lopen volgens planning", "ja"), "Vastgelegd voor"),
        (("update DIG-03", "annuleer", "wat is te laat"), "Gestopt; er is niets vastgelegd"),
        (("update DIG-03", "wat is te laat?"), "We waren nog bezig met je melding"),
        (("update DIG-03", "banaan"), "Dat kan ik niet lezen als gemeente"),
        (("update DIG-03", "Hackshield is afgerond in Druten"), "Klopt dit?"),
        (("report a status", "DIG-03", "everywhere", "done", "yes"), "Recorded for DIG-03"),
    ],
)
def test_the_steps_are_those_of_the_bot(tmp_path: Path, texts: tuple[str, ...], heard: str) -> None:
    assert heard in talk(tmp_path, *texts)


def test_what_is_not_confirmed_is_not_recorded(tmp_path: Path) -> None:
    talk(tmp_path, "Hackshield is afgerond in Druten")
    assert "Nog geen updates" in talk(tmp_path, "geschiedenis van DIG-03")
