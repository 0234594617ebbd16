"""An answer as a card: what was understood on top, then the shape that was asked for, then how it was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from bot.cards.detail import detail_actions, detail_elements
from bot.cards.elements import Element, buttons, card, container, heading, paragraph, run, spaced, subtle, toggle
from bot.cards.escape import escape_markdown, plain
from bot.cards.history import history_elements
from bot.cards.labels import labels
from bot.cards.lists import folded_elements, list_elements
from bot.cards.progress import progress_elements
from bot.cards.size import fitting
from bot.cards.talk import asking, choice_elements, talk_elements
from bot.cards.view import ROOMS, Room, View
from uvp.answer import Answer
from uvp.answers.headline import headline, parts
from uvp.answers.wording import Wording, remarks, sentences
from uvp.plan import Action
from uvp.question import Intent, Show
from uvp.questions_codec import encode
from uvp.snapshot import Snapshot

_READINGS = 10
_SENTENCES = 12


def answer_card(
    answer: Answer,
    snapshot: Snapshot,
    today: date,
    wording: Wording,
    *,
    page: int = 0,
    group: str | None = None,
    text: str | None = None,
) -> Element:
    """The card of an answer, never bigger than ``size.LIMIT``.

    ``page`` counts from 0 and belongs to the group of the kind ``group`` (the first one when None). ``text`` is the
    answer as plain text, where the caller has it already.
    """
    words, labelled = wording.view(answer, snapshot, today), labels(answer.question.language)
    spoken = wording.text(answer, snapshot, today) if text is None else text

    standings = snapshot.standings_in(answer.question.filters.municipalities)
    carried = cache(lambda: encode(answer.question, today))

    def build(room: Room) -> Element:
        return _card(View(words, labelled, standings, carried, page, group, room), spoken)

    return fitting(build, ROOMS)


def _card(view: View, text: str) -> Element:
    question, room = view.answer.question, view.room
    if question.intent is not Intent.ASK:
        body, actions = talk_elements(view, text), []
    else:
        body = [*_headline(view), *_content(view), *_remarks(view), *_reading(view)]
        actions = detail_actions(view, action) if (action := _single(view)) else []
    lines = [escape_markdown(line, room.title) for line in text.splitlines()[: room.lines] if line.strip()]
    return card(body, question.language, "\n\n".join(lines), actions)


def _headline(view: View) -> Iterator[Element]:
    """What was understood; the name of a single action is the title of its card already."""
    if view.answer.question.choices:
        return
    if _single(view) is None:
        yield heading(escape_markdown(headline(view.say, view.answer, view.snapshot.plan), view.room.title))
    elif others := [p for p in parts(view.say, view.answer, view.snapshot.plan) if p.name != "codes"]:
        line = view.labels("separator").join(part.text for part in others)
        yield paragraph(subtle(plain(line, view.room.title)))


def _content(view: View) -> list[Element]:
    question, groups = view.answer.question, view.answer.groups
    if question.choices:
        return choice_elements(view)
    if action := _single(view):
        return detail_elements(view, action)
    if view.answer.codes and question.show is Show.PROGRESS:
        return [*progress_elements(view), *folded_elements(view, groups[1:])]
    if view.answer.codes and question.show is Show.HISTORY:
        return history_elements(view)
    return [*_paragraphs(view, sentences(view.words)), *list_elements(view)]


def _single(view: View) -> Action | None:
    """The one action that is shown in full, if this is such an answer."""
    actions = view.actions(view.answer.codes)
    if len(actions) == 1 and view.answer.question.show in (Show.DETAIL, Show.PROGRESS):
        return actions[0]
    return None


def _paragraphs(view: View, lines: Iterable[str]) -> list[Element]:
    kept = list(lines)[:_SENTENCES]
    return [spaced(paragraph(run(plain(line, view.room.text))), "Small") for line in kept]


def _remarks(view: View) -> list[Element]:
    """What the reader should know about how the question was read, and the question that was perhaps meant."""
    room, suggestion = view.room, view.answer.question.suggestion
    lines = [spaced(paragraph(subtle(plain(line, room.text))), "Small") for line in remarks(view.words) if line]
    return [*lines, buttons([asking(plain(suggestion, room.name), suggestion)])] if suggestion else lines


def _reading(view: View) -> list[Element]:
    """How the question was read, folded behind a button."""
    reading, room, words = view.answer.question.reading, view.room, view.labels
    if not room.reading or not reading:
        return []
    lines = [
        paragraph(
            run(f"“{plain(r.text, room.name)}” → "),
            subtle(f"{words.get(f'reading.kinds.{r.kind}', r.kind)}: {plain(r.value, room.name)}"),
        )
        for r in reading[:_READINGS]
    ]
    shown = {**container(*lines), "id": "reading", "isVisible": False}
    return [spaced(buttons([toggle(words("reading.button"), "reading")]), "Medium"), shown]
