"""The words of dialogs: what the bot says in one language, and what people answer in any."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from uvp.answers.phrases import Phrases
from uvp.folding import plain
from uvp.plan import Plan
from uvp.question import Language
from uvp.updates import Status

_NOISE = re.compile(r"[^\w\s/-]+")


def folded(text: str) -> str:
    """A message as it is compared: lower case, no accents or punctuation, single spaces."""
    return " ".join(_NOISE.sub(" ", plain(text)).split())


class DialogWords:
    """Everything that dialogs say and understand; ``answers`` and ``dialogs`` are the language files of these names."""

    def __init__(self, answers: Mapping[Language, Mapping[str, Any]], dialogs: Mapping[Language, Any]) -> None:
        self._say: dict[Language, Phrases] = {
            language: Phrases({**answers[language], "dialog": _said(dialogs[language])}) for language in dialogs
        }
        replies = [data["replies"] for data in dialogs.values()]
        self._replies = {
            name: tuple(dict.fromkeys(folded(text) for lists in replies for text in lists[name]))
            for name in replies[0]
            if name not in ("statuses", "columns", "of_all")
        }
        self._by_language: dict[Language, dict[str, frozenset[str]]] = {
            language: {name: frozenset(map(folded, data["replies"][name])) for name in self._replies}
            for language, data in dialogs.items()
        }
        self._kinds = {name: frozenset(texts) for name, texts in self._replies.items()}
        self._headings: dict[Language, dict[str, list[str]]] = {
            language: data["replies"]["columns"] for language, data in dialogs.items()
        }
        self._columns = {
            folded(text): name for lists in self._headings.values() for name, texts in lists.items() for text in texts
        }
        self._of_all = {
            folded(text): Status(status)
            for lists in replies
            for status, texts in lists["of_all"].items()
            for text in texts
        }
        self._statuses = {
            folded(text): Status(status)
            for lists in replies
            for status, texts in lists["statuses"].items()
            for text in texts
        }

    def column(self, heading: str) -> str | None:
        """What the column of a list under this heading holds: ``code``, ``status``, ``municipalities`` …"""
        return self._columns.get(folded(heading))

    def columns(self, language: Language) -> dict[str, str]:
        """The heading of each column in a language."""
        return {name: texts[0].capitalize() for name, texts in self._headings[language].items()}

    def say(self, language: Language) -> Phrases:
        """The sentences of a language: those of answers, and those of dialogs below ``dialog``."""
        return self._say[language]

    def means(self, text: str, kind: str) -> bool:
        """Whether a whole message is one of a kind of replies (``cancel``, ``back``, ``agree`` …)."""
        return folded(text) in self._kinds[kind]

    def language_of(self, text: str, kind: str) -> Language | None:
        """The language in which a whole message is such a reply; None where several languages have it."""
        found = [language for language, kinds in self._by_language.items() if folded(text) in kinds[kind]]
        return found[0] if len(found) == 1 else None

    def begins(self, text: str, kind: str) -> bool:
        """Whether the first word of a message is one of a kind."""
        return folded(text).partition(" ")[0] in self._kinds[kind]

    def behind(self, text: str, kind: str) -> str:
        """What stands behind a reply of this kind that a message begins with; empty where it does not."""
        words = text.split()
        folds = [folded(word) for word in words]
        for at in range(len(words) - 1, 0, -1):
            if " ".join(folds[:at]) in self._kinds[kind]:
                return " ".join(words[at:])
        return ""

    def phrases(self, kind: str) -> tuple[str, ...]:
        """The replies of a kind, folded."""
        return self._replies[kind]

    def without(self, words: Iterable[str], kind: str) -> list[str]:
        """Folded words less those of a kind."""
        return [word for word in words if word not in self._kinds[kind]]

    def said_of_all(self, words: Sequence[str]) -> tuple[list[str], Status] | None:
        """The subject and the status of *all traffic actions are on track*; None for any other sentence."""
        folds = [folded(word) for word in words]
        if not folds or folds[0] not in self._kinds["every"]:
            return None
        # The longest ending first: *lopen vertraging op* is no *lopen*.
        for at in range(1, len(folds)):
            status = self._of_all.get(" ".join(filter(None, folds[at:])))
            if status is not None and folds[at - 1] not in self._kinds["relative"]:
                return list(words[:at]), status
        return None

    def status(self, text: str) -> Status | None:
        """The status that a whole message names."""
        return self._statuses.get(folded(text))


def _said(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "replies"}


def municipality_words(plan: Plan) -> dict[str, str]:
    """Each name of a municipality and each other word for it, folded, with the name as the plan writes it."""
    return {folded(word): m.name for m in plan.municipalities for word in (m.name, *m.words)}
