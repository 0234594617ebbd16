"""Reports as conversations: what is said or pressed, and what is answered (``tests/transcripts``)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.card_schema import problems
from tests.reporting_rig import Reporter, reporter_world
from uvp.storage.store import Store

FOLDER = Path(__file__).parent / "transcripts"
TRANSCRIPTS = [
    pytest.param(transcript, id=f"{file.stem}: {transcript['title']}")
    for file in sorted(FOLDER.glob("*.yaml"))
    for transcript in yaml.safe_load(file.read_text("utf-8"))
]


@pytest.mark.parametrize("transcript", TRANSCRIPTS)
async def test_a_conversation_goes_as_it_is_written_down(store: Store, transcript: dict[str, Any]) -> None:
    async with reporter_world(store) as bot:
        kept: dict[str, Any] = {}
        for turn in transcript["turns"]:
            said = await take(bot, turn, transcript, kept)
            for part in listed(turn, "hears"):
                assert part in said, f"after {turn}: {said}"
            for part in listed(turn, "hears_not"):
                assert part not in said, f"after {turn}: {said}"
            if "replaced" in turn:
                assert bot.replaced is turn["replaced"], turn
            for card in bot.cards.values():
                assert problems(card) == []
        assert await bot.recorded() == transcript["recorded"]


async def take(bot: Reporter, turn: dict[str, Any], transcript: dict[str, Any], kept: dict[str, Any]) -> str:
    """One turn of a transcript; ``keep`` gives the card that it shows a name, ``of`` presses one of these cards."""
    who, place = turn.get("who", transcript.get("who", 1)), transcript.get("place", "personal")
    match turn:
        case {"passes": hours}:
            bot.clock.move(hours=hours)
            return ""
        case {"say": text}:
            said = await bot.say(text, who, place, turn.get("files", ()))
        case {"press": button}:
            wanted = button if isinstance(button, dict) else {"pick": button}
            given = {name: turn[name] for name in ("fields", "submit") if name in turn}
            said = await bot.press(wanted, who, place, card=kept[turn["of"]] if "of" in turn else None, **given)
        case _:
            raise ValueError(turn)
    if "keep" in turn:
        kept[turn["keep"]] = bot.cards[who]
    return said


def listed(turn: dict[str, Any], name: str) -> list[str]:
    """What a turn must, or must not, be answered with."""
    value = turn.get(name, [])
    return value if isinstance(value, list) else [value]
