"""The base class of all kinds of exercises."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, fields
from pathlib import Path
from typing import Annotated, Any, ClassVar

from dev2cto.items.base import Waiver
from dev2cto.yaml.decode import (
    Id,
    MemberCount,
    MultilineText,
    Pattern,
    Range,
    SingleLine,
    SourceObject,
    ValidationError,
)

FileName = Annotated[
    str,
    Pattern(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)*", "a relative path, parts joined by /"),
]
UNMEANT = {"unmeant": True}
"""Metadata of a field that fingerprints ignore: it affects how something is shown or judged, not what is asked."""
ADDED = {"added": True}
"""Metadata of a field newer than courses in use: fingerprints ignore it while it has its default."""
MarkdownName = Annotated[str, Pattern(r"[a-z0-9][a-z0-9_-]*\.md", "a file name like adr-001.md")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise(SourceObject):
    """One exercise, such as a lab, scenario or survey. Each subclass is a kind; `kinds.KINDS` lists them.

    It does not know its folder: functions that need the folder take it as an argument.
    """

    kind: SingleLine
    id: Id
    title: SingleLine
    minutes: Annotated[int, Range(1, 600)]
    objectives: Annotated[tuple[Id, ...], MemberCount(1, 12)]
    brief: MultilineText
    hints: Annotated[tuple[MultilineText, ...], MemberCount(0, 4)] = ()
    silence: tuple[Waiver, ...] = ()

    meaning: ClassVar[tuple[str, ...]] = ()
    """Names of the fields that make up the fingerprint, besides kind and brief."""

    def folder_faults(self, folder: Path) -> Iterator[ValidationError]:
        """Yield the faults in the files beside the exercise, and where they do not agree with it."""
        return iter(())

    def meant(self) -> tuple[str, ...]:
        """Return the names of the fields that make up this exercise's fingerprint, besides kind and brief."""
        return self.meaning

    @property
    def fingerprint(self) -> str:
        """16 hex digits that change when the meaning of the exercise does, so that old work may no longer apply."""
        parts = {name: _plain(getattr(self, name)) for name in ("kind", "brief", *self.meant())}
        return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def repeated(names: tuple[str, ...], *steps: str | int, key: str = "id") -> Iterator[ValidationError]:
    """Yield a fault for each duplicate name; `steps` is the path to the list in the file, `key` the field's name."""
    for n, name in enumerate(names):
        if name in names[:n]:
            yield ValidationError((*steps, n, key), "X500", f"duplicate {key} {name!r}")


def _plain(value: Any) -> Any:
    if isinstance(value, SourceObject):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value) if _counts(f, getattr(value, f.name))}
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return value


def _counts(field: Field[Any], value: object) -> bool:
    """Return whether fingerprints count that field of a part with this value."""
    if field.name in ("where", "why", "hints", "explain", "silence") or "unmeant" in field.metadata:
        return False
    return "added" not in field.metadata or value != field.default
