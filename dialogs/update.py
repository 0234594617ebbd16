"""The dialog that reports how an action stands."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from botbuilder.dialogs import Dialog, DialogContext, DialogTurnResult, DialogTurnStatus

from uvp.errors import ChangedMeanwhile
from uvp.reporting.draft import Draft, changes, decode, encode
from uvp.reporting.flow import Asked, Confirmed, NotAnAnswer, Stopped, advance, ask
from uvp.reporting.receipts import Receipt, receipt
from uvp.reporting.world import Heard, World
from uvp.snapshot import Snapshot
from uvp.updates import NewUpdate, Update

MOMENT = "moment"
DRAFT = "draft"


class Records(Protocol):
    """Where updates are kept; the store is one."""

    def record(
        self, changes: Sequence[NewUpdate], slug: str | None = None, seen: Mapping[str, int] | None = None
    ) -> Awaitable[list[Update]]:
        """Appends updates, all or none, each key once. Raises ChangedMeanwhile for what is newer than ``seen``."""

    def snapshot(self, slug: str | None = None) -> Awaitable[Snapshot]:
        """The plan and all that is recorded."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a turn of the dialog is decided on; ``heard`` None begins it, with ``remarks`` before its first question."""

    world: World
    heard: Heard | None = None
    remarks: tuple[str, ...] = ()


Result = Asked | Stopped | NotAnAnswer | Receipt
"""What a turn of the dialog comes to; ``Stopped`` and ``Receipt`` end it."""


class UpdateDialog(Dialog):  # type: ignore[misc]  # the SDK has no types
    """Asks what is open of a draft, then records it. Its state is the draft as JSON."""

    def __init__(self, dialog_id: str, records: Records) -> None:
        super().__init__(dialog_id)
        self._records = records

    async def begin_dialog(self, dialog_context: DialogContext, options: object = None) -> DialogTurnResult:
        """Begins with the draft in ``options``: what it leaves open is asked."""
        if not isinstance(options, Draft):
            raise TypeError("an update begins with a draft")
        moment = _moment(dialog_context)
        return await self._come_to(dialog_context, ask(options, moment.world, moment.remarks))

    async def continue_dialog(self, dialog_context: DialogContext) -> DialogTurnResult:
        """One turn. A draft that cannot be read any more ends the dialog without a result."""
        moment, draft = _moment(dialog_context), decode(dialog_context.active_dialog.state.get(DRAFT))
        if draft is None or moment.heard is None:
            return await dialog_context.end_dialog(None)
        move = advance(draft, moment.heard, moment.world)
        match move:
            case Confirmed(confirmed):
                return await self._come_to(dialog_context, await record(confirmed, moment.world, self._records))
            case Asked() | Stopped() | NotAnAnswer():
                return await self._come_to(dialog_context, move)

    async def _come_to(self, dialog_context: DialogContext, result: Result) -> DialogTurnResult:
        match result:
            case Asked(draft) | NotAnAnswer(draft):
                dialog_context.active_dialog.state = {DRAFT: encode(draft)}
                return DialogTurnResult(DialogTurnStatus.Waiting, result)
            case Stopped() | Receipt():
                return await dialog_context.end_dialog(result)


async def record(draft: Draft, world: World, records: Records) -> Receipt | Asked:
    """Records a draft, or asks again when somebody was quicker. Raises DatabaseUnavailable."""
    new = changes(draft, world.member, world.now, world.place)
    try:
        updates = await records.record(new, seen=dict(draft.seen))
    except ChangedMeanwhile:
        return ask(draft, replace(world, snapshot=await records.snapshot()))
    return receipt(world.say(draft.language), updates, _with(world.snapshot, updates), world.now)


def _with(snapshot: Snapshot, updates: Sequence[Update]) -> Snapshot:
    """What the receipt needs to know; reading everything anew is left to the turn that comes next."""
    new = [u for u in updates if u not in snapshot.updates.get(u.code, ())]
    return snapshot.with_updates(new, snapshot.revision) if new else snapshot


def _moment(dialog_context: DialogContext) -> Moment:
    moment = dialog_context.services.get(MOMENT)
    if not isinstance(moment, Moment):
        raise TypeError("a turn of a dialog needs its moment")
    return moment
