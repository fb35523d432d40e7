"""Every rule, triggered alone by one mistake in a small course that is otherwise clean."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from dev2cto.course.check.check import RULES, TITLES, check_course

TODAY = date(2026, 11, 23)
CLEAN = Path(__file__).parents[1] / "smallcourse"
MODULE = "modules/01-small"
BANK, HEAD, READING = f"{MODULE}/bank.yaml", f"{MODULE}/module.yaml", f"{MODULE}/readings/1-retry.yaml"
EXERCISE = f"{MODULE}/exercises/add-up/exercise.yaml"

KEY = "A token that both copies carry and the server remembers"
WAIT = "A longer wait before each retry, doubled after failures"
STATUS = "A status of 202 that is sent before the work is done"
TWO_DISTRACTORS = f"{WAIT}\n        why: Backoff spreads load; the second copy still books.\n      - text: {STATUS}"
TWO_REASONS = TWO_DISTRACTORS.replace("doubled after failures", "if the server is busy").replace(
    "before the work is done", "since it comes early"
)
ADDED = "{text: An optional query parameter, why: Without it everything stays as it was.}"
FIELD = "{text: One more field in the response, why: Tolerant readers skip it.}"
MARK_ALL = "Which changes keep old clients working? Mark all that apply."
READ = "    read: t-retry.token\n"
ART = "        client --> server\n        client --> server"

LONG_RIGHTS = (
    "{text: An optional query parameter that has a default which means what was meant before, why: w}\n"
    "      - {text: One more field in the response that tolerant readers will skip when they meet it, why: w}"
)
BRACKETS = (
    '{text: "An optional query parameter (new)", why: Without it everything stays as it was.}\n'
    '      - {text: "One more field (new) in the response", why: Tolerant readers skip it.}'
)
SORT = "objective: t-contract\n    level: apply\n    prompt: |\n      Sort"
TERM = "terms:\n  - term: Idempotency key\n    definition: The same again."
SAME_DAY = "as_of: 2026-11-23\n    recheck_by: 2026-11-23"
SOURCE = "sources:\n  - id: unused-1999\n    authors: N\n    title: N\n    year: 1999\n    kind: book"

MISTAKES = [
    # code, file, what is there, what is put there, where the problem must be
    ("Q301", BANK, "\n        why: Backoff spreads load; the second copy still books.", "", WAIT),
    ("Q302", BANK, STATUS, f"{WAIT.lower()}.", f"{WAIT.lower()}."),
    ("Q302", BANK, "[GET, HEAD]", "[GET, the get]", "the get"),
    ("Q303", BANK, KEY, f"{KEY}, under which the stored result is found for the next one", KEY),
    ("Q303", BANK, f"{ADDED}\n      - {FIELD}", LONG_RIGHTS, "An optional query parameter that"),
    ("Q304", BANK, KEY, "A token (sent in both copies) that the server remembers", "A token (sent"),
    ("Q304", BANK, KEY, "A token that both copies usually carry to the server", "A token that"),
    (
        "Q304",
        BANK,
        f"{ADDED}\n      - {FIELD}",
        BRACKETS.replace(" (new)", ", new"),
        '"An optional query parameter, new',
    ),
    ("Q304", BANK, f"{ADDED}\n      - {FIELD}", BRACKETS, '"An optional query parameter (new)'),
    ("Q305", BANK, STATUS, "A status of 202 that is always sent before the work", "always sent"),
    ("Q306", BANK, KEY, "A token that the client copies and the server remembers", "client copies"),
    (
        "Q311",
        BANK,
        "Additions are harmless as long as silence keeps its old meaning.",
        "An optional field.",
        "|\n      An optional field.",
    ),
    ("Q312", BANK, 'It comes from the Latin for "same".', "Five letters of it are in idempotent.", "idempotent."),
    ("Q312", BANK, "What is the same in both copies?", f"{KEY.lower()}?", KEY.lower()),
    ("Q313", BANK, "waiting only moves it", "the second option only moves it", "the second option"),
    ("Q313", BANK, "A price as text in place of a number", "None of the above", "None of the above"),
    ("Q314", BANK, "What prevents it?", "What does not prevent it?", "not prevent"),
    ("Q314", BANK, "What prevents it?", "What prevents it, except luck?", "except luck"),
    ("Q315", BANK, MARK_ALL, "What keeps old clients working?", "|\n      What keeps"),
    ("Q316", BANK, "queries of {q} ms", "queries of some ms", "[4, 6.5]"),
    ("Q316", BANK, "Which of them run at the same time?", "Which of the {k} run at the same time?", "{k} run"),
    ("Q324", BANK, "value: n + q", "value: q * n + 0.4", "q * n + 0.4"),
    ("Q325", EXERCISE, "value: total + f", "value: total * f * 1", "total * f * 1"),
    ("Q331", BANK, f"      {MARK_ALL}", f"      {MARK_ALL}" + "\n\n      Long." * 8, f"|\n      {MARK_ALL}"),
    ("Q332", BANK, "Sort the methods by", "Sort the methods \u2705 by", "\u2705"),
    ("Q332", BANK, "Nothing asks", "Nothing\u200b asks", "\u200b"),
    ("Q332", BANK, "          insert(slot)", "          insert(\tslot)", "\tslot"),
    ("Q332", READING, "client knows nothing", "client\u00ad knows nothing", "\u00ad"),
    ("Q332", HEAD, "title: Calls that may", "title: Calls that \U0001f600 may", "\U0001f600"),
    ("Q332", EXERCISE, "Sum first, then", "Sum first \u26a0, then", "\u26a0"),
    ("Q333", READING, ART, ART + "\n        " + "-" * 72 + "X", "X\n"),
    ("Q333", READING, "      POST /bookings", "      " + "P" * 68 + "OST", "OST"),
    ("Q333", READING, "      | first | 1        |", "      | first " + "." * 62 + "Y|", "Y|"),
    ("Q333", BANK, "          insert(slot)", "          insert(" + "s" * 57 + "Z)", "Z)"),
    ("Q334", READING, "The **idempotency key** stays", "# The **idempotency key** stays", "# The"),
    ("Q334", READING, "The **idempotency key** stays", "The <br> **idempotency key** stays", "<br>"),
    ("Q334", BANK, "Queries that wait", "Queries (https://example.org) that wait", "https://"),
    ("Q334", EXERCISE, "Five calls of one Monday.", "Five calls of [one](monday.html) Monday.", "](monday"),
    ("Q334", "facts.yaml", "what: Share of calls", "what: Share ![x] of calls", "![x]"),
    ("Q335", READING, "client knows nothing", "client&nbsp;knows nothing", "&nbsp;"),
    ("Q335", READING, "client knows nothing", "client __knows__ nothing", "__knows__"),
    ("Q335", BANK, "Sort the methods by", "Sort the 2*3*4 methods by", "*3*4"),
    ("Q335", EXERCISE, "Sum first, then", "Sum &#9; first, then", "&#9;"),
    ("Q336", BANK, "Nothing asks", "Nothing \u0430sks", "\u0430sks"),
    ("Q336", HEAD, "title: Calls that may", "title: C\u03bflls that may", "\u03bflls"),
    ("Q337", HEAD, "title: Calls that may fail", "title: TITLE OF THE MODULE", "TITLE OF"),
    ("Q337", BANK, "Sort the methods by", "THE QUESTION: WHAT FOLLOWS FOR t-q-x? By", "WHAT FOLLOWS FOR"),
    ("Q337", READING, "topics: [retries]", "topics: [HEADING]", "HEADING"),
    ("Q343", BANK, "level: apply", "level: understand", "items:"),
    ("Q348", BANK, KEY, "A token so that the server can tell the copies apart", "so that the server"),
    ("Q348", BANK, TWO_DISTRACTORS, TWO_REASONS, "if the server is busy"),
    ("Q349", BANK, "What prevents it?", "A wait, a status and a proxy were tried. What prevents it?", KEY),
    ("Q351", BANK, READ, f"{READ}    silence: [{{rule: Q399, reason: Wanted.}}]\n", "Q399"),
    ("Q352", BANK, READ, f"{READ}    silence: [{{rule: Q305, reason: Wanted.}}]\n", "Q305"),
    ("Q351", BANK, "items:\n", "silence: [{rule: Q399, reason: Wanted.}]\nitems:\n", "Q399"),
    ("Q352", BANK, "items:\n", "silence: [{rule: Q305, reason: Wanted.}]\nitems:\n", "Q305"),
    ("Q351", HEAD, "step: 1", "silence: [{rule: C999, reason: Wanted.}]\nstep: 1", "C999"),
    ("Q352", HEAD, "step: 1", "silence: [{rule: C421, reason: Wanted.}]\nstep: 1", "C421"),
    ("Q353", HEAD, "step: 1", "checks: {Q399: warning}\nstep: 1", "warning"),
    ("Q353", "course.yaml", "modules:", "checks: {standard-3: error}\nmodules:", "error"),
    ("C411", HEAD, "readings: [t-retry]", "readings: [t-retry, t-retrry]", "t-retrry"),
    ("C411", HEAD, "exercises: [t-x-add-up]", "exercises: [t-x-add-up, t-x-add-up]", "t-x-add-up]"),
    ("C412", BANK, "id: t-q-word", "id: t-q-sum", "t-q-sum\n    kind: short"),
    ("C412", BANK, "id: t-q-word", "id: t-contract", "t-contract\n    kind: short"),
    ("C412", "glossary.yaml", "terms:", TERM, "idempotency key\n    definition: A token"),
    ("C413", BANK, SORT, SORT.replace("t-contract", "t-contact"), "t-contact"),
    ("C413", READING, "objectives: [t-contract]", "objectives: [t-contract, t-none]", "t-none"),
    ("C413", EXERCISE, "objectives: [t-contract]", "objectives: [t-contract, t-none]", "t-none"),
    ("C414", BANK, "read: t-retry.token", "read: t-retry.tokens", "t-retry.tokens"),
    ("C415", READING, "check: t-q-retry", "check: t-q-retri", "t-q-retri"),
    ("C426", HEAD, "quiz: {minutes: 5}", "quiz: {minutes: 5}\nfinal: {items: 4, per_step: 1}", "4, per"),
    ("C425", READING, "check: t-q-retry", "check: t-q-final", "t-q-final"),
    ("C416", READING, "terms: [idempotency key]", "terms: [idempotency key, token]", "token]"),
    ("C416", "glossary.yaml", "see: [t-retry]", "see: [t-retries]", "t-retries"),
    ("C417", READING, "[@nygard-2018].", "[@nygard-2018], [@status-page].", "[@status-page]"),
    ("C417", READING, "[=retry-share]", "[=retry-shares]", "[=retry-shares]"),
    ("C417", READING, "sources: [nygard-2018]", "sources: [nygard-2018, status-page]", "status-page"),
    ("C417", BANK, "Nothing asks whether", "Nothing [@nobody-2020] asks whether", "[@nobody-2020]"),
    ("C417", "sources.yaml", "sources:", SOURCE, "unused-1999"),
    ("C418", "course.yaml", "t-old-name: t-retry", "t-old-name: t-gone", "t-gone"),
    ("C418", "course.yaml", "t-old-name: t-retry", "t-q-sum: t-retry", "t-retry"),
    ("C422", "facts.yaml", "recheck_by: 2027-06-30", "recheck_by: 2026-11-22", "2026-11-22"),
    ("C423", "facts.yaml", "recheck_by: 2027-06-30", "recheck_by: 2027-06-31", "2027-06-31"),
    ("C423", "facts.yaml", "as_of: 2026-11-01", "as_of: 2026-12-01", "2026-12-01"),
    ("C423", "facts.yaml", "as_of: 2026-11-01\n    recheck_by: 2027-06-30", SAME_DAY, "2026-11-23\n    source"),
    ("C423", "facts.yaml", "source: status-page", "source: status-pages", "status-pages"),
]

SEVERITIES = {rule.code: rule.severity for rule in RULES}
"""What the rules say of themselves, where a course says nothing."""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A copy of the small course to spoil."""
    return Path(shutil.copytree(CLEAN, tmp_path / "course"))


