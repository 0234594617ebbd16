"""What was reported about actions, newest first; what was taken back stays readable and says so."""

from __future__ import annotations

from bot.cards.detail import update_elements
from bot.cards.elements import Element, bold, paragraph, run, spaced, subtle
from bot.cards.escape import plain
from bot.cards.lists import Span, paging
from bot.cards.view import PAGE, View
from uvp.answers import dates
from uvp.answers.details import entries, recorded
from uvp.answers.history import Entry
from uvp.plan import Action


def history_elements(view: View) -> list[Element]:
    """A page of what was recorded about the actions of the answer; where there is nothing, that in a sentence."""
    actions = view.actions(view.answer.codes)
    found = [(action, entry) for action in actions for entry in entries(view.words, action)]
    if not found:
        lines = [line for action in actions[:PAGE] for line in recorded(view.words, action)]
        return [spaced(paragraph(run(plain(line, view.room.text))), "Small") for line in lines]
    # Several actions in one list: newest first over all of them.
    found.sort(key=lambda pair: (pair[1].update.at, pair[1].update.id), reverse=True)
    span = Span.of(view.page, len(found))
    shown = found[span.start : span.end]
    rows = [element for action, entry in shown for element in _entry(view, action, entry, named=len(actions) > 1)]
    return [*rows, *paging(view, view.answer.groups[0].kind, span)]


def _entry(view: View, action: Action, entry: Entry, *, named: bool) -> list[Element]:
    if entry.undoes is not None:
        values = {"moment": dates.moment(view.say, entry.update.at), "by": entry.update.by}
        text = view.say("history.undo", undone=dates.moment(view.say, entry.undoes.at), **values)
        lines = [spaced(paragraph(subtle(plain(text))), "Small")]
    else:
        lines = update_elements(view, entry.update, entry.before)
        if entry.undone_by is not None:
            lines.append(spaced(paragraph(subtle(view.labels("undone"))), "None"))
    title = spaced(paragraph(bold(action.code), run(f" {plain(action.title, view.room.title)}")), "Medium")
    return [{**title, "separator": True}, *lines] if named else [{**lines[0], "separator": True}, *lines[1:]]
