"""Every code that `check` can print is triggered alone by one mistake, at the line and column where it occurs."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import dev2cto
from dev2cto.course.check.check import check_course
from dev2cto.course.check.lab_check import check_code, runnable
from dev2cto.course.loader import Loaded
from dev2cto.course.outline_builder import build_outline
from dev2cto.yaml.tree import Problem
from tests.course.check import test_check, test_check_bank, test_scenarios, test_strategies, test_terms
from tests.course.check.test_check import BANK, CLEAN, EXERCISE, HEAD, MISTAKES, MODULE, READING, TODAY, position
from tests.exercises.simulations import test_simulation
from tests.study.sessions import test_repeated_survey
from tests.support.exercise_samples import FOLDERS

NAMES = {
    "code": "adding",
    "scenario": "friday",
    "artefact": "note",
    "survey": "self",
    "simulation": "quarters",
    "diff": "review",
    "mutants": "noticing",
}
CODE, SCENARIO, ARTEFACT, SURVEY, SIMULATION, DIFF, MUTANTS = (
    f"{MODULE}/exercises/{name}/exercise.yaml" for name in NAMES.values()
)
ITEMS = """
  - id: t-q-prints
    kind: output
    objective: t-contract
    level: apply
    prompt: |
      What does this print?
    lang: python
    code: |
      print(1 + 1)
    stdout: "2"
    explain: |
      Two numbers are added before anything is shown.

  - id: t-q-blank
    kind: cloze
    objective: t-contract
    level: remember
    prompt: |
      Fill in the word.
    text: |
      A {{token}} is remembered.
    explain: |
      Whoever sends it again is recognised.

  - id: t-q-board
    kind: say
    objective: t-contract
    level: apply
    prompt: |
      Answer her.
    from: {name: Elena, role: board}
    line: |
      "So what?"
    seconds: 60
    replies:
      - {text: Nothing., note: It ends the talk., rank: weak}
      - {text: We look into it., note: Nobody acts., rank: plausible}
      - {text: Which clinic do you know?, note: She has a part now., rank: strong}
    markers:
      - {text: Asks back, check: question}
      - {text: Is short, check: words<=60}
      - {text: Blames nobody, check: {none_of: [fault]}}
    explain: |
      A question keeps the other in the conversation.
