"""A file of a course, or one part of it, as the learner sees it, with what its author needs to know."""

from __future__ import annotations

from pathlib import Path

from dev2cto.cli.course_text import brief_of, script_lines
from dev2cto.cli.render_markdown import markdown, one_line
from dev2cto.course.check.judged import judged
from dev2cto.course.curriculum import Curriculum
from dev2cto.course.model import Reading
from dev2cto.exercises.base import Exercise
from dev2cto.exercises.diffs.changeset_files import read_changeset
from dev2cto.exercises.diffs.diff import Diff
from dev2cto.exercises.diffs.folding import fold
from dev2cto.exercises.scenarios.gauges import figure
from dev2cto.exercises.scenarios.scenario import Scenario
from dev2cto.exercises.simulations.simulation import Simulation
from dev2cto.items.base import Draw, Item
from dev2cto.items.say import Say, speech_text
from dev2cto.markdown.layout import WIDTH, layout
from dev2cto.paths import cache_dir
from dev2cto.plain.answers.dispatch import blocks_of
from dev2cto.plain.exercises.diff_listing import listing


def reading_lines(curriculum: Curriculum, reading: Reading) -> list[str]:
    """Return the sections with their diagrams and the ids of their checks."""
    lines = [f"{reading.title} ({reading.minutes} min)"]
    for section in reading.sections:
        lines += ["", section.heading.upper(), "", *markdown(curriculum, section.text)]
        if section.diagram is not None:
            lines += ["", *(f"    {line}" for line in section.diagram.art.split("\n"))]
        if section.check:
            lines += ["", f"Check: {section.check}"]
    if reading.monday is not None:
        lines += ["", "ON MONDAY", "", *markdown(curriculum, reading.monday.text)]
    return lines


def bank_lines(curriculum: Curriculum, items: tuple[Item, ...]) -> list[str]:
    """Return each item with its options, answer and explanation, for its author."""
    from random import Random

    lines: list[str] = []
    for item in items:
        draw = item.draw(Random(item.id))
        about = ", ".join([item.kind, item.level, *(["final form"] if item.final_form else [])])
        lines += ["", f"{item.id} ({about})", "", *markdown(curriculum, item.ask(draw))]
        options = layout(blocks_of(item.form(draw)))
        lines += ["", *(line.text.rstrip() for line in options)] if options else []
        lines += compared(curriculum, item, draw) if not item.scored else []
        if item.scored:
            lines += ["", "Answer:", *(line for text in item.solution(draw) for line in markdown(curriculum, text))]
        lines += ["", *markdown(curriculum, item.reason(draw))]
        lines += [f"Topics: {', '.join(item.topics)}"] if item.topics else []
    return lines


def compared(curriculum: Curriculum, item: Item, draw: Draw) -> list[str]:
    """Return the examples, checklist and review variants of an item that is answered in the learner's own words."""
    grade, lines = item.final(item.key(draw), draw), []
    for example in grade.examples:
        lines += ["", f"{example.label}:", *markdown(curriculum, example.text)]
        lines += ["", *markdown(curriculum, example.note)] if example.note else []
    seen = {None: "", True: " (checked by the program)", False: " (checked by the program; the strong reply lacks it)"}
    lines += ["", "Look for:", *(f"- {point.text}{seen[point.met]}" for point in grade.points)]
    for n, variant in enumerate(item.variants if isinstance(item, Say) else (), 1):
        lines += ["", f"Review {n}:", *markdown(curriculum, speech_text(variant.speaker, variant.line))]
    return lines


def exercise_lines(curriculum: Curriculum, exercise: Exercise) -> list[str]:
    """Return the brief, the hints and what is specific to the kind, for its author."""
    lines = [
        f"{exercise.title} ({exercise.kind}, {exercise.minutes} min)",
        "",
        *markdown(curriculum, brief_of(curriculum, exercise)),
    ]
    if isinstance(exercise, Simulation):
        lines += simulation_lines(curriculum, exercise)
    for n, hint in enumerate(exercise.hints, 1):
        lines += ["", f"Hint {n}", *markdown(curriculum, hint)]
    if isinstance(exercise, Scenario):
        lines += scenario_lines(curriculum, exercise)
    return [*lines, *script_lines(curriculum, exercise)]


def scenario_lines(curriculum: Curriculum, scenario: Scenario) -> list[str]:
    """Return gauges with scales, whether each decision is a dilemma, the effect of chance, and what fails."""
    found = judged(scenario, cache_dir())
    flat = {one.scene: one.choice for one in found.flat}
    lines = ["", "Gauges"]
    for gauge in scenario.gauges:
        scale = f"{figure(gauge, gauge.least)} to {figure(gauge, gauge.most)}, better {gauge.better}"
        shown = "figures" if gauge.known else "words until the debrief"
        lines.append(f"  {gauge.name}: {figure(gauge, gauge.start)} ({scale}; {shown})")
    lines += ["", "Decisions"]
    for scene in scenario.scenes:
        if scene.choices:
            duty = " (a duty)" if scene.duty is not None else ""
            verdict = f"{flat[scene.id]} is at least as good as the others{duty}" if scene.id in flat else "a dilemma"
            lines.append(f"  {scene.id}: {verdict}")
    lines += ["", f"Chance changes the ending on {found.chance * 100:.1f} of 100 paths."]
    return [*lines, "", "What fails here", *markdown(curriculum, scenario.fails)] if scenario.fails else lines


def simulation_lines(curriculum: Curriculum, simulation: Simulation) -> list[str]:
    """Return gauges, periods (budgets, decisions, events) and endings, for the author."""
    starts = ", ".join(f"{gauge.name} {figure(gauge, gauge.start)}" for gauge in simulation.gauges)
    lines = ["", f"Gauges: {starts}"]
    for period in simulation.periods:
        lines += ["", period.title.upper(), "", *markdown(curriculum, period.text)]
        for budget in simulation.budgets(period):
            uses = ", ".join(use.name for use in budget.uses)
            lines += ["", f"Divide {budget.amount} {budget.unit}".rstrip() + f" among {uses} ({budget.name})"]
        for decision in period.decisions:
            choices = (f"  - {choice.text}" for choice in decision.choices)
            lines += ["", f"Decide: {decision.title}", *markdown(curriculum, decision.text), *choices]
        events = simulation.events(period)
        lines += ["", *(f"May happen, p = {event.p}: {event.title}" for event in events)] if events else []
    return [*lines, "", *(f"Ending: {ending.title}" for ending in simulation.endings)]


def diff_lines(curriculum: Curriculum, exercise: Diff, folder: Path) -> list[str]:
    """Return the change as the learner sees it, with the faults and decoys below their lines for the author.

    Raises LabError if the change cannot be read.
    """
    change = read_changeset(folder)
    notes: dict[str, str] = {}
    for fault in exercise.seeded:
        span = f" (a mark on {fault.lines[0]} to {fault.lines[1]} counts)" if fault.lines else ""
        words = f"{fault.weight.upper()}: {one_line(curriculum, fault.what)}{span}"
        notes |= dict.fromkeys(fault.addresses.values(), words)
    for decoy in exercise.decoys:
        notes |= dict.fromkeys(decoy.addresses.values(), f"DECOY: {one_line(curriculum, decoy.why)}")
    rows = fold(change, exercise.context)
    return list(listing(rows, [], notes, WIDTH))
