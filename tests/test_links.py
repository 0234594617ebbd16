"""Links in notes: found in what came with a message, and to be pressed on cards."""

from __future__ import annotations

from typing import Any

import pytest
from botbuilder.schema import Activity
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.escape import plain
from bot.cards.links import linked
from bot.incoming import read
from tests.activities import TENANT, message


def links_of(text: str, limit: int = 200) -> list[str]:
    return [run["selectAction"]["url"] for run in linked(text, limit) if "selectAction" in run]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("zie https://example.org/a?b=c&d=é.", ["https://example.org/a?b=c&d=é"]),
        ("(zie http://example.org) en HTTPS://EXAMPLE.ORG/x", ["http://example.org", "HTTPS://EXAMPLE.ORG/x"]),
        ("[besluit](https://example.org) <https://example.org> xhttps://example.org", []),
        ("https://example.org/{{DATE(2026)}}", ["https://example.org/"]),
        ("javascript:alert(1) ftp://example.org file:///etc", []),
        ("http:// en https://?", []),
        ("geen", []),
        ("", []),
    ],
)
def test_addresses_of_the_web_can_be_pressed(text: str, expected: list[str]) -> None:
    assert links_of(text) == expected


def test_an_address_that_was_cut_off_is_no_link() -> None:
    assert links_of("zie https://example.org/een/lang/pad", 20) == []


@given(st.text() | st.from_regex(r"(https?://[a-z{}\[\]()<>. ]{0,20}){1,3}"), st.integers(10, 60))
def test_what_is_shown_is_the_text_and_each_link_shows_where_it_leads(text: str, limit: int) -> None:
    runs = linked(text, limit)
    assert "".join(run["text"] for run in runs) == plain(text, limit)
    assert all(run["selectAction"]["url"] == run["text"] for run in runs if "selectAction" in run)


def came_with(*attachments: dict[str, Any], text: str = "zie besluit") -> tuple[str, ...]:
    return read(Activity().deserialize(message(text, attachments=list(attachments))), TENANT).links


FILE = {"contentType": "application/vnd.microsoft.teams.file.download.info", "contentUrl": "https://x.example/a b.docx"}


def html(content: Any) -> dict[str, Any]:
    return {"contentType": "text/html", "content": content}


@pytest.mark.parametrize(
    ("attachments", "expected"),
    [
        ([FILE], ("https://x.example/a%20b.docx",)),
        ([html('<p>zie <a href="https://x.example/b">besluit</a></p>')], ("https://x.example/b",)),
        (
            [html('<a href="https://x.example/1"></a><a href="https://x.example/1">'), FILE],
            ("https://x.example/1", "https://x.example/a%20b.docx"),
        ),
        ([html('<a href="javascript:x()"><a href><a href="https://x.example/' + "a" * 600 + '">')], ()),
        ([html(None), {"contentType": "image/png", "contentUrl": "https://x.example/picture"}, {}], ()),
        (
            [html("".join(f'<a href="https://x.example/{n}">' for n in range(9)))],
            tuple(f"https://x.example/{n}" for n in range(5)),
        ),
    ],
)
def test_files_and_addresses_behind_words_come_with_a_message(
    attachments: list[dict[str, Any]], expected: tuple[str, ...]
) -> None:
    assert came_with(*attachments) == expected


def test_an_address_that_is_written_out_is_not_told_twice() -> None:
    again = html('<a href="https://x.example/b">https://x.example/b</a>')
    assert came_with(again, text="zie https://x.example/b") == ()
