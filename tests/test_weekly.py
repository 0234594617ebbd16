"""The digest in Teams, from switching it on to reading it, over real HTTP and joined as the program joins it.

The clock begins on Tuesday 24 November 2026, 10:00 in Amsterdam.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import pytest
from aiohttp import ClientSession, web

import app as program
from bot.adapter import TeamsAdapter
from bot.connector import Connector, client_session
from bot.delivery import Delivery
from bot.gate import LocalGate
from bot.server import make_app
from bot.settings import Settings
from bot.state import StateStore
from tests.activities import BOT, TENANT, activity, execute, in_channel, message, person, submit
from tests.clock import Moment
from tests.connector import Call, FakeConnector, Misbehaviour, running, running_connector
from uvp.assistant import Assistant
from uvp.delivery.outbox import Kind, State
from uvp.planfile import shipped_plan
from uvp.storage.engine import open_store
from uvp.storage.outbox import OutboxStore
from uvp.storage.store import Store
from uvp.storage.subscriptions import SubscriptionStore
from uvp.updates import NewUpdate, Person, Status

IV = "19:iv@thread.tacv2"
BOSS = person(9)["aadObjectId"]
MONDAY = datetime(2026, 11, 30, 8, tzinfo=UTC)
TEAM: dict[str, Any] = {
    "conversation": {"conversationType": "channel", "isGroup": True, "id": "19:general@thread.tacv2"},
    "channelData": {"tenant": {"id": TENANT}, "team": {"id": "19:general@thread.tacv2"}},
}


@dataclass
class World:
    """A bot over a fresh database with the shipped plan, and what arrives at the connector."""

    url: str
    session: ClientSession
    connector: FakeConnector
    store: Store
    delivery: Delivery
    clock: Moment = field(default_factory=Moment)

    async def does(self, body: dict[str, Any]) -> Any:
        """Something arrives at the bot; its answer, which holds words only for invokes."""
        async with self.session.post(f"{self.url}/api/messages", json=body) as response:
            assert response.status == 200
            raw = await response.read()
            return orjson.loads(raw) if raw else None

    async def says(self, body: dict[str, Any]) -> str:
        """The words of what the bot sends in reply."""
        before = len(self.connector.messages)
        await self.does(body)
        return "\n".join(call.words for call in self.connector.messages[before:])

    async def passes(self, **amount: float) -> list[Call]:
        """Lets time pass and delivers what is due; everything that was sent."""
        self.clock.move(**amount)
        before = len(self.connector.calls)
        for _ in range(8):
            await self.delivery.engine.take()
            await self.delivery.engine.landed()
            self.clock.move(seconds=6)
        return self.connector.calls[before:]

    def at(self, moment: datetime) -> None:
        """Sets the clock."""
        self.clock.moment = moment


@cache
def known_assistant() -> Assistant:
    """Built once: it looks at every word of the plan."""
    return program.build_assistant()


@asynccontextmanager
async def running_world(folder: Path) -> AsyncIterator[World]:
    """The bot with everything that the program joins."""
    async with AsyncExitStack() as stack:
        connector = await stack.enter_async_context(running_connector())
        store = open_store(f"sqlite:///{folder}/uvp.db")
        stack.push_async_callback(store.close)
        await store.migrate()
        await store.seed(shipped_plan())
        out = Connector(await stack.enter_async_context(client_session()))
        adapter, clock = TeamsAdapter(out, LocalGate()), Moment()
        state, assistant = StateStore(store.database), known_assistant()
        settings = Settings(coordinators=(BOSS,))
        delivery = program.join_delivery(settings, store, state, out, assistant, clock)
        reporting = program.join_reporting(settings, store, state, out, assistant, clock)
        handler = program.build_handler(settings, store, state, assistant, delivery, clock, reporting)
        adapter.on_turn_error = handler.failed

        async def messages(request: web.Request) -> web.Response:
            return await adapter.process(request, handler)

        served = make_app(messages, delivery.late, 256 * 1024)
        url = await stack.enter_async_context(running(served))
        yield World(url, await stack.enter_async_context(ClientSession()), connector, store, delivery, clock)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with running_world(tmp_path) as made:
        made.connector.channels = [{"id": "19:general@thread.tacv2"}, {"id": IV, "name": "IV-overleg"}]
        yield made


def url(world: World) -> str:
    return world.connector.url


def digests(calls: list[Call]) -> list[Call]:
    """The posts that begin a thread in a channel."""
    return [c for c in calls if c.method == "POST" and c.body.get("isGroup")]


def mine(calls: list[Call]) -> list[Call]:
    """What arrived in the first person's own chat."""
    return [c for c in calls if c.conversation == "a:1conversation-1"]


