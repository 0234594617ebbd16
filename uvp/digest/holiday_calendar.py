"""Public holidays, from the package that its community keeps up."""

from __future__ import annotations

from collections.abc import Container
from datetime import date


def dutch_holidays() -> Container[date]:
    """The public holidays of the Netherlands in any year; a year is worked out when it is first asked for."""
    # Takes a tenth of a second to load, which only what plans a digest has to spend.
    from holidays import country_holidays

    return country_holidays("NL")
