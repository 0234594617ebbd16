"""When and for how long, in a sentence: its periods, what only looks like one, durations and steps."""

from __future__ import annotations

from uvp.periods import find_periods
from uvp.questions.lexicon import Lexicon
from uvp.questions.phrases import Match
from uvp.questions.sentence import Sentence

NAMES = frozenset({"action", "party", "municipality", "section", "person"})
_VERB = "x"  # stands for a letter of a verb that is no part of a time


class Timing:
    """Finds the times of sentences with the words of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def find_periods(self, sentence: Sentence, matches: list[Match]) -> None:
        """The periods of a sentence that no name of ``matches`` holds."""
        named = [m for m in matches if m.end - m.start > 1 and self._is_named(m)]
        for found in find_periods(self._without_verbs(sentence), sentence.today, sentence.plan_period):
            inside = [
                i
                for i, w in enumerate(sentence.words)
                if w.token.start < found.end and w.token.end > found.start and w.kind != "code"
            ]
            while inside and self._is_capital_name(sentence, inside[0]):
                del inside[0]
            if not inside or any(m.start <= inside[0] and inside[-1] < m.end for m in named):
                continue
            sentence.periods.append((inside[0], inside[-1] + 1, found))

    def _is_capital_name(self, sentence: Sentence, index: int) -> bool:
        """Whether a word is a name in capitals (*OM*) that is spelled like a function word."""
        word = sentence.words[index]
        typed = sentence.text[word.start : word.end]
        return typed.isupper() and word.token.word in self._lexicon.names and word.token.word in self._lexicon.stop

    def _is_named(self, match: Match) -> bool:
        """Whether a phrase is a name (or the digest), which a time inside it does not break up."""
        return any(e.kind in NAMES or e.value == "digest" for e in match.entries)

    def _without_verbs(self, sentence: Sentence) -> str:
        """The text in which *begin in 2026* is no *begin 2026*: what is a verb before *in* is blanked.

        So is *we*, which Dutch and English share: *zijn we begin 2026* holds a time, and no verb of *we*.
        """
        text, follows = sentence.read_text, self._lexicon.after_time_verbs
        for i, word in enumerate(sentence.words):
            verb = word.token.word in self._lexicon.time_verbs and sentence.following(i + 1) in follows
            if verb or word.token.word in self._lexicon.we:
                text = text[: word.token.start] + _VERB * len(word.token.word) + text[word.token.end :]
        return text

    def find_durations(self, sentence: Sentence) -> None:
        """How long nothing was heard, which is no recurrence, and how far a period is moved."""
        if sentence.has("stale"):
            self._drop_recurrences(sentence)
            self._find_duration(sentence)
        self._find_steps(sentence)

    def _drop_recurrences(self, sentence: Sentence) -> None:
        """*For 8 weeks*, *in two months* is how long here, not how often or when."""
        for start, end, found in list(sentence.periods):
            ahead = found.period is not None and found.period.start is not None and found.period.start > sentence.today
            if ahead or (found.period is None and found.recurrence != "doorlopend"):
                sentence.periods.remove((start, end, found))
                for word in sentence.words[start:end]:
                    word.kind = ""

    def _find_duration(self, sentence: Sentence) -> None:
        """How long nothing was heard: a number and a unit, which are no period."""
        words = sentence.words
        for i, word in enumerate(words):
            if word.kind in ("code", "period") or (days := self._lexicon.durations.get(word.token.word)) is None:
                continue
            before = words[i - 1].token.word if i else ""
            number = float(before) if before.isdigit() and len(before) < 4 else self._lexicon.numbers.get(before)
            if number is not None and i and words[i - 1].kind != "period":
                sentence.duration = round(number * days)
                word.kind = words[i - 1].kind = "stop"
                return

    def _find_steps(self, sentence: Sentence) -> None:
        """How far *een kwartaal later* or *twee jaar ervoor* moves a period."""
        for sign, direction in (("later", 1), ("earlier", -1)):
            for match in sentence.signs.get(sign, ()):
                days = self._lexicon.durations.get(sentence.words[match.start].token.word, 0)
                before = sentence.words[match.start - 1].token.word if match.start else ""
                number = float(before) if before.isdigit() and len(before) < 3 else self._lexicon.numbers.get(before, 1)
                sentence.steps = round(direction * number * days)
