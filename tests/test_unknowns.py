"""What was not understood is counted without names, and its text only where that is switched on."""

from __future__ import annotations

from datetime import date

import pytest

from tests.activities import message
from tests.rig import running_world
from uvp.storage.store import Store
from uvp.storage.unknowns import TEXT_LIMIT, Unknown, UnknownStore

TUESDAY, NEXT_WEEK = date(2026, 11, 24), date(2026, 12, 1)


async def test_without_the_administrators_word_only_numbers_are_kept(store: Store) -> None:
    unknowns = UnknownStore(store.database)
    for text, language in [("wat is het weer", "nl"), ("vertel een mop", "nl"), ("tell a joke", "en")]:
        await unknowns.note(text, language, TUESDAY)
    assert await unknowns.all() == (Unknown("2026-W48", "nl", "", 2), Unknown("2026-W48", "en", "", 1))


async def test_with_it_the_most_frequent_text_of_the_newest_week_comes_first(store: Store) -> None:
    unknowns = UnknownStore(store.database, keep_text=True)
    for text, day in [("weer", TUESDAY), ("mop", TUESDAY), ("  mop\n", TUESDAY), ("weer", NEXT_WEEK)]:
        await unknowns.note(text, "nl", day)
    assert [(u.week, u.text, u.times) for u in await unknowns.all()] == [
        ("2026-W49", "weer", 1),
        ("2026-W48", "mop", 2),
        ("2026-W48", "weer", 1),
    ]


@pytest.mark.parametrize("text", ["x" * 10_000, "a\x00b", "\ud800"])
async def test_any_text_can_be_kept_and_only_so_much_of_it(store: Store, text: str) -> None:
    unknowns = UnknownStore(store.database, keep_text=True)
    await unknowns.note(text, "nl", TUESDAY)
    (kept,) = await unknowns.all()
    assert len(kept.text) <= TEXT_LIMIT


async def test_the_bot_counts_what_it_did_not_understand_and_nothing_else(store: Store) -> None:
    async with running_world(store) as bot:
        await bot.say(message("wat is te laat", bot.connector.url))
        await bot.say(message("vertel een mop", bot.connector.url))
        assert [u.times for u in await UnknownStore(store.database).all()] == [1]