def notices(calls: list[Call]) -> list[Call]:
    """What a coordinator is told about delivery."""
    return [c for c in calls if "Bezorging" in c.words]


async def test_switched_on_in_a_channel_it_says_when_and_comes_at_that_moment_as_a_new_post(world: World) -> None:
    said = await world.says(in_channel("weekoverzicht aan", url(world)))
    assert said == "Het weekoverzicht staat aan. Volgende keer: maandag 30 november 2026 om 09:00 (Europe/Amsterdam)."
    world.at(MONDAY - timedelta(minutes=2))
    assert digests(await world.passes()) == []
    world.at(MONDAY)
    [post] = digests(await world.passes())
    assert post.body["channelData"]["channel"]["id"] == IV
    assert "Weekoverzicht week 49" in post.body["activity"]["summary"]
    assert digests(await world.passes(days=1)) == []
    world.at(MONDAY + timedelta(weeks=1))
    assert len(digests(await world.passes())) == 1


async def test_the_digest_has_buttons_to_update_to_show_all_and_for_the_setting(world: World) -> None:
    await world.says(in_channel("weekoverzicht aan", url(world)))
    world.at(MONDAY)
    [post] = digests(await world.passes())
    card = post.body["activity"]["attachments"][0]["content"]
    pressed = [node for node in _nodes(card) if node.get("type") == "Action.Execute"]
    found = {button["data"]["do"] for button in pressed}
    assert found == {"update", "ask", "digest"}
    show_all = next(b for b in pressed if b["data"]["do"] == "ask")
    assert "18" in await world.says(submit(show_all["data"], url(world)))


async def test_a_digest_that_is_refused_with_its_mentions_comes_with_names(world: World) -> None:
    await world.says(in_channel("weekoverzicht aan", url(world)))
    await world.store.set_owners("DIG-05", [Person("Vertrokken", "gone")])
    world.at(MONDAY)
    world.connector.plan.append(Misbehaviour(400, "BadArgument"))
    [post] = digests(await world.passes())
    card = str(post.body["activity"]["attachments"])
    assert "Graag een update van Vertrokken (DIG-05)" in card
    assert "<at>" not in card
    assert "gone" not in card


async def test_switched_off_it_does_not_come(world: World) -> None:
    await world.says(in_channel("weekoverzicht aan", url(world)))
    assert await world.says(in_channel("weekoverzicht uit", url(world))) == "Het weekoverzicht staat uit."
    world.at(MONDAY)
    assert digests(await world.passes()) == []


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("weekoverzicht op vrijdag 10:30", "vrijdag 27 november 2026 om 10:30 (Europe/Amsterdam)"),
        ("weekoverzicht America/Curacao", "maandag 30 november 2026 om 09:00 (America/Curacao)"),
        ("weekoverzicht Mars/Olympus", "Deze tijdzone ken ik niet. Er is niets gewijzigd."),
        ("weekly digest on friday at 10:30", "Friday 27 November 2026 at 10:30 (Europe/Amsterdam)"),
        ("weekoverzicht", "Staat uit."),
    ],
)
async def test_day_time_and_zone_are_chosen_in_words(world: World, said: str, answered: str) -> None:
    assert answered in await world.says(in_channel(said, url(world)))