"""
"""More kinds of items than the small course has."""
GOOD_ENDINGS = "they know why.\n    good: true"
MARK_ONE = (
    (CLEAN / BANK).read_text(encoding="utf-8").partition("Mark all that apply.\n    ")[2].partition("    explain")[0]
)
"""The options of the item that marks several."""
TO_WEEKEND = "The page is blank.\n    goto: weekend"


def between(kind: str, first: str, last: str) -> str:
    """A stretch of a sample."""
    text = (FOLDERS[kind] / "exercise.yaml").read_text(encoding="utf-8")
    start = text.index(first)
    return text[start : text.index(last, start) if last else None]


HOLD = between("scenario", "      - id: hold", "  - id: outage")
FAILS = between("scenario", "fails:", "script:")
LINT = between("artefact", "lint:", "")
TEMPLATE = between("artefact", "template:", "rubric:")
TELL = between("scenario", "text: Tell", "        aside: Nothing to tell")
CLOSED = TELL.replace("happened\n", "happened\n        when: shipped\n").replace("when: not shipped", "when: broke")
SAMPLE = "template:" + between("artefact", "sample:", "lint:").removeprefix("sample:").replace("Note 1", "Note 0")

TWO_FAULTS = between("diff", "  - file: billing/metrics.py\n    line: 29", "decoys:")
ONE_FAULT = between("diff", "  - file: billing/report.py\n    line: 33", "decoys:")

WRITTEN = [
    # code, file, what is there, what is put there, where the problem must be
    ("Y104", HEAD, "that may fail", "that m\udcffy fail", "\udcffy fail"),
    ("Y105", HEAD, "title: Calls that may fail", "title: Calls: may fail", ": may fail"),
    ("Y105", HEAD, "title: Calls that may fail", "title: Calls \x07 may fail", "\x07"),
    ("Y106", "glossary.yaml", "see: [t-retry]", "see: [t-retry]\n---\nmore: x", "---"),
    ("Y107", HEAD, "title: Calls that", "title: &calls Calls that", "&calls"),
    ("Y107", HEAD, "title: Calls that may fail", "title: *calls", "*calls"),
    ("Y108", HEAD, "title: Calls that may fail", f"title: {'[' * 23}[X", "[X"),
    ("Y109", HEAD, "title: Calls that", "title: !secret Calls that", "!secret"),
    ("Y110", HEAD, "title: Calls that may", "title: Calls that #1 may", "#1"),
    ("Y111", HEAD, "quiz: {minutes: 5}", "quiz: {minutes: 5, <<: {}}", "<<"),
    ("Y112", HEAD, "step: 1", "step: 1\nstep: 2", "step: 2"),
    ("Y113", HEAD, "step: 1", "[a]: b\nstep: 1", "[a]"),
    ("S201", HEAD, "quiz: {minutes: 5}", "quiz: soon", "soon"),
    ("S201", "course.yaml", "renamed:\n  t-old-name: t-retry", "renamed: none", "none"),
    ("S202", BANK, "id: t-q-word\n    kind: short", "id: t-q-word", "id: t-q-word"),
    ("S203", BANK, "kind: cat", "kind: kat", "kategorise"),
    ("S204", HEAD, "title: Calls that may fail\n", "", "id: t01"),
    ("S204", BANK, "items:\n", "itemz:\n", "itemz:"),
    ("S205", HEAD, "title: Calls", "colour: red\ntitle: Calls", "colour"),
    ("S205", BANK, "items:\n", "more: []\nitems:\n", "more: []"),
    ("S206", BANK, "level: analyse\n    prompt: |\n      Mark", "level: analise\n    prompt: |\n      Mark", "analise"),
    ("S207", HEAD, "title: Calls that may fail", "title: {Calls that may fail}", "{Calls"),
    ("S208", HEAD, "title: Calls that may fail", 'title: ""', '""'),
    ("S209", HEAD, "summary: |", "summary: >", ">"),
    ("S210", HEAD, "title: Calls that may fail", "title: |\n  Calls\n  may fail", "|\n  Calls"),
    ("S211", HEAD, "id: t01", "id: T 01", "T 01"),
    ("S212", SCENARIO, "decision: true", "decision: yes", "yes"),
    ("S213", HEAD, "minutes: 5", "minutes: five", "five"),
    ("S213", BANK, "tol: 0.5", "tol: .inf", ".inf"),
    ("S213", BANK, "tol: 0.5", "tol: 1e999", "1e999"),
    ("S214", HEAD, "minutes: 5", "minutes: 5000", "5000"),
    ("S215", READING, "topics: [retries]", "topics: retries", "retries\nsections"),
    ("S216", BANK, "[GET, HEAD]", "[]", "[]"),
    ("C401", "course.yaml", "format: 1", "format: 2", "2"),
    ("C402", "course.yaml", "  - 01-small", "  - 01-small\n  - 01-small ", "01-small \n"),
    ("C406", "course.yaml", "version: 1.0.0", f"version: 1.0.0\nstory: Word {'word ' * 75}", "Word word"),
    ("C403", READING, "- id: token", "- id: twice", "twice\n    heading: A token"),
    ("I301", BANK, "given:\n      n:", "given:\n      Net: [1, 2]\n      n:", "Net"),
    ("I302", BANK, "q: [4, 6.5]", "q: [4, 4]", "[4, 4]"),
    ("I310", BANK, "answer: n * q", "answer: n * q *", "\n    tol"),
    ("I311", BANK, "tol: 0.5", "tol: 0.5\n    rel: 0.2", "0.2"),
    ("I312", BANK, "units: {s: 1000}", "units: {s: 0}", "0}\n    wrong"),
    ("I313", BANK, "    unit: ms\n", "", "{s: 1000}"),
    ("I314", BANK, "answer: n * q", "answer: n * quantity", "quantity"),
    ("I315", BANK, "answer: n * q", "answer: 9 ** 9 ** 9", "** 9 ** 9"),
    ("I320", BANK, "[idempotent, idempotence]", """[idempotent, "' '"]""", """"' '\""""),
    ("I321", BANK, "[idempotent, idempotence]", "[idempotent, Idempotent]", "Idempotent"),
    ("I322", BANK, "accept: [idempotent, idempotence]\n    ", "", "id: t-q-word"),
    ("I331", BANK, MARK_ONE, "answers:\n      - {text: One option, why: It holds.}\n", "- {text: One option"),
    ("I330", BANK, "- Do the work", "- Look the token up ", "Look the token up \n"),
    ("I340", BANK, "Safe: [GET, HEAD]", "Safe: [GET]", "Safe: [GET]"),
    ("I350", BANK, "A {{token}} is remembered.", "Nothing is left out.", "|\n      Nothing is"),
    ("I351", BANK, "{{token}}", "{{token|}}", "|\n      A {{"),
    ("I352", BANK, "is remembered", "is {{remembered", "|\n      A {{"),
    ("I360", BANK, "lines: [2]", "lines: [4]", "4]"),
    (
        "I361",
        BANK,
        "insert(slot)\n          remember(token)\n    lines: [2]",
        "\n          remember(token)\n    lines: [2]",
        "2]",
    ),
    ("I362", BANK, "lines: [2]", "lines: [2, 2 ]", "2 ]"),
    ("I363", BANK, "lines: [2]", "lines: [1, 2, 3]", "[1, 2, 3]"),
    ("Q326", BANK, "check: {none_of: [fault]}", "check: {none_of: [clinic]}", "{none_of: [clinic]}"),
    ("I380", BANK, "rank: plausible", "rank: weak", "weak}\n      - {text: Which"),
    ("I381", BANK, "check: question", "check: questoin", "questoin"),
    ("I382", BANK, "check: {none_of: [fault]}", "check: {}", "{}}"),
    ("X500", CODE, "files: [sums.py]", "files: [sums.py, sums.py ]", "sums.py ]"),
    ("X510", EXERCISE, "stat: sum}", "stat: sum, where: {column: ms}}", "{column: ms}"),
    ("X520", EXERCISE, "values:\n", "values:\n  Sum: {file: data/calls.csv, column: ms, stat: sum}\n", "Sum: {"),
    ("X521", EXERCISE, "given: {f: [2, 3]}", "given: {f: [2, 3], total: [1, 2]}", "total: {file"),
    ("X522", EXERCISE, "total: {file: data/calls.csv", "total: {file: data/other.csv", "data/other.csv"),
    (
        "X523",
        EXERCISE,
        "- file: data/calls.csv",
        "- file: data/more.csv\n    about: More.\n  - file: data/calls.csv",
        "data/more",
    ),
    ("X524", EXERCISE, "column: ms", "column: sec", "{file: data/calls.csv, column"),
    ("X525", EXERCISE, "answer: total * f", "answer: total / (f - 2)", "/ (f - 2)"),
    ("X526", EXERCISE, "How many ms do all calls take", "How many ms ({all}) do all calls take", "{all}"),
    ("X533", MUTANTS, "kill: 2", "kill: 4", "4\nlimits"),
    ("X540", SCENARIO, TO_WEEKEND, "The page is blank.", "id: outage"),
    ("X541", SCENARIO, "decision: true", "decision: false", "false"),
    ("X542", SCENARIO, HOLD, "", "- id: ship"),
    ("X543", SCENARIO, "text: Ship it", f"text: Ship it {'now ' * 20}", "Ship it now"),
    ("X544", SCENARIO, "start: red-build", "start: red-bild", "red-bild"),
    ("X545", SCENARIO, "sets: [broke]", "sets: [broke, trust]", "- {id: trust"),
    ("X546", SCENARIO, "- id: loud\n    title", "- id: loud\n    when: trust < 10\n    title", "trust < 10"),
    ("X547", SCENARIO, GOOD_ENDINGS, "they know why.", "- id: quiet"),
    ("X548", SCENARIO, TO_WEEKEND, "The page is blank.\n    goto: red-build", "id: red-build"),
    ("X549", SCENARIO, "effects: {trust: 10}", "effects: {thrust: 10}", "thrust"),
    ("X550", SCENARIO, "start: 1200", "start: 6200", "6200"),
    ("X551", SCENARIO, "effects: {trust: -30}", "effects: {trust: -130}", "-130"),
    ("X552", SCENARIO, FAILS, "", "id: t-x-friday"),
    ("X560", SCENARIO, "goto: outage", "goto: weekend", "id: outage"),
    ("X561", SCENARIO, "when: trust >= 70", "when: trust >= 700", "id: honest"),
    ("X562", SCENARIO, TELL, CLOSED, "id: weekend"),
    ("X563", SCENARIO, "when: broke", "when: trust > 99", "trust > 99"),
    ("X564", SCENARIO, "when: broke", "when: 1 / (trust - 57) > 9", "1 / (trust"),
    ("X565", SCENARIO, "effects: {trust: -3, up-time: 10}", "effects: {trust: 12}", "id: red-build\n    decision"),
    ("X570", ARTEFACT, "{min: 30, max: 300}", "{min: 300, max: 30}", "300, max"),
    ("X571", ARTEFACT, LINT, "lint: {mentions: [review]}\n", "{mentions: [review]}"),
    ("X572", ARTEFACT, "items: {Options: 3}", "items: {Option: 3}", "Option: 3"),
    ("X573", ARTEFACT, "  Owner: Lena Vos\n\n", "  Lena Vos\n\n", "|\n  # Note 1\n\n  Lena"),
    ("X574", ARTEFACT, TEMPLATE, SAMPLE, "|\n  # Note 0"),
    ("X576", SURVEY, "confidence: [guess, fairly sure, sure]\n", "", "survey\ntitle"),
    ("X600", SIMULATION, "sets: [down]", "sets: [down, period]", "- id: q1"),
    ("X602", SIMULATION, "amount: 10 * people", 'amount: "64"', '"64"'),
    ("X603", SIMULATION, "p: 0.2 + 0.3 * (debt > 60)", "p: 1.3", "1.3"),
    ("Q381", SIMULATION, "speed: 1 - debt / 200", "speed: 1 - 1 / (debt - 40)", "1 - 1 / (debt"),
    ("Q382", SIMULATION, "when: debt <= 40", "when: debt < 0", "id: sound"),
    ("Q383", SIMULATION, "when: debt > 60, text", "when: debt > 600, text", "debt > 600"),
    ("Q384", SIMULATION, "p: 0.2 + 0.3 * (debt > 60)", "p: 0.2 + 0.9 * (debt > 60)", "0.2 + 0.9"),
    ("Q385", SIMULATION, "people: 6 + last_hires_engineers", "people: 6", "id: hires\n"),
    ("X581", DIFF, "{file: billing/metrics.py,", "{file: billing/metric.py,", "billing/metric.py"),
    ("X582", DIFF, "line: 28", "line: 280", "280"),
    ("X582", DIFF, "removed: 21\n    lines: [21, 22]", "removed: 12", "12\n    weight"),
    ("X582", DIFF, "lines: [29, 30]", "lines: [29, 36]", "[29, 36]"),
    ("X583", DIFF, "line: 36", "line: 32", "{file: billing/report.py, line: 32"),
    ("X585", DIFF, "    line: 28\n", "", "file: billing/report.py\n    weight"),
    ("X586", DIFF, "lines: [29, 30]", "lines: [30, 31]", "[30, 31]"),
    ("Q362", DIFF, TWO_FAULTS, ONE_FAULT, "- file: billing/metrics.py\n    line: 24"),
]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """The small course with an exercise of every kind, and still clean."""
    root = Path(shutil.copytree(CLEAN, tmp_path / "course"))
    ids = ["t-x-add-up"]
    for kind, name in NAMES.items():
        folder = Path(shutil.copytree(FOLDERS[kind], root / MODULE / "exercises" / name))
        file = folder / "exercise.yaml"
        text = re.sub(r"^objectives: .*", "objectives: [t-contract]", file.read_text(encoding="utf-8"), flags=re.M)
        file.write_text(re.sub(r"module: t\d", "module: t01", text), encoding="utf-8")
        ids.append(re.findall(r"^id: (.*)", text)[0])
    bank, head = root / BANK, root / HEAD
    bank.write_text(bank.read_text(encoding="utf-8") + ITEMS, encoding="utf-8")
    text = head.read_text(encoding="utf-8")
    head.write_text(text.replace("[t-x-add-up]", f"[{', '.join(ids)}]"), encoding="utf-8")
    return root


