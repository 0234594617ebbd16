"""Who carries what, and the communication of an action, set and asked in chat."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import Protocol

from bot.reporting.desk import DIALOG, Desk, Refused
from bot.talk import last_codes
from bot.turns import Decide, Outcome, Turn
from dialogs.running import draft_of
from uvp.members import DUO, Reason, Refusal, ids_by_name, may_set
from uvp.plan import Action, Theme
from uvp.question import Language
from uvp.reporting.draft import Step, next_step
from uvp.reporting.receipts import named
from uvp.reporting.setting import Setting, Settings, Topic
from uvp.snapshot import Snapshot
from uvp.updates import NOTE_LIMIT, Person

_MOST = 5
_NAME = 80


class Kept(Protocol):
    """Where it is kept; the store is one."""

    def set_officials(self, theme: str, people: Sequence[Person], slug: str | None = None) -> Awaitable[None]:
        """Who carries a theme."""

    def set_owners(self, code: str, people: Sequence[Person], slug: str | None = None) -> Awaitable[None]:
        """Who owns an action."""

    def set_communication(self, code: str, content: str, slug: str | None = None) -> Awaitable[None]:
        """What goes with an action to the outside."""


class Carrying:
    """Sets and answers."""

    def __init__(self, desk: Desk, kept: Kept, settings: Settings) -> None:
        self._desk = desk
        self._kept = kept
        self._settings = settings

    def before(self, answer: Decide) -> Decide:
        """Deals with sentences about who carries what; all else is answered by ``answer``."""

        async def said(turn: Turn) -> Outcome:
            draft = draft_of(turn.state.get(DIALOG))
            if draft is not None and next_step(draft) is Step.NOTE:
                # Anything may be a note.
                return await answer(turn)
            setting = self._settings.read(turn.incoming.text)
            made = await self._dealt_with(turn, setting) if setting else None
            return made or await answer(turn)

        return said

    async def _dealt_with(self, turn: Turn, setting: Setting) -> Outcome | None:
        """None for a question about something that is neither an action nor a theme: it may mean another thing."""
        snapshot = await self._desk.snapshot()
        if setting.topic is Topic.OFFICIALS:
            theme = self._theme(turn, setting.what, snapshot)
            if theme is None:
                return self._which(setting, "which_theme")
            return await self._officials(turn, setting, theme, snapshot)
        action = self._action(turn, setting.what, snapshot)
        if action is None:
            return self._which(setting, "which")
        return await self._of_action(turn, setting, action, snapshot)

    def _which(self, setting: Setting, key: str) -> Outcome | None:
        asks = setting.value is None and not self._settings.here(setting.what)
        return None if asks else Outcome(self._say(setting.language, key))

    async def _officials(self, turn: Turn, setting: Setting, theme: Theme, snapshot: Snapshot) -> Outcome:
        if setting.value is not None:
            names = self._settings.names(setting.value)
            if len(names) > DUO:
                return Outcome(self._say(setting.language, "two"))
            if refused := await self._refused(turn, setting.language):
                return refused
            await self._kept.set_officials(theme.code, await self._people(turn, names))
            snapshot = await self._desk.snapshot()
        people = self._people_text(snapshot.officials.get(theme.code, theme.officials), setting.language)
        text = self._say(setting.language, "officials", name=theme.label, people=people)
        return Outcome(self._kept_text(setting, text))

    async def _of_action(self, turn: Turn, setting: Setting, action: Action, snapshot: Snapshot) -> Outcome:
        if setting.value is not None:
            if refused := await self._refused(turn, setting.language):
                return refused
            if setting.topic is Topic.OWNER:
                names = self._settings.names(setting.value)[:_MOST]
                await self._kept.set_owners(action.code, await self._people(turn, names))
            else:
                await self._kept.set_communication(action.code, self._settings.text(setting.value)[:NOTE_LIMIT])
            snapshot = await self._desk.snapshot()
        if setting.topic is Topic.COMMUNICATION:
            return self._communication(setting, action, snapshot)
        return self._carriers(setting, action, snapshot)

    def _communication(self, setting: Setting, action: Action, snapshot: Snapshot) -> Outcome:
        content = snapshot.communications.get(action.code) or self._say(setting.language, "nothing")
        text = self._say(setting.language, "communication", name=named(action.code, snapshot), text=content)
        return Outcome(self._kept_text(setting, text))

    def _carriers(self, setting: Setting, action: Action, snapshot: Snapshot) -> Outcome:
        """The owner; when asked also the officials of the theme and the holder, who carry it too."""
        language, theme = setting.language, snapshot.plan.theme_by_code[action.theme]
        owners = self._people_text(snapshot.owners.get(action.code, ()), language)
        lines = [self._say(language, "owner", name=named(action.code, snapshot), people=owners)]
        if setting.value is None:
            officials = self._people_text(snapshot.officials.get(theme.code, theme.officials), language)
            lines.append(self._say(language, "officials", name=theme.label, people=officials))
            if holder := action.holder or theme.holder:
                lines.append(self._say(language, "holder", people=holder))
        return Outcome(self._kept_text(setting, "\n".join(lines)))

    def _kept_text(self, setting: Setting, text: str) -> str:
        return text if setting.value is None else self._say(setting.language, "kept", text=text)

    def _people_text(self, people: Sequence[str], language: Language) -> str:
        return self._desk.say(language).join(people) or self._say(language, "nobody")

    def _say(self, language: Language, key: str, **values: object) -> str:
        return self._desk.say(language)(f"dialog.settings.said.{key}", **values)

    async def _refused(self, turn: Turn, language: Language) -> Outcome | None:
        member = await self._desk.reporter(turn, language)
        if isinstance(member, Refused):
            return Outcome(member.text)
        if may_set(member) is None:
            return None
        return Outcome((await self._desk.refusal(turn, Refusal(Reason.SETTING), language)).text)

    async def _people(self, turn: Turn, names: Sequence[str]) -> list[Person]:
        """People by name, with their id where it is who speaks, somebody on the list, or mentioned."""
        known = ids_by_name(await self._desk.access.listed())
        known |= await self._desk.access.mentioned(turn.incoming)
        speaker = turn.incoming.person
        me, is_me = Person(speaker.name, speaker.key), self._settings.me
        return [me if is_me(name) else Person(name[:_NAME], known.get(name.casefold())) for name in names]

    def _action(self, turn: Turn, what: str, snapshot: Snapshot) -> Action | None:
        if self._settings.here(what):
            draft = draft_of(turn.state.get(DIALOG))
            codes = draft.codes if draft else last_codes(turn.state)
        else:
            codes = self._desk.assistant.read(what, snapshot.plan, turn.today).filters.codes
        return snapshot.plan.by_code.get(codes[0]) if len(codes) == 1 else None

    def _theme(self, turn: Turn, what: str, snapshot: Snapshot) -> Theme | None:
        if action := self._action(turn, what, snapshot):
            return snapshot.plan.theme_by_code[action.theme]
        themes = self._desk.assistant.read(what, snapshot.plan, turn.today).filters.themes
        return snapshot.plan.theme_by_code.get(themes[0]) if len(themes) == 1 else None
