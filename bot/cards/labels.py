"""The words that stand on cards only, per language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from uvp.language import load
from uvp.question import Language


class Labels:
    """The labels of one language by name; a dot goes a level down (``facts.deadline``)."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data: dict[str, Any] = {}
        self._flatten("", data)

    def _flatten(self, prefix: str, data: Mapping[str, Any]) -> None:
        for name, value in data.items():
            self._data[prefix + name] = value
            if isinstance(value, Mapping):
                self._flatten(f"{prefix}{name}.", value)

    def __call__(self, name: str, **values: object) -> str:
        """The label with its values filled in; raises KeyError for a label that is not there."""
        text: str = self._data[name]
        return text.format_map(values) if values else text

    def get(self, name: str, default: str) -> str:
        """The label, or ``default`` for names that come from elsewhere."""
        found: str = self._data.get(name, default)
        return found

    def texts(self, name: str) -> list[str]:
        """The texts of a label that is a list."""
        found: list[str] = self._data[name]
        return found


@cache
def labels(language: Language) -> Labels:
    """The labels of a language, read once."""
    return Labels(load("cards")[language])
