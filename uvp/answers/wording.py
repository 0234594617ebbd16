"""An answer in words, in the language of its question. Pure: the language data is handed in.

``Wording.text`` is the whole answer as plain text; the other methods give its parts to cards, digests and reports.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from uvp.answer import Answer
from uvp.answers import dates
from uvp.answers.details import detail, recorded, when
from uvp.answers.headline import Part, headline, parts, sentence
from uvp.answers.lines import View, group, line, status
from uvp.answers.persons import who
from uvp.answers.phrases import Phrases
from uvp.answers.progress import Progress, answered, by_theme, progress
from uvp.answers.replies import examples, reply, which
from uvp.period import Period
from uvp.plan import Action, Plan
from uvp.question import Intent, Language, Select, Show
from uvp.snapshot import Snapshot
from uvp.updates import Standing, Status

_FROM_UPDATES = frozenset({Select.DONE, Select.UPDATED})


class Wording:
    """Makes words of answers, from ``answers.yaml`` of each language."""

    def __init__(self, language_data: Mapping[Language, Mapping[str, Any]]) -> None:
        self._phrases = {language: Phrases(data) for language, data in language_data.items()}

    def phrases(self, language: Language) -> Phrases:
        """The sentences of one language."""
        return self._phrases[language]

    def headline(self, answer: Answer, plan: Plan) -> str:
        """What was understood as one line: *Af te ronden · Digitale veiligheid · Q4 2026*."""
        return headline(self._of(answer), answer, plan)

    def parts(self, answer: Answer, plan: Plan) -> tuple[Part, ...]:
        """The parts of the headline, each with the field of the question it stands for."""
        return parts(self._of(answer), answer, plan)

    def examples(self, language: Language, plan: Plan) -> tuple[str, ...]:
        """Three questions that work for this plan."""
        return examples(self._phrases[language], plan)

    def period(self, period: Period, language: Language) -> str:
        """A period as people call it: *Q4 2026*, *juni 2026*, *1 t/m 12 mei 2026*, *vanaf 1 mei 2026*."""
        return dates.period(self._phrases[language], period)

    def deadline(self, action: Action, today: date, language: Language, standing: Standing | None = None) -> str:
        """*31 december 2026, over 5 weken*; see ``dates.deadline``."""
        return dates.deadline(self._phrases[language], action, today, standing)

    def status(self, status: Status, language: Language) -> str:
        """A status in words."""
        return self._phrases[language](f"statuses.{status}")

    def group_title(self, kind: str, n: int, language: Language) -> str:
        """*Te laat (3)*."""
        say = self._phrases[language]
        return say("groups.title", title=say(f"groups.{kind}"), n=n)

    def line(self, action: Action, kind: str, answer: Answer, snapshot: Snapshot, today: date) -> str:
        """One action as one line of a group of this kind."""
        return line(self.view(answer, snapshot, today), action, kind)

    def text(self, answer: Answer, snapshot: Snapshot, today: date) -> str:
        """The whole answer as plain text, lines separated by newlines, no line longer than it needs to be."""
        view = self.view(answer, snapshot, today)
        return "\n".join((*_body(view), *remarks(view)))

    def view(self, answer: Answer, snapshot: Snapshot, today: date) -> View:
        """What the functions of this package make words from; cards take their parts of an answer through it."""
        return View(self._of(answer), answer, snapshot, today)

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
            yield from (line(view, a, first.kind) for a in actions)
        case Show.DETAIL:
            for number, action in enumerate(actions):
                yield from ("",) if number else ()
                yield from detail(view, action)
        case Show.PROGRESS:
            yield from _progress(view)
        case Show.HISTORY:
            for action in actions:
                yield from recorded(view, action)
        case Show.COUNT | Show.WHEN | Show.WHO:
            yield from sentences(view)
    yield from _beside(view)


def sentences(view: View) -> Iterator[str]:
    """What is said before or instead of a list of actions: that there are none, a number, when, who."""
    answer, question = view.answer, view.answer.question
    actions = answered(answer, view.snapshot)
    match question.show:
        case _ if not actions:
            yield from _nothing(view)
        case Show.COUNT:
            yield sentence(view.say, question, view.snapshot.plan, len(actions))
        case Show.WHEN:
            for action in actions:
                yield from when(view, action)
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
    elif names := [
        say("groups.title", title=say(f"groups.{g.kind}"), n=len(g.codes)) for g in groups[1:] if g.codes
    ]:
        yield say("remarks.beside", names=say.join(names))


def _nothing(view: View) -> Iterator[str]:
    """Says what was looked for; a single action that was named is not found says how it stands instead."""
    say, question, plan = view.say, view.answer.question, view.snapshot.plan
    yield sentence(say, question, plan, 0)
    for code in question.filters.codes:
        if action := plan.by_code.get(code):
            excepted = [m for m in question.filters.municipalities if m in action.excepts]
            yield from (say("remarks.excepted", municipality=m, code=code) for m in excepted)
            if not excepted:
                standing = view.standing(action)
                words = dates.deadline(say, action, view.today, standing)
                yield say("remarks.stands", code=code, title=action.title, when=words, status=status(view, standing))
    if question.mine:
        yield say("remarks.nobody_known")
    elif (question.select in _FROM_UPDATES or question.filters.statuses) and not any(view.snapshot.updates.values()):
        yield say("remarks.no_updates")
    yield from _held_topics(view)


def _held_topics(view: View) -> Iterator[str]:
    """Somebody who holds a topic only is the holder of no action: say what of."""
    for theme in view.snapshot.plan.themes:
        for holder in theme.holders:
            if holder.topic and holder.person in view.answer.question.filters.people:
                yield view.say("remarks.topic_holder", person=holder.person, topic=holder.topic, theme=theme.name)


def _progress(view: View) -> Iterator[str]:
    """The numbers as a whole, per theme when there are several, per municipality for a single action."""
    say, plan, actions = view.say, view.snapshot.plan, answered(view.answer, view.snapshot)
    standings = view.snapshot.standings_in(view.answer.question.filters.municipalities)
    total = progress(actions, standings)
    if total.total == 1:
        yield from detail(view, actions[0])
        return
    yield say.number("progress.summary", total.total, counts=_counts(view, total))
    themes = by_theme(view.answer, view.snapshot)
    if len(themes) > 1:
        for code, numbers in themes:
            name, counts = plan.theme_by_code[code].name, _counts(view, numbers)
            yield say.number("progress.theme", numbers.total, theme=name, done=numbers.finished, counts=counts)


def _counts(view: View, numbers: Progress) -> str:
    return view.say.join([view.say(f"statuses_of_several.{status}", n=n) for status, n in numbers.counts.items()])


def remarks(view: View) -> Iterator[str]:
    """What the reader should know about how the question was read."""
    say, answer, question = view.say, view.answer, view.answer.question
    if answer.theme_parties:
        yield say("remarks.theme_parties", names=say.join(question.filters.partners, "either"))
    if answer.compared is not None and question.compared is not None:
        codes = answer.compared.codes
        within = dates.within(say, question.compared)
        yield say.number("remarks.compared", len(codes), within=within, codes=say.join(codes))
    if question.left_out:
        quoted = say.join([say("headline.text", text=word) for word in question.left_out])
        yield say.number("remarks.left_out", len(question.left_out), names=quoted)
    if question.suggestion:
        yield say("remarks.suggestion", text=question.suggestion)
