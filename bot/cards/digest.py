"""A digest as posts: one card, or a thread of cards where one would be too big."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.cards.elements import (
    Colour,
    Element,
    bold,
    button,
    buttons,
    card,
    coloured,
    column,
    columns,
    fixed,
    heading,
    paragraph,
    run,
    spaced,
    subtle,
)
from bot.cards.escape import escape_markdown, plain
from bot.cards.labels import labels
from bot.cards.messages import message
from bot.cards.progress import chart_of
from bot.cards.rows import late
from bot.cards.size import LIMIT, size
from bot.cards.view import ROOMS, View
from uvp.answers.lines import timing
from uvp.answers.phrases import Phrases
from uvp.digest.content import Digest, Mention
from uvp.digest.subscription import Subscription
from uvp.digest.wording import DigestWording, Section, sections
from uvp.plan import Action
from uvp.snapshot import Snapshot

ROWS: Mapping[str, int] = {"overdue": 4, "soon": 8, "quarter": 5, "updated": 6, "stale": 3, "cycles": 5}
"""Rows of each section on the card; all of them are shown when asked for."""
_MENTIONED = 20
_UPDATABLE = ("overdue", "soon")
_TEXT = 1500

Post = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What a digest's card is made from."""

    digest: Digest
    setting: Subscription
    view: View
    wording: DigestWording

    @property
    def say(self) -> Phrases:
        return self.wording.phrases(self.setting.language)


def digest_posts(digest: Digest, setting: Subscription, snapshot: Snapshot, wording: DigestWording) -> tuple[Post, ...]:
    """The messages of a digest in order; ``snapshot`` is that of its moment. Those after the first belong under it."""
    sheet = _sheet(digest, setting, snapshot, wording)
    title = wording.title(digest, setting, snapshot.plan)
    numbers = sheet.say("quiet") if digest.quiet else wording.numbers(digest, setting.language)
    blocks = list(_blocks(sheet))
    people = digest.mentions[:_MENTIONED]
    packed = _packed(title, blocks, sheet, people)
    cards = [
        _card(_heading(sheet, title, n, len(packed)), body, sheet, people if n == 0 else (), last=n == len(packed) - 1)
        for n, body in enumerate(packed)
    ]
    # In a notification there is room for what it is and how it stands.
    spoken = [f"{title}\n{numbers}", *(made["fallbackText"] for made in cards[1:])]
    return tuple(message(made, text) for made, text in zip(cards, spoken, strict=True))


def _sheet(digest: Digest, setting: Subscription, snapshot: Snapshot, wording: DigestWording) -> _Sheet:
    standings = snapshot.standings_in(setting.municipalities)
    words = wording.view(digest, setting, snapshot)
    return _Sheet(
        digest,
        setting,
        View(words, labels(setting.language), standings, lambda: None, 0, None, ROOMS[1]),
        wording,
    )


def _blocks(sheet: _Sheet) -> Iterator[list[Element]]:
    """The parts of the card that stay together, from top to bottom."""
    digest, setting = sheet.digest, sheet.setting
    if digest.quiet:
        yield [fixed(sheet.say("quiet"))]
        return
    yield [paragraph(run(sheet.wording.numbers(digest, setting.language)))]
    for section in sections(digest):
        first, *rest = _rows(sheet, section)
        yield [_title(sheet, section), first]
        yield from ([row] for row in rest)
        if more := _more(sheet, section):
            yield [more]
    if digest.mentions:
        named = [(f"<at>{_name(m)}</at>", m.codes) for m in digest.mentions[:_MENTIONED]]
        yield [fixed(sheet.wording.mentions(named, setting.language))]
    if digest.themes:
        themes = sheet.view.snapshot.plan.theme_by_code
        yield [chart_of(sheet.view, [(themes[code], found.counts) for code, found in digest.themes])]


def _title(sheet: _Sheet, section: Section) -> Element:
    title = heading(escape_markdown(sheet.wording.heading(section, sheet.setting)), size="Default")
    if section.kind == "overdue":
        title["color"] = "Attention"
    return {**spaced(title, "Medium"), "separator": True}