async def test_what_the_setting_card_sends_is_kept_and_anything_else_refused(world: World) -> None:
    filled = {"do": "digest", "how": "save", "weekday": "3", "at": "08:15", "weeks": "4", "language": "en",
              "mentions": "false", "themes": "DIG,VERK", "municipalities": ""}  # fmt: skip
    await world.says(message("weekoverzicht aan", url(world)))
    assert "woensdag 25 november 2026 om 08:15" in await world.says(submit(filled, url(world)))
    subscriptions = SubscriptionStore(world.store.database)
    [(kept, _)] = await subscriptions.all()
    assert (kept.weekday, kept.weeks_ahead, kept.language, kept.mentions) == (3, 4, "en", False)
    assert kept.themes == ("DIG", "VERK")
    for wrong in (
        {"weekday": "8"},
        {"at": "25:00"},
        {"weeks": "0"},
        {"themes": "XYZ"},
        {"language": "fr"},
        {"zone": "Mars/X"},
    ):
        assert "niets gewijzigd" in await world.says(submit({**filled, **wrong}, url(world)))
    assert await subscriptions.all() == [(kept, datetime(2026, 11, 25, 7, 15, tzinfo=UTC))]


async def test_installed_in_a_team_it_proposes_the_channel_and_a_coordinator_confirms(world: World) -> None:
    said = await world.says(activity("conversationUpdate", url(world), **TEAM, membersAdded=[{"id": BOT}]))
    assert "IV-overleg" in said
    press = {"do": "digest", "how": "confirm", "channel": IV}
    assert await world.says(submit(press, url(world), **TEAM)) == "Dit kan alleen een coördinator."
    stranger = submit({**press, "channel": "19:other@thread.tacv2"}, url(world), 9, **TEAM)
    assert "niets gewijzigd" in await world.says(stranger)
    answer = await world.does(execute(press, url(world), 9, **TEAM))
    assert "IV-overleg" in answer["value"]
    world.at(MONDAY)
    [post] = digests(await world.passes())
    assert post.body["channelData"]["channel"]["id"] == IV


async def test_a_preview_in_a_channel_goes_only_to_who_asks(world: World) -> None:
    await world.does(message("hallo", url(world)))
    said = await world.says(in_channel("weekoverzicht voorbeeld", url(world)))
    assert said == "Het voorbeeld staat in je eigen chat met mij; hier ziet niemand het."
    sent = [c for c in await world.passes() if "Weekoverzicht" in c.words]
    assert sent
    assert {c.conversation for c in sent} == {"a:1conversation-1"}


async def test_a_preview_in_personal_chat_is_the_answer(world: World) -> None:
    assert "Weekoverzicht week 48" in await world.says(message("weekoverzicht voorbeeld", url(world)))


async def test_a_barred_channel_stands_still_the_coordinator_hears_and_it_goes_on_after_installing(
    world: World,
) -> None:
    await world.says(in_channel("weekoverzicht aan", url(world)))
    world.at(MONDAY)
    world.connector.plan.append(Misbehaviour(403, "BotNotInConversationRoster"))
    assert digests(await world.passes()) == []
    [notice] = notices(await world.passes(minutes=6))
    assert "BotNotInConversationRoster" in notice.words
    [opened] = [c for c in world.connector.calls if c.body.get("members")]
    assert opened.body["members"] == [{"id": BOSS}]
    assert "Staat stil" in await world.says(in_channel("weekoverzicht", url(world)))
    world.at(MONDAY + timedelta(weeks=1))
    assert digests(await world.passes()) == []
    await world.does(activity("conversationUpdate", url(world), **TEAM, membersAdded=[{"id": BOT}]))
    world.at(MONDAY + timedelta(weeks=2))
    assert len(digests(await world.passes())) == 1


async def test_what_may_have_arrived_is_put_to_the_coordinator_who_alone_decides(world: World) -> None:
    await world.says(in_channel("weekoverzicht aan", url(world)))
    world.at(MONDAY)
    world.connector.plan.append(Misbehaviour(504))
    assert digests(await world.passes()) == []
    [notice] = notices(await world.passes(minutes=6))
    assert notice.card is not None
    again = next(n["data"] for n in _nodes(notice.card) if n.get("data", {}).get("how") == "again")
    assert await world.says(submit(again, url(world))) == "Dit kan alleen een coördinator."
    assert await world.says(submit(again, url(world), 9)) == "Wordt opnieuw geplaatst."
    assert await world.says(submit(again, url(world), 9)) == "Dit is al beslist."
    assert len(digests(await world.passes())) == 1


