"""A digest and a reminder in words, in the language of the place. Pure: the language data is handed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from uvp.answer import Answer
from uvp.answers import dates, lines
from uvp.answers.phrases import Phrases
from uvp.digest.content import A_WEEK, Digest, Number, quarter_end
from uvp.digest.cycles import Cycle
from uvp.digest.reminders import Item
from uvp.digest.subscription import Subscription
from uvp.plan import Plan
from uvp.question import Filters, Language, Question, Select
from uvp.snapshot import Snapshot
from uvp.updates import Update, local_day

CODES = 3
"""Codes named beside somebody who is addressed; one more is named too, since that is as short as counting it."""
SHOWN = 10
"""Lines of a section; what there is more is counted, and shown when asked for."""


@dataclass(frozen=True, slots=True)
class Section:
    """One heading with what stands under it: codes, or for ``updated`` and ``cycles`` something of their own.

    ``kind`` names the wording, ``select`` the kind of answer whose dates its lines show; ``count`` is how many lines.
    """

    kind: str
    select: str
    codes: tuple[str, ...]
    count: int


def sections(digest: Digest) -> tuple[Section, ...]:
    """The headings that have something under them, in the order shown."""
    every = (
        ("overdue", Select.OVERDUE, digest.overdue),
        ("soon", Select.DUE, digest.soon),
        ("quarter", Select.DUE, digest.quarter),
        ("updated", Select.UPDATED, [u.code for u in digest.updated]),
        ("stale", Select.STALE, digest.stale),
        ("cycles", Select.ALL, [c.code for c in digest.cycles]),
    )
    return tuple(Section(kind, show, tuple(dict.fromkeys(codes)), len(codes)) for kind, show, codes in every if codes)


class DigestWording:
    """Makes words of digests, from ``digest.yaml`` and, for dates and actions, the sentences of answers."""

    def __init__(
        self, language_data: Mapping[Language, Mapping[str, Any]], answers: Mapping[Language, Phrases]
    ) -> None:
        # The months belong to the sentences of answers; Phrases wants some.
        self._say = {language: Phrases({"months": (), **data}) for language, data in language_data.items()}
        self._answers = answers

    def phrases(self, language: Language) -> Phrases:
        """The sentences of ``digest.yaml``."""
        return self._say[language]

    def sayings(self, language: Language) -> Phrases:
        """The sentences of answers."""
        return self._answers[language]

    def title(self, digest: Digest, setting: Subscription, plan: Plan) -> str:
        """*Weekoverzicht week 48 (23 t/m 29 november 2026)*, and what it is about when that is not everything."""
        say, answers = self._say[setting.language], self._answers[setting.language]
        title = say("title", week=dates.period(answers, digest.week.days))
        scope = [plan.theme_by_code[code].label for code in setting.themes if code in plan.theme_by_code]
        names = [*scope, *setting.municipalities]
        return say("about", title=title, scope=answers.join(names)) if names else title

    def numbers(self, digest: Digest, language: Language) -> str:
        """What is counted, with its change since last week; what there is none of now and was none of is left out."""
        say, answers = self._say[language], self._answers[language]
        counts = [self._number(say, number) for number in digest.numbers if number.now or number.before]
        total = say.number("numbers.total", digest.total)
        changed = any(number.change for number in digest.numbers)
        line = say("numbers.line" if counts else "numbers.bare", total=total, counts=answers.join(counts))
        return say("numbers.changed" if changed else "numbers.unchanged", line=line)

    def _number(self, say: Phrases, number: Number) -> str:
        key = f"numbers.{number.name}"
        text = say(key, n=number.now) if say.has(key) else say.number(key, number.now)
        if not number.change:
            return text
        return say("numbers.more" if number.change > 0 else "numbers.less", text=text, n=abs(number.change))

    def heading(self, section: Section, setting: Subscription) -> str:
        """*Te laat (3)*."""
        say, key = self._say[setting.language], f"sections.{section.kind}"
        title = say(key) if say.has(key) else say.number(key, setting.weeks_ahead)
        return say("sections.title", title=title, n=section.count)

    def question(self, section: Section, digest: Digest, setting: Subscription, plan: Plan) -> str | None:
        """The question that shows all of a section, also when it is asked later; None where no question does."""
        say, answers, key = self._say[setting.language], self._answers[setting.language], f"ask.{section.kind}"
        if not say.has(key):
            return None
        themes = answers.join([plan.theme_by_code[c].label for c in setting.themes if c in plan.theme_by_code])
        scope = say("ask.themes", names=themes) if themes else ""
        if setting.municipalities:
            scope += say("ask.municipalities", names=answers.join(setting.municipalities))
        start, end = _span(section, digest)
        return say(key, scope=scope, start=dates.day(answers, start), end=dates.day(answers, end))

    def mentions(self, named: Sequence[tuple[str, Sequence[str]]], language: Language) -> str:
        """Asks people, by what stands for their names, about their actions; of many codes the first are named."""
        say, answers = self._say[language], self._answers[language]
        asked = [say("mentions.of", name=name, codes=self._codes(say, answers, codes)) for name, codes in named]
        return say("mentions.ask", names=answers.join(asked))

    def _codes(self, say: Phrases, answers: Phrases, codes: Sequence[str]) -> str:
        left = len(codes) - CODES
        return answers.join(codes) if left <= 1 else say("mentions.more", codes=", ".join(codes[:CODES]), n=left)

    def view(self, digest: Digest, setting: Subscription, snapshot: Snapshot) -> lines.View:
        """What the lines of actions are made from; ``snapshot`` is that of the digest's moment."""
        filters = Filters(themes=setting.themes, municipalities=setting.municipalities)
        answer = Answer(Question("", setting.language, filters=filters))
        return lines.View(self._answers[setting.language], answer, snapshot, digest.today)

    def text(self, digest: Digest, setting: Subscription, snapshot: Snapshot) -> str:
        """The whole digest as plain text; ``snapshot`` is that of the digest's moment."""
        return "\n".join(self._text(digest, setting, snapshot))

    def _text(self, digest: Digest, setting: Subscription, snapshot: Snapshot) -> Iterator[str]:
        say, view = self._say[setting.language], self.view(digest, setting, snapshot)
        yield self.title(digest, setting, snapshot.plan)
        if digest.quiet:
            yield say("quiet")
            return
        yield self.numbers(digest, setting.language)
        for section in sections(digest):
            written = self._lines(digest, section, view)
            yield ""
            yield self.heading(section, setting)
            yield from written[:SHOWN]
            if len(written) > SHOWN:
                yield say.number("sections.more", len(written) - SHOWN)

    def _lines(self, digest: Digest, section: Section, view: lines.View) -> Sequence[str]:
        language = view.answer.question.language
        match section.kind:
            case "updated":
                return [self.updated(update, view) for update in digest.updated]
            case "cycles":
                return [self.cycle(cycle, view) for cycle in digest.cycles]
        by_code = view.snapshot.plan.by_code
        written = [(code, lines.line(view, by_code[code], section.select)) for code in section.codes]
        new = digest.newly_overdue if section.kind == "overdue" else ()
        return [self._say[language]("lines.new", line=line) if code in new else line for code, line in written]

    def updated(self, update: Update, view: lines.View) -> str:
        """One update: the action, what its status became, who said so, when, and the note."""
        say, answers = self._say[view.answer.question.language], view.say
        line = say(
            "lines.updated" if update.municipality is None else "lines.updated_in",
            code=update.code,
            title=view.snapshot.plan.by_code[update.code].title,
            status=answers(f"statuses.{update.status}"),
            municipality=update.municipality,
            by=update.by,
            day=dates.day(answers, local_day(update.at)),
        )
        return say("lines.note", line=line, note=" ".join(update.note.split())) if update.note.strip() else line

    def cycle(self, cycle: Cycle, view: lines.View) -> str:
        """One recurring moment and by when it has to have happened."""
        say, answers = self._say[view.answer.question.language], view.say
        line = say(
            "lines.cycle",
            code=cycle.code,
            title=view.snapshot.plan.by_code[cycle.code].title,
            recurrence=answers(f"recurrences.{cycle.recurrence}"),
            day=dates.day(answers, cycle.window.end or date.max),
        )
        return say("lines.cycle_updated", line=line, day=dates.day(answers, cycle.updated)) if cycle.updated else line

    def reminder(self, items: Sequence[Item], snapshot: Snapshot, today: date, language: Language) -> str:
        """A reminder as plain text."""
        say = self._say[language]
        head = say.number("reminder.title", len(items)) if items else say("reminder.done")
        return "\n".join((head, *(self.reminded(item, snapshot, today, language) for item in items)))

    def reminded(self, item: Item, snapshot: Snapshot, today: date, language: Language) -> str:
        """One action in a reminder."""
        action, answers = snapshot.plan.by_code[item.code], self._answers[language]
        when = dates.deadline(answers, action, today, snapshot.standings[item.code])
        return self._say[language](f"reminder.{item.why}", code=item.code, title=action.title, when=when)


def _span(section: Section, digest: Digest) -> tuple[date, date]:
    """The days that a section is about; of those that are about a moment that day."""
    match section.kind:
        case "soon":
            return digest.today, digest.ahead.end or digest.today
        case "quarter":
            return (digest.ahead.end or digest.today) + timedelta(days=1), quarter_end(digest.today)
        case "updated":
            return digest.today - A_WEEK, digest.today
    return digest.today, digest.today
