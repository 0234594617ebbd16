"""Reporting how an action stands, in steps: the draft, reading of replies, the flow between steps, and its words.

All of it is pure: a draft and what somebody said or pressed go in, a decision comes out. ``dialogs`` keeps the draft,
``bot`` shows what is asked, the store records.
"""
