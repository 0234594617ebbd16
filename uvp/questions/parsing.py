"""Takes a text apart: typing errors repaired, codes, times and phrases found, the rest sorted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from uvp.period import Period
from uvp.periods import find_periods
from uvp.questions.actions import ActionIndex
from uvp.questions.denials import with_denials
from uvp.questions.lexicon import Lexicon
from uvp.questions.phrases import Match
from uvp.questions.sentence import Sentence, Word
from uvp.questions.spelling import Repair, Speller
from uvp.questions.text import Token, clean, fold, stem, token

REPAIR_LIMIT = 12  # words repaired in one text: more errors than that is not a text about the plan
_COMPOUND_PART = 4  # letters: shorter parts of a compound have to be names (*AVE*)
_VERB = "x"  # stands for a letter of a verb that is no part of a time
_BLOCK = "\0"  # stands for a word that is taken already; no phrase holds it
_NOUNS = frozenset(
    {
        "meeting",
        "thing",
        "action",
        "plan",
        "section",
        "title",
        "report",
        "newsletter",
        "deadline",
        "theme",
        "party",
        "person",
    }
)
_NAMES = frozenset({"action", "party", "municipality", "section", "person"})


class Parser:
    """Takes texts apart with the lexicon and the actions of one plan."""

    def __init__(self, lexicon: Lexicon, index: ActionIndex, plan_period: Period) -> None:
        self._lexicon = lexicon
        self._index = index
        self._plan_period = plan_period
        self.speller = Speller(lexicon.telling, lexicon.known, lexicon.functional, lexicon.single, self._is_part)

    def parse(self, raw: str, today: date) -> Sentence:
        """What every word of a text was taken for."""
        text, cut = clean(raw)
        sentence = Sentence(text, cut, today, self._plan_period, self._lexicon.grammar)
        self._split(sentence)
        first = self._lexicon.tree.find([w.key for w in sentence.words])
        self._find_periods(sentence, first)
        self._find_phrases(sentence, first)
        if sentence.has("stale"):
            self._drop_recurrences(sentence)
            self._find_duration(sentence)
        self._find_steps(sentence)
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

    def _is_part(self, letters: str, last: bool = False) -> bool:
        if last and letters in self._lexicon.sides:
            return True
        if len(letters) < _COMPOUND_PART:
            return letters in self._lexicon.names
        key = stem(letters)
        return self._index.is_word(key) or (letters in self._lexicon.functional and letters not in self._lexicon.stop)

    def _split(self, sentence: Sentence) -> None:
        """Words with typing errors repaired; a code in any spelling is one word."""
        folded = fold(sentence.text)
        codes = list(self._codes(folded))
        left = REPAIR_LIMIT
        for found in self._lexicon.compounds.tokens(folded):
            while codes and codes[0][1] <= found.start:
                codes.pop(0)
            if codes and found.start >= codes[0][0]:
                if not sentence.words or sentence.words[-1].start != codes[0][0]:
                    start, end, code = codes[0]
                    sentence.codes.append((len(sentence.words), code))
                    sentence.words.append(Word(Token(_BLOCK, _BLOCK, start, end), start, end, "code"))
                continue
            looks_alike = found.word in self._lexicon.lookalikes
            if looks_alike:
                found = found._replace(key=self._lexicon.tree.key(found.word))
            repaired = self._lexicon.shorthand.get(found.word)
            if repaired is None and left and not looks_alike and found.word not in self._lexicon.known:
                repaired = self._repaired(found, folded)
            if repaired is None:
                sentence.words.append(Word(found, found.start, found.end))
                continue
            left -= 1
            place = found.start, found.end
            sentence.words += [Word(token(w, *place), *place, repaired=True) for w in repaired]
        sentence.read_text = _replaced(sentence.text, sentence.words)

    def _repaired(self, found: Token, folded: str) -> Repair | None:
        if folded[found.end : found.end + 2] == ". ":
            return self.speller.complete(found.word)
        repaired = self.speller.repair(found.word)
        apart = repaired is not None and len(repaired) > 1
        return None if apart and found.word.endswith(self._lexicon.documents) else repaired

    def _codes(self, folded: str) -> Iterator[tuple[int, int, str | None]]:
        for match in self._lexicon.code_pattern.finditer(folded):
            prefix = self._lexicon.prefixes[match[1]]
            code = self._lexicon.codes.get(f"{prefix}{int(match[3])}")
            spaced = match[2].isspace() or not match[2]
            if code is None and (spaced or prefix != match[1]):
                continue
            if spaced and match[2] and self._lexicon.is_time(folded[match.end() : match.end() + 16]):
                continue
            yield match.start(), match.end(), code

    def _find_periods(self, sentence: Sentence, matches: list[Match]) -> None:
        named = [m for m in matches if m.end - m.start > 1 and self._is_named(m)]
        for found in find_periods(self._without_verbs(sentence), sentence.today, self._plan_period):
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
        return any(e.kind in _NAMES or e.value == "digest" for e in match.entries)

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

    def _drop_recurrences(self, sentence: Sentence) -> None:
        """*For 8 weeks*, *in two months* is how long here, not how often or when."""
        for start, end, found in list(sentence.periods):
            ahead = found.period is not None and found.period.start is not None and found.period.start > sentence.today
            if ahead or (found.period is None and found.recurrence != "doorlopend"):
                sentence.periods.remove((start, end, found))
                for word in sentence.words[start:end]:
                    word.kind = ""

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

    def _find_phrases(self, sentence: Sentence, first: list[Match]) -> None:
        taken: set[int] = set()
        for start, end, found in sentence.periods:
            if found.period is not None or found.recurrence != "doorlopend":
                taken.update(range(start, end))
        stems = [_BLOCK if i in taken else w.key for i, w in enumerate(sentence.words)]
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
        about_one = bool(sentence.codes) or any(True for _ in sentence.names("action"))
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
            own = {verb.start, *particle}
            sentence.matches = [m for m in sentence.matches if own.isdisjoint(range(m.start, m.end))]
            sentence.matches.append(verb)
            sentence.parted.add(verb.start)
            for i in particle:
                sentence.words[i].kind = "sign"
            sentence.periods = [
                (max(start, particle.stop) if start in particle else start, end, found)
                for start, end, found in sentence.periods
            ]
        sentence.matches.sort(key=lambda match: match.start)

    def _is_function_word(self, sentence: Sentence, match: Match) -> bool:
        """Whether a name is spelled like a function word (*om*, *OM*) and meant as one: no capitals, no article."""
        word = sentence.words[match.start]
        if match.end - match.start > 1 or word.token.word not in self._lexicon.stop:
            return False
        if not any(e.kind in _NAMES for e in match.entries):
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


def _replaced(text: str, words: list[Word]) -> str:
    """The text as it is read: repaired words in place, codes blanked; moves the words' tokens to their places in it."""
    pieces: list[str] = []
    at = length = 0
    for word in words:
        gap = text[at : word.start] if word.start >= at else " "  # the second part of a word taken apart
        if word.kind == "code":
            shown = " " * (word.end - word.start)
        else:
            shown = word.token.word if word.repaired else text[word.start : word.end]
        start = length + len(gap)
        word.token = word.token._replace(start=start, end=start + len(shown))
        pieces += [gap, shown]
        length = start + len(shown)
        at = max(at, word.end)
    pieces.append(text[at:])
    return "".join(pieces)
