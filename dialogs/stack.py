"""The SDK's stack of dialogs as plain JSON and back; its own way would build objects of any class from stored text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from botbuilder.core import StatePropertyAccessor, TurnContext
from botbuilder.dialogs import DialogInstance, DialogState

KEY = "uvp.dialogs"


class StackAccessor(StatePropertyAccessor):  # type: ignore[misc]  # the SDK has no types
    """Hands the SDK the stack that the turn began with; whoever runs the turn puts it there and stores what is left."""

    async def get(self, turn_context: TurnContext, default_value_or_factory: Any = None) -> DialogState:
        """The stack of this turn."""
        state = turn_context.turn_state.get(KEY)
        return default_value_or_factory() if state is None else state

    async def set(self, turn_context: TurnContext, value: DialogState) -> None:
        """Replaces the stack of this turn."""
        turn_context.turn_state[KEY] = value

    async def delete(self, turn_context: TurnContext) -> None:
        """Forgets the stack of this turn."""
        turn_context.turn_state.pop(KEY, None)


def to_json(stack: Iterable[DialogInstance]) -> list[dict[str, Any]]:
    """The stack, its top first; dialogs of ours keep nothing but JSON in their state."""
    return [{"id": instance.id, "state": dict(instance.state)} for instance in stack]


def from_json(value: object, known: frozenset[str]) -> DialogState:
    """The stack of what was stored; empty when any part of it is not as we store it or names an unknown dialog."""
    stack = []
    for entry in value if isinstance(value, list) else ():
        match entry:
            case {"id": str(id_), "state": Mapping() as state} if id_ in known:
                stack.append(DialogInstance(id_, dict(state)))
            case _:
                return DialogState([])
    return DialogState(stack)
