"""What the bot itself says, as opposed to answers and cards: excuses, limits, broken buttons (``bot.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping

from uvp.question import Language


class Words:
    """Sentences by name in each language; the language data is handed in."""

    def __init__(self, language_data: Mapping[Language, Mapping[str, str]]) -> None:
        self._data = language_data

    def __call__(self, language: Language, name: str, **values: object) -> str:
        """The sentence with its values filled in. Raises KeyError for one that is not there."""
        return self._data[language][name].format_map(values)