def _rows(sheet: _Sheet, section: Section) -> list[Element]:
    shown = ROWS[section.kind]
    match section.kind:
        case "updated":
            lines = [sheet.wording.updated(update, sheet.view.words) for update in sheet.digest.updated[:shown]]
            return [spaced(paragraph(run(plain(line, 400))), "Small") for line in lines]
        case "cycles":
            lines = [sheet.wording.cycle(cycle, sheet.view.words) for cycle in sheet.digest.cycles[:shown]]
            return [spaced(paragraph(run(plain(line, 300))), "Small") for line in lines]
    return [_row(sheet, action, section) for action in sheet.view.actions(section.codes[:shown])]


def _row(sheet: _Sheet, action: Action, section: Section) -> Element:
    """One action: what it is, by when and how it stands, and a button to report on it."""
    view = sheet.view
    new = section.kind == "overdue" and action.code in sheet.digest.newly_overdue
    colour: Colour = "Attention" if late(view, action) else "Default"
    first = [bold(action.code), run(f" {plain(action.title, view.room.title)}")]
    if new:
        first.append(coloured(f" {sheet.say('new')}", "Attention"))
    words = plain(timing(view.words, action, section.select))
    when = coloured(words, colour) if colour == "Attention" else subtle(words)
    separator = view.labels("separator")
    status = subtle(separator + view.status(view.standings[action.code].status))
    text = column(paragraph(*first), spaced(paragraph(when, status), "None"))
    update = button(sheet.say("buttons.update", code=action.code), {"do": "update", "code": action.code})
    parts = [text, column(buttons([update]), width="auto")] if section.kind in _UPDATABLE else [text]
    return spaced(columns(*parts), "Small")


def _more(sheet: _Sheet, section: Section) -> Element | None:
    if section.count <= ROWS[section.kind]:
        return None
    question = sheet.wording.question(section, sheet.digest, sheet.setting, sheet.view.snapshot.plan)
    if question is None:
        left = sheet.say.number("sections.more", section.count - ROWS[section.kind])
        return spaced(paragraph(subtle(left)), "Small")
    show_all = button(sheet.say("buttons.show_all", n=len(section.codes)), {"do": "ask", "text": question})
    return spaced(buttons([show_all]), "Small")


def _settings(sheet: _Sheet) -> Element:
    return button(sheet.say("buttons.settings"), {"do": "digest", "how": "settings"})


def _heading(sheet: _Sheet, title: str, number: int, total: int) -> str:
    if number == 0:
        return title
    return sheet.say("part", title=title, n=number + 1, total=total)


def _card(
    title: str, body: Sequence[Element], sheet: _Sheet, people: Sequence[Mention], *, last: bool = False
) -> Element:
    actions = [_settings(sheet)] if last else []
    text = f"**{escape_markdown(title)}**"
    if sheet.digest.quiet:
        text += "\n\n" + escape_markdown(sheet.say("quiet"))
    made = card([heading(escape_markdown(title)), *body], sheet.setting.language, text[:_TEXT], actions)
    if people:
        made["msteams"] = {"entities": [_entity(m) for m in people]}
    return made


def _packed(
    title: str, blocks: Sequence[list[Element]], sheet: _Sheet, people: Sequence[Mention]
) -> list[list[Element]]:
    """The blocks on as few cards as hold them; a block is never divided."""
    cards: list[list[Element]] = [[]]
    for block in blocks:
        longer = [*cards[-1], *block]
        # The longest heading there can be, so that numbering the cards makes none too big.
        if cards[-1] and size(_card(_heading(sheet, title, 9, 99), longer, sheet, people, last=True)) > LIMIT:
            cards.append(list(block))
        else:
            cards[-1] = longer
    return cards


def _entity(mention: Mention) -> Element:
    name = _name(mention)
    return {"type": "mention", "text": f"<at>{name}</at>", "mentioned": {"id": mention.person.id, "name": name}}


def _name(mention: Mention) -> str:
    """The name where a mention stands; the client looks for exactly this text."""
    return plain(mention.person.name, 60).replace("<", "").replace(">", "")
