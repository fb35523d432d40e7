"""Every kind of exercise: read from its file, with a fingerprint, and mistakes reported where they are."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dev2cto.exercises.artefact import Artefact
from dev2cto.exercises.base import Exercise
from dev2cto.exercises.calculation import Calculation
from dev2cto.yaml.decode import Decoder
from dev2cto.yaml.tree import Problem, Problems, parse

Sample = Callable[[str], tuple[Exercise, Path]]
Changed = Callable[[str, str, str], list[Problem]]


def test_the_sample_is_read_without_a_problem(kind: str, sample: Sample) -> None:
    exercise, folder = sample(kind)
    assert exercise.kind == kind
    assert list(exercise.folder_faults(folder)) == []


def test_the_fingerprint_is_16_hex_digits_and_stable(kind: str, sample: Sample) -> None:
    one, two = sample(kind)[0].fingerprint, sample(kind)[0].fingerprint
    assert one == two
    assert len(one) == 16
    assert int(one, 16) >= 0


def test_the_fingerprint_changes_with_the_meaning_only(sample: Sample) -> None:
    text = (sample("calculation")[1] / "exercise.yaml").read_text()

    def fingerprint(old: str, new: str) -> str:
        assert old in text
        problems = Problems()
        node = parse(text.replace(old, new, 1).encode(), "x.yaml", problems)
        assert node is not None
        found = Decoder("x.yaml", problems).read(Exercise, node)
        assert found is not None, problems.sorted()
        return found.fingerprint

    same = sample("calculation")[0].fingerprint
    assert fingerprint("Sort the six values.", "Sort them.") == same
    assert fingerprint("Who waits how long", "Waiting") == same
    assert fingerprint("tol: 0.5", "tol: 0.6") != same
    assert fingerprint("above: 200", "above: 201") != same


HEADER = "request,route,total_ms,ok\n"
MISTAKES = [
    ("calculation", "answer: p50", "answer: p51", "X", "no value 'p51'"),
    ("calculation", "id: in-progress", "id: middle-wait", "X500", "duplicate id"),
    ("calculation", "answer: p50", "answer: peak * in_progress", "I314", "no value 'in_progress'"),
    ("calculation", "p50: {file: data/requests.csv", "p50: {file: data/x.csv", "X522", "not listed"),
    ("calculation", "  p50: {", "  peak: {", "X521", "drawn under 'given'"),
    ("calculation", "  p50: {", "  P50: {", "X520", "is not a valid name"),
    ("calculation", "id: middle-wait", "id: slow", "X521", "already means something else"),
    ("calculation", "What is the p50", "What is {middle_wait}, the p50", "X526", "would reveal the answer"),
    ("calculation", "above: 200}", "above: 200, below: 300}", "X510", "one comparison, this has 2"),
    ("calculation", "where: {column: total_ms, above: 200}", "where: {column: total_ms}", "X510", "this has 0"),
    ("calculation", "data/requests.csv\n", "../requests.csv\n", "S211", "relative path"),
    ("calculation", "stat: p50", "stat: p51", "S206", "did you mean"),
    ("code", "files: [sums.py]", "files: [sums.py, sums.py]", "X500", "duplicate file"),
    ("code", "files: [sums.py]", "files: [/etc/passwd]", "S211", "relative path"),
    ("code", "seconds: 5", "seconds: 0", "S214", "0.1 to 300"),
    ("scenario", "start: red-build", "start: green-build", "X544", "no scene 'green-build'"),
    ("scenario", "goto: outage", "goto: outrage", "X544", "no scene 'outrage'"),
    ("scenario", "effects: {trust: 10}", "effects: {thrust: 10}", "X549", "no gauge 'thrust'"),
    ("scenario", "when: shipped", "when: shiped", "I314", "no value 'shiped'"),
    ("scenario", "when: not shipped", "when: shipped and", "I310", "too early"),
    (
        "scenario",
        "    goto: weekend\n  - id: weekend",
        "    goto: red-build\n  - id: weekend",
        "X548",
        "form a cycle: red-build -> outage -> red-build",
    ),
    ("scenario", "    goto: weekend\n  - id: weekend", "  - id: weekend", "X540", "leads nowhere"),
    ("scenario", "decision: true", "decision: false", "X541", "with choices is a decision"),
    ("scenario", "text: Ship it", "text: " + "Ship it now. " * 6, "X543", "70 characters"),
    ("scenario", "- id: hold", "- id: ship", "X500", "duplicate id 'ship'"),
    ("scenario", "    when: trust >= 70\n", "", "X546", "must be the last"),
    ("scenario", "they know why.\n    good: true", "they know why.", "X547", "two good endings"),
    ("scenario", "sets: [broke]", "sets: [trust]", "X545", "both a gauge and a flag"),
    ("simulation", "start: 300", "start: 3000", "X550", "within the scale"),
    (
        "simulation",
        "uses:\n        - {id: features",
        "uses:\n        - {id: left",
        "X600",
        "reserved for the unspent part",
    ),
    ("simulation", "id: debt,", "id: hires-support,", "X600", "'hires_support' is an allocation and a gauge"),
    ("simulation", "speed: 1", "period: 1", "X600", "'period' is a value and the number of the period"),
    ("simulation", "speed: 1", "last_hires: 1", "X600", "'last_hires' is a value and an allocation before"),
    ("simulation", "speed: 1", "Speed: 1", "X520", "is not a valid name"),
    ("simulation", "sets: [down]", "sets: [speed]", "X600", "'speed' is a flag and a value"),
    ("simulation", "people: 6 + last_hires_engineers", "people: 6 + speed", "I314", "no value 'speed'"),
    ("simulation", "amount: 10 * people", "amount: weeks_left", "I314", "no value 'weeks_left'"),
    ("simulation", "amount: 3 - period", "amount: 3 - periods", "I314", "did you mean 'period'"),
    ("simulation", "over: cash <= 0", "over: people <= 0", "I314", "no value 'people'"),
    ("simulation", "when: promise >= 85", "when: promis >= 85", "I314", "did you mean 'promise'"),
    ("simulation", "p: 0.2 + 0.3 * (debt > 60)", "p: 0.2 + 0.3 * (debt >", "I310", "too early"),
    ("simulation", "p: 0.2 + 0.3 * (debt > 60)", "p: 1.2", "X603", "0 to 1, not 1.2"),
    ("simulation", "amount: 10 * people", 'amount: "62"', "X602", "whole steps of 5"),
    ("simulation", "amount: 3 - period", 'amount: "-1"', "X602", "cannot be divided"),
    ("simulation", "step: 5", "step: 0", "S214", "0.01"),
    (
        "simulation",
        "{promise: 5}",
        "{promises: 5}",
        "X549",
        "no gauge 'promises'",
    ),
    ("simulation", "- id: leaver", "- id: outage", "X500", "duplicate id 'outage'"),
    ("simulation", "- id: q2", "- id: q1", "X500", "duplicate id 'q1'"),
    ("simulation", "- id: hires", "- id: weeks", "X500", "duplicate id 'weeks'"),
    ("simulation", "- id: nothing", "- id: plainly", "X500", "duplicate id 'plainly'"),
    ("simulation", "text: Say it as it is", "text: " + "Say it as it is. " * 5, "X543", "70 characters"),
    ("simulation", "    when: promise >= 85\n", "", "X546", "must be the last"),
    ("simulation", "stays up.\n    good: true", "stays up.", "X547", "a simulation needs at least two good endings"),
    ("artefact", "Owner: Lena Vos", "Lena Vos", "X573", "no line like Owner"),
    ("artefact", "words: {min: 30, max: 300}", "words: {min: 300, max: 30}", "X570", "min is more than max"),
    ("artefact", "items: {Options: 3}", "items: {Option: 3}", "X572", "'Option' is not among the headings"),
    ("artefact", "file: note-001.md", "file: ../note.md", "S211", "file name"),
    ("artefact", "anchors: [none, vague, some numbers, measured drivers]", "anchors: [none, vague]", "S216", "needs 4"),
    (
        "survey",
        "statements:",
        "again: t-x-other\nsubjects: {a: b}\nstatements:",
        "X575",
        "statements are those of 't-x-other'",
    ),
    ("survey", "scale: [never done it, done it with help, do it alone, teach it]\n", "", "X576", "'scale' is missing"),
    ("survey", "id: s2", "id: s1", "X500", "duplicate id 's1'"),
    ("diff", "    line: 28\n", "", "X585", "line: 12, or removed: 12"),
    ("diff", "lines: [29, 30]", "lines: [30, 31]", "X586", "line 29 is not within 30 to 31"),
    ("diff", "lines: [29, 30]", "lines: [29]", "S216", "needs 2"),
    ("diff", "weight: question", "weight: nit", "S206", "must, should, question"),
    ("diff", "file: billing/report.py", "file: ../report.py", "S211", "relative path"),
    ("diff", "context: 3", "context: 30", "S214", "0 to 20"),
    ("diff", "    what: The month goes into the SQL text.\n", "", "S204", "'what' is missing"),
    ("survey", "I can read a query plan.", "I can find the slowest part of a page.", "X500", "duplicate"),
    ("survey", "scale: [never done it, done it with help, ", "scale: [", "S216", "needs 4"),
]


@pytest.mark.parametrize(("of", "old", "new", "code", "reason"), MISTAKES, ids=lambda value: str(value)[:24])
def test_a_mistake_is_reported_with_its_place(
    of: str, old: str, new: str, code: str, reason: str, changed: Changed
) -> None:
    problems = changed(of, old, new)
    assert any(p.code.startswith(code) or code == "X" for p in problems), problems
    assert any(reason in p.message + p.hint for p in problems), [str(p) for p in problems]
    assert all(p.mark.line > 1 for p in problems), [str(p) for p in problems]


def test_a_mistake_in_an_expression_has_its_column(changed: Changed) -> None:
    (problem,) = changed("calculation", "answer: peak * middle_wait", "answer: peak * midle_wait")
    assert (problem.mark.line, problem.mark.column) == (37, 20)
    assert "middle_wait" in problem.hint


@pytest.mark.parametrize(
    ("of", "file", "text", "reason"),
    [
        ("calculation", "data/requests.csv", None, "requests.csv is missing"),
        ("calculation", "data/requests.csv", HEADER + "1,/a,2\n", "requests.csv:2: 3 cells, but the header has 4"),
        ("calculation", "data/requests.csv", "request,route,total,ok\n1,/a,2,1\n", "has no column 'total_ms'"),
        (
            "calculation",
            "data/requests.csv",
            HEADER + "1,/a,x,1\n",
            "requests.csv:2: total_ms is 'x', which",
        ),
        ("code", "check.py", None, "check.py is missing"),
        ("code", "check.py", "def f(:\n", "check.py:1 is not valid Python"),
        ("code", "starter/sums.py", None, "starter/sums.py is missing"),
        ("code", "solution/sums.py", None, "solution/sums.py is missing"),
        ("code", "solution/sums.py", "def f(:\n", "solution/sums.py:1 is not valid Python"),
        ("code", "solution/more.py", "x = 1\n", "solution/more.py is neither"),
        ("code", "starter/sums.py", b"\xff\xfe", "not UTF-8 text"),
        ("diff", "after/billing/report.py", None, "the change does not touch billing/report.py"),
        ("diff", "after/billing/report.py", b"\xff\xfe", "after/billing/report.py: report.py is not UTF-8 text"),
        ("diff", "after/billing/report.py", "x = 1\n", "line 28 of the new billing/report.py is neither"),
        ("diff", "before/billing/metrics.py", None, "line 20 of the old billing/metrics.py was not removed"),
        (
            "diff",
            "change.diff",
            "--- a/x.py\n+++ b/x.py\n@@ -1 +1 @@\n-x\n+y\n",
            "There are both change.diff and before/",
        ),
    ],
)
def test_what_is_wrong_with_the_files_beside_it_is_reported(
    tmp_path: Path, sample: Sample, of: str, file: str, text: str | bytes | None, reason: str
) -> None:
    exercise, original = sample(of)
    folder = tmp_path / of
    shutil.copytree(original, folder)
    if text is None:
        (folder / file).unlink()
    else:
        (folder / file).write_bytes(text if isinstance(text, bytes) else text.encode())
    messages = [fault.message for fault in exercise.folder_faults(folder)]
    assert any(reason in message for message in messages), messages


def test_a_template_that_passes_the_lint_is_reported(sample: Sample) -> None:
    exercise, _ = sample("artefact")
    assert isinstance(exercise, Artefact)
    (fault,) = replace(exercise, template=exercise.sample).faults()
    assert (fault.steps, fault.code) == (("template",), "X574")


def test_an_answer_without_a_value_for_some_draw_is_reported(sample: Sample, tmp_path: Path) -> None:
    exercise, folder = sample("calculation")
    assert isinstance(exercise, Calculation)
    broken = replace(exercise, parts=(replace(exercise.parts[0], answer="p50 / (peak - 50)"), exercise.parts[1]))
    faults = list(broken.folder_faults(folder))
    assert [(fault.steps, fault.code) for fault in faults] == [(("parts", 0, "answer"), "X525")]
