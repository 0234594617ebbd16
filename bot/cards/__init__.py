"""Answers as Adaptive Cards: plain dictionaries, made from values alone and without the Bot Framework.

``answer_card``, ``welcome_card`` and ``notice_card`` make a card, ``attachment`` and ``message`` put it in a message,
and ``press`` reads what comes back when somebody presses something on it.
"""

from bot.cards.answers import answer_card
from bot.cards.messages import attachment, message
from bot.cards.presses import Ask, Page, Press, Report, press
from bot.cards.size import LIMIT, size
from bot.cards.talk import notice_card, welcome_card

__all__ = [
    "LIMIT",
    "Ask",
    "Page",
    "Press",
    "Report",
    "answer_card",
    "attachment",
    "message",
    "notice_card",
    "press",
    "size",
    "welcome_card",
]
