"""What a word may mean: kind -> meaning."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

Roles = Mapping[str, Any]

NOTHING: Roles = MappingProxyType({})
