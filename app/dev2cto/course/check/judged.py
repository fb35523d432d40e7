"""What trying a scenario's paths found, kept by content, so that a course is checked again in no time.

A kept judgement belongs to the text of the scenario and to the version of the rules; it can be deleted at any time,
and one that cannot be read is made again.
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
"""Goes up when the rules judge the same scenario otherwise than before."""
KEPT = 200
"""Files in the cache; the oldest give way."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rules about a scenario need to know."""

    branches: tuple[ValidationError, ...]
    flat: tuple[Flat, ...]
    flat_exact: bool
    chance: float
    """Share of the paths on which chance changes the ending."""


def judged(scenario: Scenario, cache: Path | None) -> Judged:
    """The judgement of that scenario; from the cache where it has one."""
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
    """A name for all that the judgement depends on; where in a file it stands is no part of it."""
    parts = (VERSION, scenario.id, scenario.start, scenario.gauges, scenario.scenes, scenario.endings)
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _keep(file: Path, made: Judged) -> None:
    write_cache(file, json.dumps(asdict(made)))
    by_age = sorted(file.parent.iterdir(), key=lambda kept: kept.stat().st_mtime)
    for old in by_age[:-KEPT]:
        old.unlink(missing_ok=True)


def _read(document: dict[str, Any]) -> Judged:
    """The kept judgement. Raises ValueError, KeyError, TypeError or AttributeError where it is none."""
    faults = [fault | {"steps": tuple(fault["steps"])} for fault in document["branches"]]
    return Judged(
        branches=tuple(ValidationError(**fault) for fault in faults),
        flat=tuple(Flat(str(f["scene"]), str(f["choice"]), float(f["share"])) for f in document["flat"]),
        flat_exact=bool(document["flat_exact"]),
        chance=float(document["chance"]),
    )
