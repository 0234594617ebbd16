"""From a text to a question: what somebody means, without guessing. Pure; start at ``Reader``."""

from uvp.questions.reader import Reader

__all__ = ["Reader"]
