"""The outbox in the database, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from tests.delivery_rig import START, holidays, item
from uvp.delivery.outbox import LEASE, Item, Kind, Result, State, Step, notice_slot
from uvp.digest.reminders import Choice
from uvp.digest.schedule import Occurrence, following, next_occurrence
from uvp.digest.subscription import Subscription
from uvp.digest.week import Week
from uvp.storage.engine import open_store
from uvp.storage.outbox import PER_SECOND, OutboxStore
from uvp.storage.store import Store
from uvp.storage.subscriptions import SubscriptionStore

LATER = START + timedelta(seconds=1)
SETTING = Subscription("a", "tenant")


@pytest.fixture
def outbox(store: Store) -> OutboxStore:
    async def told() -> list[tuple[str, str]]:
        return [("person|boss", "tenant")]

    return OutboxStore(store.database, told)


@pytest.fixture
def subscriptions(store: Store) -> SubscriptionStore:
    return SubscriptionStore(store.database)


@pytest.fixture
async def others(store: Store, database_url: str) -> AsyncIterator[list[OutboxStore]]:
    """Four outboxes at one database, as four processes would have them."""
    opened = [open_store(database_url) for _ in range(3)]
    yield [OutboxStore(s.database) for s in (store, *opened)]
    for one in opened:
        await one.close()


async def begun(outbox: OutboxStore, owner: str = "one") -> Item:
    [leased] = await outbox.lease(owner, START, START + LEASE, 1)
    sending = await outbox.begin(leased, owner, START, START + LEASE)
    assert sending is not None
    return sending


async def state(outbox: OutboxStore, item_id: int) -> State:
    found = await outbox.item(item_id)
    assert found is not None
    return found.state


async def test_a_message_is_planned_once_however_often_it_is_planned(others: list[OutboxStore]) -> None:
    planned = await asyncio.gather(*(outbox.plan([item("a"), item("b")], START) for outbox in others for _ in range(5)))
    assert sum(planned) == 2
    assert await others[0].plan([item("a", slot="2026-W49"), item("a", part=1)], START) == 2


async def test_a_message_is_leased_to_one_process(others: list[OutboxStore]) -> None:
    await others[0].plan([item(f"place-{n}") for n in range(40)], START)
    leased = await asyncio.gather(*(o.lease(f"p{n}", START, START + LEASE, 13) for n, o in enumerate(others)))
    ids = [each.id for group in leased for each in group]
    assert len(ids) == len(set(ids))
    rest = await others[0].lease("late", START, START + LEASE, 100)
    assert len(ids) + len(rest) == 40


async def test_what_is_not_due_or_leased_is_not_leased(outbox: OutboxStore) -> None:
    await outbox.plan([item("a"), item("b", due=LATER)], START)
    assert [each.place for each in await outbox.lease("one", START, START + LEASE, 9)] == ["a"]
    assert [each.place for each in await outbox.lease("two", LATER, LATER + LEASE, 9)] == ["b"]
    taken = await outbox.lease("two", START + LEASE, START + 2 * LEASE, 9)
    assert [each.place for each in taken] == ["a"]


async def test_all_processes_together_keep_the_pace_of_a_tenant(others: list[OutboxStore]) -> None:
    latest = START + timedelta(minutes=1)
    wanted = [(outbox, tenant) for outbox in others * 5 for tenant in ("one", "two")]
    turns = await asyncio.gather(*(outbox.turn(tenant, START, latest) for outbox, tenant in wanted))
    for tenant in (turns[::2], turns[1::2]):
        gaps = {round((after - before).total_seconds(), 3) for before, after in pairwise(sorted(tenant))}
        assert gaps == {round(1 / PER_SECOND, 3)}
    assert min(turns) == START


async def test_a_pace_that_was_not_used_is_not_made_up_for(outbox: OutboxStore) -> None:
    later = START + timedelta(hours=1)
    assert await outbox.turn("one", START, START) == START
    assert await outbox.turn("one", later, later) == later
    assert await outbox.turn("one", later, later + LEASE) > later


async def test_a_turn_that_is_too_far_off_is_told_and_left_to_others(outbox: OutboxStore) -> None:
    latest = START + timedelta(seconds=1)
    turns = [await outbox.turn("one", START, latest) for _ in range(40)]
    assert sum(turn <= latest for turn in turns) == PER_SECOND + 1
    assert len(set(turns)) == PER_SECOND + 2


async def test_what_is_put_back_can_be_taken_by_others_at_its_moment(outbox: OutboxStore) -> None:
    await outbox.plan([item()], START)
    [leased] = await outbox.lease("one", START, START + LEASE, 1)
    await outbox.put_back(leased, "two", START)
    assert await outbox.lease("two", LATER, LATER + LEASE, 1) == []
    await outbox.put_back(leased, "one", LATER)
    assert await outbox.lease("two", START, START + LEASE, 1) == []
    assert len(await outbox.lease("two", LATER, LATER + LEASE, 1)) == 1


async def test_a_process_that_lost_its_lease_sends_nothing(outbox: OutboxStore) -> None:
    await outbox.plan([item()], START)
    [leased] = await outbox.lease("one", START, START + LEASE, 1)
    late = START + LEASE
    [again] = await outbox.lease("two", late, late + LEASE, 1)
    assert await outbox.begin(leased, "one", late, late + LEASE) is None
    sending = await outbox.begin(again, "two", late, late + LEASE)
    assert sending is not None
    assert sending.attempts == 1
    await outbox.finish(leased, "one", Step(State.SKIPPED), None, late)
    assert await state(outbox, sending.id) is State.SENDING


async def test_what_came_of_it_is_kept_with_every_attempt(outbox: OutboxStore) -> None:
    await outbox.plan([item()], START)
    sending = await begun(outbox)
    await outbox.finish(sending, "one", Step(State.PLANNED, LATER, "429"), Result(429), START)
    [leased] = await outbox.lease("two", LATER, LATER + LEASE, 1)
    again = await outbox.begin(leased, "two", LATER, LATER + LEASE)
    assert again is not None
    await outbox.finish(again, "two", Step(State.SENT), Result(201, conversation="c", activity="m"), LATER)
    sent = await outbox.item(again.id)
    assert sent is not None
    assert (sent.state, sent.attempts, sent.conversation, sent.activity) == (State.SENT, 2, "c", "m")
    assert await outbox.attempts(sent.id) == [(START, "one", "planned", "429"), (LATER, "two", "sent", "")]


async def test_a_lease_that_ran_out_while_sending_is_told_of_and_learns_the_truth_later(outbox: OutboxStore) -> None:
    await outbox.plan([item()], START)
    sending = await begun(outbox)
    assert await outbox.overdue_leases(START) == []
    over = START + LEASE
    assert await outbox.overdue_leases(over) == [(sending, "one")]
    await outbox.finish(sending, "one", Step(State.UNKNOWN, reason="gone"), None, over)
    assert await state(outbox, sending.id) is State.UNKNOWN
    await outbox.finish(sending, "one", Step(State.SENT), Result(201), over)
    assert await state(outbox, sending.id) is State.SENT


async def test_what_goes_wrong_is_told_to_the_coordinators_in_one_notice(outbox: OutboxStore) -> None:
    await outbox.plan([item(f"place-{n}") for n in range(3)], START)
    for result in (State.UNKNOWN, State.FAILED, State.SKIPPED):
        await outbox.finish(await begun(outbox), "one", Step(result, reason="x"), Result(500), START)
    slot, due = notice_slot(START)
    [notice] = await outbox.items([State.PLANNED])
    assert (notice.place, notice.kind, notice.slot, notice.due) == ("person|boss", Kind.NOTICE, slot, due)
    assert [told.place for told in await outbox.noticed(slot)] == ["place-0", "place-1", "place-2"]


async def test_nobody_is_told_of_a_notice_that_failed_or_of_what_had_nothing_to_say(outbox: OutboxStore) -> None:
    await outbox.plan([item(kind=Kind.NOTICE), item("b")], START)
    await outbox.finish(await begun(outbox), "one", Step(State.FAILED), Result(403), START)
    await outbox.finish(await begun(outbox), "one", Step(State.SKIPPED, quiet=True), None, START)
    assert await outbox.items([State.PLANNED]) == []


async def test_an_hour_late_is_told_once(outbox: OutboxStore) -> None:
    await outbox.plan([item(), item("b", kind=Kind.NOTICE)], START)
    await outbox.alarm(START + timedelta(hours=1))
    assert await outbox.late(START + timedelta(hours=1)) == []
    late = START + timedelta(hours=1, seconds=1)
    for _ in range(3):
        await outbox.alarm(late)
    assert [i.place for i in await outbox.late(late)] == ["a"]
    assert await outbox.late(late, told=False) == []
    assert len(await outbox.items(kinds=[Kind.NOTICE])) == 2


async def test_an_operator_decides_once(others: list[OutboxStore]) -> None:
    outbox = others[0]
    await outbox.plan([item()], START)
    sending = await begun(outbox)
    await outbox.finish(sending, "one", Step(State.UNKNOWN), Result(504), START)
    presses = await asyncio.gather(
        *(o.settle(sending.id, State.PLANNED, "boss", LATER) for o in others for _ in range(3))
    )
    [planned] = [press for press in presses if press]
    assert (planned.state, planned.due) == (State.PLANNED, LATER)
    assert await outbox.settle(sending.id, State.SENT, "boss", LATER) is None


async def test_only_what_is_unknown_can_be_said_to_have_arrived(
    outbox: OutboxStore,
) -> None:
    await outbox.plan([item(), item("b")], START)
    first, second = await begun(outbox), await begun(outbox)
    await outbox.finish(first, "one", Step(State.UNKNOWN), Result(504), START)
    await outbox.finish(second, "one", Step(State.FAILED), Result(413), START)
    assert await outbox.settle(second.id, State.SENT, "boss", LATER) is None
    settled = await outbox.settle(first.id, State.SENT, "boss", LATER)
    assert settled is not None
    assert (await outbox.attempts(first.id))[-1] == (LATER, "boss", "sent", "")


async def test_a_setting_comes_back_with_its_next_moment(subscriptions: SubscriptionStore) -> None:
    setting = replace(
        SETTING, themes=("DIG",), municipalities=("Druten",), weekday=3, language="en", team="t", weeks_ahead=4
    )
    coming = await subscriptions.save(setting, lambda s, done: next_occurrence(s, START, holidays(), done), START)
    assert coming is not None
    assert await subscriptions.get("a") == setting
    assert await subscriptions.all() == [(setting, coming.at)]
    assert await subscriptions.get("b") is None


async def test_a_digest_is_planned_when_its_moment_comes_and_once_for_all_processes(
    store: Store, others: list[OutboxStore], subscriptions: SubscriptionStore
) -> None:
    await subscriptions.save(SETTING, lambda *_: Occurrence(Week(2026, 48), START), START)
    go_on = lambda s, before: following(s, before, holidays())  # noqa: E731
    assert await subscriptions.plan_due(START - timedelta(seconds=1), go_on) == 0
    planned = await asyncio.gather(*(SubscriptionStore(store.database).plan_due(START, go_on) for _ in range(4)))
    assert sorted(planned) == [0, 0, 0, 1]
    [digest] = await others[1].items()
    assert (digest.slot, digest.due) == ("2026-W48", START)
    assert await subscriptions.last_week("a") == Week(2026, 48)


async def test_a_barred_place_is_paused_until_the_bot_is_installed_again(
    outbox: OutboxStore, subscriptions: SubscriptionStore
) -> None:
    coming = lambda s, done: next_occurrence(s, START, holidays(), done)  # noqa: E731
    await subscriptions.save(replace(SETTING, team="team"), coming, START)
    await outbox.plan([item()], START)
    await outbox.finish(await begun(outbox), "one", Step(State.FAILED, reason="403", pause=True), Result(403), START)
    [(paused, at)] = await subscriptions.all()
    assert (paused.paused, paused.runs, at) == ("403", False, None)
    assert await subscriptions.resume([], ["another team"], coming) == 0
    assert await subscriptions.resume([], ["team"], coming) == 1
    [(running, at)] = await subscriptions.all()
    assert running.runs
    assert at == START + timedelta(weeks=1)


async def test_what_is_switched_off_has_no_next_moment(subscriptions: SubscriptionStore) -> None:
    assert (
        await subscriptions.save(replace(SETTING, active=False), lambda *_: Occurrence(Week(2026, 48), START), START)
        is None
    )
    assert await subscriptions.plan_due(START + timedelta(weeks=9), lambda _, before: before) == 0


async def test_choices_about_reminders_are_kept_by_person_and_action(subscriptions: SubscriptionStore) -> None:
    until = START.date()
    await subscriptions.choose("anna", ["DIG-01", "DIG-02"], Choice(until), START)
    await subscriptions.choose("anna", ["DIG-01"], Choice(), START)
    await subscriptions.choose("bram", ["DIG-01"], Choice(until), START)
    assert await subscriptions.choices("anna") == {("anna", "DIG-01"): Choice(), ("anna", "DIG-02"): Choice(until)}
    assert len(await subscriptions.choices()) == 3


async def test_a_setting_that_is_changed_when_its_digest_is_due_loses_no_week(
    subscriptions: SubscriptionStore, outbox: OutboxStore
) -> None:
    await subscriptions.save(SETTING, lambda *_: Occurrence(Week(2026, 48), START), START)
    later = await subscriptions.save(
        replace(SETTING, weekday=2), lambda s, done: next_occurrence(s, LATER, holidays(), done), LATER
    )
    assert [each.slot for each in await outbox.items()] == ["2026-W48"]
    assert later is not None
    assert later.week == Week(2026, 49)


async def test_a_digest_that_nobody_plans_is_counted_an_hour_after_its_moment(subscriptions: SubscriptionStore) -> None:
    await subscriptions.save(SETTING, lambda *_: Occurrence(Week(2026, 48), START), START)
    assert await subscriptions.unplanned(START + timedelta(minutes=59)) == 0
    assert await subscriptions.unplanned(START + timedelta(minutes=61)) == 1
    await subscriptions.plan_due(START + timedelta(minutes=61), lambda s, before: following(s, before, holidays()))
    assert await subscriptions.unplanned(START + timedelta(minutes=61)) == 0
