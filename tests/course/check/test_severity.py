"""What a finding is: error, warning or nothing, as the rule, course.yaml and module.yaml have it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dev2cto.course.check import check
from dev2cto.course.check.check import RULES, check_course
from dev2cto.course.check.rules import SECOND_STANDARD, Finding, second_standard
from dev2cto.items.base import Item
from tests.course.check.test_check import BANK, CLEAN, HEAD, READ, STATUS, TODAY, spoil

ALWAYS = "A status of 202 that is always sent before the work"
COURSE = "course.yaml"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """The small course with one fault that Q305 finds."""
    root = Path(shutil.copytree(CLEAN, tmp_path / "course"))
    spoil(root, BANK, STATUS, ALWAYS)
    return root


def found(course: Path) -> list[tuple[str, str]]:
    return [(problem.code, problem.severity) for problem in check_course(course, TODAY)]


def say(course: Path, file: str, checks: str) -> None:
    """Put those checks into the head of course.yaml or module.yaml."""
    spoil(course, file, "title:", f"checks: {{{checks}}}\ntitle:")


def test_a_rule_is_what_it_says_where_nobody_says_otherwise(course: Path) -> None:
    assert found(course) == [("Q305", "error")]


@pytest.mark.parametrize("file", [COURSE, HEAD])
@pytest.mark.parametrize("weight", ["error", "warning", "off"])
def test_course_and_module_set_what_a_rule_is(course: Path, file: str, weight: str) -> None:
    say(course, file, f"Q305: {weight}")
    assert found(course) == ([("Q305", weight)] if weight != "off" else [])


def test_the_module_beats_the_course(course: Path) -> None:
    say(course, COURSE, "Q305: off")
    say(course, HEAD, "Q305: warning")
    assert found(course) == [("Q305", "warning")]


def test_what_a_module_sets_holds_for_what_the_whole_course_is_checked_for(course: Path) -> None:
    spoil(course, BANK, "read: t-retry.token", "read: t-retry.gone")
    say(course, HEAD, "C414: warning")
    assert sorted(found(course)) == [("C414", "warning"), ("Q305", "error")]


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Q305 as a rule of the second standard."""

    def find(item: Item) -> Iterator[Finding]:
        return old.find(item)

    old = next(rule for rule in RULES if rule.code == "Q305")
    new = second_standard(old.code, old.title, old.about, find)
    monkeypatch.setattr(check, "RULES", (*(rule for rule in RULES if rule is not old), new))


@pytest.mark.usefixtures("newer")
def test_a_rule_of_the_second_standard_warns(course: Path) -> None:
    assert found(course) == [("Q305", "warning")]


@pytest.mark.usefixtures("newer")
def test_a_group_is_set_as_one_and_a_code_beats_it(course: Path) -> None:
    say(course, COURSE, f"{SECOND_STANDARD}: error")
    assert found(course) == [("Q305", "error")]
    say(course, HEAD, f"{SECOND_STANDARD}: warning, Q304: off")
    assert found(course) == [("Q305", "warning")]
    spoil(course, HEAD, "Q304: off", "Q305: off")
    assert found(course) == []


@pytest.mark.parametrize(("file", "before"), [(BANK, "items:"), (HEAD, "step:")])
def test_a_silence_of_bank_or_module_is_obeyed(course: Path, file: str, before: str) -> None:
    spoil(course, file, f"{before}", f"silence: [{{rule: Q305, reason: Wanted here.}}]\n{before}")
    assert found(course) == []


def test_of_two_silences_the_nearer_is_of_use_and_the_other_is_reported(course: Path) -> None:
    spoil(course, BANK, READ, f"{READ}    silence: [{{rule: Q305, reason: Wanted.}}]\n")
    spoil(course, HEAD, "step:", "silence: [{rule: Q305, reason: Wanted here.}]\nstep:")
    (problem,) = check_course(course, TODAY)
    assert (problem.code, problem.path, problem.message) == ("Q352", HEAD, "Q305 finds nothing here")


def test_a_module_silences_what_the_whole_course_is_checked_for(course: Path) -> None:
    spoil(course, HEAD, "to repeat.", "to repeat.\n  - id: t-bare\n    text: Do nothing.")
    spoil(course, HEAD, "step:", "silence: [{rule: C421, reason: Not written yet.}]\nstep:")
    assert found(course) == [("Q305", "error")]


def test_an_unknown_code_comes_with_the_one_that_was_meant(course: Path) -> None:
    say(course, COURSE, "Q35: off")
    say(course, HEAD, "standard2: off")
    problems = [problem for problem in check_course(course, TODAY) if problem.code == "Q353"]
    assert [(p.path, p.severity, p.message, p.hint[:13]) for p in problems] == [
        (COURSE, "error", "unknown rule or group Q35", "did you mean "),
        (HEAD, "error", "unknown rule or group standard2", "did you mean "),
    ]
