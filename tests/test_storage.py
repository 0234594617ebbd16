"""The store, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import update

from uvp.errors import (
    CannotUndo,
    NoteTooLong,
    NotParticipating,
    UnknownAction,
    UnknownMunicipality,
    UnknownPlan,
    UnknownTheme,
    UnknownUpdate,
)
from uvp.plan import Action, Plan
from uvp.planfile import shipped_plan
from uvp.snapshot import Snapshot
from uvp.storage.engine import open_store
from uvp.storage.models import PlanRow
from uvp.storage.store import Store
from uvp.updates import NOTE_LIMIT, NewUpdate, Person, Status, Update

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def new(code: str = "DIG-02", status: Status = Status.RUNNING, **rest: Any) -> NewUpdate:
    return NewUpdate(code, status, "Anna", AT, **rest)


async def test_the_plan_comes_back_as_it_was_put_in(store: Store, small_plan: Plan) -> None:
    snapshot = await store.snapshot()
    assert snapshot.plan == small_plan
    assert snapshot.updates == {}
    assert snapshot.officials == {"OND": ("Anna", "Bram")}


async def test_a_recorded_update_is_seen_in_the_snapshot_and_the_history(store: Store) -> None:
    change = NewUpdate(
        "DIG-02",
        Status.DELAYED,
        "Anna",
        datetime(2026, 11, 24, 10, 30, tzinfo=timezone(timedelta(hours=1))),
        "Druten",
        "wacht op provincie",
        date(2027, 3, 31),
        "id-anna",
        "chat-1",
        "key-1",
    )
    [update] = await store.record([change])
    assert update == Update(
        update.id, "DIG-02", Status.DELAYED, "Anna", AT, "Druten", "wacht op provincie", date(2027, 3, 31),
        "id-anna", "chat-1", None, "key-1",
    )  # fmt: skip
    assert update.at.tzinfo is UTC
    snapshot = await store.snapshot()
    assert snapshot.updates == {"DIG-02": (update,)}
    assert await store.history("DIG-02") == (update,)
    assert await store.history("DIG-01") == ()


async def test_a_list_of_changes_is_recorded_as_a_whole_or_not_at_all(store: Store) -> None:
    with pytest.raises(UnknownAction):
        await store.record([new("DIG-01"), new("DIG-99")])
    assert (await store.snapshot()).updates == {}
    both = await store.record([new("DIG-01"), new("DIG-02")])
    assert [u.code for u in both] == ["DIG-01", "DIG-02"]
    assert both[0].id < both[1].id


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (new("XXX-01"), UnknownAction),
        (new(municipality="Nergenshuizen"), UnknownMunicipality),
        (new(municipality="Berg en Dal"), NotParticipating),
        (new(note="x" * (NOTE_LIMIT + 1)), NoteTooLong),
        (NewUpdate("DIG-02", Status.RUNNING, "Anna", datetime(2026, 11, 24)), ValueError),  # noqa: DTZ001 (meant)
    ],
)
async def test_what_does_not_fit_the_plan_is_refused_and_changes_nothing(
    store: Store, change: NewUpdate, error: type[Exception]
) -> None:
    before = await store.snapshot()
    with pytest.raises(error):
        await store.record([change])
    assert await store.snapshot() is before


async def test_a_change_with_a_key_is_recorded_once_and_then_given_back(store: Store) -> None:
    first = await store.record([new(key="k1", status=Status.RUNNING)])
    again = await store.record([new(key="k1", status=Status.DELAYED)])
    assert again == first
    mixed = await store.record([new(key="k2"), new(key="k1"), new(key=None)])
    assert mixed[1] == first[0]
    assert len(await store.history("DIG-02")) == 3


async def test_keys_within_one_list_have_to_differ(store: Store) -> None:
    with pytest.raises(ValueError, match="key of its own"):
        await store.record([new(key="k1"), new("DIG-01", key="k1")])


async def test_recording_nothing_changes_nothing(store: Store) -> None:
    before = await store.snapshot()
    assert await store.record([]) == []
    assert await store.snapshot() is before


async def test_characters_that_no_database_keeps_are_left_out_of_texts(store: Store) -> None:
    [update] = await store.record([new(note="a\x00b\ud83dc 😀")])
    assert update.note == "abc 😀"


async def test_text_is_kept_as_it_is_whatever_it_looks_like(store: Store) -> None:
    note = "'; DROP TABLE plan; -- %s :name $1 \u202eomgekeerd\n\t<at>x</at>"
    [update] = await store.record([new(note=note, by_id="'\"", place="19:x@thread.tacv2;messageid=1")])
    assert update.note == note
    assert update.by_id == "'\""


async def test_an_undo_is_a_counter_entry_that_takes_the_update_out_of_the_standing(store: Store) -> None:
    [update] = await store.record([new(status=Status.FINISHED, municipality="Druten", note="klaar", key="k")])
    entry = await store.undo(update.id, "Bram", "id-bram", AT + timedelta(minutes=5), "chat-2")
    assert entry == Update(
        entry.id, "DIG-02", Status.FINISHED, "Bram", AT + timedelta(minutes=5), "Druten",
        by_id="id-bram", place="chat-2", undoes=update.id,
    )  # fmt: skip
    snapshot = await store.snapshot()
    assert snapshot.standings["DIG-02"].status is Status.UNKNOWN
    assert await store.history("DIG-02") == (update, entry)


async def test_undoing_twice_gives_the_same_counter_entry(store: Store) -> None:
    [update] = await store.record([new()])
    first = await store.undo(update.id, "Bram", None, AT)
    before = await store.snapshot()
    assert await store.undo(update.id, "Carla", None, AT) == first
    assert await store.snapshot() is before


async def test_several_are_undone_together_each_once_in_the_order_asked(store: Store) -> None:
    one, two, three = await store.record([new(), new(code="OND-02"), new(municipality="Druten")])
    earlier = await store.undo(two.id, "Bram", None, AT)
    entries = await store.undo_all([three.id, two.id, one.id, three.id], "Carla", "id-c", AT)
    assert [entry.undoes for entry in entries] == [three.id, two.id, one.id, three.id]
    assert entries[1] == earlier
    assert (entries[0].municipality, entries[0].by, entries[0].by_id) == ("Druten", "Carla", "id-c")
    assert await store.undo_all([one.id, two.id, three.id], "Dirk", None, AT) == [entries[2], earlier, entries[0]]
    assert len(await store.history("DIG-02")) == 4


async def test_none_is_undone_when_one_of_them_cannot_be(store: Store) -> None:
    one, two = await store.record([new(), new(code="OND-02")])
    entry = await store.undo(two.id, "Bram", None, AT)
    for wrong, error in ((entry.id, CannotUndo), (987654, UnknownUpdate), (0, UnknownUpdate), (2**40, UnknownUpdate)):
        with pytest.raises(error):
            await store.undo_all([one.id, wrong], "Carla", None, AT)
    assert await store.history("DIG-02") == (one,)
    assert await store.undo_all([], "Carla", None, AT) == []


async def test_an_undo_cannot_be_undone_and_an_unknown_update_neither(store: Store) -> None:
    [update] = await store.record([new()])
    entry = await store.undo(update.id, "Bram", None, AT)
    with pytest.raises(CannotUndo) as refused:
        await store.undo(entry.id, "Bram", None, AT)
    assert refused.value.id == entry.id
    with pytest.raises(UnknownUpdate):
        await store.undo(987654, "Bram", None, AT)


async def test_a_snapshot_of_an_unchanged_database_is_the_same_object(store: Store) -> None:
    first = await store.snapshot()
    assert await store.snapshot() is first
    await store.record([new()])
    second = await store.snapshot()
    assert second is not first
    assert second.revision > first.revision
    assert second.plan is first.plan
    assert first.updates == {}


async def test_standings_worked_out_before_are_brought_up_to_date_with_new_updates(store: Store) -> None:
    assert (await store.snapshot()).standings["DIG-02"].status is Status.UNKNOWN
    await store.record([new(municipality="Druten", status=Status.FINISHED), new("OND-01", Status.DELAYED)])
    snapshot = await store.snapshot()
    assert snapshot.standings == Snapshot(snapshot.plan, updates=snapshot.updates).standings
    assert snapshot.standings["DIG-02"].finished == 1


async def test_officials_owners_and_communication_are_set_and_set_again(store: Store) -> None:
    await store.set_officials("DIG", [Person("Carla", "id-carla"), Person("Dirk")])
    await store.set_owners("DIG-02", [Person("Els", "id-els")])
    await store.set_communication("DIG-02", "persbericht in mei")
    snapshot = await store.snapshot()
    assert snapshot.officials == {"DIG": ("Carla", "Dirk"), "OND": ("Anna", "Bram")}
    assert snapshot.plan.theme_by_code["DIG"].officials == ("Carla", "Dirk")
    assert snapshot.owners == {"DIG-02": ("Els",)}
    assert snapshot.persons["DIG-02"] == (Person("Els", "id-els"),)
    assert snapshot.persons["DIG"] == (Person("Carla", "id-carla"), Person("Dirk"))
    assert snapshot.communications == {"DIG-02": "persbericht in mei"}
    await store.set_officials("DIG", [])
    await store.set_owners("DIG-02", [Person("Fred")])
    await store.set_communication("DIG-02", "")
    snapshot = await store.snapshot()
    assert snapshot.officials == {"OND": ("Anna", "Bram")}
    assert snapshot.persons == {"OND": (Person("Anna"), Person("Bram")), "DIG-02": (Person("Fred"),)}
    assert snapshot.communications == {}


async def test_people_and_communication_need_a_theme_or_action_that_exists(store: Store) -> None:
    with pytest.raises(UnknownTheme):
        await store.set_officials("DIG-02", [])
    with pytest.raises(UnknownAction):
        await store.set_owners("DIG", [])
    with pytest.raises(UnknownAction):
        await store.set_communication("DIG-99", "x")


async def test_a_second_plan_lives_beside_the_first_with_the_same_codes_and_keys(
    store: Store, small_plan: Plan
) -> None:
    other = replace(small_plan, slug="ander-2027", title="Ander plan")
    await store.add_plan(other)
    [one] = await store.record([new(key="k")])
    [two] = await store.record([new(key="k")], slug="ander-2027")
    assert one.id != two.id
    assert (await store.snapshot()).updates == {"DIG-02": (one,)}
    assert (await store.snapshot("ander-2027")).updates == {"DIG-02": (two,)}
    assert (await store.snapshot("ander-2027")).plan == other
    assert (await store.snapshot(small_plan.slug)).plan == small_plan


async def test_an_unknown_plan_is_named(store: Store) -> None:
    for call in (store.snapshot("2099"), store.record([new()], "2099"), store.history("DIG-02", "2099")):
        with pytest.raises(UnknownPlan, match="2099"):
            await call


async def test_a_database_without_a_plan_says_so(database_url: str) -> None:
    empty = open_store(database_url)
    await empty.migrate()
    with pytest.raises(UnknownPlan, match="no plan yet"):
        await empty.snapshot()
    await empty.close()


async def test_a_database_that_holds_a_plan_is_not_given_another(store: Store, small_plan: Plan) -> None:
    await store.seed(replace(small_plan, slug="ander-2027"))
    with pytest.raises(UnknownPlan):
        await store.snapshot("ander-2027")


async def test_a_restart_forgets_nothing(store: Store, database_url: str) -> None:
    [update] = await store.record([new()])
    await store.set_owners("DIG-02", [Person("Els", "id-els")])
    await store.undo(update.id, "Bram", None, AT)
    before = await store.snapshot()
    await store.close()
    again = open_store(database_url)
    await again.migrate()
    assert await again.snapshot() == before
    await again.close()


async def test_what_another_process_recorded_is_seen_at_the_next_question(store: Store, database_url: str) -> None:
    other = open_store(database_url)
    await store.snapshot()
    await other.record([new()])
    await other.set_communication("DIG-01", "brief")
    await other.record([new("DIG-01")])
    assert await store.snapshot() == await other.snapshot()
    assert list((await store.snapshot()).updates) == ["DIG-02", "DIG-01"]
    await other.close()


async def test_the_shipped_plan_comes_back_as_it_was_put_in(database_url: str) -> None:
    plan = shipped_plan()
    opened = open_store(database_url)
    await opened.migrate()
    await opened.seed(plan)
    assert (await opened.snapshot()).plan == plan
    await opened.close()


async def test_newer_texts_of_the_program_reach_a_plan_that_is_there_and_leave_the_rest(
    store: Store, small_plan: Plan
) -> None:
    [update] = await store.record([new()])
    await store.set_officials("OND", [Person("Carla", "id-carla")])
    before = await store.snapshot()
    first, *others = small_plan.actions
    newer = replace(
        small_plan,
        title="Nieuwe titel",
        actions=(replace(others[0], words=("spel", "game")), Action("DIG-03", "DIG", "2.2", "Nieuw"), *others[1:]),
    )
    await store.seed(newer)
    snapshot = await store.snapshot()
    assert snapshot.revision > before.revision
    assert snapshot.plan.title == "Nieuwe titel"
    assert snapshot.plan.by_code["DIG-02"].words == ("spel", "game")
    assert set(snapshot.plan.by_code) == {"DIG-01", "DIG-02", "DIG-03", "OND-01", "OND-02"}
    assert snapshot.plan.by_code["DIG-01"] == first
    assert snapshot.updates == {"DIG-02": (update,)}
    assert snapshot.persons["OND"] == (Person("Carla", "id-carla"),)


async def test_the_same_texts_change_nothing(store: Store, small_plan: Plan) -> None:
    await store.set_officials("OND", [Person("Carla")])
    before = await store.snapshot()
    await store.seed(small_plan)
    assert await store.snapshot() is before


async def test_a_plan_that_was_revised_in_the_database_keeps_its_texts(store: Store, small_plan: Plan) -> None:
    async with store.database.writing() as session:
        await session.execute(update(PlanRow).values(revised=True))
    await store.seed(replace(small_plan, title="Nieuwe titel"))
    assert (await store.snapshot()).plan == small_plan


@pytest.mark.parametrize("number", [0, -1, 2**31, 2**63, 10**30])
async def test_a_number_that_no_update_can_have_is_an_unknown_update(store: Store, number: int) -> None:
    with pytest.raises(UnknownUpdate):
        await store.undo(number, "Anna", None, AT)
