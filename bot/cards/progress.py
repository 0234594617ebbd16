"""How it stands as a picture: a chart, drawn with coloured columns where a client has none, and always in numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any, Final

from bot.cards.elements import Element, bold, column, columns, container, paragraph, run, spaced, submit, subtle
from bot.cards.escape import plain
from bot.cards.view import View
from uvp.answers.numbers import numbers as in_words
from uvp.answers.progress import answered, by_theme
from uvp.plan import Theme
from uvp.updates import Status

# By what people look for first. Each with the colour of the chart and the style of the column that replaces it.
_SHARES: Final[tuple[tuple[Status, str, str], ...]] = (
    (Status.FINISHED, "good", "good"),
    (Status.RUNNING, "categoricalBlue", "accent"),
    (Status.DELAYED, "warning", "warning"),
    (Status.NOT_STARTED, "categoricalLavender", "emphasis"),
    (Status.UNKNOWN, "neutral", "emphasis"),
    (Status.DROPPED, "divergingGray", "emphasis"),
)
_THEMES = 8
Numbers = Sequence[tuple[Theme, Mapping[Status, int]]]


def progress_elements(view: View) -> list[Element]:
    """All numbers in a sentence, a donut for one theme or bars for more, and the numbers of each of several themes."""
    themes = view.snapshot.plan.theme_by_code
    numbers = [(themes[code], found.counts) for code, found in by_theme(view.answer, view.snapshot)]
    shown = numbers[:_THEMES]
    several = len(shown) > 1
    lines = [_numbers(view, theme, counts) for theme, counts in shown] if several else []
    if left := len(numbers) - len(shown):
        lines.append(paragraph(subtle(view.labels("progress.more", n=left))))
    if not any(view.snapshot.updates.values()):
        lines.append(paragraph(subtle(view.say("remarks.no_updates"))))
    return [*_summary(view), chart_of(view, shown), *lines]


def chart_of(view: View, numbers: Numbers) -> Element:
    """A donut for one theme, bars for more."""
    shown = numbers[:_THEMES]
    return _donut(view, shown) if len(shown) == 1 else _bars(view, shown)


def _summary(view: View) -> list[Element]:
    """All of it in one sentence, which is the first of the answer as text."""
    said = islice(in_words(view.words, answered(view.answer, view.snapshot)), 1)
    return [spaced(paragraph(run(plain(line, view.room.text))), "Small") for line in said]


def _donut(view: View, themes: Numbers) -> Element:
    [(theme, numbers)] = themes
    title = view.labels("progress.themes", theme=plain(theme.label, view.room.name))
    return {"type": "Chart.Donut", "title": title, "data": _points(view, numbers), "fallback": _drawn(view, themes)}


def _bars(view: View, themes: Numbers) -> Element:
    data = [{"title": plain(t.label, view.room.name), "data": _points(view, numbers)} for t, numbers in themes]
    return {
        "type": "Chart.HorizontalBar.Stacked",
        "title": view.labels("progress.chart"),
        "data": data,
        "fallback": _drawn(view, themes),
    }


def _points(view: View, numbers: Mapping[Status, int]) -> list[dict[str, Any]]:
    """A point for each status that occurs; one of nought would still take room in a bar."""
    return [
        {"legend": view.status(status), "value": numbers[status], "color": colour}
        for status, colour, _ in _SHARES
        if numbers.get(status)
    ]


def _drawn(view: View, themes: Numbers) -> Element:
    """The chart in columns as wide as the numbers are large, in the theme's own colours."""
    lines: list[Element] = []
    for theme, numbers in themes:
        parts = [_part(numbers[status], style) for status, _, style in _SHARES if numbers.get(status)]
        lines.append(spaced(paragraph(subtle(plain(theme.label, view.room.name))), "Small"))
        lines.append(spaced(columns(*parts), "None"))
    return container(*lines)


def _part(number: int, style: str) -> Element:
    return {**spaced(column(paragraph(subtle(str(number))), width=number), "None"), "style": style}


def _numbers(view: View, theme: Theme, numbers: Mapping[Status, int]) -> Element:
    total = sum(numbers.values())
    done = view.labels("progress.done", finished=numbers.get(Status.FINISHED, 0), total=total)
    rest = [
        view.say.number(f"statuses_of_several.{status}", numbers[status])
        for status, _, _ in _SHARES
        if numbers.get(status) and status is not Status.FINISHED
    ]
    line = subtle(view.labels("separator").join([done, *rest]))
    made = container(paragraph(bold(plain(theme.label, view.room.name))), spaced(paragraph(line), "None"))
    return {**spaced(made, "Small"), "selectAction": _ask_theme(view, theme)}


def _ask_theme(view: View, theme: Theme) -> Element:
    text = view.labels("progress.ask", theme=plain(theme.label, view.room.name))
    return submit(text, {"do": "ask", "text": text})
