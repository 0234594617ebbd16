"""The quick form: a whole report on one card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.cards.elements import Element, button, card, coloured, heading, paragraph
from bot.cards.escape import escape_markdown, plain
from bot.cards.fields import choice_field, date_field, text_field
from bot.cards.size import fitting
from bot.cards.steps import Owner
from uvp.answers.phrases import Phrases
from uvp.plan import Action
from uvp.question import Language
from uvp.reporting.prompts import STATUSES
from uvp.updates import NOTE_LIMIT

_ROOMS = (2000, 600, 160)


@dataclass(frozen=True, slots=True)
class Form:
    """A form for one action: the municipalities that may be chosen, the newest update that was seen, what was filled in
    before and what was wrong with it.
    """

    key: str
    action: Action
    seen: int
    municipalities: tuple[str, ...]
    today: date
    values: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def form_card(form: Form, owner: Owner, language: Language, say: Phrases) -> Element:
    """All fields at once; the client checks what it can, and ``bot.reporting`` all of it again."""
    data = {
        "do": "form",
        "draft": form.key,
        "code": form.action.code,
        "seen": form.seen,
        "by": owner.key,
        "who": owner.name,
        "language": language,
    }
    title = say("dialog.form.title", code=form.action.code, title=form.action.title)

    def build(room: int) -> Element:
        body = [
            heading(escape_markdown(title)),
            *(paragraph(coloured(plain(line, 400), "Attention")) for line in form.problems),
            *_fields(form, say, room),
        ]
        words = "\n\n".join(escape_markdown(line, 400) for line in (title, *form.problems))
        return card(body, language, words, [button(say("dialog.form.save"), data)])

    return fitting(build, _ROOMS)


def _fields(form: Form, say: Phrases, room: int) -> list[Element]:
    values = form.values
    statuses = [(s.value, say(f"statuses.{s}")) for s in STATUSES]
    status = choice_field(
        "status",
        say("dialog.form.status"),
        statuses,
        value=values.get("status", ""),
        hint=say("dialog.form.status_hint"),
        error=say("dialog.form.status_error"),
    )
    note = text_field(
        "note",
        f"{say('dialog.form.note')} ({say('dialog.form.note_hint')})",
        NOTE_LIMIT,
        value=values.get("note", "")[:room],
    )
    expected = date_field(
        "expected",
        f"{say('dialog.form.expected')} ({say('dialog.form.expected_hint')})",
        earliest=form.today.isoformat(),
        value=values.get("expected", ""),
    )
    if not form.municipalities:
        return [status, note, expected]
    where = choice_field(
        "where",
        f"{say('dialog.form.where')} ({say('dialog.form.where_hint')})",
        [(m, plain(m)) for m in form.municipalities],
        value=values.get("where", ""),
        many=True,
    )
    return [status, where, note, expected]
