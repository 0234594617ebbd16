"""Takes a text apart into words: codes in any spelling, compounds and typing errors made good."""

from __future__ import annotations

from collections.abc import Iterator

from uvp.questions.actions import ActionIndex
from uvp.questions.lexicon import Lexicon
from uvp.questions.sentence import Sentence, Word
from uvp.questions.spelling import Repair, Speller
from uvp.questions.text import Token, fold, stem, token

REPAIR_LIMIT = 12  # words repaired in one text: more errors than that is not a text about the plan
BLOCK = "\0"  # stands for a word that is taken already; no phrase holds it
_COMPOUND_PART = 4  # letters: shorter parts of a compound have to be names (*AVE*)


class Splitter:
    """Finds the words of texts with the lexicon and the actions of one plan."""

    def __init__(self, lexicon: Lexicon, index: ActionIndex) -> None:
        self._lexicon = lexicon
        self._index = index
        words = (lexicon.telling, lexicon.known, lexicon.functional, lexicon.single, lexicon.sides)
        self.speller = Speller(*words, self._is_part)

    def split(self, sentence: Sentence) -> None:
        """Gives a sentence its words, typing errors repaired; a code in any spelling is one word."""
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
                    sentence.words.append(Word(Token(BLOCK, BLOCK, start, end), start, end, "code"))
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

    def _is_part(self, letters: str) -> bool:
        if len(letters) < _COMPOUND_PART:
            return letters in self._lexicon.names
        key = stem(letters)
        return self._index.is_word(key) or (letters in self._lexicon.single and letters not in self._lexicon.stop)


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
