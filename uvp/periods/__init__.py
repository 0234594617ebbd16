"""One reader for timings: the *Wanneer* column of a plan and the questions people ask.

A small grammar over words that stand in ``uvp/language/*/periods.yaml``: tokens with roles, units of the calendar,
ranges and boundaries, recurrence. Source of the rules: the twelve of the specification of timings.
"""

from uvp.periods.impossible import impossible_dates
from uvp.periods.reader import Found, find_periods, read_timing

__all__ = ["Found", "find_periods", "impossible_dates", "read_timing"]
