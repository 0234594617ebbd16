"""The setting of the weekly digest as a card that can be changed, and the proposal to begin with one."""

from __future__ import annotations

from typing import Any

from bot.cards.elements import Element, button, card, fixed, heading, paragraph, run
from bot.cards.escape import escape_markdown, plain
from uvp.answers.phrases import Phrases
from uvp.digest.subscription import MOST_WEEKS_AHEAD, Subscription
from uvp.plan import Plan
from uvp.question import Language

_LIST = ","


def subscription_card(setting: Subscription, said: str, plan: Plan, say: Phrases) -> Element:
    """How it stands (``said``), and every choice as a field; saving sends them with ``{"do": "digest"}``."""
    switch = "off" if setting.runs else "on"
    body = [
        heading(say("settings.title")),
        paragraph(run(plain(said, 400))),
        _choice(say, "weekday", str(setting.weekday), [(str(n), say(f"settings.weekdays.{n}")) for n in range(1, 8)]),
        {**_field(say, "at"), "type": "Input.Time", "value": f"{setting.at:%H:%M}"},
        {**_field(say, "zone"), "type": "Input.Text", "value": setting.zone, "maxLength": 60},
        {
            **_field(say, "weeks"),
            "type": "Input.Number",
            "min": 1,
            "max": MOST_WEEKS_AHEAD,
            "value": setting.weeks_ahead,
        },
        _choice(say, "themes", _LIST.join(setting.themes), [(t.code, plain(t.label)) for t in plan.themes], many=True),
        _choice(
            say,
            "municipalities",
            _LIST.join(setting.municipalities),
            [(m, plain(m)) for m in plan.municipality_names],
            many=True,
        ),
        _choice(say, "language", setting.language, [(n, say(f"settings.languages.{n}")) for n in ("nl", "en")]),
        {
            "type": "Input.Toggle",
            "id": "mentions",
            "title": say("settings.fields.mentions"),
            "value": "true" if setting.mentions else "false",
        },
    ]
    actions = [
        button(say("settings.buttons.save"), {"do": "digest", "how": "save"}),
        button(say(f"settings.buttons.{switch}"), {"do": "digest", "how": switch}),
        button(say("settings.buttons.preview"), {"do": "digest", "how": "preview"}),
    ]
    return card(body, setting.language, escape_markdown(said, 400), actions)


def proposal_card(channel: str, name: str, language: Language, say: Phrases) -> Element:
    """Asks a coordinator whether the digest may go to a channel."""
    text = say("settings.proposed", channel=plain(name, 80))
    data = {"do": "digest", "how": "confirm", "channel": channel}
    return card(
        [fixed(escape_markdown(text, 400))],
        language,
        escape_markdown(text, 400),
        [button(say("settings.buttons.confirm"), data)],
    )


def _field(say: Phrases, name: str) -> dict[str, Any]:
    return {"id": name, "label": say(f"settings.fields.{name}")}


def _choice(say: Phrases, name: str, value: str, choices: list[tuple[str, str]], *, many: bool = False) -> Element:
    listed = [{"title": title, "value": key} for key, title in choices]
    return {**_field(say, name), "type": "Input.ChoiceSet", "choices": listed, "value": value, "isMultiSelect": many}
