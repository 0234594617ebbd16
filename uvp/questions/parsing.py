"""Takes a text apart: typing errors repaired, codes, times and phrases found, the rest sorted."""

from __future__ import annotations

from datetime import date

from uvp.period import Period
from uvp.questions.actions import ActionIndex
from uvp.questions.denials import with_denials
from uvp.questions.lexicon import Lexicon
from uvp.questions.phrases import Match
from uvp.questions.sentence import Sentence
from uvp.questions.splitting import BLOCK, Splitter
from uvp.questions.text import clean
from uvp.questions.timing import NAMES, Timing

_THINGS = {"meeting", "thing", "action", "plan", "section", "report", "newsletter", "deadline", "theme"}
_NOUNS = _THINGS | {"title", "party", "person"}


class Parser:
    """Takes texts apart with the lexicon and the actions of one plan."""

    def __init__(self, lexicon: Lexicon, index: ActionIndex, plan_period: Period) -> None:
        self._lexicon = lexicon
        self._index = index
        self._plan_period = plan_period
        self._splitter = Splitter(lexicon, index)
        self._timing = Timing(lexicon)
        self.speller = self._splitter.speller

    def parse(self, raw: str, today: date) -> Sentence:
        """What every word of a text was taken for."""
        text, cut = clean(raw)
        sentence = Sentence(text, cut, today, self._plan_period, self._lexicon.grammar)
        self._splitter.split(sentence)
        first = self._lexicon.tree.find([w.key for w in sentence.words])
        self._timing.find_periods(sentence, first)
        self._find_phrases(sentence, first)
        self._timing.find_durations(sentence)
        self._sort_rest(sentence)
        self._lexicon.headings.name_in(sentence)
        self._drop_articles(sentence)
        sentence.governed = frozenset(i for i in range(len(sentence.words)) if self._is_governed(sentence, i))
        if self._strays(sentence):
            sentence.signs.setdefault("foreign", [])
        return sentence

    def _is_governed(self, sentence: Sentence, at: int) -> bool:
        """Whether a word stands first, or an article or preposition leads to it, with one adjective between at most."""
        words, leading = sentence.words, self._lexicon.leading
        if at == 0 or words[at - 1].token.word in leading:
            return True
        between = words[at - 1].kind in ("unknown", "known", "generic", "stop")
        return at > 1 and between and words[at - 2].token.word in leading

    def _strays(self, sentence: Sentence) -> bool:
        """*Hoe zwaar is hij*, *de woonvisie*, *12 plus 9*: asked of another thing, whatever else is named."""
        words, grammar = sentence.words, self._lexicon.grammar
        numbers = sum(w.kind == "stop" and w.token.word.isdigit() for w in words)
        if sentence.has("count") and numbers > 1:
            return True
        for i, word in enumerate(words):
            if word.kind == "unknown" and word.token.word.endswith(self._lexicon.documents):
                return True
            if word.kind in ("unknown", "known") and i and words[i - 1].token.word in grammar.how:
                return True
        return False

    def _drop_articles(self, sentence: Sentence) -> None:
        """*Het* before a noun (*het feest*) refers to nothing."""
        words = sentence.words

        def is_article(match: Match) -> bool:
            at = match.start
            if match.end - at > 1 or match.end >= len(words) or words[at].token.word not in self._lexicon.determiners:
                return False
            if words[match.end].kind in ("unknown", "known", "generic"):
                return True
            following = {
                e.value if e.kind == "sign" else e.kind
                for m in sentence.matches
                if m.start == match.end
                for e in m.entries
            }
            return not following.isdisjoint(_NOUNS)

        kept = [m for m in sentence.signs.pop("pronoun", ()) if not is_article(m)]
        if kept:
            sentence.signs["pronoun"] = kept

    def _find_phrases(self, sentence: Sentence, first: list[Match]) -> None:
        taken: set[int] = set()
        for start, end, found in sentence.periods:
            if found.period is not None or found.recurrence != "doorlopend":
                taken.update(range(start, end))
        stems = [BLOCK if i in taken else w.key for i, w in enumerate(sentence.words)]
        matches = self._lexicon.tree.find(stems) if taken else first
        sentence.matches = [m for m in matches if not self._is_function_word(sentence, m)]
        for i in taken:
            sentence.words[i].kind = "period"
        self._join_verbs(sentence)
        sentence.matches = with_denials(sentence)
        if "we" not in sentence.signs and any(w.token.word in self._lexicon.we for w in sentence.words):
            sentence.signs["we"] = []
        # What is not about the plan stays so where a time is part of it (*vanavond*).
        if foreign := [m for m in first if any(e.value == "foreign" for e in m.entries)]:
            sentence.signs["foreign"] = foreign
        about_one = bool(sentence.codes) or any(sentence.names("action"))
        for match in sentence.matches:
            if not about_one and all(entry.kind == "reported" for entry in match.entries):
                continue  # tells how an action stands; elsewhere they are words like any other
            named = False
            for entry in match.entries:
                if entry.kind == "sign":
                    sentence.signs.setdefault(entry.value, []).append(match)
                elif entry.kind != "reported":
                    named = True
            for i in range(match.start, match.end):
                sentence.words[i].kind = "name" if named else "sign"

    def _join_verbs(self, sentence: Sentence) -> None:
        """*Loopt … uit*: a verb and its particle stand for what they do together, whatever each says alone."""
        for verb, particle in self._lexicon.separable.find(sentence):
            longer = (m for m in sentence.matches if m.end - m.start > len(particle) and verb.start < m.start)
            if any(not set(particle).isdisjoint(range(m.start, m.end)) for m in longer):
                continue  # *status … worden gewijzigd in*: the particle is part of a longer phrase
            around = [m for m in sentence.matches if m.start <= verb.start < m.end]  # *uiterste datum … voorbij*
            whole = verb._replace(start=min([verb.start, *(m.start for m in around)]))
            sentence.put(whole, (verb.start, *particle))
            sentence.parted.add(verb.start)
            for i in particle:
                sentence.words[i].kind = "sign"
            sentence.periods = [
                (max(start, particle.stop) if start in particle else start, end, found)
                for start, end, found in sentence.periods
            ]

    def _is_function_word(self, sentence: Sentence, match: Match) -> bool:
        """Whether a name is spelled like a function word (*om*, *OM*) and meant as one: no capitals, no article."""
        word = sentence.words[match.start]
        if match.end - match.start > 1 or word.token.word not in self._lexicon.stop:
            return False
        if not any(e.kind in NAMES for e in match.entries):
            return False
        typed = sentence.text[word.start : word.end]
        if typed.isupper() and (len(sentence.words) < 3 or not sentence.text.isupper()):
            return False
        before = sentence.words[match.start - 1].token.word if match.start else ""
        grammar = self._lexicon.grammar
        listed = before in grammar.and_or and sentence.words[match.start - 2].token.word in self._lexicon.names
        article = before in grammar.articles or (listed and match.end == len(sentence.words))
        return not article or sentence.following(match.end) in grammar.infinitive

    def _sort_rest(self, sentence: Sentence) -> None:
        stop, generic, known = self._lexicon.stop, self._lexicon.generic, self._index.knows
        for i, word in enumerate(sentence.words):
            if word.kind:
                continue
            plain = word.token.word
            side = plain in self._lexicon.sides and i and sentence.words[i - 1].kind == "name"  # *the traffic side*
            if side or plain in stop or plain in self._lexicon.durations or len(plain) == 1 or plain.isdigit():
                word.kind = "stop"
            elif word.key in generic:
                word.kind = "generic"
            else:
                word.kind = "known" if known(word.key) else "unknown"
