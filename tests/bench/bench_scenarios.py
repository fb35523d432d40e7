"""What judging the scenarios of a course costs, with an empty cache and a full one.

    python tests/bench/bench_scenarios.py [COURSE]

Prints processor time for each scenario: the dilemma rule, the part of chance, all branches, and the debrief's other
worlds, counted and drawn. The budget is 1 s for the rule and chance of fifteen scenarios, and 100 ms for a debrief.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from dev2cto.course import loader
from dev2cto.course.check.judged import judged
from dev2cto.exercises.scenarios.chances import chances
from dev2cto.exercises.scenarios.dilemmas import dilemmas
from dev2cto.exercises.scenarios.path_explorer import explore
from dev2cto.exercises.scenarios.player import play
from dev2cto.exercises.scenarios.scenario import Scenario
from dev2cto.exercises.scenarios.worlds import worlds
from dev2cto.yaml.tree import Problems
from tests.support.studies import SHIPPED

FINISHED = 15
"""Scenarios of the finished course."""


def spent(work: Callable[[], object]) -> float:
    """Milliseconds of processor time, the least of three."""
    times = []
    for _ in range(3):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return min(times) * 1000


def first_path(scenario: Scenario) -> dict[str, str]:
    """The first choice of every scene on the way."""
    state = play(scenario, 1, ())
    while state.ending is None:
        state = play(scenario, 1, (*state.choices, state.offered[0].id))
    return {step.scene: step.choice for step in state.log if step.choice}


def row(scenario: Scenario) -> float:
    """Print a line of the table; the milliseconds of the rule and of chance."""
    path = first_path(scenario)
    rule, chance = spent(lambda: dilemmas(scenario)), spent(lambda: chances(scenario))
    branches = spent(lambda: explore(scenario))
    counted, drawn = spent(lambda: worlds(scenario, path)), spent(lambda: worlds(scenario, path, most=0))
    print(f"{scenario.id:<24}{rule:8.1f}{chance:8.1f}{branches:10.1f}{counted:9.1f}{drawn:8.1f}")
    return rule + chance


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("course", nargs="?", type=Path, default=SHIPPED)
    root = parser.parse_args().course
    course = loader.load_course(root, Problems())
    assert course is not None
    found = [f.value for module in course.modules for f in loader.load_exercises(root, module, Problems())]
    scenarios = [exercise for exercise in found if isinstance(exercise, Scenario)]
    print(f"{'scenario':<24}{'rule':>8}{'chance':>8}{'branches':>10}{'counted':>9}{'drawn':>8}   ms")
    total = 0.0
    for scenario in scenarios:
        total += row(scenario)
    each = total / max(1, len(scenarios))
    print(f"rule and chance of {FINISHED} such scenarios: {each * FINISHED:.0f} ms (budget 1000)")
    with tempfile.TemporaryDirectory() as cache:
        for scenario in scenarios:
            judged(scenario, Path(cache))
        kept = spent(lambda: [judged(scenario, Path(cache)) for scenario in scenarios])
    print(f"all of it from the cache: {kept:.1f} ms")


if __name__ == "__main__":
    main()