def spoil(course: Path, path: str, old: str, new: str) -> str:
    """Put `new` where `old` stood everywhere in the file; the text that came of it."""
    text = (course / path).read_text(encoding="utf-8")
    assert old in text
    text = text.replace(old, new)
    (course / path).write_text(text, encoding="utf-8")
    return text


def position(text: str, at: str) -> tuple[int, int]:
    """Line and column of the only place where `at` occurs."""
    assert text.count(at) == 1, at
    before = text[: text.index(at)]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def test_the_small_course_is_clean(course: Path) -> None:
    assert check_course(course, TODAY) == ()


@pytest.mark.parametrize(("code", "path", "old", "new", "at"), MISTAKES)
def test_a_mistake_is_found_alone_and_in_place(course: Path, code: str, path: str, old: str, new: str, at: str) -> None:
    text = spoil(course, path, old, new)
    (problem,) = check_course(course, TODAY)
    assert (problem.code, problem.path) == (code, path), problem
    assert (problem.mark.line, problem.mark.column) == position(text, at), problem
    assert problem.severity == SEVERITIES.get(code, "error")


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        ("notes.txt", ()),
        ("modules/01-small/bank.yaml.bak", ()),
        ("modules/01-small/readings/1-retry.md", ()),
        ("modules/01-small/exercises/add-up/notes.md", ()),
        ("modules/01-small/exercises/add-up/data/.DS_Store", ()),
        ("modules/01-small/exercises/.cache/x", ()),
        (".git/config", ()),
    ],
)
def test_a_file_that_nothing_uses_is_found(course: Path, path: str, steps: tuple[str, ...]) -> None:
    (course / path).parent.mkdir(parents=True, exist_ok=True)
    (course / path).write_text("x")
    (problem,) = check_course(course, TODAY)
    assert (problem.code, problem.path, problem.mark.line, problem.mark.column) == ("C424", path, 1, 1)


