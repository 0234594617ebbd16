"""The outbox as lines and as data, for whoever watches over it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from uvp.delivery.outbox import Item, State
from uvp.errors import UvpError

NOT_ARRIVED = tuple(state for state in State if state is not State.SENT)


@dataclass(eq=False)
class NothingToDecide(UvpError):
    """This message is not open to that decision: it is not there, or where it is nothing has to be decided."""

    id: int

    def __str__(self) -> str:
        return f"nothing of that kind is to be decided about message {self.id}"


class Outbox(Protocol):
    """What is to be delivered."""

    async def counts(self) -> Mapping[State, int]:
        """How many messages are in which state."""
        ...

    async def items(self, states: Iterable[State] = ()) -> Sequence[Item]:
        """The newest messages of these states."""
        ...

    async def settle(self, item_id: int, to: State, by: str, now: datetime) -> Item | None:
        """What an operator decides."""
        ...


async def outbox_lines(
    outbox: Outbox, now: datetime, again: int | None, arrived: int | None, as_json: bool, everything: bool
) -> list[str]:
    """What the command line prints, after it decided about a message if it was told to. Raises NothingToDecide."""
    for number, to in ((again, State.PLANNED), (arrived, State.SENT)):
        if number is not None and await outbox.settle(number, to, "command line", now) is None:
            raise NothingToDecide(number)
    items = await outbox.items(() if everything else NOT_ARRIVED)
    if as_json:
        return [json.dumps(as_record(item, now), ensure_ascii=False) for item in items]
    return list(as_lines(await outbox.counts(), items, now))


def as_lines(counts: Mapping[State, int], items: Sequence[Item], now: datetime) -> Iterator[str]:
    """How many messages are in which state, then each of ``items``: its age counts from when it was due."""
    yield ", ".join(f"{n} {state}" for state, n in counts.items()) or "the outbox is empty"
    for item in items:
        age, parts = duration(now - item.due), f" part {item.part + 1}" if item.part else ""
        line = (
            f"{item.id}\t{item.state}\t{item.kind} {item.slot}{parts}\t{item.place}\t{age} old, {item.attempts} tries"
        )
        if item.state is State.PLANNED:
            line += f", next in {duration(item.next_try - now)}"
        yield f"{line}\t{item.reason}" if item.reason else line


def as_record(item: Item, now: datetime) -> dict[str, Any]:
    """One message as plain data."""
    return {
        "id": item.id,
        "state": str(item.state),
        "kind": str(item.kind),
        "slot": item.slot,
        "part": item.part,
        "place": item.place,
        "due": item.due.isoformat(),
        "age_seconds": round((now - item.due).total_seconds()),
        "attempts": item.attempts,
        "next_try": item.next_try.isoformat() if item.state is State.PLANNED else None,
        "reason": item.reason,
    }


def duration(length: timedelta) -> str:
    """*45s*, *12m*, *5h*, *3d*; nothing is shorter than 0s."""
    seconds = max(0, round(length.total_seconds()))
    for unit, of in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds >= 2 * of:
            return f"{seconds // of}{unit}"
    return f"{seconds}s"
