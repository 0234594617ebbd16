"""What comes back from the card with the setting of the digest: checked, because it was in other hands."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import time
from typing import Any

from pydantic import BaseModel, Field, ValidationError, field_validator

from uvp.plan import Plan
from uvp.question import Language


class _Form(BaseModel):
    weekday: int = Field(ge=1, le=7)
    at: time
    weeks: int = Field(ge=1, le=13)
    zone: str | None = Field(default=None, max_length=60)
    language: Language
    mentions: bool
    themes: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()

    @field_validator("themes", "municipalities", mode="before")
    @classmethod
    def split(cls, value: Any) -> Any:
        """Choices come as one text."""
        return tuple(filter(None, value.split(","))) if isinstance(value, str) else value or ()


def changes(data: Mapping[str, Any], plan: Plan) -> dict[str, Any] | None:
    """The fields of ``Subscription`` that were filled in; None when they are not what the card offers."""
    try:
        form = _Form.model_validate({name: data[name] for name in _Form.model_fields if name in data})
    except ValidationError:
        return None
    if not (_all_in(form.themes, plan.theme_by_code) and _all_in(form.municipalities, plan.municipality_names)):
        return None
    zone = {} if form.zone is None else {"zone": form.zone.strip()}
    return zone | {
        "weekday": form.weekday,
        "at": form.at.replace(second=0, microsecond=0, tzinfo=None),
        "weeks_ahead": form.weeks,
        "language": form.language,
        "mentions": form.mentions,
        "themes": form.themes,
        "municipalities": form.municipalities,
    }


def _all_in(chosen: tuple[str, ...], offered: Container[str]) -> bool:
    return all(one in offered for one in chosen)