def run_code(course: Path, changed: str = "") -> list[Problem]:
    """The problems found by running labs and items of that course: all, or those of the exercise or bank changed."""
    places = [(thing.path if isinstance(thing, Loaded) else thing.where.path, thing) for thing in runnable(course)]
    own = [thing for place, thing in places if changed.startswith(place.removesuffix("exercise.yaml"))]
    return list(check_code(own if changed else runnable(course), course, say=lambda _: None))


def test_the_course_to_spoil_is_clean(course: Path) -> None:
    assert check_course(course, TODAY) == ()
    assert run_code(course) == []


@pytest.mark.parametrize(("code", "path", "old", "new", "at"), WRITTEN)
def test_a_mistake_is_found_alone_and_in_place(course: Path, code: str, path: str, old: str, new: str, at: str) -> None:
    file = course / path
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    text = text.replace(old, new)
    file.write_text(text, encoding="utf-8", errors="surrogateescape")
    (problem,) = check_course(course, TODAY)
    assert (problem.code, problem.path) == (code, path), problem
    assert (problem.mark.line, problem.mark.column) == position(text, at), problem


def put(text: str | bytes) -> Callable[[Path], object]:
    """Writes that into the file."""
    return lambda path: path.write_bytes(text if isinstance(text, bytes) else text.encode())


