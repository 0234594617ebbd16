"""Cards that are not about actions yet: which one is meant, what can be asked, a welcome, a notice."""

from __future__ import annotations

from collections.abc import Iterable

from bot.cards.elements import (
    Element,
    button,
    buttons,
    card,
    column,
    columns,
    container,
    fixed,
    heading,
    paragraph,
    pressable,
    run,
    spaced,
    subtle,
)
from bot.cards.escape import escape_markdown, plain
from bot.cards.labels import labels
from bot.cards.view import View
from uvp.answers.replies import examples
from uvp.question import Intent, Language

_CHOICES = 6
_LINES = 24


def talk_elements(view: View, text: str) -> list[Element]:
    """What the bot says when nothing is listed; examples of what can be asked are buttons."""
    offered = examples(view.say, view.snapshot.plan)
    as_lines = {view.say("unknown.example", text=example) for example in offered}
    lines = [line for line in text.splitlines()[:_LINES] if line.strip() and line not in as_lines]
    elements = [spaced(paragraph(run(plain(line, view.room.text))), "Small") for line in lines]
    if view.answer.question.choices:
        return [*elements, *choice_buttons(view)]
    if view.answer.question.intent in (Intent.UNKNOWN, Intent.GREETING, Intent.HELP):
        return [*elements, *question_elements(offered)]
    return elements


def choice_elements(view: View) -> list[Element]:
    """The actions that fit equally well, each as a button that asks the same thing about that one."""
    return [paragraph(run(view.say("doubt.which"))), *choice_buttons(view)]


def choice_buttons(view: View) -> list[Element]:
    """A button for each action that may be meant; what there are more of is counted."""
    question, words = view.answer.question, view.labels
    ask = f"choices.ask.{question.show.value}"
    shown = view.actions(question.choices[:_CHOICES])
    elements = []
    for action in shown:
        press = buttons([asking(action.code, words(ask, code=action.code))])
        title = {**column(paragraph(run(plain(action.title, view.room.title)))), "verticalContentAlignment": "Center"}
        elements.append(spaced(columns(column(press, width="auto"), title), "Small"))
    left = len(question.choices) - len(shown)
    return [*elements, paragraph(subtle(words("choices.more", n=left)))] if left > 0 else elements


def question_elements(texts: Iterable[str]) -> list[Element]:
    """Questions that work, to be pressed; not as buttons, whose titles are cut on a phone."""
    shown = [plain(text) for text in texts]
    return [
        spaced(pressable(container(paragraph(run(text))), text, {"do": "ask", "text": text}), "Small") for text in shown
    ]


def asking(title: str, text: str) -> Element:
    """A button that asks; both texts are plain."""
    return button(title, {"do": "ask", "text": text})


def welcome_card(language: Language, asks: Iterable[str] = ()) -> Element:
    """What the bot is for, in three sentences, and questions to begin with (``asks``, or else those of the labels)."""
    words = labels(language)
    questions = list(asks) or words.texts("welcome.asks")
    said = [words("welcome.title"), words("welcome.what"), words("welcome.how")]
    body = [heading(said[0]), fixed(said[1]), spaced(fixed(said[2]), "Small"), *question_elements(questions)]
    return card(body, language, "\n\n".join([*said, *questions]), [])


def notice_card(text: str, language: Language, asks: Iterable[str] = ()) -> Element:
    """One thing said in plain text, with questions that can be asked instead."""
    lines = [line for line in text.splitlines()[:_LINES] if line.strip()]
    body = [spaced(paragraph(run(plain(line, 600))), "Small") for line in lines]
    return card([*body, *question_elements(asks)], language, escape_markdown(text, 600), [])
