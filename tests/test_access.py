"""Who somebody is to the bot: the list, the settings, and the roster of the team over the real protocol."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from botbuilder.schema import Activity

from bot.access import Access
from bot.connector import Connector, ConnectorError, client_session
from bot.incoming import Incoming, read
from bot.roster import Roster
from bot.state import StateStore
from tests.activities import TENANT, in_channel, message, person
from tests.clock import Moment
from tests.connector import FakeConnector, Misbehaviour, running_connector
from uvp.members import REGION, Member
from uvp.storage.members import MemberStore
from uvp.storage.store import Store

DRUTEN = Member(person(2)["aadObjectId"], "Dora", "Druten")


def came(body: dict[str, object]) -> Incoming:
    return read(Activity().deserialize(body), TENANT)


class World:
    """Access in Teams, with a team of one member."""

    def __init__(self, store: Store, connector: FakeConnector, out: Connector) -> None:
        self.clock, self.connector = Moment(), connector
        self.state, self.listed = StateStore(store.database), MemberStore(store.database)
        roster = Roster(out.member, self.state.references, self.clock)
        self.access = Access(self.listed, [person(1)["aadObjectId"]], roster, self.clock)
        connector.members = {person(3)["aadObjectId"]: {"id": person(3)["id"], "name": "Adviseur 3"}}

    @property
    def asked(self) -> int:
        """How often the service was asked for a member."""
        return len([call for call in self.connector.calls if call.method == "GET"])


@asynccontextmanager
async def running(store: Store) -> AsyncIterator[World]:
    async with running_connector() as connector, client_session() as session:
        yield World(store, connector, Connector(session))


@pytest.fixture
async def world(store: Store) -> AsyncIterator[World]:
    async with running(store) as made:
        yield made


def channel(world: World, who: int) -> Incoming:
    return came(in_channel("update", world.connector.url, who))


def personal(world: World, who: int) -> Incoming:
    return came(message("update", world.connector.url, who))


async def test_who_is_named_in_the_settings_is_a_coordinator(world: World) -> None:
    member = await world.access.member(personal(world, 1))
    assert member == Member(person(1)["aadObjectId"], "Adviseur 1", coordinator=True)


async def test_who_is_on_the_list_is_what_the_list_says(world: World) -> None:
    await world.listed.put(DRUTEN, "test", world.clock())
    assert await world.access.member(personal(world, 2)) == DRUTEN
    assert world.asked == 0


async def test_who_is_in_the_team_is_a_member_without_an_organisation(world: World) -> None:
    assert await world.access.member(channel(world, 3)) == Member(person(3)["aadObjectId"], "Adviseur 3")


async def test_who_is_neither_may_not_record(world: World) -> None:
    assert await world.access.member(channel(world, 4)) is None


async def test_in_personal_chat_the_teams_that_have_the_bot_are_asked(world: World) -> None:
    assert await world.access.member(personal(world, 3)) is None
    reference = {"service_url": world.connector.url, "team": "19:general@thread.tacv2", "tenant": TENANT}
    await world.state.save_reference("a channel", reference, world.clock())
    assert await world.access.member(personal(world, 3)) is not None


async def test_a_team_of_another_tenant_does_not_count(world: World) -> None:
    reference = {"service_url": world.connector.url, "team": "19:general@thread.tacv2", "tenant": "another"}
    await world.state.save_reference("a channel", reference, world.clock())
    assert await world.access.member(personal(world, 3)) is None
    assert world.asked == 0


async def test_the_roster_is_asked_once_an_hour_and_sooner_for_who_is_not_in_it(world: World) -> None:
    for minutes, asked in ((0, 1), (59, 1), (2, 2)):
        world.clock.move(minutes=minutes)
        await world.access.member(channel(world, 3))
        assert world.asked == asked
    for minutes, asked in ((0, 3), (4, 3), (2, 4)):
        world.clock.move(minutes=minutes)
        await world.access.member(channel(world, 4))
        assert world.asked == asked


async def test_a_service_that_cannot_be_asked_is_no_refusal(world: World) -> None:
    world.connector.plan.append(Misbehaviour(status=503))
    with pytest.raises(ConnectorError):
        await world.access.member(channel(world, 3))
    assert await world.access.member(channel(world, 3)) is not None


async def test_without_a_roster_everybody_counts_as_a_member_of_the_region(world: World) -> None:
    local = Access(world.listed, [], None, world.clock)
    assert await local.member(personal(world, 9)) == Member(person(9)["aadObjectId"], "Adviseur 9", REGION)


async def test_the_names_of_coordinators_are_those_of_the_list(world: World) -> None:
    assert await world.access.coordinators(channel(world, 2)) == []
    await world.listed.put(replace(DRUTEN, coordinator=True), "test", world.clock())
    world.clock.move(minutes=2)
    assert await world.access.coordinators(channel(world, 2)) == ["Dora"]
    assert await world.listed.remove(DRUTEN.id)
    assert not await world.listed.remove(DRUTEN.id)


async def test_a_coordinator_of_the_settings_is_named_as_the_team_knows_them(world: World) -> None:
    world.connector.members = {person(1)["aadObjectId"]: {"id": person(1)["id"], "name": "Sanne"}}
    for minutes, asked in ((0, 1), (59, 1), (2, 2)):
        world.clock.move(minutes=minutes)
        assert await world.access.coordinators(channel(world, 2)) == ["Sanne"]
        assert world.asked == asked


async def test_a_coordinator_of_the_settings_who_is_on_the_list_is_named_as_the_list_does(world: World) -> None:
    await world.listed.put(Member(person(1)["aadObjectId"], "Sanne van de regio", REGION), "test", world.clock())
    assert await world.access.coordinators(channel(world, 2)) == ["Sanne van de regio"]
    assert world.asked == 0


async def test_who_cannot_be_asked_is_not_named_and_asked_again_after_minutes(world: World) -> None:
    world.connector.plan.append(Misbehaviour(status=404))
    world.connector.members = {person(1)["aadObjectId"]: {"id": person(1)["id"], "name": "Sanne"}}
    assert await world.access.coordinators(channel(world, 2)) == []
    assert await world.access.coordinators(channel(world, 2)) == []
    world.clock.move(minutes=6)
    assert await world.access.coordinators(channel(world, 2)) == ["Sanne"]


def mentioning(world: World, **who: str) -> Incoming:
    entity = {"type": "mention", "text": "<at>Piet Jansen</at>", "mentioned": {"name": "Piet Jansen", **who}}
    body = in_channel("trekker van OND-02 is <at>Piet Jansen</at>", world.connector.url)
    return came(body | {"entities": [*body["entities"], entity]})


async def test_who_is_mentioned_is_looked_up_where_they_are(world: World) -> None:
    world.connector.members = {"29:piet": {"id": "29:piet", "aadObjectId": "id-piet"}}
    incoming = mentioning(world, id="29:piet")
    assert incoming.text == "trekker van OND-02 is Piet Jansen"
    assert await world.access.mentioned(incoming) == {"piet jansen": "id-piet"}


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ({"id": "29:x", "aadObjectId": "id-x"}, {"piet jansen": "id-x"}),
        ({"id": "29:gone"}, {}),
        ({"id": ".."}, {}),
        ({}, {}),
    ],
)
async def test_who_cannot_be_looked_up_is_known_by_name_alone(
    world: World, who: dict[str, str], expected: dict[str, str]
) -> None:
    assert await world.access.mentioned(mentioning(world, **who)) == expected
