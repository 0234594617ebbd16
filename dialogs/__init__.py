"""Conversations of several turns, on the dialogs of the Bot Framework SDK.

What a step means and says is decided in ``uvp.reporting``; here stands only how a draft is kept between turns and when
it is recorded.
"""
