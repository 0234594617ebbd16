"""The commands ``digest`` and ``outbox``."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app import cli
from tests.delivery_rig import item
from uvp.delivery.listing import duration
from uvp.delivery.outbox import LEASE, State, Step
from uvp.delivery.outbox import Result as Came
from uvp.digest.schedule import Occurrence
from uvp.digest.subscription import Subscription
from uvp.digest.week import Week
from uvp.planfile import shipped_plan
from uvp.storage.engine import open_store
from uvp.storage.outbox import OutboxStore
from uvp.storage.subscriptions import SubscriptionStore
from uvp.updates import NewUpdate, Status

NOW = datetime(2026, 11, 24, 11, tzinfo=UTC)
Run = Callable[..., Result]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/uvp.db"


@pytest.fixture
def run(url: str) -> Run:
    """Runs the program on a Tuesday over a database of its own."""
    runner = CliRunner()
    return lambda *words: runner.invoke(cli, [*words, "--db", url, "--today", "2026-11-24"])


def prepare(url: str, *states: State) -> None:
    """A database with one update, one place that has the digest on, and a message in each of these states."""

    async def main() -> None:
        store = open_store(url)
        await store.migrate()
        await store.seed(shipped_plan())
        at = datetime(2026, 11, 20, tzinfo=UTC)
        await store.record([NewUpdate("DIG-02", Status.RUNNING, "Anna", at, note="geboekt")])
        subscriptions, outbox = SubscriptionStore(store.database), OutboxStore(store.database)
        await subscriptions.save(Subscription("a", "t"), lambda *_: Occurrence(Week(2026, 49), NOW), NOW)
        for number, state in enumerate(states):
            place = "a" if number == 0 else f"b{number}"
            await outbox.plan([item(place, due=NOW)], NOW)
            [leased] = await outbox.lease("one", NOW, NOW + LEASE, 1)
            sending = await outbox.begin(leased, "one", NOW, NOW + LEASE)
            assert sending is not None
            await outbox.finish(sending, "one", Step(state, reason="a reason"), Came(500), NOW)
        await store.close()

    asyncio.run(main())


def test_the_digest_of_a_week_is_printed_as_it_was(run: Run, url: str) -> None:
    prepare(url)
    assert "“geboekt”" in run("digest").output
    assert "geboekt" not in run("digest", "--week", "2026-W47").output


def test_the_digest_is_printed_as_one_line_of_json(run: Run, url: str) -> None:
    prepare(url)
    [line] = run("digest", "--json", "--week", "2026-W48").output.splitlines()
    record = json.loads(line)
    assert record["week"] == "2026-W48"
    assert [u["code"] for u in record["updated"]] == ["DIG-02"]
    assert record["text"].startswith("Weekoverzicht week 48")


@pytest.mark.parametrize("text", ["2027-W53", "2026-48", "next"])
def test_a_week_that_is_none_is_bad_usage(run: Run, text: str) -> None:
    result = run("digest", "--week", text)
    assert result.exit_code == 2
    assert "write it as 2026-W48" in result.stderr


def test_sending_plans_it_for_every_place_once(run: Run, url: str) -> None:
    prepare(url)
    assert run("digest", "--send").output == "a\tplanned\n"
    assert "left as it is" in run("digest", "--send").output
    assert "1 planned" in run("outbox").output


@pytest.mark.parametrize(
    ("state", "said"),
    [(State.FAILED, "planned again"), (State.SKIPPED, "planned again"), (State.UNKNOWN, "left"), (State.SENT, "left")],
)
def test_sending_again_takes_up_what_failed_and_leaves_what_may_have_arrived(
    run: Run, url: str, state: State, said: str
) -> None:
    prepare(url, state)
    assert said in run("digest", "--send", "--week", "2026-W48").output


def test_nothing_is_sent_where_nobody_switched_it_on(run: Run) -> None:
    assert run("digest", "--send").output == "no place has the digest switched on\n"


def test_the_outbox_shows_states_ages_and_why(run: Run, url: str) -> None:
    prepare(url, State.UNKNOWN, State.FAILED, State.SENT)
    counts, *lines = run("outbox").output.splitlines()
    assert counts == "1 sent, 1 unknown, 1 failed"
    assert len(lines) == 2
    assert all("a reason" in line and "2026-W48" in line and "1 tries" in line for line in lines)
    assert len(run("outbox", "--all").output.splitlines()) == 4
    records = [json.loads(line) for line in run("outbox", "--json").output.splitlines()]
    assert {r["state"] for r in records} == {"unknown", "failed"}


def test_an_operator_decides_on_the_command_line_once(run: Run, url: str) -> None:
    prepare(url, State.UNKNOWN)
    assert run("outbox", "--arrived", "1").output == "1 sent\n"
    refused = run("outbox", "--arrived", "1")
    assert (refused.exit_code, len(refused.stderr.splitlines())) == (1, 1)


def test_an_empty_outbox_says_so(run: Run) -> None:
    assert run("outbox").output == "the outbox is empty\n"


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (timedelta(seconds=-5), "0s"),
        (timedelta(seconds=90), "90s"),
        (timedelta(minutes=3), "3m"),
        (timedelta(hours=36), "36h"),
        (timedelta(days=2), "2d"),
    ],
)
def test_ages_are_short(length: timedelta, text: str) -> None:
    assert duration(length) == text
