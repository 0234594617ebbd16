"""Activities between the wire and the SDK's models, without msrest, which takes fifteen times as long.

The models' own attribute maps say which key is which attribute and of what type, so nothing is listed twice. What a
model does not know is kept in ``additional_properties``, as the SDK does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any

from botbuilder import schema
from botbuilder.schema import Activity
from msrest.serialization import Model

Read = Callable[[Any], Any]


@dataclass(eq=False)
class Malformed(Exception):
    """What came in is not an activity; the reason names the field, never its content."""

    reason: str

    def __str__(self) -> str:
        return self.reason


def read_activity(data: Mapping[str, Any]) -> Activity:
    """The activity of a JSON object. Raises Malformed when a field is of another type than the protocol says."""
    return _build(Activity, data)


def wire(value: Any) -> Any:
    """What ``orjson.dumps`` takes for a model: its keys with the values that are set."""
    if isinstance(value, Model):
        model: Any = type(value)
        written = {key: v for name, key in _names(model) if (v := getattr(value, name)) is not None}
        return {**value.additional_properties, **written} if value.additional_properties else written
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"{type(value).__name__} does not go over the wire")


def _build(model: Any, data: Any) -> Any:
    if not isinstance(data, dict):
        raise Malformed(f"{model.__name__} is not an object")
    fields, built = _fields(model), model()
    for key, value in data.items():
        if value is None:
            continue
        field = fields.get(key)
        if field is None:
            built.additional_properties[key] = value
            continue
        name, read = field
        try:
            setattr(built, name, read(value) if read else value)
        except (TypeError, ValueError):
            raise Malformed(f"{model.__name__}.{key} is not what it should be") from None
    return built


@cache
def _fields(model: Any) -> Mapping[str, tuple[str, Read | None]]:
    """Attribute and reader by key."""
    return {m["key"]: (name, _reader(m["type"])) for name, m in model._attribute_map.items() if m["key"]}


@cache
def _names(model: Any) -> tuple[tuple[str, str], ...]:
    """Attributes with their keys."""
    return tuple((name, m["key"]) for name, m in model._attribute_map.items() if m["key"])


def _reader(kind: str) -> Read | None:
    """How a value of a type of the attribute map is read; None takes it as it is."""
    match kind:
        case "object":
            return None
        case "str":
            return _expect(str)
        case "bool":
            return _expect(bool)
        case "int" | "float":
            return _expect(int, float)
        case "iso-8601":
            return datetime.fromisoformat
        case _ if kind.startswith("["):
            return _list(_reader(kind[1:-1]))
        case _ if kind.startswith("{"):
            return _expect(dict)
    model = getattr(schema, kind)
    return lambda value: _build(model, value)


def _expect(*kinds: type) -> Read:
    def read(value: Any) -> Any:
        if not isinstance(value, kinds):
            raise TypeError
        return value

    return read


def _list(read: Read | None) -> Read:
    def read_all(value: Any) -> Any:
        if not isinstance(value, list):
            raise TypeError
        return [read(v) for v in value] if read else value

    return read_all
