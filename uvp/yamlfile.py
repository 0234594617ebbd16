"""YAML read with its line numbers: every wrong key or value is reported with the line it stands on.

Scalars are taken as they are written: ``when: 2025`` is the text 2025, ``title: no`` the text no. Problems are
collected, so that one reading shows them all; a value that is wrong reads as empty meanwhile.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

import yaml
from yaml.events import CollectionEndEvent, CollectionStartEvent
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.reader import ReaderError

from uvp.errors import PlanFileInvalid

# The C loader is ten times as fast; a PyYAML built without libyaml has only the other.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEPTH_LIMIT = 50
_NULL = "tag:yaml.org,2002:null"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def parse(file: str, raw: bytes) -> Node:
    """The root node of a YAML document in UTF-8.

    Raises:
        PlanFileInvalid: empty, not UTF-8, or not YAML.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PlanFileInvalid(file, raw.count(b"\n", 0, error.start) + 1, "not UTF-8 text") from error
    try:
        _check_depth(file, text)
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(file, text, error) from error
    except ReaderError as error:
        raise PlanFileInvalid(file, raw.count(b"\n", 0, error.position) + 1, f"not YAML: {error.reason}") from error
    if root is None:
        raise PlanFileInvalid(file, 1, "the file is empty")
    return root


