"""YAML with positions: the only module that imports yaml.

Text stays what the author typed, and what YAML would lose silently (duplicate keys, a comment that cuts a text,
anchors, merge keys, tags, further documents) is reported. Files are read as a stream of events, so that no
nesting, however deep, can exhaust the stack.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import yaml

MAX_BYTES = 2_000_000
"""No file of a course comes near this size; what does is not worth the memory."""
MAX_DEPTH = 24
"""The deepest file of the format nests nine levels."""

Severity = Literal["error", "warning"]
PathStep = str | int
PathSteps = tuple[PathStep, ...]
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True, order=True)
class SourcePosition:
    """A place in a file; line and column count from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with the course, and where."""

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
    """Everything found wrong so far; reading goes on past each."""

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
        """Note one problem."""
        self.found.append(Problem(path, mark, code, message, hint, severity))

    def sorted(self) -> tuple[Problem, ...]:
        """All problems by file, place and code, without repetitions."""
        unique = dict.fromkeys(self.found)
        return tuple(sorted(unique, key=lambda p: (p.path, p.mark, p.code, p.message)))


@dataclass(slots=True)
class ScalarNode:
    """A text; `plain` when it stood without quotes, `block` when it is a | or > block indented by `indent` spaces."""

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
    """Keys to values, in file order; `keys` holds where each key stands."""

    mark: SourcePosition
    flow: bool = False
    items: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, SourcePosition] = field(default_factory=dict)


Node = ScalarNode | SequenceNode | MappingNode


@dataclass(frozen=True, slots=True)
class NodePath:
    """The file and node that an object was read from."""

    path: str
    node: Node

    def mark(self, *steps: PathStep, offset: int | None = None, key: bool = False) -> SourcePosition:
        """Where that part stands: `mark("distractors", 0, "text")`; the nearest part there is, if it is missing.

        `offset` counts characters into a text that stands on one line or in a block; `key` asks for the last step's
        key in place of what stands under it.
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
    """The tree of one YAML file, or None where it cannot be read at all; `name` is how problems call it."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            problems.add(name, SourcePosition(1, 1), "Y103", "the file cannot be read: this is no plain file")
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
    """The tree of YAML given as bytes, or None where it cannot be read at all."""
    try:
        source = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        mark = SourcePosition(before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1)
        problems.add(name, mark, "Y104", "this is no UTF-8 text", "save the file as UTF-8")
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
    return "this is no valid YAML: " + ", ".join(parts)


def _hint(line: str) -> str:
    if "\t" in line:
        return "indent with spaces: there is a tab in this line"
    if ": " in line.split("#")[0].partition(": ")[2]:
        return "put quotes around a text that holds ': '"
    return "look at the indentation and the quotes here and in the line above"


class _Builder:
    """Turns events into nodes, and reports what YAML would do silently."""

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
                case yaml.DocumentStartEvent():
                    documents += 1
                    if documents > 1:
                        self.report(mark, "Y106", "a second document begins here", "remove the line ---")
                        return self.root
                case yaml.ScalarEvent():
                    self.special(event, mark)
                    self.scalar(event, mark)
                case yaml.SequenceStartEvent():
                    self.special(event, mark)
                    self.open(SequenceNode(mark))
                case yaml.MappingStartEvent():
                    self.special(event, mark)
                    self.open(MappingNode(mark, flow=bool(event.flow_style)))
                case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                    self.stack.pop()
                case yaml.AliasEvent():
                    self.report(mark, "Y107", f"*{event.anchor} refers to an anchor", "write the text out, or quote it")
                    self.put(ScalarNode(f"*{event.anchor}", mark))
            if len(self.stack) > MAX_DEPTH:
                self.report(mark, "Y108", "lists and mappings nest too deeply", "the format needs fewer levels")
                return None
        return self.root

    def special(self, event: yaml.NodeEvent, mark: SourcePosition) -> None:
        if event.anchor:
            self.report(
                mark, "Y107", f"&{event.anchor} is an anchor and would vanish", "quote a text that begins with &"
            )
        tag = getattr(event, "tag", None)
        if tag and tag != "!":
            self.report(mark, "Y109", f"{tag} is a tag and would vanish", "quote a text beginning with !")

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
                    "the text ends here: what follows # is a comment",
                    "quote the text, or put the comment on a line of its own",
                )
        block = event.style in ("|", ">")
        indent = self.indent(mark.line) if block else 0
        self.put(ScalarNode(event.value, mark, plain, block, event.style == ">", indent))

    def indent(self, row: int) -> int:
        """How far the block that begins after line `row` is indented."""
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
                self.report(mark, "Y112", f"the key {key!r} stands twice", f"it stands in line {first} already")
            else:
                parent.items[key] = node
                parent.keys[key] = mark

    def key(self, node: Node) -> tuple[str | None, SourcePosition]:
        """The key and its place; no key where it is none, and what stands under it is then left out."""
        if not isinstance(node, ScalarNode):
            self.report(node.mark, "Y113", "a key must be a word", "quote a text that begins with { or [")
            return None, node.mark
        if node.text == "<<" and node.plain:
            self.report(node.mark, "Y111", "<< would merge another mapping", "write the fields out")
            return None, node.mark
        return node.text, node.mark
