"""In which language a sentence is written."""

from __future__ import annotations

from collections.abc import Mapping

from uvp.question import Language
from uvp.questions.sentence import Sentence


def language_of(s: Sentence, stop: Mapping[str, Language | None]) -> Language | None:
    """The language of most of its words; None where nothing tells. Words of both languages and names do not count."""
    votes: dict[Language, int] = {"nl": 0, "en": 0}
    for match in s.matches:
        spoken = {e.language for e in match.entries if e.kind != "reported"}
        if len(spoken) == 1 and (language := spoken.pop()):
            votes[language] += match.end - match.start
    for word in s.words:
        if word.kind == "stop" and (told := stop.get(word.token.word)):
            votes[told] += 1
    if votes["nl"] == votes["en"] == 0:
        return None
    return "en" if votes["en"] > votes["nl"] else "nl"
