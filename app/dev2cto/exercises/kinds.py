"""The registry of exercise kinds: one line per kind."""

from dev2cto.exercises.artefact import Artefact
from dev2cto.exercises.base import Exercise
from dev2cto.exercises.calculation import Calculation
from dev2cto.exercises.code import Code
from dev2cto.exercises.diffs.diff import Diff
from dev2cto.exercises.scenarios.scenario import Scenario
from dev2cto.exercises.simulations.simulation import Simulation
from dev2cto.exercises.survey import Survey
from dev2cto.yaml.decode import Decoder

KINDS: dict[str, type[Exercise]] = {
    "calculation": Calculation,
    "code": Code,
    "scenario": Scenario,
    "simulation": Simulation,
    "artefact": Artefact,
    "survey": Survey,
    "diff": Diff,
}
"""The exercise classes by the `kind` written in course files."""

Decoder.unions[Exercise] = KINDS

__all__ = ["KINDS", "Exercise"]
