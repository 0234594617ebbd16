"""The quick form: handed out for an action, and read and checked again when it comes back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.cards.form import Form, form_card
from bot.reporting.desk import Desk, Refused, in_place, language_of, others_card, owner_of
from bot.reporting.steps import Steps
from bot.turns import Outcome, Turn
from dialogs.update import record
from uvp.members import Member, scopes
from uvp.plan import Action
from uvp.question import Language
from uvp.reporting.draft import EXPLAINED, Draft, Step, newest, recorded, since
from uvp.reporting.flow import Asked
from uvp.reporting.prompts import STATUSES
from uvp.reporting.receipts import receipt
from uvp.reporting.replies import Trouble, expected, note
from uvp.reporting.world import World
from uvp.snapshot import Snapshot
from uvp.updates import Status

_FIELDS = ("status", "where", "note", "expected")


class Forms:
    """The verbs ``update`` and ``form``."""

    def __init__(self, desk: Desk, steps: Steps) -> None:
        self._desk = desk
        self._steps = steps

    async def wanted(self, turn: Turn) -> Outcome | None:
        """Somebody wants to report on an action: the form for it, with the status that the button names filled in.

        None for an action that is not in the plan.
        """
        snapshot, language = await self._desk.snapshot(), language_of(turn)
        action = snapshot.plan.by_code.get(str(turn.incoming.data.get("code")))
        if action is None:
            return None
        member = await self._desk.reporter(turn, language)
        if isinstance(member, Refused):
            return Outcome(member.text)
        status = turn.incoming.data.get("status")
        values = {"status": status} if isinstance(status, str) and status in {s.value for s in STATUSES} else {}
        form = _form(self._desk.new_key(), action, newest(snapshot, action.code), member, snapshot, turn.today, values)
        return self._shown(form, turn, language)

    async def saved(self, turn: Turn) -> Outcome | None:
        """Somebody sends a form. None when it is none of ours."""
        data, language, snapshot = turn.incoming.data, language_of(turn), await self._desk.snapshot()
        action = snapshot.plan.by_code.get(str(data.get("code")))
        key, seen = data.get("draft"), data.get("seen")
        if action is None or not isinstance(key, str) or not isinstance(seen, int) or isinstance(seen, bool):
            return None
        if other := others_card(turn, self._desk.words):
            return other
        if updates := recorded(key, snapshot, [action.code]):
            return self._desk.receipt(
                receipt(self._desk.say(language), updates, snapshot, turn.now), turn, language, None
            )
        member = await self._desk.reporter(turn, language)
        if isinstance(member, Refused):
            return Outcome(member.text)
        values = {name: data[name] for name in _FIELDS if isinstance(data.get(name), str)}
        world = await self._desk.world(turn, snapshot, member)
        draft = Draft(key, turn.incoming.person.key, language, codes=(action.code,), seen=((action.code, seen),))
        filled, problems = _read(draft, values, world)
        if problems:
            form = _form(key, action, seen, member, snapshot, turn.today, values, problems)
            return in_place(self._shown(form, turn, language), turn)
        return await self._recorded(turn, filled, world)

    async def _recorded(self, turn: Turn, draft: Draft, world: World) -> Outcome:
        """Recorded at once, unless somebody changed something since the form was handed out."""
        if since(draft, world.snapshot):
            return await self._steps.begin(turn, draft)
        made = await record(draft, world, self._desk.records)
        if isinstance(made, Asked):
            return await self._steps.begin(turn, draft)
        return self._desk.receipt(made, turn, draft.language, None)

    def _shown(self, form: Form, turn: Turn, language: Language) -> Outcome:
        card = form_card(form, owner_of(turn), language, self._desk.say(language))
        title = self._desk.say(language)("dialog.form.title", code=form.action.code, title=form.action.title)
        return Outcome("\n".join((title, *form.problems)), card)


def _form(
    key: str,
    action: Action,
    seen: int,
    member: Member,
    snapshot: Snapshot,
    today: date,
    values: Mapping[str, str] | None = None,
    problems: tuple[str, ...] = (),
) -> Form:
    places = tuple(m for m in scopes(member, snapshot.plan, action) if m is not None)
    return Form(key, action, seen, places, today, values or {}, problems)


def _read(draft: Draft, values: Mapping[str, Any], world: World) -> tuple[Draft, tuple[str, ...]]:
    """The draft of a form, and what is wrong with it."""
    say = world.say(draft.language)
    status = next((s for s in STATUSES if s.value == values.get("status")), None)
    if status is None:
        return draft, (say("dialog.trouble.fields"),)
    where = tuple(filter(None, values.get("where", "").split(",")))
    allowed = scopes(world.member, world.snapshot.plan, world.snapshot.plan.by_code[draft.codes[0]])
    problems: list[str] = []
    if outside := [m for m in where if m not in allowed]:
        problems.extend(world.why_not(outside, draft.codes, draft.language))
    places = tuple(m for m in world.snapshot.plan.municipality_names if m in where)
    read = Draft(
        draft.key,
        draft.by,
        draft.language,
        codes=draft.codes,
        municipalities=places,
        status=status,
        skipped=(Step.EXPECTED,),
        seen=draft.seen,
    )
    for value, reader in ((values.get("note", "").strip(), note), (values.get("expected", ""), _day)):
        if not value and not (reader is note and status in EXPLAINED):
            continue
        made = reader(value, read, world)
        if isinstance(made, Draft):
            read = made
        elif isinstance(made, Trouble):
            problems.append(made.text)
    return read, tuple(problems)


def _day(value: str, draft: Draft, world: World) -> Draft | Trouble:
    """The expected date, which goes with a delay only."""
    if draft.status is not Status.DELAYED:
        return draft
    try:
        return expected(date.fromisoformat(value), draft, world)
    except ValueError:
        return Trouble(world.say(draft.language)("dialog.trouble.expected"))