def linked_out(path: Path) -> None:
    """A link that leads out of the course."""
    path.symlink_to("/etc/hostname")


def pipe(path: Path) -> None:
    """A pipe, which nobody writes into."""
    os.mkfifo(path)


def folder(path: Path) -> None:
    """A folder where a file should be."""
    path.mkdir()


def removed(path: Path) -> None:
    """Nothing there."""
    path.unlink()


NEW_READING = f"{MODULE}/readings/2-new.yaml"
LAB = f"{MODULE}/exercises/adding"
REVIEW = f"{MODULE}/exercises/review"
TESTS = f"{MODULE}/exercises/noticing"
SUBJECT = (FOLDERS["mutants"] / "subject" / "booking.py").read_bytes()
CHANGED = [
    # code, file that is changed, how, where the problem is, line and column there
    ("Y101", NEW_READING, put("a: " + "x" * 2_000_000), NEW_READING, 1, 1),
    ("Y102", f"{MODULE}/exercises/empty", folder, f"{MODULE}/exercises/empty/exercise.yaml", 1, 1),
    ("Y103", NEW_READING, pipe, NEW_READING, 1, 1),
    ("Y103", NEW_READING, folder, NEW_READING, 1, 1),
    ("Y114", NEW_READING, put("# nothing yet\n"), NEW_READING, 1, 1),
    ("C404", NEW_READING, linked_out, NEW_READING, 1, 1),
    ("C424", "notes.txt", put("x"), "notes.txt", 1, 1),
    ("X523", f"{MODULE}/exercises/add-up/data/calls.csv", removed, EXERCISE, 9, 11),
    ("X530", f"{LAB}/starter/sums.py", put(b"\xff"), CODE, 8, 9),
    ("X530", f"{LAB}/check.py", removed, CODE, 2, 7),
    ("X531", f"{LAB}/solution/more.py", put("x = 1\n"), CODE, 8, 8),
    ("X532", f"{LAB}/solution/sums.py", put("def f(:\n"), CODE, 8, 9),
    ("X580", f"{REVIEW}/change.diff", put("--- a\n"), DIFF, 2, 7),
    ("Q361", f"{REVIEW}/after/billing/more.py", put("x = 1\n" * 31), DIFF, 2, 7),
    ("Q363", f"{REVIEW}/after/billing/more.py", put("x = 1" + "0" * 96 + "\n"), DIFF, 2, 7),
    ("Q363", f"{REVIEW}/after/billing/more.py", put("x = '\U0001f600'\n"), DIFF, 2, 7),
    ("X534", f"{TESTS}/mutants/sharp.py", put(SUBJECT), MUTANTS, 13, 11),
    ("X535", f"{TESTS}/mutants/whole.patch", put("--- a\n+++ a\n@@ -1 +1 @@\n-x\n+y\n"), MUTANTS, 18, 11),
    ("X536", f"{TESTS}/mutants/more.py", put("x = 1\n"), MUTANTS, 13, 3),
]


