"""Decode YAML nodes into frozen dataclasses; the dataclass is the specification.

A field's annotation defines its YAML type, and `Annotated` markers add constraints. The JSON Schemas
(course/json_schema.py) come from the same annotations, so decoder and schema cannot disagree on structure.
Decoding continues after an error, so that all problems are reported together.
"""

from __future__ import annotations

import dataclasses
import difflib
import math
import re
import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from dev2cto.yaml import tree
from dev2cto.yaml.tree import NOWHERE, NodePath, PathStep, Problems, SourcePosition


@dataclass(frozen=True, slots=True)
class Pattern:
    """A text that matches the regex in full; `says` completes "must be ..." in the error message."""

    regex: str
    says: str


@dataclass(frozen=True, slots=True)
class OneLine:
    """A text without line breaks."""


UNBOUNDED = 10_000
"""Default maximum of members; in messages and schemas it counts as no limit."""


@dataclass(frozen=True, slots=True)
class MemberCount:
    """Bounds on the number of members of a list or mapping, both inclusive."""

    least: int
    most: int = UNBOUNDED


@dataclass(frozen=True, slots=True)
class Range:
    """Bounds of a number, both inclusive."""

    least: float = -math.inf
    most: float = math.inf


Id = Annotated[str, Pattern(r"[a-z0-9]+(?:-[a-z0-9]+)*", "lower-case letters, digits and single hyphens")]
Dotted = Annotated[
    str, Pattern(r"[a-z0-9]+(?:-[a-z0-9]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*", "a reading's id, a dot, a section's id")
]
SingleLine = Annotated[str, OneLine()]
MultilineText = str
Expression = Annotated[str, OneLine()]