def test_every_rule_has_a_mistake_that_triggers_it() -> None:
    elsewhere = {"Q307", "Q321", "Q322", "Q323", "Q326", "Q341", "Q342", "Q344", "Q345", "Q346", "Q347"}
    elsewhere |= {"C419", "C421", "C424", "C431", "C432", "C433", "C434"}
    elsewhere |= {"X552", "X565", "X566", "X567", "X568", "X569"}
    elsewhere |= {"Q381", "Q382", "Q383", "Q384", "Q385"}
    elsewhere |= {"Q361", "Q362", "Q363"}
    assert {code for code, *_ in MISTAKES} | elsewhere == set(TITLES) | {"Q351", "Q352", "Q353"}


def test_options_with_numbers_of_different_things_must_be_sorted(course: Path) -> None:
    for old, new in (
        (KEY, "2 copies that carry one token to the server"),
        (WAIT, "3 waits that grow before each further retry"),
        (STATUS, "4 statuses that go out before the work ends"),
        ("A proxy in front that keeps the connection open longer", "5 proxies that keep their connections open"),
    ):
        text = spoil(course, BANK, old, new)
    (problem,) = check_course(course, TODAY)
    assert problem.code == "Q307"
    assert (problem.mark.line, problem.mark.column) == position(text, "2 copies that")
    spoil(course, BANK, READ, f"{READ}    order: sorted\n")
    assert check_course(course, TODAY) == ()