async def test_an_hour_late_is_an_alarm_until_it_is_sent(world: World) -> None:
    await world.says(in_channel("weekoverzicht aan", url(world)))
    world.at(MONDAY)
    world.connector.plan.append(Misbehaviour(503, retry_after="7200"))
    await world.passes()
    assert await world.delivery.late() is None
    world.at(MONDAY + timedelta(hours=1, minutes=2))
    async with world.session.get(f"{world.url}/readyz") as response:
        assert response.status == 503
        assert "an hour late" in (await response.json())["reason"]
    await world.passes(hours=1)
    assert await world.delivery.late() is None


async def test_who_is_responsible_is_reminded_and_can_put_it_off_or_stop_it(world: World) -> None:
    me = person(1)
    await world.does(message("hallo", url(world)))
    await world.store.set_owners("DIG-05", [Person(me["name"], me["aadObjectId"])])
    [sent] = mine(await world.passes())
    assert sent.card is not None
    assert "DIG-05" in sent.words
    data = {n["data"]["how"]: n["data"] for n in _nodes(sent.card) if n.get("data", {}).get("do") == "remind"}
    assert "1 december 2026" in await world.says(submit(data["snooze"], url(world)))
    assert "DIG-05" in await world.says(submit(data["stop"], url(world)))
    assert world.connector.messages[-1].method == "PUT"
    assert [c for _ in range(20) for c in mine(await world.passes(days=1))] == []


async def test_a_bot_that_is_installed_nowhere_yet_reminds_nobody_and_begins_the_next_day(world: World) -> None:
    assert await world.passes() == []
    await world.does(message("hallo", url(world), 9))
    assert await world.passes(hours=1) == []
    sent = await world.passes(days=1)
    assert ["Herinnering" in c.words for c in sent] == [True]


async def test_reporting_as_finished_from_a_reminder_opens_the_form_with_that_status(world: World) -> None:
    me = person(1)
    await world.does(message("hallo", url(world)))
    await world.store.set_owners("DIG-05", [Person(me["name"], me["aadObjectId"])])
    [sent] = mine(await world.passes())
    assert sent.card is not None
    report = next(n["data"] for n in _nodes(sent.card) if n.get("data", {}).get("do") == "update")
    before = len(world.connector.messages)
    await world.does(submit(report, url(world)))
    form = world.connector.messages[before].card
    assert form is not None
    assert [n["value"] for n in _nodes(form) if n.get("id") == "status"] == ["afgerond"]


async def test_a_new_reminder_takes_the_place_of_the_old_one(world: World) -> None:
    me = person(1)
    await world.does(message("hallo", url(world)))
    await world.store.set_owners("DIG-05", [Person(me["name"], me["aadObjectId"])])
    [first] = mine(await world.passes())
    second, update = mine(await world.passes(days=7))
    assert (first.method, second.method, update.method) == ("POST", "POST", "PUT")
    assert "vervangen" in update.words
    assert update.activity_id.startswith("sent-")


async def test_what_is_put_off_leaves_the_rest_of_the_reminder_where_it_was_pressed(world: World) -> None:
    me = person(1)
    await world.does(message("hallo", url(world)))
    for code in ("DIG-05", "SAM-02"):
        await world.store.set_owners(code, [Person(me["name"], me["aadObjectId"])])
    [sent] = mine(await world.passes())
    assert sent.card is not None
    stop = {"do": "remind", "how": "stop", "codes": ["SAM-02"]}
    assert stop in [node.get("data") for node in _nodes(sent.card)]
    answer = await world.does(execute(stop, url(world)))
    left = [n["data"]["code"] for n in _nodes(answer["value"]) if n.get("data", {}).get("do") == "update"]
    assert set(left) == {"DIG-05"}
    assert "SAM-02" in str(answer["value"])


