"""A final form and the items that it draws, in the files of a course."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from dev2cto.course.check.check import check_course
from dev2cto.course.outline_builder import build_outline
from tests.support.studies import COURSE

TODAY = date(2026, 11, 23)
FORM = "final: {items: 8, per_step: 3, minutes: 10}"
HEAD = "modules/11-capstone/module.yaml"
OFF = 'checks: {C421: "off", Q304: "off", Q305: "off", Q311: "off", Q361: "off", Q362: "off"}\n'
"""What else a checker says about the sample course."""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """The sample course, to spoil."""
    course = Path(shutil.copytree(COURSE, tmp_path / "course"))
    with open(course / "course.yaml", "a", encoding="utf-8") as head:
        head.write(OFF)
    return course


def spoil(course: Path, path: str, old: str, new: str) -> list[tuple[str, str]]:
    """The problems after that change, by code."""
    file = course / path
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))
    return [(problem.code, problem.message) for problem in check_course(course, TODAY)]


def test_the_course_to_spoil_is_clean(course: Path) -> None:
    assert check_course(course, TODAY) == ()


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ("final: {items: 11, per_step: 3}", "needs 11 items; the modules have 10"),
        ("final: {items: 5, per_step: 3}", "3 items from each of 2 steps are more than 5 in all"),
    ],
)
def test_a_form_that_its_items_cannot_fill_is_found(course: Path, form: str, message: str) -> None:
    ((code, found),) = spoil(course, HEAD, FORM, form)
    assert code == "C426"
    assert message in found


def test_a_step_with_too_few_items_is_found(course: Path) -> None:
    assert spoil(course, HEAD, FORM, "final: {items: 10, per_step: 5}") == []
    bank = course / "modules/01-calls/bank.yaml"
    bank.write_text(bank.read_text().replace("    final: true\n", "", 1))
    messages = [problem.message for problem in check_course(course, TODAY) if problem.code == "C426"]
    assert "01-calls has 4 items for the final form; 5 are needed per step" in messages


def test_what_is_not_scored_is_not_for_the_final_form(course: Path) -> None:
    written = (
        "  - id: c1-f-why\n    kind: explain\n    objective: s-money\n    level: apply\n    final: true\n"
        "    prompt: |\n      Why is an idle machine dear?\n    model: |\n      It runs.\n"
        "    checklist: [It runs all month, Nobody calls it, It can be switched off]\n"
        "    explain: |\n      What runs is paid for, and a month has 730 hours.\n"
    )
    ((code, message),) = spoil(course, "modules/01-calls/bank.yaml", "items:\n", f"items:\n{written}")
    assert code == "C426"
    assert "cannot use explain items" in message


def test_the_outline_knows_the_form_and_its_minutes(course: Path) -> None:
    (*_, capstone) = build_outline(course).modules
    assert capstone.final == (8, 3, 10)
    parts = sum(r.minutes for r in capstone.readings) + sum(e.minutes for e in capstone.exercises)
    assert capstone.minutes == parts + 10
    spoil(course, HEAD, FORM, "final: {items: 7, per_step: 3}")
    (*_, capstone) = build_outline(course).modules
    assert capstone.final == (7, 3, 11)


def test_without_items_there_is_no_form(course: Path) -> None:
    for bank in course.glob("modules/*/bank.yaml"):
        bank.write_text(bank.read_text().replace("    final: true\n", ""))
    assert build_outline(course).modules[-1].final is None