def test_an_objective_without_anything_is_found_three_times(course: Path) -> None:
    text = spoil(course, HEAD, "to repeat.", "to repeat.\n  - id: t-bare\n    text: Do nothing.")
    problems = check_course(course, TODAY)
    assert {(p.code, p.mark.line, p.mark.column) for p in problems} == {("C421", *position(text, "t-bare"))}
    assert [p.message.removeprefix("the objective t-bare has ") for p in problems] == [
        "0 items of 0 kinds (3 of 2 are needed)",
        "no exercise",
        "no reading",
    ]


def test_a_module_without_a_quiz_needs_no_coverage(course: Path) -> None:
    spoil(course, HEAD, "quiz: {minutes: 5}\n", "")
    spoil(course, HEAD, "to repeat.", "to repeat.\n  - id: t-bare\n    text: Do nothing.")
    spoil(course, BANK, "level: apply", "level: remember")
    assert check_course(course, TODAY) == ()


def test_a_silence_with_a_reason_is_obeyed(course: Path) -> None:
    spoil(course, BANK, STATUS, "A status of 202 that is always sent before the work")
    spoil(course, BANK, READ, f"{READ}    silence: [{{rule: Q305, reason: The specification says always.}}]\n")
    assert check_course(course, TODAY) == ()


def test_a_silence_without_a_reason_is_none(course: Path) -> None:
    spoil(course, BANK, STATUS, "A status of 202 that is always sent before the work")
    spoil(course, BANK, READ, f"{READ}    silence: [{{rule: Q305}}]\n")
    assert "S204" in {problem.code for problem in check_course(course, TODAY)}