@pytest.mark.parametrize(("code", "path", "change", "where", "line", "column"), CHANGED)
def test_a_file_that_is_not_as_it_should_be_is_found_alone(
    course: Path, code: str, path: str, change: Callable[[Path], object], where: str, line: int, column: int
) -> None:
    change(course / path)
    (problem,) = check_course(course, TODAY)
    assert (problem.code, problem.path, problem.mark.line, problem.mark.column) == (code, where, line, column)


def test_a_folder_that_cannot_be_read_is_found(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str | Path) -> list[str]:
        if str(path).endswith("/readings"):
            raise PermissionError(13, "Permission denied")
        return listing(path)

    listing = os.listdir
    monkeypatch.setattr(os, "listdir", refuse)
    found = [p for p in check_course(course, TODAY) if p.code.startswith("C40")]
    assert [(p.code, p.path, p.mark.line, p.mark.column) for p in found] == [("C405", f"{MODULE}/readings", 1, 1)]


def test_the_program_says_what_a_module_lists_and_has_not(course: Path) -> None:
    file = course / HEAD
    text = file.read_text(encoding="utf-8").replace("readings: [t-retry]", "readings: [t-retry, t-retrry]")
    file.write_text(text, encoding="utf-8")
    line, column = position(text, "t-retrry")
    (problem,) = build_outline(course).modules[0].broken
    assert problem.startswith(f"{HEAD}:{line}:{column}: error C410: ")


