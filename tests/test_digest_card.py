"""A digest, a reminder, a setting and a notice as cards, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args

import pytest

from bot.cards.digest import digest_posts
from bot.cards.notice import notice_card, notice_lines
from bot.cards.reminder import reminder_card, retired_card
from bot.cards.size import LIMIT, size
from bot.cards.subscription import proposal_card, subscription_card
from tests.card_schema import nodes, problems
from uvp.answers.wording import Wording
from uvp.delivery.outbox import NO_ADDRESS, NO_ANSWER, PROCESS_ENDED, TOO_LATE, Item, Kind, State
from uvp.digest.content import as_of, digest
from uvp.digest.reminders import Item as Reminded
from uvp.digest.reminders import Why
from uvp.digest.subscription import Subscription
from uvp.digest.week import Week
from uvp.digest.wording import DigestWording
from uvp.language import load
from uvp.planfile import shipped_plan
from uvp.question import Language
from uvp.snapshot import Snapshot
from uvp.updates import NOTE_LIMIT, Person, Status, Update

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
LANGUAGES: tuple[Language, ...] = get_args(Language)
PLAN = shipped_plan()
NASTY = "<at>alle</at> [klik](https://example.org) {{DATE(2026-01-01)}} **vet** " + "é" * 40


@pytest.fixture(params=LANGUAGES)
def setting(request: pytest.FixtureRequest) -> Subscription:
    return Subscription("msteams|19:iv", "t", language=request.param)


@pytest.fixture(scope="module")
def wording() -> DigestWording:
    answers = Wording(load("answers"))
    return DigestWording(load("digest"), {language: answers.phrases(language) for language in LANGUAGES})


def snapshot(note: str = "", updates: int = 0, people: int = 0) -> Snapshot:
    """A snapshot with so many updates of last week, and so many officials of one theme."""
    made: dict[str, tuple[Update, ...]] = {}
    for n in range(updates):
        code = PLAN.actions[n % len(PLAN.actions)].code
        entry = Update(n + 1, code, Status.RUNNING, NASTY[:60], AT - timedelta(hours=n), None, note)
        made[code] = (*made.get(code, ()), entry)
    return Snapshot(
        PLAN, updates=made, persons={"ZORG": tuple(Person(f"P{n} {NASTY}", f"id-{n}") for n in range(people))}
    )


def posts(known: Snapshot, setting: Subscription, wording: DigestWording) -> list[dict[str, Any]]:
    """The cards of a digest."""
    made = digest(known, setting, Week.of(AT.date()), AT)
    messages = digest_posts(made, setting, as_of(known, AT), wording)
    return [message["attachments"][0]["content"] for message in messages]


def texts(cards: list[dict[str, Any]]) -> Iterator[str]:
    return (str(node["text"]) for card in cards for node in nodes(card) if "text" in node)


@pytest.mark.parametrize(("note", "updates", "people"), [("", 0, 0), (NASTY, 40, 3), ("n" * NOTE_LIMIT, 200, 60)])
def test_every_card_of_a_digest_is_as_the_schema_says_and_within_the_limit(
    setting: Subscription, wording: DigestWording, note: str, updates: int, people: int
) -> None:
    for card in posts(snapshot(note, updates, people), setting, wording):
        assert problems({k: v for k, v in card.items() if k != "msteams"}) == []
        assert size(card) <= LIMIT


def test_what_is_too_big_for_one_card_goes_on_in_the_next_and_nothing_is_lost(
    setting: Subscription, wording: DigestWording
) -> None:
    known = replace(snapshot("n" * NOTE_LIMIT, 40, 20), plan=replace(PLAN, actions=tuple(
        replace(a, title=f"{a.title} {'lang ' * 15}") for a in PLAN.actions
    )))  # fmt: skip
    cards = posts(known, setting, wording)
    assert len(cards) > 1
    titles = [card["body"][0]["text"] for card in cards]
    assert len(set(titles)) == len(cards)
    said = "\n".join(texts(cards))
    made = digest(known, setting, Week.of(AT.date()), AT)
    assert all(code in said for code in (*made.newly_overdue, *made.overdue[:4], *made.soon))
    assert sum("actions" in card for card in cards) == 1


def test_people_are_addressed_by_their_ids_and_only_where_that_is_wanted(
    setting: Subscription, wording: DigestWording
) -> None:
    [card, *_] = posts(snapshot(people=2), setting, wording)
    entities = card["msteams"]["entities"]
    assert [e["mentioned"]["id"] for e in entities] == ["id-0", "id-1"]
    said = "\n".join(texts([card]))
    assert all(e["text"] in said for e in entities)
    quiet = posts(snapshot(people=2), replace(setting, mentions=False), wording)
    assert all("msteams" not in card for card in quiet)


def test_a_digest_has_one_chart_with_something_instead_of_it(setting: Subscription, wording: DigestWording) -> None:
    charts = [n for card in posts(snapshot(), setting, wording) for n in nodes(card) if n["type"].startswith("Chart.")]
    assert len(charts) == 1
    assert charts[0]["fallback"]["type"] == "Container"


def test_nothing_that_people_wrote_is_active_on_a_card(setting: Subscription, wording: DigestWording) -> None:
    said = "\n".join(texts(posts(snapshot(NASTY, 5), setting, wording)))
    assert "<at>alle" not in said
    assert "{{DATE" not in said
    assert "](http" not in said


def test_a_reminder_offers_to_report_to_put_off_and_to_stop(setting: Subscription, wording: DigestWording) -> None:
    items = [Reminded(a.code, date(2026, 11, 1), Why.LATE) for a in PLAN.actions if a.deadline][:20]
    card = reminder_card(items, snapshot(), AT.date(), setting.language, wording)
    assert problems(card) == []
    assert size(card) <= LIMIT
    pressed = [n["data"] for n in nodes(card) if n["type"] == "Action.Execute"]
    assert {(d["do"], d.get("how")) for d in pressed} == {("update", None), ("remind", "stop"), ("remind", "snooze")}
    assert problems(reminder_card([], snapshot(), AT.date(), setting.language, wording)) == []
    assert problems(retired_card("1 mei", setting.language, wording, done=True)) == []


def test_the_setting_offers_every_choice_filled_in(setting: Subscription, wording: DigestWording) -> None:
    card = subscription_card(
        replace(setting, themes=("DIG", "OND"), weekday=3), "Staat aan.", PLAN, wording.phrases(setting.language)
    )
    assert problems(card) == []
    fields = {n["id"]: n.get("value") for n in nodes(card) if n["type"].startswith("Input.")}
    assert fields == {"weekday": "3", "at": "09:00", "zone": "Europe/Amsterdam", "weeks": 1,
                      "themes": "DIG,OND", "municipalities": "",
                      "language": setting.language, "mentions": "true"}  # fmt: skip
    assert problems(proposal_card("19:iv", NASTY, setting.language, wording.phrases(setting.language))) == []


@pytest.mark.parametrize("reason", [TOO_LATE, PROCESS_ENDED, f"404 {NO_ADDRESS} x", f"{NO_ANSWER} Error()"])
def test_a_notice_gives_reasons_of_our_own_in_the_language_of_who_reads(
    setting: Subscription, wording: DigestWording, reason: str
) -> None:
    told = Item(1, "a", "t", Kind.DIGEST, "2026-W48", 0, AT, State.UNKNOWN, AT, reason=reason)
    [_, line] = notice_lines([(told, "IV-overleg")], wording.phrases(setting.language))
    assert reason not in line
    assert "Error" not in line


def test_people_are_asked_about_their_actions_the_first_few_by_code(wording: DigestWording) -> None:
    codes = ["DIG-01", "DIG-02", "DIG-03", "DIG-04", "DIG-05"]
    assert wording.mentions([("Anna", codes), ("Bert", codes[:4])], "nl") == (
        "Graag een update van Anna (DIG-01, DIG-02, DIG-03 en 2 andere) en Bert (DIG-01, DIG-02, DIG-03 en DIG-04)."
    )


def test_a_notice_offers_to_decide_what_is_open_and_nothing_else(setting: Subscription, wording: DigestWording) -> None:
    def told(number: int, state: State, reason: str = "") -> tuple[Item, str]:
        return Item(number, "a", "t", Kind.DIGEST, "2026-W48", 0, AT, state, AT, reason=reason), "IV-overleg"

    items = [told(1, State.UNKNOWN, "504"), told(2, State.FAILED, "403 x"), told(3, State.SENT), told(4, State.SKIPPED)]
    items += [told(5, State.PLANNED, "429"), told(6, State.SENDING)]
    card = notice_card(items * 5, setting.language, wording.phrases(setting.language))
    assert size(card) <= LIMIT
    few = notice_card(items, setting.language, wording.phrases(setting.language))
    assert problems(few) == []
    offered = [(n["data"]["how"], n["data"]["id"]) for n in nodes(few) if n["type"] == "Action.Execute"]
    assert offered == [("again", 1), ("arrived", 1), ("again", 2), ("again", 4)]
