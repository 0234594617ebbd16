"""Who carries what, and the communication of an action: set and asked in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from uvp.question import Language
from uvp.reporting.words import folded

LONGEST = 2300
"""Characters of a message that may set something: a text of the most that is kept, with what stands around it."""
_PART = re.compile(r"\[[^\]]*\]|\([^)]*\)|\{\w+\}|\S+")
_COLON = re.compile(r"\s*:(?=\s|$)\s*")
_ARTICLE = re.compile(r"^(?:de|het|the)\s+", re.IGNORECASE)


class Topic(StrEnum):
    """What is set or asked."""

    OWNER = "owner"
    OFFICIALS = "officials"
    COMMUNICATION = "communication"


@dataclass(frozen=True, slots=True)
class Setting:
    """A sentence about ``what`` (words for an action or a theme); ``value`` None asks, else it is what to set."""

    topic: Topic
    what: str
    language: Language
    value: str | None = None


class Settings:
    """Reads such sentences; ``data`` is the ``settings`` of the dialogs' language files."""

    def __init__(self, data: Mapping[Language, Mapping[str, Any]]) -> None:
        self._patterns = [
            (_compiled(text), topic, language)
            for kind in ("set", "ask")
            for language, settings in data.items()
            for topic in Topic
            for text in settings[topic.value][kind]
        ]
        self._lists = {
            name: frozenset(folded(word) for settings in data.values() for word in settings[name])
            for name in ("here", "me", "nobody")
        }
        joining = sorted({word for settings in data.values() for word in settings["joining"]}, key=len, reverse=True)
        words = "|".join(rf"\s+{re.escape(w)}\s+" if w.isalpha() else rf"\s*{re.escape(w)}\s*" for w in joining)
        self._joining = re.compile(words, re.IGNORECASE)

    def read(self, text: str) -> Setting | None:
        """What a whole message sets or asks."""
        text = " ".join(text.split())
        if len(text) > LONGEST:
            return None
        # Every word of a pattern asks for a space behind it, and a colon for one on both sides.
        bare = _COLON.sub(" : ", text.rstrip(" ?"), count=1) + " "
        for pattern, topic, language in self._patterns:
            if match := pattern.fullmatch(bare):
                value = match.groupdict().get("value")
                return Setting(topic, _ARTICLE.sub("", match["what"].strip()), language, value and value.strip())
        return None

    def here(self, what: str) -> bool:
        """Whether it points at what was talked about."""
        return folded(what) in self._lists["here"]

    def me(self, name: str) -> bool:
        """Whether somebody means themself."""
        return folded(name) in self._lists["me"]

    def names(self, value: str) -> list[str]:
        """The names in a value; none where it says that there are none."""
        if folded(value) in self._lists["nobody"]:
            return []
        return [name for part in self._joining.split(value.strip(" .")) if (name := part.strip())]

    def text(self, value: str) -> str:
        """A text to keep; empty where it says that there is none."""
        return "" if folded(value) in self._lists["nobody"] else value.strip()


def _compiled(template: str) -> re.Pattern[str]:
    """The pattern of a template: ``(a|b)`` is a choice, ``[a]`` may be absent."""
    return re.compile("".join(_parts(template)), re.IGNORECASE | re.DOTALL)


def _parts(template: str) -> Iterator[str]:
    for part in _PART.findall(template):
        if part[0] == "[":
            yield rf"(?:(?:{part[1:-1]})\s+)?"
        elif part == ":":
            # The space behind the word before it has been asked for already.
            yield r"(?<=\s):\s+"
        elif part[0] == "(":
            yield rf"(?:{part[1:-1]})\s+"
        elif part == "{what}":
            yield r"(?P<what>.{1,120}?)\s+"
        else:
            yield r"(?P<value>.+?)\s+" if part == "{value}" else rf"{re.escape(part)}\s+"
