"""An answer in words, in the language of its question. Pure: the language data is handed in.

``Wording.text`` is the whole answer as plain text; the other methods give its parts to cards, digests and reports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from uvp.answer import Answer
from uvp.answers import dates
from uvp.answers.answering import MATCH
from uvp.answers.details import detail, recorded, when
from uvp.answers.headline import headline, sentence
from uvp.answers.lines import View, group, line
from uvp.answers.nothing import nothing
from uvp.answers.numbers import numbers
from uvp.answers.persons import who
from uvp.answers.phrases import Phrases, one_line
from uvp.answers.progress import answered
from uvp.answers.replies import NAMED, impossible, reply, unknown_codes, which
from uvp.period import Period
from uvp.plan import Action, Plan
from uvp.question import Intent, Language, Show
from uvp.snapshot import Snapshot
from uvp.updates import Standing, Status

IN_FULL = 5  # actions shown at length
SNAPSHOTS_KEPT = 8  # lines are made once for the newest few
WORD_LIMIT = 40  # characters of a user's word that are repeated


class Wording:
    """Makes words of answers, from ``answers.yaml`` of each language."""

    def __init__(self, language_data: Mapping[Language, Mapping[str, Any]]) -> None:
        self._phrases = {language: Phrases(data) for language, data in language_data.items()}
        self._lines: dict[tuple[object, ...], tuple[Snapshot, dict[tuple[str, str], str]]] = {}

    def phrases(self, language: Language) -> Phrases:
        """The sentences of one language."""
        return self._phrases[language]

    def headline(self, answer: Answer, plan: Plan) -> str:
        """What was understood as one line: *Af te ronden · Digitale veiligheid · Q4 2026*."""
        return headline(self._of(answer), answer, plan)

    def welcome(self, language: Language) -> str:
        """What the bot says of itself when somebody meets it first."""
        return self._phrases[language]("welcome")

    def period(self, period: Period, language: Language) -> str:
        """A period as people call it: *Q4 2026*, *juni 2026*, *1 t/m 12 mei 2026*, *vanaf 1 mei 2026*."""
        return dates.period(self._phrases[language], period)

    def deadline(self, action: Action, today: date, language: Language, standing: Standing | None = None) -> str:
        """*31 december 2026, over 5 weken*; see ``dates.deadline``."""
        return dates.deadline(self._phrases[language], action, today, standing)

    def status(self, status: Status, language: Language) -> str:
        """A status in words."""
        return self._phrases[language](f"statuses.{status}")

    def text(self, answer: Answer, snapshot: Snapshot, today: date) -> str:
        """The whole answer as plain text, lines separated by newlines, no line longer than it needs to be."""
        view = self.view(answer, snapshot, today)
        said = tuple(remarks(view))
        return "\n".join((*_body(view), *(("", *said) if said else ())))

    def view(self, answer: Answer, snapshot: Snapshot, today: date) -> View:
        """What the functions of this package make words from; cards take their parts of an answer through it."""
        return View(self._of(answer), answer, snapshot, today, self._kept(answer, snapshot, today))

    def _kept(self, answer: Answer, snapshot: Snapshot, today: date) -> dict[tuple[str, str], str]:
        """The lines already made from this snapshot on this day in this language: most questions ask for the same."""
        question = answer.question
        key = (id(snapshot), today, question.language, question.filters.municipalities)
        # The entry holds its snapshot, so that the id stays its own while the entry is there.
        _, lines = self._lines.pop(key, (None, {}))
        self._lines[key] = (snapshot, lines)
        if len(self._lines) > SNAPSHOTS_KEPT:
            del self._lines[next(iter(self._lines))]
        return lines

    def _of(self, answer: Answer) -> Phrases:
        return self._phrases[answer.question.language]


def _body(view: View) -> Iterator[str]:
    say, question, plan = view.say, view.answer.question, view.snapshot.plan
    if question.intent is not Intent.ASK:
        yield from reply(say, question, plan)
    elif question.choices:
        yield say("doubt.which")
        yield from which(say, question.choices, plan)
    else:
        yield headline(say, view.answer, plan)
        yield from _answered(view)


def _answered(view: View) -> Iterator[str]:
    answer, question = view.answer, view.answer.question
    actions = answered(answer, view.snapshot)
    match question.show:
        case _ if not actions:
            yield from sentences(view)
        case Show.ACTIONS:
            first = answer.groups[0]
            if len(actions) > 1:
                yield view.say.number("found", len(actions))
            yield from (line(view, a, first.kind) for a in actions)
        case Show.DETAIL:
            yield from _each(view, actions, detail)
        case Show.PROGRESS:
            yield from numbers(view, actions)
        case Show.HISTORY:
            yield from _each(view, actions, recorded)
        case Show.COUNT | Show.WHEN | Show.WHO:
            yield from sentences(view)
    yield from _beside(view)


def sentences(view: View) -> Iterator[str]:
    """What is said before or instead of a list of actions: that there are none, a number, when, who."""
    answer, question = view.answer, view.answer.question
    actions = answered(answer, view.snapshot)
    match question.show:
        case _ if not actions:
            yield from nothing(view)
        case Show.COUNT:
            yield sentence(view.say, question, view.snapshot.plan, len(actions))
        case Show.WHEN:
            yield from _each(view, actions, when)
        case Show.WHO:
            yield from who(view)
        case _:
            return


def _beside(view: View) -> Iterator[str]:
    """The further groups: in full beside a list, as numbers beside a number."""
    say, groups = view.say, view.answer.groups
    if view.answer.question.show is Show.ACTIONS:
        above = set(view.answer.codes)
        for further in groups[1:]:
            yield from group(view, further, above)
            above.update(further.codes)
    elif names := [say(f"remarks.beside_group.{g.kind}", n=len(g.codes)) for g in groups[1:] if g.codes]:
        yield say("remarks.beside", names=say.join(names))


def _each(view: View, actions: Sequence[Action], words: Callable[[View, Action], Iterable[str]]) -> Iterator[str]:
    """A few actions at length, with an empty line between them; many of them as a list."""
    if len(actions) > IN_FULL:
        yield view.say.number("found", len(actions))
        yield from (line(view, a, MATCH) for a in actions)
        return
    for number, action in enumerate(actions):
        yield from ("",) if number else ()
        yield from words(view, action)


def remarks(view: View) -> Iterator[str]:
    """What the reader should know about how the question was read."""
    say, answer, question = view.say, view.answer, view.answer.question
    if answer.anonymous:
        yield say("remarks.anonymous")
    if answer.theme_parties:
        own = {party for a in answered(answer, view.snapshot) for party in a.parties}
        names = [p for p in question.filters.partners if p not in own] or question.filters.partners
        yield say("remarks.theme_parties", names=say.join(names, "either"))
    if answer.compared is not None and question.compared is not None:
        codes = answer.compared.codes
        within = dates.within(say, question.compared)
        yield say.number("remarks.compared", len(codes), within=within, codes=say.join(codes))
    if question.left_out and question.intent is not Intent.UNKNOWN:
        yield say.number("remarks.left_out", len(question.left_out), names=_quoted(say, question.left_out))
    if question.intent is not Intent.UNKNOWN:
        yield from unknown_codes(say, question, view.snapshot.plan)
        yield from impossible(say, question.text)
    if question.suggestion:
        yield say("remarks.suggestion", text=question.suggestion)


def _quoted(say: Phrases, words: Sequence[str]) -> str:
    """Words of the user in quotes; of many only the first, with how many more there are."""
    names = [say("headline.text", text=one_line(word, WORD_LIMIT)) for word in words[:NAMED]]
    if len(words) > NAMED:
        names.append(say("remarks.more", n=len(words) - NAMED))
    return say.join(names)
