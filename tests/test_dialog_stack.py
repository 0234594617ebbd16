"""The SDK's stack of dialogs as JSON: what we stored comes back, anything else is an empty stack."""

from __future__ import annotations

import json

import pytest
from botbuilder.core import TurnContext
from botbuilder.dialogs import DialogInstance
from botbuilder.schema import Activity

from dialogs.running import Dialogs, draft_of
from dialogs.stack import from_json, to_json
from dialogs.update import Moment
from tests.clock import Moment as Clock
from tests.reporting_rig import assistant
from uvp.language import load
from uvp.members import Member
from uvp.reporting.draft import Draft, Step
from uvp.reporting.flow import Asked, Stopped
from uvp.reporting.words import DialogWords
from uvp.reporting.world import Said, World
from uvp.storage.store import Store

KNOWN = frozenset({"update"})


def test_a_stack_comes_back_as_it_was_stored() -> None:
    stack = [DialogInstance("update", {"draft": {"key": "k"}})]
    stored = json.loads(json.dumps(to_json(stack)))
    (again,) = from_json(stored, KNOWN).dialog_stack
    assert (again.id, again.state) == ("update", {"draft": {"key": "k"}})


@pytest.mark.parametrize(
    "value",
    [
        None,
        "update",
        {"py/object": "os.system"},
        [{"id": "other", "state": {}}],
        [{"id": "update"}],
        [{"id": "update", "state": []}],
        [{"id": "update", "state": {}}, {"py/object": "x"}],
        [["update", {}]],
    ],
)
def test_what_is_not_a_stack_of_ours_is_empty(value: object) -> None:
    assert from_json(value, KNOWN).dialog_stack == []


def context() -> TurnContext:
    """A turn without a way out: dialogs answer by their result and send nothing."""
    return TurnContext(object(), Activity(type="message"))


async def test_a_dialog_goes_on_in_another_process_from_nothing_but_json(store: Store) -> None:
    snapshot, words = await store.snapshot(), DialogWords(load("answers"), load("dialogs"))
    world = World(
        snapshot,
        Member("1", "Sanne", coordinator=True),
        Clock()(),
        words,
        lambda text: assistant().read(text, snapshot.plan, Clock()().date()),
    )
    turned = await Dialogs(store).begin(context(), Draft("k", "p", codes=("DIG-02",)), Moment(world))
    for text, step in (("Druten", Step.STATUS), ("afgerond", Step.CONFIRM), ("terug", Step.STATUS)):
        kept = json.loads(json.dumps(turned.kept))
        turned = await Dialogs(store).go_on(context(), kept, Moment(world, Said(text)))
        assert isinstance(turned.result, Asked)
        assert turned.result.prompt.step is step
        assert draft_of(turned.kept) == turned.result.draft
    turned = await Dialogs(store).go_on(context(), turned.kept, Moment(world, Said("annuleer")))
    assert isinstance(turned.result, Stopped)
    assert turned.kept is None


async def test_a_draft_that_cannot_be_read_any_more_ends_without_a_word_of_its_own(store: Store) -> None:
    snapshot, words = await store.snapshot(), DialogWords(load("answers"), load("dialogs"))
    world = World(snapshot, Member("1", "Sanne"), Clock()(), words, lambda _: pytest.fail("nothing to read"))
    kept = {"stack": [{"id": "update", "state": {"draft": {"version": 9}}}], "at": 0}
    turned = await Dialogs(store).go_on(context(), kept, Moment(world, Said("ja")))
    assert (turned.result, turned.kept) == (None, None)
