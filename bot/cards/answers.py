"""An answer as a card: what was understood on top, then the shape that was asked for, then how it was read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import islice

from bot.cards.detail import detail_elements, next_steps
from bot.cards.elements import Element, buttons, card, figure, heading, paragraph, run, spaced, subtle
from bot.cards.escape import escape_markdown, plain
from bot.cards.history import history_elements
from bot.cards.labels import labels
from bot.cards.lists import LISTS, folded_elements, list_elements
from bot.cards.progress import progress_elements
from bot.cards.reading import reading_elements
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
        body = [*_headline(view), *_content(view), *_remarks(view), *reading_elements(view)]
        actions = next_steps(view)
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
    question = view.answer.question
    if question.choices:
        return choice_elements(view)
    if action := _single(view):
        return detail_elements(view, action)
    if question.show is Show.HISTORY and view.answer.codes:
        return history_elements(view)
    if view.paged is not None:
        return list_elements(view)
    return [*_said(view), *_listed(view)]


def _said(view: View) -> list[Element]:
    """What is said or drawn before the actions are listed."""
    match view.answer.question.show:
        case Show.PROGRESS if view.answer.codes:
            return progress_elements(view)
        case Show.WHEN if len(view.answer.codes) > 1:
            return []
        case _:
            said = list(islice(sentences(view.words), _SENTENCES))
    lines = [spaced(paragraph(run(plain(line, view.room.text))), "Small") for line in said]
    count = view.answer.count
    return [figure(str(count)), *lines] if count else lines


def _listed(view: View) -> list[Element]:
    """The actions: open where they are the answer, folded where a sentence or a picture is."""
    if view.answer.question.show is Show.WHEN and len(view.answer.codes) == 1:
        return []
    if view.answer.codes and view.answer.question.show in LISTS:
        return list_elements(view)
    return folded_elements(view, view.answer.groups)


def _single(view: View) -> Action | None:
    """The one action that is shown in full, if this is such an answer."""
    codes = view.answer.codes
    if len(codes) != 1 or view.answer.question.show not in (Show.DETAIL, Show.PROGRESS):
        return None
    return next(iter(view.actions(codes)), None)


def _remarks(view: View) -> list[Element]:
    """What the reader should know about how the question was read, and the question that was perhaps meant."""
    room, suggestion = view.room, view.answer.question.suggestion
    lines = [
        spaced(paragraph(subtle(plain(line, room.text))), "Small") for line in islice(remarks(view.words), _SENTENCES)
    ]
    return [*lines, buttons([asking(plain(suggestion, room.name), plain(suggestion))])] if suggestion else lines
