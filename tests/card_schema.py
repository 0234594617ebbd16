"""Holds a card against the Adaptive Cards schema, as Microsoft publishes it in ``microsoft-teams-cards``.

That schema knows what the newest clients can show. What is newer than version 1.5 must therefore carry a ``fallback``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

import orjson
from microsoft_teams.cards import core
from pydantic import ValidationError

VERSION = "1.5"
_ELEMENTS = "AdaptiveCard ActionSet Column ColumnSet Container FactSet Image RichTextBlock Table TextBlock TextRun"
_ACTIONS = "Execute OpenUrl ShowCard Submit ToggleVisibility"
_INPUTS = "ChoiceSet Date Number Text Time Toggle"
IN_VERSION_1_5 = frozenset(
    _ELEMENTS.split() + [f"Action.{a}" for a in _ACTIONS.split()] + [f"Input.{i}" for i in _INPUTS.split()]
)


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every element and action of a card, fallbacks included, from the outside in; not what buttons carry."""
    if isinstance(value, list):
        for item in value:
            yield from nodes(item)
    elif isinstance(value, dict):
        if "type" in value:
            yield value
        for name, item in value.items():
            if name != "data" or value.get("type", "").startswith("Chart."):
                yield from nodes(item)


def problems(card: dict[str, Any]) -> list[str]:
    """What is wrong with a card; nothing when it is sound."""
    if card.get("type") != "AdaptiveCard" or card.get("version") != VERSION:
        return ["not an AdaptiveCard of the version it should be"]
    on_the_wire = orjson.loads(orjson.dumps(card))
    found = [problem for node in nodes(on_the_wire) for problem in _problems(node)]
    ids = [node["id"] for node in nodes(on_the_wire) if "id" in node]
    targets = [t for node in nodes(on_the_wire) for t in node.get("targetElements", ())]
    found += [f"the id {i} is there twice" for i in set(ids) if ids.count(i) > 1]
    return found + [f"nothing has the id {t}" for t in targets if t not in ids]


def _problems(node: dict[str, Any]) -> Iterator[str]:
    kind = node["type"]
    if (model := _models().get(kind)) is None:
        yield f"no element is called {kind}"
        return
    if kind not in IN_VERSION_1_5 and "fallback" not in node:
        yield f"{kind} is newer than {VERSION} and has no fallback"
    known = {core.SerializableObject.serialization_alias_generator(name) for name in model.model_fields}
    # The model calls it ``ac_schema``; the schema itself says ``$schema``.
    yield from (f"{kind} has no property {name}" for name in node if name not in known | {"$schema"})
    try:
        model.model_validate(node)
    except ValidationError as error:
        yield f"{kind}: {error}"


@cache
def _models() -> dict[str, type[core.SerializableObject]]:
    """The models by the ``type`` that stands in the JSON."""
    found: dict[str, type[core.SerializableObject]] = {}
    for model in vars(core).values():
        if isinstance(model, type) and issubclass(model, core.SerializableObject):
            field = model.model_fields.get("type")
            found |= {kind: model for kind in get_args(field.annotation) if field} if field else {}
    return found