RUN = [
    # code, file, what is there, what is put there, where the problem is, what is there
    ("R702", BANK, 'stdout: "2"', 'stdout: "3"', BANK, '"3"'),
    ("R703", f"{LAB}/starter/sums.py", None, None, CODE, "[sums.py]"),
    ("R704", f"{LAB}/solution/sums.py", None, None, CODE, "[sums.py]"),
    ("R703", f"{TESTS}/starter/test_booking.py", None, None, MUTANTS, "[test_booking.py]"),
    ("R704", f"{TESTS}/solution/test_booking.py", "fee(40, 24)", "fee(40, 25)", MUTANTS, "a cancellation"),
]


@pytest.mark.parametrize(("code", "path", "old", "new", "where", "at"), RUN)
def test_what_only_running_shows_is_found_alone_and_in_place(
    course: Path, code: str, path: str, old: str | None, new: str | None, where: str, at: str
) -> None:
    file = course / path
    if old is None or new is None:
        other = {"starter": "solution", "solution": "starter"}[file.parent.name]
        file.write_bytes((file.parent.parent / other / file.name).read_bytes())
    else:
        file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert check_course(course, TODAY) == ()
    (problem,) = run_code(course, path)
    assert (problem.code, problem.path) == (code, where)
    assert (problem.mark.line, problem.mark.column) == position((course / where).read_text(encoding="utf-8"), at)


