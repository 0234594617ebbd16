"""The loop that delivers: once each, in order, whatever the service does and whenever it is stopped."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.delivery_rig import START, PlainComposer, Rig, SetClock, ToldSender, holidays, item
from uvp.delivery.outbox import LEASE, Item, Kind, Result, State
from uvp.delivery.planner import Planner
from uvp.digest.schedule import next_occurrence
from uvp.digest.subscription import Subscription
from uvp.digest.week import Week
from uvp.errors import DatabaseUnavailable
from uvp.plan import Plan
from uvp.storage.engine import open_store
from uvp.storage.outbox import PER_SECOND, OutboxStore
from uvp.storage.store import Store
from uvp.storage.subscriptions import SubscriptionStore
from uvp.updates import Person


async def boss() -> list[tuple[str, str]]:
    """Who is told what goes wrong."""
    return [("person|boss", "tenant")]


@pytest.fixture
async def file_store(tmp_path: Path, small_plan: Plan) -> AsyncIterator[Store]:
    """A store on SQLite, for what does not depend on the database."""
    opened = open_store(f"sqlite:///{tmp_path}/uvp.db")
    await opened.migrate()
    await opened.seed(small_plan)
    yield opened
    await opened.close()


@pytest.fixture
def rig(file_store: Store) -> Rig:
    return rig_of(file_store)


def rig_of(store: Store, owner: str = "one") -> Rig:
    clock = SetClock()
    return Rig(OutboxStore(store.database, boss), clock, ToldSender(clock), PlainComposer(), owner)


def planner(store: Store, *coordinators: Person) -> Planner:
    outbox = OutboxStore(store.database, boss)

    async def people() -> tuple[Person, ...]:
        return coordinators

    async def reachable() -> bool:
        return True

    subscriptions = SubscriptionStore(store.database)
    return Planner(subscriptions, outbox, store.snapshot, holidays(), people, "tenant", reachable)


async def states(rig: Rig, *kinds: Kind) -> list[State]:
    return [i.state for i in reversed(await rig.outbox.items(kinds=kinds or [Kind.DIGEST]))]


async def test_a_message_is_sent_once_and_not_again(rig: Rig) -> None:
    await rig.outbox.plan([item()], START)
    for _ in range(3):
        await rig.turn()
        rig.clock.pass_(minutes=2)
    assert rig.sender.arrived == {("a", "2026-W48"): 1}
    assert await states(rig) == [State.SENT]


async def test_sending_is_written_before_the_request_goes_out(rig: Rig) -> None:
    await rig.outbox.plan([item()], START)
    seen = []

    async def look(item: Item, post: object) -> Result:  # noqa: ARG001 (the names are the protocol's)
        seen.extend(await states(rig))
        return Result(201)

    rig.sender.send = look  # type: ignore[method-assign]
    await rig.turn()
    assert seen == [State.SENDING]


async def test_throttling_waits_as_told_and_then_it_arrives(rig: Rig) -> None:
    rig.sender.results.append(Result(429, retry_after=120))
    await rig.outbox.plan([item()], START)
    await rig.turn()
    rig.clock.pass_(seconds=119)
    await rig.turn()
    assert len(rig.sender.posts) == 1
    rig.clock.pass_(seconds=5)
    await rig.turn()
    assert await states(rig) == [State.SENT]


async def test_what_may_have_arrived_is_not_sent_again_until_an_operator_says_so(rig: Rig) -> None:
    rig.sender.results.append(Result(504))
    await rig.outbox.plan([item()], START)
    for _ in range(5):
        await rig.turn()
        rig.clock.pass_(hours=1)
    assert len([p for p in rig.sender.posts if p[1].kind is Kind.DIGEST]) == 1
    [unknown] = await rig.outbox.items([State.UNKNOWN])
    await rig.outbox.settle(unknown.id, State.PLANNED, "boss", rig.clock.now())
    await rig.turn()
    assert await states(rig) == [State.SENT]


async def test_the_coordinator_is_told_of_what_is_unknown_within_minutes(rig: Rig) -> None:
    rig.sender.results.append(Result(504))
    await rig.outbox.plan([item()], START)
    await rig.turn()
    rig.clock.pass_(minutes=6)
    await rig.turn()
    assert [(i.place, i.kind) for _, i, _ in rig.sender.posts][1:] == [("person|boss", Kind.NOTICE)]


async def test_a_process_that_dies_while_sending_leaves_an_unknown_message_and_others_go_on(file_store: Store) -> None:
    rig, other = rig_of(file_store, "dies"), rig_of(file_store, "lives")
    await rig.outbox.plan([item("a"), item("b", due=START + timedelta(seconds=1))], START)
    dying = asyncio.Event()

    async def hang(item: Item, post: object) -> Result:  # noqa: ARG001 (the names are the protocol's)
        dying.set()
        await asyncio.Event().wait()
        raise AssertionError

    rig.sender.send = hang  # type: ignore[method-assign]
    engine = rig.engine()
    await engine.take()
    await dying.wait()
    for task in tuple(engine._flying):
        task.cancel()
    other.clock.moment = START + LEASE + timedelta(seconds=1)
    await other.turn()
    await other.turn()
    assert await states(other) == [State.UNKNOWN, State.SENT]


async def test_a_process_that_dies_before_sending_loses_nothing(rig: Rig) -> None:
    await rig.outbox.plan([item()], START)
    await rig.outbox.lease("dead", START, START + LEASE, 5)
    await rig.turn()
    assert rig.sender.posts == []
    rig.clock.pass_(seconds=61)
    await rig.turn()
    assert await states(rig) == [State.SENT]


@pytest.mark.parametrize(("hours", "state"), [(35, State.SENT), (37, State.SKIPPED)])
async def test_after_downtime_it_is_sent_within_thirty_six_hours_else_skipped_and_told(
    rig: Rig, hours: int, state: State
) -> None:
    await rig.outbox.plan([item()], START)
    rig.clock.pass_(hours=hours)
    await rig.turn()
    assert await states(rig) == [state]
    rig.clock.pass_(minutes=6)
    await rig.turn()
    assert [i.kind for _, i, _ in rig.sender.posts if i.place == "person|boss"] == [Kind.NOTICE]


async def test_a_big_message_becomes_a_thread_in_order(rig: Rig) -> None:
    await rig.outbox.plan([item(payload={"parts": 4})], START)
    for _ in range(6):
        await rig.turn()
        rig.clock.pass_(seconds=1)
    assert [post["part"] for _, _, post in rig.sender.posts] == [0, 1, 2, 3]
    assert {i.payload.get("thread") for _, i, _ in rig.sender.posts[1:]} == {"19:iv@thread.tacv2;messageid=1"}
    assert await states(rig) == [State.SENT] * 4


async def test_a_part_that_is_refused_waits_and_the_rest_with_it(rig: Rig) -> None:
    rig.sender.results.extend([Result(201, conversation="c"), Result(503)])
    await rig.outbox.plan([item(payload={"parts": 3})], START)
    for _ in range(10):
        await rig.turn()
        rig.clock.pass_(seconds=2)
    assert [post["part"] for _, _, post in rig.sender.posts] == [0, 1, 1, 2]


async def test_what_follows_a_message_is_planned_when_it_arrived_and_not_before(rig: Rig) -> None:
    rig.composer.after = (item("a", Kind.RETIRE, "7"),)
    rig.sender.results.append(Result(429))
    await rig.outbox.plan([item()], START)
    await rig.turn()
    assert await states(rig, Kind.RETIRE) == []
    rig.clock.pass_(minutes=1)
    rig.composer.after = (item("a", Kind.RETIRE, "7"),)
    await rig.turn()
    assert len(await states(rig, Kind.RETIRE)) == 1


async def test_what_has_nothing_left_to_say_is_skipped_and_nobody_is_told(rig: Rig) -> None:
    rig.composer.gone = True
    await rig.outbox.plan([item()], START)
    await rig.turn()
    assert await states(rig) == [State.SKIPPED]
    assert await states(rig, Kind.NOTICE) == []


async def test_a_message_that_cannot_be_made_holds_up_no_other_and_is_told(rig: Rig) -> None:
    made = rig.composer.compose

    async def compose(wanted: Item) -> object:
        if wanted.place == "a":
            raise ZeroDivisionError
        return await made(wanted)

    rig.composer.compose = compose  # type: ignore[method-assign, assignment]
    await rig.outbox.plan([item("a"), item("b")], START)
    await rig.turn()
    assert await states(rig) == [State.FAILED, State.SENT]
    assert len(await states(rig, Kind.NOTICE)) == 1


async def test_a_mistake_while_sending_leaves_it_unknown(rig: Rig) -> None:
    def fail(_: Item) -> None:
        raise ZeroDivisionError

    rig.sender.while_out = fail
    await rig.outbox.plan([item()], START)
    await rig.turn()
    assert await states(rig) == [State.UNKNOWN]


async def test_what_came_of_it_is_written_although_the_database_is_away_for_a_moment(rig: Rig) -> None:
    finish, away = rig.outbox.finish, [1, 1, 1]

    async def broken(*args: object, **named: object) -> None:
        if away:
            away.pop()
            raise DatabaseUnavailable("gone")
        await finish(*args, **named)  # type: ignore[arg-type]

    rig.outbox.finish = broken  # type: ignore[method-assign]
    await rig.outbox.plan([item()], START)
    await rig.turn()
    assert await states(rig) == [State.SENT]


async def test_a_tenant_gets_its_messages_one_after_the_other_at_the_pace(rig: Rig) -> None:
    began, all_wait = asyncio.Event(), asyncio.Event()

    async def wait(seconds: float) -> None:
        rig.clock.slept.append(seconds)
        if len(rig.clock.slept) == 44:
            all_wait.set()
        await began.wait()

    rig.clock.sleep = wait  # type: ignore[method-assign]
    await rig.outbox.plan([item(f"place-{n}") for n in range(45)], START)
    engine = rig.engine()
    await engine.take()
    await all_wait.wait()
    began.set()
    await engine.landed()
    moments = [0.0, *sorted(rig.clock.slept)]
    assert all(later - earlier > 0.99 / PER_SECOND for earlier, later in pairwise(moments))


async def test_a_process_that_was_held_up_after_its_turn_takes_another_one(rig: Rig) -> None:
    begin, others = rig.outbox.begin, []

    async def held_up(*args: Any) -> Item | None:
        begun = await begin(*args)
        now = rig.clock.pass_(seconds=2)
        others.append(await rig.outbox.turn("tenant", now, now + LEASE))
        return begun

    rig.outbox.begin = held_up  # type: ignore[method-assign, assignment]
    await rig.outbox.plan([item()], START)
    await rig.turn()
    [(moment, _, _)] = rig.sender.posts
    assert moment - others[0] > timedelta(seconds=0.99 / PER_SECOND)


async def test_processes_that_want_more_than_a_tenant_takes_do_not_keep_each_other_from_sending(
    file_store: Store,
) -> None:
    """Were turns booked that cannot be used before the lease runs out, nobody would ever send anything."""
    rigs = [rig_of(file_store, f"process-{n}") for n in range(4)]
    await rigs[0].outbox.plan([item(f"place-{n}") for n in range(160)], START)
    engines = [rig.engine(lease=timedelta(seconds=2)) for rig in rigs]
    for _ in range(25):
        for rig, engine in zip(rigs, engines, strict=True):
            rig.clock.moment = max(other.clock.moment for other in rigs)
            await engine.take()
        await asyncio.gather(*(engine.landed() for engine in engines))
        for rig in rigs:
            rig.clock.pass_(seconds=0.5)
    assert await states(rigs[0]) == [State.SENT] * 160


async def test_it_runs_until_it_is_told_to_stop_and_lets_end_what_is_under_way(rig: Rig) -> None:
    stop = asyncio.Event()
    await rig.outbox.plan([item()], START)
    rig.sender.while_out = lambda _: stop.set()
    async with asyncio.timeout(10):
        await rig.engine().run(stop)
    assert await states(rig) == [State.SENT]


async def test_a_chore_that_fails_keeps_nothing_from_going_out(rig: Rig) -> None:
    async def fails(_: datetime) -> None:
        raise ZeroDivisionError

    await rig.outbox.plan([item()], START)
    await rig.turn(rig.engine([fails]))
    assert await states(rig) == [State.SENT]


@pytest.mark.parametrize("error", [DatabaseUnavailable("gone"), ZeroDivisionError()])
async def test_it_goes_on_after_the_database_was_away_or_something_else_broke(rig: Rig, error: Exception) -> None:
    stop, away, lease = asyncio.Event(), [1, 1], rig.outbox.lease

    async def broken(*args: object) -> object:
        if away:
            away.pop()
            raise error
        return await lease(*args)  # type: ignore[arg-type]

    rig.outbox.lease = broken  # type: ignore[method-assign, assignment]
    rig.sender.while_out = lambda _: stop.set()
    await rig.outbox.plan([item()], START)
    async with asyncio.timeout(10):
        await rig.engine().run(stop)
    assert away == []


async def test_over_two_years_each_place_gets_exactly_one_digest_a_week(file_store: Store) -> None:
    """Summer time, holidays, week 53 of 2026 and 29 February 2028, with restarts, outages of a day and throttling."""
    rig, chance = rig_of(file_store), random.Random(2026)
    start, end = datetime(2026, 2, 2, tzinfo=UTC), datetime(2028, 3, 13, tzinfo=UTC)
    settings = [
        Subscription("monday", "tenant"),
        Subscription("night", "tenant", weekday=7, at=time(2, 30)),
        Subscription("island", "tenant", weekday=2, at=time(8), zone="America/Curacao"),
    ]
    subscriptions, rig.clock.moment = SubscriptionStore(file_store.database), start
    for setting in settings:
        await subscriptions.save(setting, lambda s, done: next_occurrence(s, start, holidays(), done), start)
    coming = start
    while coming < end:
        # Sometimes an hour or most of a day passes without any process running.
        rig.clock.moment = max(rig.clock.now(), coming) + timedelta(hours=chance.choice([0, 0, 0, 1, 20]))
        engine = rig.engine([planner(file_store).plan_digests])
        if chance.random() < 0.1:
            rig.sender.results.append(Result(429, retry_after=chance.uniform(1, 3600)))
            await rig.turn(engine)
            rig.clock.pass_(hours=1, seconds=10)
        await rig.turn(engine)
        coming = min(at for _, at in await subscriptions.all() if at)
    sent = await rig.outbox.items(kinds=[Kind.DIGEST], limit=5000)
    assert {i.state for i in sent} == {State.SENT}
    for setting in settings:
        weeks = [Week.parse(i.slot) for i in sent if i.place == setting.place]
        assert sorted(weeks) == [min(weeks).plus(n) for n in range(len(weeks))]
        assert len(weeks) >= 108
        assert {Week(2026, 53), Week(2028, 9)} <= set(weeks)
    assert sum(i.kind is Kind.DIGEST and i.attempts == 1 for _, i, _ in rig.sender.posts) == len(sent)


async def test_reminders_are_planned_once_a_day_at_nine_for_those_who_are_responsible(file_store: Store) -> None:
    rig = rig_of(file_store)
    await file_store.set_owners("OND-01", [Person("Anna", "anna")])
    rig.clock.moment = START - timedelta(minutes=1)
    for _ in range(2):
        await planner(file_store, Person("Boss", "boss")).plan_reminders(rig.clock.now())
        assert await states(rig, Kind.REMINDER) == []
    rig.clock.moment = START
    for _ in range(3):
        await planner(file_store, Person("Boss", "boss")).plan_reminders(rig.clock.now())
    [anna] = await rig.outbox.items(kinds=[Kind.REMINDER])
    assert (anna.place, anna.slot, anna.payload["codes"]) == ("person|anna", "2026-W48", ["OND-01"])


async def test_reminders_to_one_person_are_five_days_apart_whichever_process_plans_them(file_store: Store) -> None:
    rig = rig_of(file_store)
    for n in range(30):
        rig.clock.moment = START + timedelta(days=n, hours=2)
        await planner(file_store, Person("Boss", "boss")).plan_reminders(rig.clock.now())
        await rig.turn()
    days = [moment.date() for moment, i, _ in rig.sender.posts if i.kind is Kind.REMINDER]
    assert len(days) == 5
    assert all((after - before).days >= 5 for before, after in pairwise(days))
