"""What every kind of exercise has in common."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from dev2cto.items.base import Silence
from dev2cto.shapes import Count, Id, Line, Located, Prose, Range


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise(Located):
    """A lab, scenario, artefact or survey. Subclasses are the kinds; `exercises.KINDS` names them."""

    kind: Line
    id: Id
    title: Line
    minutes: Annotated[int, Range(1, 600)]
    objectives: Annotated[tuple[Id, ...], Count(1, 12)]
    brief: Prose
    hints: Annotated[tuple[Prose, ...], Count(0, 4)] = ()
    silence: tuple[Silence, ...] = ()

    meaning: ClassVar[tuple[str, ...]] = ()
    """Names of the fields that, with kind and brief, make up the fingerprint."""

    @property
    def fingerprint(self) -> str:
        """16 hex digits over the fields that carry the meaning; it changes when old submissions may no longer apply."""
        parts = {name: _plain(getattr(self, name)) for name in ("kind", "brief", *self.meaning)}
        return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def _plain(value: Any) -> Any:
    if isinstance(value, Located):
        names = [n for n in value.__dataclass_fields__ if n not in ("where", "why", "hints", "explain", "silence")]
        return {n: _plain(getattr(value, n)) for n in names}
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return value