def _check_depth(file: str, text: str) -> None:
    """Refuses what is nested so deeply that composing it, which recurses in C, would end the process."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > _DEPTH_LIMIT:
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise PlanFileInvalid(file, line, "nested too deeply")


def _syntax_error(file: str, text: str, error: yaml.MarkedYAMLError) -> PlanFileInvalid:
    mark = error.problem_mark or error.context_mark
    index = mark.line if mark else 0
    lines = text.splitlines()
    line = lines[index] if index < len(lines) else ""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return PlanFileInvalid(file, index + 1, "indented with a tab, use spaces")
    begun = error.context_mark.line + 1 if error.context_mark else index + 1
    context = f"{error.context} begun on line {begun}" if error.context and begun <= index else error.context
    reason = ", ".join(part for part in (context, error.problem) if part)
    return PlanFileInvalid(file, index + 1, f"not YAML: {reason}")


@dataclass(frozen=True, slots=True)
class Form:
    """How a text has to look, and an example of it for who wrote it otherwise."""

    pattern: str
    example: str


@dataclass(slots=True)
class Problems:
    """What is wrong with one file, as found so far."""

    file: str
    found: list[PlanFileInvalid] = field(default_factory=list)

    def add(self, node: Node, reason: str) -> None:
        """Something is wrong where ``node`` begins."""
        self.found.append(PlanFileInvalid(self.file, node.start_mark.line + 1, reason))


class Entry:
    """One mapping of the file, read by key. Wrong values are reported to ``problems`` and read as empty.

    In reports it is named after the value of its first required key.
    """

    def __init__(
        self, problems: Problems, node: Node, what: str, required: Collection[str], optional: Collection[str] = ()
    ) -> None:
        self._problems = problems
        self._node = node
        self._nodes: dict[str, Node] = {}
        self._required = required
        self.what = what
        if not isinstance(node, MappingNode):
            self.wrong("", f"expected keys with values, found {_kind(node)}")
            return
        names = (value.value for key, value in node.value if key.value == next(iter(required)))
        self.what = f"{what} {name}" if isinstance(name := next(names, ""), str) and name else what
        self._take_keys(node, [*required, *optional])
        for key in required:
            if key not in self._nodes:
                self.wrong(key, f"{key!r} is missing")

    def _take_keys(self, node: MappingNode, known: list[str]) -> None:
        for key_node, value in node.value:
            key = key_node.value if isinstance(key_node, ScalarNode) else ""
            if key not in known:
                near = difflib.get_close_matches(key, known, n=1)
                hint = f", is {near[0]!r} meant?" if near else f"; known are {', '.join(known)}"
                self._problems.add(key_node, f"{self.what}: unknown key {key!r}{hint}")
            elif key in self._nodes:
                self._problems.add(key_node, f"{self.what}: {key!r} is given twice")
            else:
                self._nodes[key] = value

    def wrong(self, key: str, reason: str) -> None:
        """Reports the value of ``key``, or the whole entry where it has none."""
        self._problems.add(self._nodes.get(key, self._node), f"{self.what}: {reason}")

    def text(self, key: str, *, limit: int | None = None, form: Form | None = None) -> str:
        """A text; with a ``limit``, one line of at most so many characters. Absent reads as empty."""
        if (node := self._nodes.get(key)) is None:
            return ""
        text = self._scalar(node, key)
        if limit is not None and len(text) > limit:
            self.wrong(key, f"{key!r} has {len(text)} characters, at most {limit} are allowed")
        if limit is not None and "\n" in text:
            self.wrong(key, f"{key!r} has to be one line")
        if text and form is not None and not re.fullmatch(form.pattern, text):
            self.wrong(key, f"{key!r} {text!r} does not look like {form.example!r}")
            return ""
        return text

    def day(self, key: str) -> date | None:
        """A day written as year-month-day."""
        text = self.text(key)
        if not text:
            return None
        try:
            if not _DATE.fullmatch(text):
                raise ValueError
            return date.fromisoformat(text)
        except ValueError:
            self.wrong(key, f"{key!r} {text!r} is not a date, expected YYYY-MM-DD")
            return None

    def number(self, key: str) -> int | None:
        """A whole number from 1."""
        text = self.text(key)
        if text and not (text.isascii() and text.isdecimal() and len(text) < 10 and int(text) > 0):
            self.wrong(key, f"{key!r} {text!r} is not a whole number from 1")
            return None
        return int(text) if text else None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, none of them twice (capitals apart)."""
        texts: dict[str, str] = {}
        for item in self._items(key):
            text = self._scalar(item, key)
            if text.casefold() in texts:
                self._problems.add(item, f"{self.what}: {text!r} stands twice under {key!r}")
            elif text:
                texts[text.casefold()] = text
        return tuple(texts.values())

    def among(self, key: str, known: Collection[str]) -> tuple[str, ...]:
        """A list of texts that all have to be known."""
        for item in self._items(key):
            if isinstance(item, ScalarNode) and item.value and item.value not in known:
                near = difflib.get_close_matches(item.value, known, n=1, cutoff=0.5)
                hint = f", is {near[0]!r} meant?" if near else ""
                self._problems.add(item, f"{self.what}: unknown under {key!r}: {item.value!r}{hint}")
        return self.texts(key)

    def one_of(self, key: str, known: Collection[str]) -> str:
        """A text that has to be known; absent reads as empty."""
        text = self.text(key)
        if text and text not in known:
            near = difflib.get_close_matches(text, known, n=1, cutoff=0.5)
            self.wrong(key, f"unknown {key} {text!r}" + (f", is {near[0]!r} meant?" if near else ""))
        return text

    def entries(self, key: str, what: str, required: Collection[str], optional: Collection[str] = ()) -> list[Entry]:
        """A list of mappings; where ``key`` is required, of at least one."""
        items = self._items(key)
        if key in self._required and isinstance(node := self._nodes.get(key), SequenceNode) and not node.value:
            self.wrong(key, f"{key!r} has to hold at least one")
        return [Entry(self._problems, item, what, required, optional) for item in items]

    def _items(self, key: str) -> list[Node]:
        node = self._nodes.get(key)
        if node is None:
            return []
        if not isinstance(node, SequenceNode):
            self._problems.add(node, f"{self.what}: {key!r} has to be a list, found {_kind(node)}")
            return []
        return list(node.value)

    def _scalar(self, node: Node, key: str) -> str:
        if not isinstance(node, ScalarNode):
            self._problems.add(node, f"{self.what}: {key!r} has to be text, found {_kind(node)}")
            return ""
        text = "" if node.tag == _NULL else str(node.value).strip()
        if not text:
            self._problems.add(node, f"{self.what}: {key!r} is empty")
        return text


def _kind(node: Node) -> str:
    match node:
        case MappingNode():
            return "keys with values"
        case SequenceNode():
            return "a list"
        case _:
            return "nothing" if node.tag == _NULL else f"the text {node.value!r}"
