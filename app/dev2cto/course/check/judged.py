"""Analyse the paths of a scenario, and cache the result by content, so that repeated checks are fast.

A cached result depends on the scenario's content and the version of the rules. Cache files can be deleted at any
time; unreadable ones are recomputed.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from dev2cto.exercises.scenarios.chances import chances
from dev2cto.exercises.scenarios.dilemmas import Flat, dilemmas
from dev2cto.exercises.scenarios.path_explorer import branch_faults
from dev2cto.exercises.scenarios.scenario import Scenario
from dev2cto.paths import write_cache
from dev2cto.yaml.decode import ValidationError

VERSION = 1
"""Must be increased whenever the rules give a different result for the same scenario."""
KEPT = 200
"""Maximum number of files in the cache; the oldest are deleted."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The analysis that the rules about scenarios need."""

    branches: tuple[ValidationError, ...]
    flat: tuple[Flat, ...]
    flat_exact: bool
    chance: float
    """Share (0..1) of the paths on which chance changes the ending."""


def judged(scenario: Scenario, cache: Path | None) -> Judged:
    """Return the analysis of a scenario, from the cache if possible."""
    file = cache / "scenarios" / f"{_key(scenario)}.json" if cache else None
    if file is not None:
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return _read(json.loads(file.read_bytes()))
    rule, chance = dilemmas(scenario), chances(scenario)
    made = Judged(tuple(branch_faults(scenario)), rule.flat, rule.exact, chance.share)
    if file is not None:
        with contextlib.suppress(OSError):
            _keep(file, made)
    return made


def _key(scenario: Scenario) -> str:
    """Return a hash of everything that the analysis depends on; positions in the file are not part of it."""
    parts = (VERSION, scenario.id, scenario.start, scenario.gauges, scenario.scenes, scenario.endings)
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _keep(file: Path, made: Judged) -> None:
    write_cache(file, json.dumps(asdict(made)).encode())
    by_age = sorted(file.parent.iterdir(), key=lambda kept: kept.stat().st_mtime)
    for old in by_age[:-KEPT]:
        old.unlink(missing_ok=True)


def _read(document: dict[str, Any]) -> Judged:
    """Read a cached analysis. Raises ValueError, KeyError, TypeError or AttributeError if it is invalid."""
    faults = [fault | {"steps": tuple(fault["steps"])} for fault in document["branches"]]
    return Judged(
        branches=tuple(ValidationError(**fault) for fault in faults),
        flat=tuple(Flat(str(f["scene"]), str(f["choice"]), float(f["share"])) for f in document["flat"]),
        flat_exact=bool(document["flat_exact"]),
        chance=float(document["chance"]),
    )