def test_a_module_that_course_yaml_forgets_is_found(course: Path) -> None:
    shutil.copytree(course / MODULE, course / "modules/02-other")
    (problem,) = check_course(course, TODAY)
    assert (problem.code, problem.path) == ("C424", "modules/02-other")


def test_the_same_step_and_the_same_ids_in_two_modules_are_found(course: Path) -> None:
    shutil.copytree(course / MODULE, course / "modules/02-other")
    spoil(course, "course.yaml", "  - 01-small", "  - 01-small\n  - 02-other")
    problems = check_course(course, TODAY)
    assert {problem.code for problem in problems} == {"C412"}
    assert "duplicate step '1' in the course" in {problem.message for problem in problems}
    assert {problem.path for problem in problems} >= {p.replace("01-small", "02-other") for p in (BANK, HEAD, READING)}


def test_a_broken_file_brings_no_crowd_of_followers(course: Path) -> None:
    spoil(course, BANK, "    level: analyse\n    prompt: |\n      Mark the line", "    prompt: |\n      Mark the line")
    (problem,) = check_course(course, TODAY)
    assert (problem.code, problem.message) == ("S204", "'level' is missing")
    spoil(course, BANK, "id: t-q-retry\n    kind: single", "id: t-q-retry\n    kind: singel")
    assert {problem.code for problem in check_course(course, TODAY)} == {"S203", "S204"}


def test_a_course_without_course_yaml_says_so(tmp_path: Path) -> None:
    (problem,) = check_course(tmp_path, TODAY)
    assert str(problem) == "course.yaml:1:1: error Y102: the file is missing"


def test_problems_come_by_file_and_place(course: Path) -> None:
    spoil(course, BANK, "Nothing asks", "Nothing\u200b asks")
    spoil(course, BANK, STATUS, "A status of 202 that is always sent before the work")
    spoil(course, "facts.yaml", "2027-06-30", "2026-11-22")
    problems = check_course(course, TODAY)
    assert [(p.path, p.code, p.severity) for p in problems] == [
        ("facts.yaml", "C422", "warning"),
        (BANK, "Q305", "error"),
        (BANK, "Q332", "error"),
    ]


def test_an_exercise_without_its_data_is_found_in_its_file(course: Path) -> None:
    (course / MODULE / "exercises/add-up/data/calls.csv").unlink()
    problems = check_course(course, TODAY)
    assert {(problem.code, problem.path) for problem in problems} == {("X523", EXERCISE)}


SURVEY = """id: t-x-before
kind: survey
title: Before
minutes: 5
objectives: [t-contract]
brief: |
  Rate yourself.
scale: [never, with help, alone, teach it]
confidence: [guess, fairly sure, sure]
statements:
  - {id: s1, module: t01, text: I can repeat a call.}
  - {id: s2, module: t09, text: I can do something else.}
file: plan.md
template: |
  # Plan
"""


def test_a_survey_about_a_module_that_is_not_there_is_found(course: Path) -> None:
    path = f"{MODULE}/exercises/before/exercise.yaml"
    (course / path).parent.mkdir()
    (course / path).write_text(SURVEY)
    spoil(course, HEAD, "exercises: [t-x-add-up]", "exercises: [t-x-add-up, t-x-before]")
    (problem,) = check_course(course, TODAY)
    assert (problem.code, problem.path) == ("C419", path)
    assert (problem.mark.line, problem.mark.column) == position(SURVEY, "t09")


def test_a_figure_is_due_on_the_day_after(course: Path) -> None:
    spoil(course, "facts.yaml", "recheck_by: 2027-06-30", "recheck_by: 2026-11-23")
    assert check_course(course, TODAY) == ()
    assert [problem.code for problem in check_course(course, date(2026, 11, 24))] == ["C422"]


def test_eighteen_rows_fit_and_nineteen_do_not(course: Path) -> None:
    question = "      Which changes keep old clients working? Mark all that apply."
    spoil(course, BANK, question, question + "\n\n      Long." * 6)
    assert check_course(course, TODAY) == ()
    spoil(course, BANK, question, question + "\n      " + "word " * 16)
    assert [problem.message for problem in check_course(course, TODAY)] == [
        "question and options take 19 rows; only 18 fit"
    ]
