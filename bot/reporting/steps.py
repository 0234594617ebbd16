"""Reporting step by step, typed or on cards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.reporting.desk import DIALOG, Desk, Refused, language_of, others_card, without_dialog
from bot.turns import Decide, Outcome, Turn
from dialogs.running import Dialogs, Turned, draft_of, lapsed
from dialogs.update import Moment
from uvp.answers import dates
from uvp.answers.replies import impossible
from uvp.question import Intent, Question, ReportedUpdate
from uvp.reporting.draft import Draft, filled, recorded
from uvp.reporting.flow import Asked, NotAnAnswer, Stopped
from uvp.reporting.receipts import named, receipt, since_then
from uvp.reporting.starting import Start, may_start, started
from uvp.reporting.world import Heard, Pressed, Said
from uvp.snapshot import Snapshot
from uvp.updates import NOTE_LIMIT

_FIELDS = ("code", "where", "note", "expected", "codes")
_FIELD_LIMIT = 5000


class Steps:
    """Leads through a report."""

    def __init__(self, desk: Desk, dialogs: Dialogs) -> None:
        self._desk = desk
        self._dialogs = dialogs

    def before(self, answer: Decide) -> Decide:
        """Hears messages first: what belongs to a report is dealt with here, everything else by ``answer``."""

        async def said(turn: Turn) -> Outcome:
            draft = draft_of(turn.state.get(DIALOG))
            if draft is None:
                return await self._started(turn) or await answer(turn)
            if lapsed(turn.state[DIALOG], turn.now):
                return await self._after_lapse(turn, draft, answer)
            return await self._continued(turn, draft, answer)

        return said

    async def reported(self, turn: Turn, text: str, question: Question) -> Outcome:
        """Somebody reported something in a sentence, typed or pressed."""
        key = self._desk.new_key()
        draft = Draft(key, turn.incoming.person.key, question.language)
        running = draft_of(turn.state.get(DIALOG))
        dropped = () if running is None else (await self._dropped(running),)
        remarks = (*dropped, *impossible(self._desk.say(question.language), text))
        draft = filled(draft, question.update or ReportedUpdate(), question.choices)
        return await self.begin(turn, _with_links(draft, turn), remarks)

    async def pressed(self, turn: Turn) -> Outcome | None:
        """Somebody pressed a button of a step; None when it is none of ours."""
        pressed, kept = _pressed(turn.incoming.data), turn.state.get(DIALOG)
        if pressed is None:
            return None
        if other := others_card(turn, self._desk.words):
            return other
        draft = draft_of(kept)
        if draft is None or draft.key != turn.incoming.data.get("draft"):
            return await self._old(turn)
        if lapsed(kept, turn.now):
            return self._desk.notice(await self._lapsed(turn, draft), draft.language, turn, without_dialog(turn.state))
        return await self._go_on(turn, draft, pressed)

    async def begin(self, turn: Turn, draft: Draft, remarks: tuple[str, ...] = ()) -> Outcome:
        """Begins a report; what is open of it is asked, or what changed meanwhile."""
        member = await self._desk.reporter(turn, draft.language)
        if isinstance(member, Refused):
            return Outcome(member.text)
        snapshot = await self._desk.snapshot()
        moment = Moment(await self._desk.world(turn, snapshot, member), remarks=remarks)
        return await self._outcome(turn, draft, await self._dialogs.begin(turn.context, draft, moment), snapshot)

    async def _go_on(self, turn: Turn, draft: Draft, heard: Heard) -> Outcome:
        member = await self._desk.reporter(turn, draft.language)
        if isinstance(member, Refused):
            return self._desk.notice(member.text, draft.language, turn, without_dialog(turn.state))
        snapshot = await self._desk.snapshot()
        moment = Moment(await self._desk.world(turn, snapshot, member), heard)
        turned = await self._dialogs.go_on(turn.context, turn.state[DIALOG], moment)
        return await self._outcome(turn, draft, turned, snapshot)

    async def _outcome(self, turn: Turn, draft: Draft, turned: Turned, snapshot: Snapshot) -> Outcome:
        """What a turn of the dialog came to, as an answer."""
        desk, language = self._desk, draft.language
        state = without_dialog(turn.state) if turned.kept is None else {**turn.state, DIALOG: turned.kept}
        match turned.result:
            case Asked(prompt=prompt):
                return desk.asked(prompt, turn, snapshot, state)
            case NotAnAnswer(trouble=prompt):
                return desk.asked(prompt, turn, snapshot, state)
            case Stopped(text):
                return desk.notice(text, language, turn, state)
            case None:
                return desk.notice(desk.say(language)("dialog.stopped.cancelled"), language, turn, state)
            case made:
                return desk.receipt(made, turn, language, state)

    async def _continued(self, turn: Turn, draft: Draft, answer: Decide) -> Outcome:
        """A typed message while a report is being made: an answer to its step, or something in between."""
        member = await self._desk.reporter(turn, draft.language)
        if isinstance(member, Refused):
            return self._desk.notice(member.text, draft.language, turn, without_dialog(turn.state))
        snapshot, text = await self._desk.snapshot(), turn.incoming.text
        moment = Moment(await self._desk.world(turn, snapshot, member), Said(text, turn.incoming.links))
        turned = await self._dialogs.go_on(turn.context, turn.state[DIALOG], moment)
        if not isinstance(turned.result, NotAnAnswer):
            return await self._outcome(turn, draft, turned, snapshot)
        if started := await self._started(turn, draft):
            return started
        match moment.world.reads(text).intent:
            case Intent.UNKNOWN:
                return await self._outcome(turn, draft, turned, snapshot)
            case Intent.UPDATE:
                return await answer(turn)
        answered = await answer(turn)
        state = {**(turn.state if answered.state is None else answered.state), DIALOG: turned.kept}
        again = replace(turned.result.again, remarks=(self._desk.say(draft.language)("dialog.going_on"),))
        return replace(answered, state=state, then=self._desk.asked(again, turn, snapshot, state))

    async def _started(self, turn: Turn, running: Draft | None = None) -> Outcome | None:
        """Begins a report about all of some actions, or where somebody says that they want to make one."""
        if not may_start(turn.incoming.text, self._desk.words):
            return None
        snapshot, person = await self._desk.snapshot(), turn.incoming.person

        def reads(text: str) -> Question:
            return self._desk.assistant.read(text, snapshot.plan, turn.today)

        empty = Draft(self._desk.new_key(), person.key)
        start = Start(empty, person.name, turn.today, snapshot, reads, self._desk.words)
        draft = started(turn.incoming.text, start, language_of(turn))
        if draft is None:
            return None
        return await self.begin(turn, draft, () if running is None else (await self._dropped(running),))

    async def _after_lapse(self, turn: Turn, draft: Draft, answer: Decide) -> Outcome:
        """Says that a report has lapsed, then goes on as if there had been none."""
        fresh = replace(turn, state=without_dialog(turn.state))
        after = await self._started(fresh) or await answer(fresh)
        state = fresh.state if after.state is None else after.state
        return Outcome(await self._lapsed(turn, draft), state=state, then=after)

    async def _lapsed(self, turn: Turn, draft: Draft) -> str:
        say = self._desk.say(draft.language)
        last = lapsed(turn.state.get(DIALOG), turn.now) or turn.now
        return say("dialog.stopped.lapsed", name=await self._name(draft), day=dates.day(say, last.date()))

    async def _dropped(self, draft: Draft) -> str:
        return self._desk.say(draft.language)("dialog.stopped.replaced", name=await self._name(draft))

    async def _name(self, draft: Draft) -> str:
        say = self._desk.say(draft.language)
        if not draft.codes:
            return say("dialog.stopped.nameless")
        if len(draft.codes) > 1:
            return say("dialog.stopped.number", n=len(draft.codes))
        return named(draft.codes[0], await self._desk.snapshot())

    async def _old(self, turn: Turn) -> Outcome:
        """A button of a report that is over: what was recorded with it, or what happened since."""
        language, data, snapshot = language_of(turn), turn.incoming.data, await self._desk.snapshot()
        say = self._desk.say(language)
        if updates := recorded(str(data["draft"]), snapshot):
            return self._desk.receipt(receipt(say, updates, snapshot, turn.now), turn, language, None)
        match data.get("seen"):
            case [str(code), int(seen)]:
                updates = tuple(u for u in snapshot.updates.get(code, ()) if u.id > seen)
        return self._desk.notice(since_then(say, updates), language, turn, None)


def _with_links(draft: Draft, turn: Turn) -> Draft:
    """What came with a report belongs to its note."""
    note = Said("", turn.incoming.links).noted(draft.note or "")
    return replace(draft, note=note) if turn.incoming.links and len(note) <= NOTE_LIMIT else draft


def _pressed(data: Mapping[str, Any]) -> Pressed | None:
    """The button of a step, with the fields of its card."""
    match data:
        case {"draft": str(), "turn": int(turn), "pick": str(pick)} if not isinstance(turn, bool):
            fields = {name: data[name] for name in _FIELDS if isinstance(data.get(name), str)}
            if all(len(value) <= _FIELD_LIMIT for value in fields.values()):
                return Pressed(turn, pick, fields)
    return None
