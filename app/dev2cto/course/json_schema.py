"""JSON Schemas (draft-07) of the course's files, generated from the dataclasses that the decoder reads.

Editors use them for completion and error highlighting. They describe structure only; what a schema cannot express
(a folded block, an expression that divides by zero, a duplicate option) is checked by the decoder.
"""

from __future__ import annotations

import dataclasses
import json
import re
import types
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from dev2cto.course.model import BankFile, Course, Facts, Glossary, ModuleFile, Reading, Sources
from dev2cto.exercises import kinds as _exercises  # noqa: F401  (registers the kinds with the decoder)
from dev2cto.exercises.base import Exercise
from dev2cto.items import kinds as _items  # noqa: F401
from dev2cto.yaml.decode import UNBOUNDED, Decoder, MemberCount, OneLine, Pattern, Range, fields_of

Schema = dict[str, Any]

FILES: Mapping[str, type] = {
    "course": Course,
    "module": ModuleFile,
    "reading": Reading,
    "exercise": Exercise,
    "glossary": Glossary,
    "sources": Sources,
    "facts": Facts,
}
"""Each kind of file and the dataclass it decodes to; bank.yaml is handled separately in `schemas`."""

FILLED = r"\S"
ONE_LINE = r"^\s*\S[^\n]*\s*$"
WHOLE_TEXT = r"^\s*[-+]?[0-9]+\s*$"
NUMBER_TEXT = r"^\s*[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?\s*$"


def schemas() -> dict[str, Schema]:
    """Return every schema by file name without extension."""
    made = {name: _root(name, shape) for name, shape in FILES.items()}
    builder = _Builder()
    parts = {field.key: builder.of(field.type) for field in fields_of(BankFile)}
    made["bank"] = _document("bank", builder, _object(parts, ["items"], "The items of a module."))
    return dict(sorted(made.items()))


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """Write every schema into the folder as NAME.json, and return the paths of those that changed."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    for name, schema in schemas().items():
        path, text = folder / f"{name}.json", as_text(schema)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return tuple(changed)


def as_text(schema: Schema) -> str:
    """Serialize a schema as it is written to its file."""
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def _root(name: str, shape: type) -> Schema:
    builder = _Builder()
    return _document(name, builder, builder.of(shape))


def _document(name: str, builder: _Builder, body: Schema) -> Schema:
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": f"dev2cto course format 1: {name}"}
    return {**head, **body, "definitions": dict(sorted(builder.definitions.items()))}


def _object(properties: Schema, required: list[str], description: str) -> Schema:
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


class _Builder:
    """Convert annotations to schemas; dataclasses become shared definitions, referenced by $ref."""

    def __init__(self) -> None:
        self.definitions: dict[str, Schema] = {}

    def of(self, wanted: Any) -> Schema:
        markers: tuple[Any, ...] = ()
        if get_origin(wanted) is Annotated:
            wanted, *rest = get_args(wanted)
            markers = tuple(rest)
        origin, arguments = get_origin(wanted), get_args(wanted)
        if origin in (Union, types.UnionType):
            inner = [self.of(argument) for argument in arguments if argument is not type(None)]
            return inner[0] if len(inner) == 1 else {"anyOf": inner}
        if origin is Literal:
            return {"enum": list(arguments)}
        if origin is tuple:
            return {"type": "array", "items": self.of(arguments[0]), **_count(markers, "Items")}
        if origin is not None and issubclass(origin, Mapping):
            return {"type": "object", "additionalProperties": self.of(arguments[1]), **_count(markers, "Properties")}
        if wanted in Decoder.unions:
            return self.union(wanted)
        if dataclasses.is_dataclass(wanted) and isinstance(wanted, type):
            return self.shape(wanted)
        return _scalar(wanted, markers)

    def union(self, base: type) -> Schema:
        """Return a reference to the schema of a base class whose subclass is selected by `kind`."""
        if base.__name__ not in self.definitions:
            kinds = Decoder.unions[base]
            self.definitions[base.__name__] = {
                "type": "object",
                "description": _summary(base),
                "properties": {"kind": {"enum": list(kinds)}},
                "required": ["kind"],
                "allOf": [
                    {
                        "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
                        "then": self.shape(shape),
                    }
                    for kind, shape in kinds.items()
                ],
            }
        return {"$ref": f"#/definitions/{base.__name__}"}

    def shape(self, shape: type) -> Schema:
        """Return a reference to the schema of a dataclass; unknown fields are not allowed."""
        name = f"{shape.__module__.rpartition('.')[2]}.{shape.__name__}"
        if name not in self.definitions:
            self.definitions[name] = {}
            fields = fields_of(shape)
            properties = {field.key: self.of(field.type) for field in fields}
            required = [field.key for field in fields if not field.optional]
            self.definitions[name] = _object(properties, required, _summary(shape))
        return {"$ref": f"#/definitions/{name}"}


def _scalar(wanted: type, markers: tuple[Any, ...]) -> Schema:
    """Return the schema of a text, number or flag.

    YAML may parse an unquoted text as a number or boolean, and a number may be quoted, so both types are allowed.
    """
    bounds: Schema = {}
    for marker in markers:
        match marker:
            case Pattern():
                return _pattern(marker)
            case Range():
                bounds |= {} if marker.least == -float("inf") else {"minimum": marker.least}
                bounds |= {} if marker.most == float("inf") else {"maximum": marker.most}
            case _:
                pass
    if wanted is bool:
        return {"enum": [True, False, "true", "false"]}
    if wanted is int:
        return {"type": ["integer", "string"], "pattern": WHOLE_TEXT, **bounds}
    if wanted is float:
        return {"type": ["number", "string"], "pattern": NUMBER_TEXT, **bounds}
    one_line = any(isinstance(marker, OneLine) for marker in markers)
    return {"type": ["string", "number", "boolean"], "pattern": ONE_LINE if one_line else FILLED}


def _pattern(marker: Pattern) -> Schema:
    """Return the schema of a text matching the pattern; integers and `true` too if their text matches."""
    variants: list[Schema] = [{"type": "string", "pattern": f"^(?:{marker.regex})$"}]
    numbers = [n for n in range(100) if re.fullmatch(marker.regex, str(n))]
    if len(numbers) == 100:
        variants.append({"type": "integer", "minimum": 0})
    elif numbers:
        variants.append({"enum": numbers})
    if re.fullmatch(marker.regex, "true"):
        variants.append({"type": "boolean"})
    return {**(variants[0] if len(variants) == 1 else {"anyOf": variants}), "description": marker.says}


def _count(markers: tuple[Any, ...], what: str) -> Schema:
    bounds: Schema = {}
    for marker in markers:
        if isinstance(marker, MemberCount):
            bounds[f"min{what}"] = marker.least
            if marker.most < UNBOUNDED:
                bounds[f"max{what}"] = marker.most
    return bounds


def _summary(shape: type) -> str:
    """Return the first paragraph of the class's docstring on one line."""
    return " ".join((shape.__doc__ or "").split("\n\n")[0].split())


if __name__ == "__main__":
    import sys

    for changed in write_schemas(Path(sys.argv[1])):
        print(changed)
