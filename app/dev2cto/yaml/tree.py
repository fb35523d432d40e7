"""YAML with source positions; the only module that imports yaml.

Scalars stay text exactly as typed, and whatever YAML would silently drop or change (duplicate keys, a comment that
cuts off a text, anchors, merge keys, tags, further documents) is reported. Files are read as a stream of events, so
that deep nesting cannot overflow the stack.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

import yaml

MAX_BYTES = 2_000_000
"""Larger files are rejected unread; real course files are far smaller."""
MAX_DEPTH = 24
"""Maximum nesting; the format itself needs nine levels."""

Severity = Literal["error", "warning"]
PathStep = str | int
PathSteps = tuple[PathStep, ...]
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class SourcePosition(NamedTuple):
    """A position in a file; line and column count from 1. A tuple, because reading a course makes very many."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Problem:
    """An error or warning about the course, with its position."""

    path: str
    mark: SourcePosition
    code: str
    message: str
    hint: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.path}:{self.mark.line}:{self.mark.column}: {self.severity} {self.code}: {self.message}{hint}"


@dataclass(slots=True)
class Problems:
    """The problems found so far; loading continues after each."""

    found: list[Problem] = field(default_factory=list)

    def add(
        self,
        path: str,
        mark: SourcePosition,
        code: str,
        message: str,
        hint: str = "",
        severity: Severity = "error",
    ) -> None:
        """Record one problem."""
        self.found.append(Problem(path, mark, code, message, hint, severity))

    def sorted(self) -> tuple[Problem, ...]:
        """Return the problems without duplicates, ordered by file, position and code."""
        unique = dict.fromkeys(self.found)
        return tuple(sorted(unique, key=lambda p: (p.path, p.mark, p.code, p.message)))


@dataclass(slots=True)
class ScalarNode:
    """A text; `plain` if unquoted, `block` for a | or > block, `folded` for >, `indent` a block's indentation."""

    text: str
    mark: SourcePosition
    plain: bool = False
    block: bool = False
    folded: bool = False
    indent: int = 0


@dataclass(slots=True)
class SequenceNode:
    """A list."""

    mark: SourcePosition
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class MappingNode:
    """Keys to values, in file order; `keys` holds the position of each key."""

    mark: SourcePosition
    flow: bool = False
    items: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, SourcePosition] = field(default_factory=dict)


Node = ScalarNode | SequenceNode | MappingNode


@dataclass(frozen=True, slots=True)
class NodePath:
    """The file and node that an object was decoded from."""

    path: str
    node: Node

    def mark(self, *steps: PathStep, offset: int | None = None, key: bool = False) -> SourcePosition:
        """Return the position of a part, e.g. `mark("distractors", 0, "text")`; of its closest parent if missing.

        `offset` counts characters into a one-line or block text; with `key`, the position is that of the last step's
        key instead of its value.
        """
        node = self.node
        for n, step in enumerate(steps, 1):
            part = _part(node, step)
            if key and n == len(steps) and isinstance(node, MappingNode) and step in node.keys:
                return node.keys[str(step)]
            if part is None:
                break
            node = part
        if isinstance(node, ScalarNode) and offset is not None:
            if node.block:
                before = node.text[:offset]
                column = node.indent + offset - (before.rfind("\n") + 1) + 1
                return SourcePosition(node.mark.line + 1 + before.count("\n"), column)
            return SourcePosition(node.mark.line, node.mark.column + offset + (not node.plain))
        return node.mark


def _part(node: Node, step: PathStep) -> Node | None:
    if isinstance(node, MappingNode) and isinstance(step, str):
        return node.items.get(step)
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.items):
        return node.items[step]
    return None


NOWHERE = NodePath("", ScalarNode("", SourcePosition(1, 1)))