def test_mutants_that_any_test_notices_are_found(course: Path) -> None:
    for name in ("sharp.py", "whole.py"):
        (course / TESTS / "mutants" / name).write_bytes(SUBJECT.replace(b"LIMIT = 50", b"LIMIT = 50 / 0"))
    text = (course / MUTANTS).read_text(encoding="utf-8")
    text = text.replace("mutants/whole.patch", "mutants/whole.py\n    replaces: booking.py")
    (course / MUTANTS).write_text(text, encoding="utf-8")
    (course / TESTS / "mutants/whole.patch").unlink()
    assert check_course(course, TODAY) == ()
    problems = {problem.code: problem for problem in run_code(course, MUTANTS)}
    assert set(problems) == {"R703", "R705"}
    assert problems["R705"].message == "a test that only imports the code notices 2 of 3 mutants"
    assert (problems["R705"].mark.line, problems["R705"].mark.column) == position(text, "2\nlimits")


ELSEWHERE = {
    "R705": test_mutants_that_any_test_notices_are_found,
    "C405": test_a_folder_that_cannot_be_read_is_found,
    "C410": test_the_program_says_what_a_module_lists_and_has_not,
    "C419": test_check.test_a_survey_about_a_module_that_is_not_there_is_found,
    "C421": test_check.test_an_objective_without_anything_is_found_three_times,
    "C431": test_terms.test_nine_new_terms_are_too_many,
    "C432": test_terms.test_a_term_is_found_where_it_is_used_before_it_is_defined,
    "C433": test_terms.test_a_topic_that_no_item_asks_is_found_where_items_name_topics,
    "Q307": test_check.test_options_with_numbers_of_different_things_must_be_sorted,
    "Q321": test_check_bank.test_a_grader_that_does_not_agree_with_itself_is_found,
    "Q322": test_check_bank.test_a_grader_that_does_not_agree_with_itself_is_found,
    "Q323": test_check_bank.test_a_grader_that_does_not_agree_with_itself_is_found,
    "Q341": test_check_bank.test_a_leaky_bank_is_found_in_its_file,
    "Q342": test_check_bank.test_too_few_kinds_are_found_in_their_file,
    "Q344": test_check_bank.test_a_copied_question_is_found_in_its_place,
    "Q345": test_strategies.test_a_bank_with_cues_is_found_in_its_file,
    "Q346": test_check_bank.test_a_leaky_bank_is_found_in_its_file,
    "Q347": test_strategies.test_a_bank_with_cues_is_found_in_its_file,
    "X566": test_scenarios.test_a_second_duty_is_an_error,
    "X567": test_scenarios.test_a_duty_that_is_a_dilemma_is_a_warning,
    "X568": test_scenarios.test_chance_that_hardly_matters_is_found_in_the_scenario_and_in_the_course,
    "X569": test_scenarios.test_chance_that_hardly_matters_is_found_in_the_scenario_and_in_the_course,
    "X575": test_repeated_survey.test_a_survey_that_cannot_be_repeated_is_found,
    "C434": test_repeated_survey.test_a_survey_that_cannot_be_repeated_is_found,
    "X601": test_simulation.test_a_period_with_nothing_to_divide_is_found,
}
"""Codes whose mistake is more than one change, or none that a file can hold."""


def test_every_code_in_the_program_is_triggered_by_a_test() -> None:
    files = Path(dev2cto.__file__).parent.rglob("*.py")
    codes = {code for file in files for code in re.findall(r'"([A-Z]\d{3})"', file.read_text(encoding="utf-8"))}
    assert len(codes) > 100
    assert {code for code, *_ in (*MISTAKES, *WRITTEN, *CHANGED, *RUN)} | set(ELSEWHERE) == codes
