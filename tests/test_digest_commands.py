"""What people say about the digest, in both languages."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest

from uvp.digest.commands import Command, Commands, Wish
from uvp.digest.subscription import Subscription
from uvp.language import load
from uvp.planfile import shipped_plan

SAID: list[tuple[str, Wish, dict[str, Any]]] = [
    ("weekoverzicht", Wish.SHOW, {}),
    ("weekoverzicht instellingen", Wish.SHOW, {}),
    ("weekoverzicht aan", Wish.ON, {}),
    ("zet het weekoverzicht aan", Wish.ON, {}),
    ("Weekoverzicht uit", Wish.OFF, {}),
    ("weekoverzicht stoppen", Wish.OFF, {}),
    ("weekoverzicht voorbeeld", Wish.PREVIEW, {}),
    ("weekoverzicht op vrijdag 10:30", Wish.ON, {"weekday": 5, "at": time(10, 30)}),
    ("weekoverzicht aan op dinsdag om 8 uur", Wish.ON, {"weekday": 2, "at": time(8)}),
    ("weekoverzicht 25:00", Wish.SHOW, {}),
    ("weekoverzicht 4 weken vooruit", Wish.ON, {"weeks_ahead": 4}),
    ("weekoverzicht alleen digitale veiligheid in Druten", Wish.ON,
     {"themes": ("DIG",), "municipalities": ("Druten",)}),
    ("weekoverzicht voor verkeer en ondermijning in WMW", Wish.ON,
     {"themes": ("OND", "VERK"), "municipalities": ("West Maas en Waal",)}),
    ("weekoverzicht over alle thema's", Wish.ON, {"themes": (), "municipalities": ()}),
    ("weekoverzicht zonder vermeldingen", Wish.ON, {"mentions": False}),
    ("weekoverzicht vermeldingen uit", Wish.ON, {"mentions": False}),
    ("weekoverzicht in het Engels", Wish.ON, {"language": "en"}),
    ("weekoverzicht America/Curacao", Wish.ON, {"zone": "America/Curacao"}),
    ("digest on", Wish.ON, {}),
    ("weekly digest off", Wish.OFF, {}),
    ("digest preview", Wish.PREVIEW, {}),
    ("weekly digest on friday at 9:15 for traffic", Wish.ON, {"weekday": 5, "at": time(9, 15), "themes": ("VERK",)}),
    ("digest with mentions in dutch", Wish.ON, {"mentions": True, "language": "nl"}),
]  # fmt: skip


@pytest.fixture(scope="module")
def commands() -> Commands:
    return Commands({language: data["commands"] for language, data in load("digest").items()})


@pytest.mark.parametrize(("text", "wish", "changes"), SAID)
def test_what_is_said_is_understood(commands: Commands, text: str, wish: Wish, changes: dict[str, Any]) -> None:
    assert commands.read(text, shipped_plan()) == Command(wish, changes)


def test_a_command_changes_what_it_names_and_nothing_else() -> None:
    setting = Subscription("a", "t", weekday=3, themes=("DIG",), active=False)
    on = Command(Wish.ON, {"at": time(8)}).apply(setting)
    assert (on.weekday, on.at, on.themes, on.active) == (3, time(8), ("DIG",), True)
    assert not Command(Wish.OFF).apply(on).active
    assert Command(Wish.SHOW).apply(setting) == setting