@dataclass(frozen=True, slots=True)
class ValidationError:
    """An error in an object of the right structure; `steps` is the path to the part at fault."""

    steps: tuple[PathStep, ...]
    code: str
    message: str
    hint: str = ""
    offset: int | None = None
    """Characters into the text at fault; None if the whole part is meant."""
    key: bool = False
    """Whether the key is at fault rather than its value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceObject:
    """Base of everything decoded from a file; `where` is its source position."""

    where: NodePath = field(default=NOWHERE, compare=False, repr=False)

    def faults(self) -> Iterator[ValidationError]:
        """Yield the errors that annotations cannot express; an object with faults is discarded."""
        return iter(())


T = TypeVar("T")
HIDDEN = "where"


@dataclass(frozen=True, slots=True)
class FieldShape:
    """One field of a dataclass: its key in the file, its type, and whether it may be omitted."""

    name: str
    key: str
    type: Any
    optional: bool


@cache
def fields_of(shape: type) -> tuple[FieldShape, ...]:
    """Return the fields of a dataclass that are read from a file."""
    hints = get_type_hints(shape, include_extras=True)
    return tuple(
        FieldShape(
            f.name,
            f.metadata.get("key", f.name),
            hints[f.name],
            f.default is not dataclasses.MISSING or f.default_factory is not dataclasses.MISSING,
        )
        for f in dataclasses.fields(shape)
        if f.init and f.name != HIDDEN and not f.metadata.get("computed")
    )


@cache
def _taken_apart(wanted: Any) -> tuple[Any, tuple[Any, ...], Any, tuple[Any, ...]]:
    """Return a type without its markers, the markers, its origin (such as tuple) and its arguments."""
    markers: tuple[Any, ...] = ()
    if get_origin(wanted) is Annotated:
        wanted, *rest = get_args(wanted)
        markers = tuple(rest)
    return wanted, markers, get_origin(wanted), get_args(wanted)


@dataclass(slots=True)
class Decoder:
    """Decodes the nodes of one file; `path` names the file in problems."""

    path: str
    problems: Problems
    failed: bool = False
    unions: ClassVar[dict[type, Mapping[str, type]]] = {}
    """Base class to its kinds: the class selected by each value of the field `kind`."""

    def read(self, shape: type[T], node: tree.Node) -> T | None:
        """Decode a node into an object. None, with the problems recorded, if it is invalid."""
        before = self.failed
        self.failed = False
        value = self._object(shape, node, "the file" if node.mark == SourcePosition(1, 1) else shape.__name__.lower())
        ok, self.failed = not self.failed, before or self.failed
        return cast(T, value) if ok else None

    def error(self, mark: SourcePosition, code: str, message: str, hint: str = "") -> None:
        """Record an error; the object being decoded is discarded."""
        self.failed = True
        self.problems.add(self.path, mark, code, message, hint)

    def _object(self, shape: type, node: tree.Node, what: str) -> Any:
        if not isinstance(node, tree.MappingNode):
            return self.error(node.mark, "S201", f"{what} must be a mapping of fields, not {_kind(node)}")
        kinds = self.unions.get(shape)
        given = dict(node.items)
        if kinds is not None:
            chosen = given.get("kind")
            if not isinstance(chosen, tree.ScalarNode):
                mark = chosen.mark if chosen else node.mark
                return self.error(mark, "S202", f"{what} needs a kind", f"one of {', '.join(sorted(kinds))}")
            if chosen.text not in kinds:
                message = f"unknown kind {chosen.text!r}"
                return self.error(chosen.mark, "S203", message, did_you_mean(chosen.text, kinds))
            shape = kinds[chosen.text]
            what = f"a {chosen.text} item" if what.endswith("item") else what
        values: dict[str, Any] = {"where": NodePath(self.path, node)} if issubclass(shape, SourceObject) else {}
        broken = False
        for f in fields_of(shape):
            value = given.pop(f.key, None)
            if value is None:
                if not f.optional:
                    broken = True
                    self.error(node.mark, "S204", f"{f.key!r} is missing", did_you_mean(f.key, given))
                continue
            failed_before, self.failed = self.failed, False
            values[f.name] = self._value(f.type, value, f.key)
            broken = broken or self.failed
            self.failed = failed_before or self.failed
        for key in given:
            broken = True
            known = [f.key for f in fields_of(shape)]
            self.error(node.keys[key], "S205", f"unknown field {key!r}", did_you_mean(key, known))
        if broken:
            return None
        made = shape(**values)
        if isinstance(made, SourceObject):
            for fault in made.faults():
                mark = made.where.mark(*fault.steps, offset=fault.offset, key=fault.key)
                self.error(mark, fault.code, fault.message, fault.hint)
        return made

    def _value(self, wanted: Any, node: tree.Node, what: str) -> Any:
        wanted, markers, origin, arguments = _taken_apart(wanted)
        if origin in (Union, types.UnionType):
            inner = [a for a in arguments if a is not type(None)]
            if len(inner) == 1:
                return self._value(inner[0], node, what)
            shaped = [a for a in inner if dataclasses.is_dataclass(a) or get_origin(a) is tuple]
            if isinstance(node, tree.MappingNode):
                chosen = next((a for a in shaped if dataclasses.is_dataclass(a)), inner[0])
            elif isinstance(node, tree.SequenceNode):
                chosen = next((a for a in shaped if get_origin(a) is tuple), inner[0])
            else:
                chosen = next((a for a in inner if a not in shaped), inner[0])
            return self._value(chosen, node, what)
        if origin is Literal:
            text = self._text(node, what)
            if text is not None and text not in arguments:
                self.error(node.mark, "S206", f"{what} cannot be {text!r}", did_you_mean(text, arguments, all_of=True))
            return text
        if origin is tuple:
            return self._list(arguments[0], markers, node, what)
        if origin is not None and issubclass(origin, Mapping):
            return self._mapping(arguments[1], markers, node, what)
        if dataclasses.is_dataclass(wanted) or wanted in self.unions:
            return self._object(wanted, node, what)
        text = self._text(node, what)
        if text is None:
            return None
        if wanted is bool:
            return self._flag(text, node, what)
        if wanted in (int, float):
            return self._number(wanted, markers, text, node, what)
        return self._checked_text(text, markers, node, what)

    def _text(self, node: tree.Node, what: str) -> str | None:
        if isinstance(node, tree.ScalarNode):
            return node.text
        hint = ""
        if isinstance(node, tree.MappingNode):
            hint = "quote a text that begins with {" if node.flow else "quote a text with ': ' in it, or use a | block"
        self.error(node.mark, "S207", f"{what} must be a text, not {_kind(node)}", hint)
        return None

    def _checked_text(self, text: str, markers: tuple[Any, ...], node: tree.Node, what: str) -> str:
        scalar = cast(tree.ScalarNode, node)
        if not text.strip():
            self.error(node.mark, "S208", f"{what} is empty")
        if scalar.folded:
            self.error(node.mark, "S209", f"{what} is a > block, which joins lines and breaks code", "use | instead")
        for marker in markers:
            if isinstance(marker, OneLine) and "\n" in text.strip():
                self.error(node.mark, "S210", f"{what} must be one line")
            if isinstance(marker, Pattern) and not re.fullmatch(marker.regex, text):
                self.error(node.mark, "S211", f"{what} {text!r} must be {marker.says}")
        return text.rstrip("\n") if scalar.block else text

    def _flag(self, text: str, node: tree.Node, what: str) -> bool:
        if text not in ("true", "false"):
            self.error(node.mark, "S212", f"{what} must be true or false, not {text!r}")
        return text == "true"

    def _number(self, wanted: type, markers: tuple[Any, ...], text: str, node: tree.Node, what: str) -> float:
        try:
            value = wanted(text.replace("_", "?"))
        except ValueError:
            kind = "a whole number" if wanted is int else "a number"
            self.error(node.mark, "S213", f"{what} must be {kind}, not {text!r}")
            return 0
        for marker in markers:
            if isinstance(marker, Range) and not marker.least <= value <= marker.most:
                self.error(node.mark, "S214", f"{what} must be {_range(marker)}, not {text}")
        if not math.isfinite(value):
            self.error(node.mark, "S213", f"{what} must be a finite number, not {text!r}")
            return 0
        return cast(float, value)

    def _list(self, inner: Any, markers: tuple[Any, ...], node: tree.Node, what: str) -> tuple[Any, ...]:
        if not isinstance(node, tree.SequenceNode):
            self.error(node.mark, "S215", f"{what} must be a list, not {_kind(node)}", "begin each member with '- '")
            return ()
        self._count(len(node.items), markers, node, what)
        return tuple(self._value(inner, item, f"{what}[{n}]") for n, item in enumerate(node.items, 1))

    def _mapping(self, inner: Any, markers: tuple[Any, ...], node: tree.Node, what: str) -> dict[str, Any]:
        if not isinstance(node, tree.MappingNode):
            self.error(node.mark, "S201", f"{what} must be a mapping, not {_kind(node)}")
            return {}
        self._count(len(node.items), markers, node, what)
        return {key: self._value(inner, value, f"{what}.{key}") for key, value in node.items.items()}

    def _count(self, count: int, markers: tuple[Any, ...], node: tree.Node, what: str) -> None:
        for marker in markers:
            if isinstance(marker, MemberCount) and not marker.least <= count <= marker.most:
                most = f" to {marker.most}" if marker.most < UNBOUNDED else " or more"
                self.error(node.mark, "S216", f"{what} needs {marker.least}{most} members, not {count}")


def _kind(node: tree.Node) -> str:
    match node:
        case tree.MappingNode():
            return "a mapping"
        case tree.SequenceNode():
            return "a list"
        case tree.ScalarNode():
            return "empty" if not node.text else f"the text {node.text[:30]!r}"


def _range(marker: Range) -> str:
    if math.isinf(marker.most):
        return f"{marker.least:g} or more"
    return f"{marker.least:g} to {marker.most:g}"


LONGEST_WORD = 100
MOST_CHOICES = 2_000
"""Bounds for the search of the closest word, whose time grows with the product of all lengths."""


def did_you_mean(word: str, known: Iterable[str], *, all_of: bool = False) -> str:
    """Return a hint for an unknown word: the closest known one, else (with `all_of`) the full list, else ""."""
    choices = [str(k) for k in known]
    likely = [choice for choice in choices if len(choice) <= LONGEST_WORD][:MOST_CHOICES]
    close = difflib.get_close_matches(word, likely, n=1, cutoff=0.6) if len(word) <= LONGEST_WORD else []
    if close:
        return f"did you mean {close[0]!r}?"
    return f"one of {', '.join(choices)}" if all_of and choices else ""
