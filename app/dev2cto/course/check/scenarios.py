"""Rules about scenarios: decisions must be dilemmas, chance must matter, and a technique must fail."""

from __future__ import annotations

from collections.abc import Iterator

from dev2cto.course.check.course_snapshot import CourseSnapshot
from dev2cto.course.check.rules import Finding, Rule, second_standard
from dev2cto.exercises.scenarios.dilemmas import NEAR

LEAST_ALONE = 1 / 20
"""Minimum share of a scenario's paths on which chance changes the ending."""
LEAST_TOGETHER = 1 / 10
"""Minimum of the mean of that share over all scenarios of a course."""


def flat_decisions(snapshot: CourseSnapshot) -> Iterator[Finding]:
    """Report decisions in which one option is at least as good as all others, unless marked as a duty."""
    for scenario, judged in snapshot.scenarios:
        places = {scene.id: (n, scene) for n, scene in enumerate(scenario.scenes)}
        for flat in judged.flat:
            n, scene = places[flat.scene]
            if scene.duty is not None:
                continue
            part = "" if flat.share > 0.995 else f", on {flat.share * 100:.0f} % of the paths here"
            about = "" if judged.flat_exact else " (estimated)"
            good = f"{flat.choice!r} is within {NEAR} points of the best on every gauge that an ending uses"
            message = f"{flat.scene!r} is not a dilemma: {good}{part}{about}"
            hint = "give each option a cost that another avoids, or mark a legal duty with duty: and the reason"
            yield Finding(scenario, ("scenes", n), message, hint)


def several_duties(snapshot: CourseSnapshot) -> Iterator[Finding]:
    """Report further decisions marked as a duty after the first."""
    for scenario, _ in snapshot.scenarios:
        marked = [n for n, scene in enumerate(scenario.scenes) if scene.duty is not None]
        for n in marked[1:]:
            yield Finding(scenario, ("scenes", n, "duty"), "a scenario may have only one duty")


def idle_duties(snapshot: CourseSnapshot) -> Iterator[Finding]:
    """Report decisions that are marked as a duty but are dilemmas."""
    for scenario, judged in snapshot.scenarios:
        flat = {found.scene for found in judged.flat}
        for n, scene in enumerate(scenario.scenes):
            if scene.duty is not None and scene.id not in flat and not judged.branches:
                yield Finding(scenario, ("scenes", n, "duty"), "this decision is a dilemma, not a duty", "remove duty")


def rare_chance(snapshot: CourseSnapshot) -> Iterator[Finding]:
    """Report scenarios in which chance hardly matters."""
    for scenario, judged in snapshot.scenarios:
        if judged.chance < LEAST_ALONE and not judged.branches:
            message = f"chance changes the ending on {_paths(judged.chance)}; at least {_paths(LEAST_ALONE)} are needed"
            yield Finding(scenario, ("endings",), message, "make the effects of chance reach an ending's condition")


def rare_chance_together(snapshot: CourseSnapshot) -> Iterator[Finding]:
    """Report a course in whose scenarios chance matters too little on average."""
    shares = [judged.chance for _, judged in snapshot.scenarios if not judged.branches]
    if shares and sum(shares) / len(shares) < LEAST_TOGETHER:
        mean = sum(shares) / len(shares)
        needed = _paths(LEAST_TOGETHER)
        message = f"over all scenarios chance changes the ending on {_paths(mean)}; at least {needed} are needed"
        yield Finding(snapshot.course, ("modules",), message)


def nothing_fails(snapshot: CourseSnapshot) -> Iterator[Finding]:
    """Report scenarios that do not say which technique fails in them."""
    for scenario, _ in snapshot.scenarios:
        if scenario.fails is None:
            hint = "add fails: what was taught but does not work here"
            yield Finding(scenario, (), "the scenario does not say which technique fails in it", hint)


def _paths(share: float) -> str:
    return f"{share * 100:.1f} of 100 paths"


RULES = (
    second_standard("X565", "a decision that is not a dilemma", "course", flat_decisions),
    Rule("X566", "a second duty in a scenario", "course", several_duties),
    Rule("X567", "a duty that is a dilemma", "course", idle_duties, "warning"),
    Rule("X568", "a scenario in which chance hardly matters", "course", rare_chance, "warning"),
    second_standard("X569", "a course in whose scenarios chance hardly matters", "course", rare_chance_together),
    Rule("X552", "a scenario in which nothing fails", "course", nothing_fails, "warning"),
)
