"""Runs the dialogs of one person in one conversation, from stored state to stored state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from botbuilder.core import TurnContext
from botbuilder.dialogs import DialogContext, DialogSet

from dialogs.stack import KEY, StackAccessor, from_json, to_json
from dialogs.update import MOMENT, Moment, Records, Result, UpdateDialog
from uvp.reporting.draft import Draft, decode

UPDATE = "update"
LAPSES = timedelta(days=1)

Kept = dict[str, Any]
"""What is stored of a running dialog: its stack and the second since 1970 of its last turn."""


@dataclass(frozen=True, slots=True)
class Turned:
    """What a turn came to, and what is kept of the dialog (None: it has ended). No result: there was no dialog."""

    result: Result | None
    kept: Kept | None


class Dialogs:
    """The dialogs over what they record in."""

    def __init__(self, records: Records) -> None:
        self._set = DialogSet(StackAccessor())
        self._set.add(UpdateDialog(UPDATE, records))
        self._known = frozenset({UPDATE})

    async def begin(self, context: TurnContext, draft: Draft, moment: Moment) -> Turned:
        """Begins a report in place of whatever was running."""
        running = await self._running(context, None, moment)
        result = await running.begin_dialog(UPDATE, draft)
        return _turned(running, result.result, moment)

    async def go_on(self, context: TurnContext, kept: object, moment: Moment) -> Turned:
        """One turn of the dialog that is kept."""
        running = await self._running(context, kept, moment)
        result = await running.continue_dialog()
        return _turned(running, result.result, moment)

    async def _running(self, context: TurnContext, kept: object, moment: Moment) -> DialogContext:
        stack = kept.get("stack") if isinstance(kept, dict) else None
        context.turn_state[KEY] = from_json(stack, self._known)
        running = await self._set.create_context(context)
        running.services[MOMENT] = moment
        return running


def draft_of(kept: object) -> Draft | None:
    """The draft of the dialog that is kept."""
    match kept:
        case {"stack": [{"id": "update", "state": {"draft": value}}]}:
            return decode(value)
    return None


def lapsed(kept: object, now: datetime) -> datetime | None:
    """When a dialog was last gone on with, if that is a day ago or longer."""
    at = kept.get("at") if isinstance(kept, dict) else None
    if not isinstance(at, int | float):
        return None
    last = datetime.fromtimestamp(at, now.tzinfo)
    return last if now - last >= LAPSES else None


def _turned(running: DialogContext, result: Result | None, moment: Moment) -> Turned:
    stack = to_json(running.stack)
    return Turned(result, {"stack": stack, "at": moment.world.now.timestamp()} if stack else None)
