"""What is said after something was recorded, taken back or refused, and about a card whose time has passed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from uvp.answers import dates
from uvp.answers.phrases import Phrases
from uvp.members import Member
from uvp.reporting.prompts import expected_words, happened
from uvp.snapshot import Snapshot
from uvp.updates import AMSTERDAM, Status, Update

UNDO_TIME = timedelta(minutes=15)
NAMED = 5


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was recorded or taken back, and by whom: ``ids`` can be taken back by a button."""

    title: str
    lines: tuple[str, ...]
    by: str
    facts: tuple[tuple[str, str], ...] = ()
    ids: tuple[int, ...] = ()
    status: Status | None = None

    @property
    def text(self) -> str:
        """The whole of it in words."""
        return "\n".join((*self.lines, *(f"{name}: {value}" for name, value in self.facts)))


def receipt(say: Phrases, updates: Sequence[Update], snapshot: Snapshot, now: datetime) -> Receipt:
    """What was recorded just now, or before this was confirmed again."""
    first, again = updates[0], []
    if now - first.at > timedelta(minutes=1):
        again = [say("dialog.recorded.again", moment=dates.moment(say, first.at), by=first.by)]
    undone = {u.undoes for u in snapshot.updates.get(first.code, ())}
    ids = tuple(u.id for u in updates if u.id not in undone)
    until = first.at + UNDO_TIME
    lines = [said(say, updates, snapshot), *again]
    if not ids:
        lines.append(_undone_line(say, updates, snapshot))
    elif now < until:
        lines.append(say("dialog.recorded.undo", time=f"{until.astimezone(AMSTERDAM):%H:%M}"))
    return Receipt(
        say("dialog.titles.recorded"),
        tuple(lines),
        first.by_id or first.by,
        tuple(_facts(say, updates, snapshot)),
        ids if now < until else (),
        first.status,
    )


def said(say: Phrases, updates: Sequence[Update], snapshot: Snapshot) -> str:
    """*Vastgelegd: DIG-03 Hackshield is afgerond in Druten.*"""
    status, codes = say(f"statuses.{updates[0].status}"), list(dict.fromkeys(u.code for u in updates))
    if len(codes) > 1:
        return say("dialog.recorded.several", n=len(codes), status=status)
    names = [u.municipality for u in updates if u.municipality]
    scope = say("dialog.recorded.scope", names=say.join(names)) if names else ""
    return say("dialog.recorded.one", name=named(codes[0], snapshot), status=status, scope=scope)


def named(code: str, snapshot: Snapshot) -> str:
    """Code and title."""
    action = snapshot.plan.by_code.get(code)
    return f"{code} {action.title}" if action else code


def _facts(say: Phrases, updates: Sequence[Update], snapshot: Snapshot) -> list[tuple[str, str]]:
    first, codes = updates[0], list(dict.fromkeys(u.code for u in updates))
    facts = []
    if len(codes) > 1:
        facts.append((say("dialog.facts.actions"), ", ".join(codes)))
    if first.note:
        facts.append((say("dialog.facts.note"), first.note))
    if first.status is Status.DELAYED:
        action = snapshot.plan.by_code.get(codes[0])
        if len(codes) == 1 and action and action.deadline:
            facts.append((say("dialog.facts.deadline"), dates.day(say, action.deadline)))
        facts.append((say("dialog.facts.expected"), expected_words(say, first.expected)))
    facts.append((say("dialog.facts.by"), first.by))
    if len(codes) == 1 and first.municipality:
        whole = snapshot.standings[codes[0]].status
        facts.append((say("dialog.facts.whole_action"), say(f"statuses.{whole}")))
    return facts


def undone(say: Phrases, updates: Sequence[Update], snapshot: Snapshot) -> Receipt:
    """What was taken back, and by whom."""
    first, ids = updates[0], {u.id for u in updates}
    entries = (u for update in updates for u in snapshot.updates.get(update.code, ()))
    by = dict.fromkeys(u.by for u in entries if u.undoes in ids)
    return Receipt(
        say("dialog.titles.undone"),
        (_undone_line(say, updates, snapshot),),
        first.by_id or first.by,
        ((say("dialog.facts.by"), say.join(list(by))),),
    )


def _undone_line(say: Phrases, updates: Sequence[Update], snapshot: Snapshot) -> str:
    codes = list(dict.fromkeys(u.code for u in updates))
    if len(codes) > 1:
        return say("dialog.undone.several", n=len(codes))
    status = say(f"statuses.{snapshot.standings[codes[0]].status}")
    return say("dialog.undone.one", name=named(codes[0], snapshot), status=status)


def may_undo(updates: Sequence[Update], member: Member | None, person: str, now: datetime) -> str | None:
    """Which sentence says why ``person`` may not take these back now; None where they may."""
    if not updates:
        return "gone"
    if member is not None and member.coordinator:
        return None
    if any((u.by_id or u.by) != person for u in updates):
        return "other"
    return "late" if any(now - u.at > UNDO_TIME for u in updates) else None


def last_by(person: str, snapshot: Snapshot) -> tuple[Update, ...]:
    """The newest thing that somebody recorded and that was not taken back: all that one confirmation recorded."""
    entries = [u for updates in snapshot.updates.values() for u in updates]
    gone = {u.undoes for u in entries}
    mine = [u for u in entries if u.by_id == person and u.undoes is None and u.id not in gone]
    if not mine:
        return ()
    newest = max(mine, key=lambda u: u.id)
    draft = _draft(newest)
    return tuple(u for u in sorted(mine, key=lambda u: u.id) if u is newest or (draft and _draft(u) == draft))


def _draft(update: Update) -> str:
    """The key of the draft that an update came from; empty for one that came from elsewhere."""
    return update.key.partition(":")[0] if update.key else ""


def since_then(say: Phrases, updates: Sequence[Update]) -> str:
    """What happened since an old card: its newest few updates."""
    if not updates:
        return say("dialog.since.nothing")
    return "\n".join([say("dialog.since.intro"), *(happened(say, u) for u in updates[-NAMED:])])