async def test_a_reminder_of_which_all_is_reported_is_not_left_standing(world: World) -> None:
    me = person(1)
    await world.does(message("hallo", url(world)))
    await world.store.set_owners("DIG-05", [Person(me["name"], me["aadObjectId"])])
    [sent] = mine(await world.passes())
    await world.store.record([NewUpdate("DIG-05", Status.FINISHED, "Anna", world.clock())])
    [retired] = mine(await world.passes(days=1))
    assert (sent.method, retired.method) == ("POST", "PUT")
    assert "niets meer open" in retired.words
    assert mine(await world.passes(days=1)) == []


async def test_the_bot_removed_and_installed_again_goes_on_with_the_next_week(world: World) -> None:
    await world.says(in_channel("weekoverzicht aan", url(world)))
    await world.does(activity("conversationUpdate", url(world), **TEAM, membersRemoved=[{"id": BOT}]))
    world.at(MONDAY)
    world.connector.plan.append(Misbehaviour(403, "BotNotInConversationRoster"))
    assert digests(await world.passes()) == []
    said = await world.says(activity("conversationUpdate", url(world), **TEAM, membersAdded=[{"id": BOT}]))
    assert "Zal ik" not in said
    assert digests(await world.passes(days=1)) == []
    world.at(MONDAY + timedelta(weeks=1))
    assert len(digests(await world.passes())) == 1


@pytest.mark.parametrize(("hours", "arrived"), [(35, 1), (37, 0)])
async def test_a_bot_that_was_down_when_it_was_due_sends_it_within_thirty_six_hours(
    world: World, hours: int, arrived: int
) -> None:
    await world.says(in_channel("weekoverzicht aan", url(world)))
    world.at(MONDAY + timedelta(hours=hours))
    assert await world.delivery.late() is not None
    assert len(digests(await world.passes())) == arrived
    assert await world.delivery.late() is None
    [notice] = notices(await world.passes(minutes=6))
    assert "Weekoverzicht van week 49 naar IV-overleg" in notice.words


async def test_all_of_a_section_is_shown_for_the_days_of_the_digest_also_when_asked_later(world: World) -> None:
    await world.says(in_channel("weekoverzicht aan", url(world)))
    world.at(datetime(2026, 12, 7, 8, tzinfo=UTC))
    [post] = digests(await world.passes())
    pressed = [n["data"] for n in _nodes(post.body["activity"]["attachments"]) if n.get("verb") == "ask"]
    [asked] = {ask["text"] for ask in pressed if "moet" in ask["text"]}
    assert asked == "Wat moet van 14 december 2026 t/m 31 december 2026 af?"


async def test_what_was_reported_in_time_is_in_the_digest_with_its_note(world: World) -> None:
    await world.says(in_channel("weekoverzicht aan", url(world)))
    at = MONDAY - timedelta(days=1)
    await world.store.record([NewUpdate("DIG-02", Status.RUNNING, "Anna", at, note="media lab geboekt")])
    world.at(MONDAY)
    [post] = digests(await world.passes())
    assert "media lab geboekt" in str(post.body["activity"]["attachments"])


async def test_after_a_week_of_downtime_the_missed_digest_is_skipped_and_told_and_the_next_one_comes(
    world: World,
) -> None:
    await world.says(in_channel("weekoverzicht aan", url(world)))
    world.at(MONDAY + timedelta(days=6))
    await world.passes()
    outbox = OutboxStore(world.store.database)
    [missed] = await outbox.items([State.SKIPPED], [Kind.DIGEST])
    assert missed.slot == "2026-W49"
    assert any("overgeslagen" in c.words for c in await world.passes(minutes=6))
    world.at(MONDAY + timedelta(weeks=1))
    assert len(digests(await world.passes())) == 1


def _nodes(value: Any) -> list[dict[str, Any]]:
    """Every object in a card."""
    if isinstance(value, list):
        return [node for each in value for node in _nodes(each)]
    if isinstance(value, dict):
        return [value, *(node for each in value.values() for node in _nodes(each))]
    return []
