"""One action in full: what the plan says, where it stands per municipality, and the newest update."""

from __future__ import annotations

from collections.abc import Iterator

from bot.cards.elements import (
    Element,
    Spacing,
    bold,
    button,
    column,
    columns,
    container,
    heading,
    paragraph,
    run,
    spaced,
    subtle,
)
from bot.cards.escape import escape_markdown, plain
from bot.cards.links import linked
from bot.cards.rows import status_badge
from bot.cards.view import View
from uvp.answers import dates
from uvp.plan import Action
from uvp.question import Show
from uvp.updates import Status, Update

_LISTED = 12


def detail_elements(view: View, action: Action) -> list[Element]:
    """The whole of one action, from its title to its newest update."""
    standing = view.standings[action.code]
    elements = [*_title(view, action), *_facts(view, action)]
    elements.extend(_steps(view, action))
    if len(standing.municipalities) > 1 and standing.latest is not None:
        elements.append(_municipalities(view, action))
    if standing.latest is not None:
        elements.append(latest(view, standing.latest))
    return elements


def next_steps(view: View) -> list[Element]:
    """Buttons for what one would do next, where the answer is about one action."""
    codes, words = view.answer.codes, view.labels
    if len(codes) != 1:
        return []
    details = button(words("details", code=codes[0]), {"do": "ask", "text": words("ask_details", code=codes[0])})
    report = button(words("buttons.update"), {"do": "update", "code": codes[0]})
    match view.answer.question.show:
        case Show.DETAIL | Show.PROGRESS:
            ask = words("choices.ask.history", code=codes[0])
            return [report, button(words("buttons.history"), {"do": "ask", "text": ask})]
        case Show.WHEN:
            return [details]
        case Show.HISTORY:
            return [report, details]
        case _:
            return []


def latest(view: View, update: Update) -> Element:
    """The newest update: status, day, who, and the note."""
    title = heading(view.labels("latest"), size="Default")
    return spaced(container(title, *update_elements(view, update)), "Medium")


def update_elements(view: View, update: Update, before: Status | None = None) -> list[Element]:
    """One update: who, when and for which municipality, its badge, what it was before, and its note."""
    words, say, room = view.labels, view.say, view.room
    scope = plain(update.municipality, room.name) if update.municipality else say("history.whole")
    text = [paragraph(run(f"{plain(update.by, room.name)}, {scope}"))]
    small = [dates.moment(say, update.at)]
    if before is not None and before is not update.status:
        small.append(words("before", status=view.status(before)))
    if update.expected is not None:
        small.append(f"{words('facts.expected')}: {view.day(update.expected)}")
    text.append(spaced(paragraph(subtle(words("separator").join(small))), "None"))
    if update.note:
        text.append(spaced(paragraph(*linked(update.note, room.text)), "Small"))
    return [spaced(columns(column(*text), column(status_badge(view, update.status), width="auto")), "Small")]


def _title(view: View, action: Action) -> Iterator[Element]:
    room, plan = view.room, view.snapshot.plan
    theme = plan.theme_by_code[action.theme]
    place = view.labels("separator").join([plain(theme.label, room.name), plain(action.section, room.name)])
    yield columns(
        column(
            heading(escape_markdown(f"{action.code} {action.title}", room.title)),
            spaced(paragraph(subtle(place)), "None"),
        ),
        column(status_badge(view, view.standings[action.code].status), width="auto"),
    )
    if action.description:
        yield spaced(paragraph(run(plain(action.description, room.text))), "Small")


def _facts(view: View, action: Action) -> Iterator[Element]:
    """Each fact as a paragraph that wraps: a table of two columns leaves no room for the second on a phone."""
    spacing: Spacing = "Medium"
    for name, value in _fact_values(view, action):
        if value:
            label = bold(view.labels(f"facts.{name}") + ": ")
            yield spaced(paragraph(label, *linked(value, view.room.text)), spacing)
            spacing = "Small"


def _fact_values(view: View, action: Action) -> Iterator[tuple[str, str]]:
    snapshot, say, plan = view.snapshot, view.say, view.snapshot.plan
    standing = view.standings[action.code]
    yield "deadline", dates.deadline(say, action, view.words.today, standing)
    yield "planning", action.when_text
    yield "recurrence", say.join(say.names("recurrences", action.recurrences))
    yield "holder", action.holder or plan.theme_by_code[action.theme].holder or ""
    yield "owners", say.join(snapshot.owners.get(action.code, ()))
    yield "officials", say.join(snapshot.officials.get(action.theme, plan.theme_by_code[action.theme].officials))
    yield "partners", say.join(plan.parties_of(action)[:_LISTED])
    yield "depends_on", action.depends_on or ""
    yield "not_for", say.join(action.excepts)
    yield "goes_out", snapshot.communications.get(action.code, "")


def _steps(view: View, action: Action) -> Iterator[Element]:
    if action.steps:
        yield spaced(heading(view.labels("steps"), size="Default"), "Medium")
    for number, step in enumerate(action.steps[:_LISTED], 1):
        yield spaced(paragraph(subtle(f"{number}. "), run(plain(step, view.room.title))), "Small")


def _municipalities(view: View, action: Action) -> Element:
    """The municipalities by status: a badge and the names that have it."""
    standing = view.standings[action.code]
    total = len(standing.municipalities)
    title = view.labels("municipalities", finished=standing.finished, total=total)
    lines = [heading(title, size="Default")]
    for status in Status:
        names = [plain(m, view.room.name) for m, s in standing.municipalities.items() if s is status]
        if names:
            text = column(paragraph(run(view.say.join(names[:_LISTED]))))
            lines.append(spaced(columns(column(status_badge(view, status), width="auto"), text), "Small"))
    return spaced(container(*lines), "Medium")
