"""Taking back what was recorded, by the button of its receipt or in words."""

from __future__ import annotations

from collections.abc import Sequence

from bot.reporting.desk import Desk, Refused, language_of
from bot.turns import Decide, Outcome, Turn
from uvp.question import Language
from uvp.reporting.receipts import last_by, may_undo, undone
from uvp.snapshot import Snapshot
from uvp.updates import Update

_MOST = 200


class Undoing:
    """The verb ``undo``, and the words for it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def before(self, answer: Decide) -> Decide:
        """Takes back the last thing that somebody recorded when they say so; all else is answered by ``answer``."""

        async def said(turn: Turn) -> Outcome:
            words, text = self._desk.words, turn.incoming.text
            if not words.means(text, "undo"):
                return await answer(turn)
            language = words.language_of(text, "undo") or language_of(turn)
            snapshot = await self._desk.snapshot()
            if updates := last_by(turn.incoming.person.key, snapshot):
                return await self._take_back(turn, updates, snapshot, language)
            return Outcome(self._desk.say(language)("dialog.undone.nothing"))

        return said

    async def pressed(self, turn: Turn) -> Outcome | None:
        """Somebody takes back what a receipt shows; None when the button is none of ours."""
        ids = turn.incoming.data.get("ids")
        if not isinstance(ids, list) or not 0 < len(ids) <= _MOST:
            return None
        wanted = {id_ for id_ in ids if isinstance(id_, int) and not isinstance(id_, bool)}
        snapshot = await self._desk.snapshot()
        updates = [u for entries in snapshot.updates.values() for u in entries if u.id in wanted]
        return await self._take_back(turn, updates, snapshot, language_of(turn))

    async def _take_back(
        self, turn: Turn, updates: Sequence[Update], snapshot: Snapshot, language: Language
    ) -> Outcome:
        say, person = self._desk.say(language), turn.incoming.person
        gone = {u.undoes for entries in snapshot.updates.values() for u in entries if u.undoes is not None}
        left = [u for u in updates if u.id not in gone]
        if left or not updates:
            member = await self._desk.reporter(turn, language)
            known = None if isinstance(member, Refused) else member
            if why := may_undo(left, known, person.key, turn.now):
                by = left[0].by if left else ""
                coordinators = await self._desk.coordinators(turn, language)
                return Outcome(say(f"dialog.undone.{why}", by=by, coordinators=coordinators))
        ids = [update.id for update in left]
        await self._desk.undo(ids, person.name or person.key, person.key, turn.now, turn.incoming.base)
        made = undone(say, updates, await self._desk.snapshot())
        return self._desk.receipt(made, turn, language, None)
