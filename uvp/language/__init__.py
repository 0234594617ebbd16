"""What users read and say, as data: ``nl/*.yaml`` beside ``en/*.yaml``; this module only reads the files.

Called from where objects are built; the pure modules get the data handed in.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any, get_args

import yaml

from uvp.question import Language


@cache
def load(name: str) -> dict[Language, dict[str, Any]]:
    """The data file ``<name>.yaml`` of every language; the result is shared, so nobody changes it."""
    here = resources.files(__package__)
    return {
        language: yaml.load((here / language / f"{name}.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
        for language in get_args(Language)
    }


@cache
def question_data() -> dict[Language, dict[str, Any]]:
    """What the question reader needs of every language: the ways of asking, and the words that are no typing errors."""
    questions, common = load("questions"), load("words")
    return {language: questions[language] | common[language] for language in questions}