def read_file(path: Path, name: str, problems: Problems) -> Node | None:
    """Parse one YAML file; `name` identifies it in problems. None if it cannot be read or parsed."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            problems.add(name, SourcePosition(1, 1), "Y103", "the file cannot be read: not a regular file")
            return None
        if found.st_size > MAX_BYTES:
            problems.add(name, SourcePosition(1, 1), "Y101", f"the file is larger than {MAX_BYTES // 1_000_000} MB")
            return None
        data = path.read_bytes()
    except FileNotFoundError:
        problems.add(name, SourcePosition(1, 1), "Y102", "the file is missing")
        return None
    except OSError as error:
        problems.add(name, SourcePosition(1, 1), "Y103", f"the file cannot be read: {error.strerror or error}")
        return None
    return parse(data, name, problems)


def parse(data: bytes, name: str, problems: Problems) -> Node | None:
    """Parse YAML from bytes; `name` identifies the file in problems. None if it cannot be parsed."""
    try:
        source = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        mark = SourcePosition(before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1)
        problems.add(name, mark, "Y104", "not valid UTF-8", "save the file as UTF-8")
        return None
    lines = source.split("\n")
    try:
        builder = _Builder(name, lines, problems)
        root = builder.build(yaml.parse(source, Loader=Loader))
        if builder.root is None:
            problems.add(name, SourcePosition(1, 1), "Y114", "the file is empty")
        return root
    except yaml.MarkedYAMLError as error:
        place = error.problem_mark or error.context_mark
        mark = SourcePosition(place.line + 1, place.column + 1) if place else SourcePosition(1, 1)
        text = lines[mark.line - 1] if mark.line <= len(lines) else ""
        problems.add(name, mark, "Y105", _explain(error), _hint(text))
    except yaml.YAMLError as error:
        at = getattr(error, "position", 0) or 0
        before_text = source[:at]
        mark = SourcePosition(before_text.count("\n") + 1, at - (before_text.rfind("\n") + 1) + 1)
        problems.add(name, mark, "Y105", "a character that YAML does not allow", "remove control characters")
    return None


def _explain(error: yaml.MarkedYAMLError) -> str:
    parts = [part for part in (error.problem, error.context) if part]
    return "invalid YAML: " + ", ".join(parts)


def _hint(line: str) -> str:
    if "\t" in line:
        return "this line contains a tab: indent with spaces"
    if ": " in line.split("#")[0].partition(": ")[2]:
        return "put quotes around a text with ': ' in it"
    return "check the indentation and quotes on this line and the line above"


class _Builder:
    """Builds nodes from events, and reports what YAML would silently drop or change."""

    def __init__(self, name: str, lines: list[str], problems: Problems) -> None:
        self.name, self.lines, self.problems = name, lines, problems
        self.stack: list[tuple[SequenceNode | MappingNode, list[tuple[str | None, SourcePosition]]]] = []
        self.root: Node | None = None

    def report(self, mark: SourcePosition, code: str, message: str, hint: str) -> None:
        self.problems.add(self.name, mark, code, message, hint)

    def build(self, events: Iterator[yaml.Event]) -> Node | None:
        documents = 0
        for event in events:
            start = event.start_mark
            mark = SourcePosition(start.line + 1, start.column + 1) if start else SourcePosition(1, 1)
            match event:
                case yaml.ScalarEvent():
                    self.special(event, mark)
                    self.scalar(event, mark)
                case yaml.DocumentStartEvent():
                    documents += 1
                    if documents > 1:
                        self.report(mark, "Y106", "a second document begins here", "remove the line ---")
                        return self.root
                case yaml.SequenceStartEvent():
                    self.special(event, mark)
                    self.open(SequenceNode(mark))
                case yaml.MappingStartEvent():
                    self.special(event, mark)
                    self.open(MappingNode(mark, flow=bool(event.flow_style)))
                case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                    self.stack.pop()
                case yaml.AliasEvent():
                    self.report(
                        mark, "Y107", f"*{event.anchor} refers to an anchor", "write the text in full, or quote it"
                    )
                    self.put(ScalarNode(f"*{event.anchor}", mark))
            if len(self.stack) > MAX_DEPTH:
                self.report(mark, "Y108", "lists and mappings are nested too deeply", "the format needs fewer levels")
                return None
        return self.root

    def special(self, event: yaml.NodeEvent, mark: SourcePosition) -> None:
        if event.anchor:
            self.report(
                mark, "Y107", f"&{event.anchor} is an anchor and would be lost", "quote a text that begins with &"
            )
        tag = getattr(event, "tag", None)
        if tag and tag != "!":
            self.report(mark, "Y109", f"{tag} is a tag and would be lost", "quote a text that begins with !")

    def scalar(self, event: yaml.ScalarEvent, mark: SourcePosition) -> None:
        plain = event.style in (None, "")
        end = event.end_mark
        if plain and event.value and end:
            row, column = end.line, end.column
            rest = self.lines[row][column:] if row < len(self.lines) else ""
            if rest.lstrip(" ").startswith("#"):
                self.report(
                    SourcePosition(row + 1, column + len(rest) - len(rest.lstrip(" ")) + 1),
                    "Y110",
                    "the text ends here: everything after # is a comment",
                    "quote the text, or put the comment on a separate line",
                )
        block = event.style in ("|", ">")
        indent = self.indent(mark.line) if block else 0
        self.put(ScalarNode(event.value, mark, plain, block, event.style == ">", indent))

    def indent(self, row: int) -> int:
        """Return the indentation of the block that begins after line `row`."""
        first = next((line for line in self.lines[row:] if line.strip()), "")
        return len(first) - len(first.lstrip(" "))

    def open(self, node: SequenceNode | MappingNode) -> None:
        self.put(node)
        self.stack.append((node, []))

    def put(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        parent, pending = self.stack[-1]
        if isinstance(parent, SequenceNode):
            parent.items.append(node)
        elif not pending:
            pending.append(self.key(node))
        else:
            key, mark = pending.pop()
            if key is None:
                return
            if key in parent.items:
                first = parent.keys[key].line
                self.report(mark, "Y112", f"duplicate key {key!r}", f"first used in line {first}")
            else:
                parent.items[key] = node
                parent.keys[key] = mark

    def key(self, node: Node) -> tuple[str | None, SourcePosition]:
        """Return the key and its position. The key is None if invalid; its value is then ignored."""
        if not isinstance(node, ScalarNode):
            self.report(node.mark, "Y113", "a key must be a word", "quote a text that begins with { or [")
            return None, node.mark
        if node.text == "<<" and node.plain:
            self.report(node.mark, "Y111", "<< would merge another mapping", "write the fields in full")
            return None, node.mark
        return node.text, node.mark
