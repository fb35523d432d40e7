"""Rules about scenarios in a course, and judgements of scenarios that are kept."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dev2cto.course.check import judged as module
from dev2cto.course.check.check import check_course
from dev2cto.course.check.judged import KEPT, judged
from dev2cto.course.loader import load_exercise
from dev2cto.exercises.scenarios.scenario import Scenario
from dev2cto.yaml.tree import Problem, Problems
from tests.course.check.test_check import CLEAN, HEAD, MODULE, TODAY
from tests.support.exercise_samples import FOLDERS

SAMPLE = FOLDERS["scenario"] / "exercise.yaml"
FILE = f"{MODULE}/exercises/friday/exercise.yaml"
Spoil = Callable[..., tuple[Problem, ...]]
DUTY = "    duty: |\n      Customers who lost their bookings must be told: that is no matter of taste.\n"
LUCKY = "effects: {up-time: -10, trust: -8, fund: -300}"


@pytest.fixture
def spoil(tmp_path: Path) -> Spoil:
    """The problems of the small course with the sample, after texts in it were replaced."""
    root = Path(shutil.copytree(CLEAN, tmp_path / "course"))
    (root / FILE).parent.mkdir(parents=True)
    head = root / HEAD
    head.write_text(head.read_text().replace("[t-x-add-up]", "[t-x-add-up, t-x-friday]"))
    good = re.sub(r"^objectives: .*", "objectives: [t-contract]", SAMPLE.read_text(), flags=re.M)

    def changed(*pairs: tuple[str, str], cache: Path | None = None) -> tuple[Problem, ...]:
        text = good
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        (root / FILE).write_text(text)
        return check_course(root, TODAY, cache)

    return changed


def brief(problems: tuple[Problem, ...]) -> list[tuple[str, str, str, int]]:
    return [(p.code, p.severity, p.path, p.mark.line) for p in problems]


def line(text: str) -> int:
    whole = SAMPLE.read_text()
    return whole[: whole.index(text)].count("\n") + 1


def test_the_sample_is_clean(spoil: Spoil) -> None:
    assert spoil() == ()


def test_a_flat_decision_is_a_warning_in_a_course_that_asks_for_no_more(spoil: Spoil) -> None:
    (problem,) = spoil((DUTY, ""))
    assert brief((problem,)) == [("X565", "warning", FILE, line("- id: weekend"))]
    assert problem.message == (
        "'weekend' is not a dilemma: 'tell' is within 3 points of the best on every gauge that an ending uses"
    )


def test_a_second_duty_is_an_error(spoil: Spoil) -> None:
    """That the second is none is found besides."""
    twice = ("  - id: red-build\n", "  - id: red-build\n    duty: So it is.\n")
    assert brief(spoil(twice)) == [
        ("X567", "warning", FILE, line("- id: red-build") + 1),
        ("X566", "error", FILE, line("duty: |") + 1),
    ]


def test_a_duty_that_is_a_dilemma_is_a_warning(spoil: Spoil) -> None:
    moved = (("  - id: red-build\n", "  - id: red-build\n    duty: So it is.\n"), (DUTY, ""))
    assert [p.code for p in spoil(*moved)] == ["X567", "X565"]


def test_chance_that_hardly_matters_is_found_in_the_scenario_and_in_the_course(spoil: Spoil) -> None:
    found = spoil((LUCKY, "effects: {up-time: -10}"))
    assert brief(found) == [
        ("X569", "warning", "course.yaml", 6),
        ("X568", "warning", FILE, line("  - id: quiet")),
    ]
    assert "0.0 of 100 paths" in found[0].message


def test_a_scenario_says_what_fails_in_it(spoil: Spoil) -> None:
    text = SAMPLE.read_text()
    fails = text[text.index("fails:") : text.index("script:")]
    assert brief(spoil((fails, ""))) == [("X552", "warning", FILE, 1)]


def test_a_rule_about_a_scenario_is_silenced_in_its_file(spoil: Spoil) -> None:
    silence = "\nsilence: [{rule: X565, reason: It is to be rewritten next month.}]\nstart: "
    assert spoil((DUTY, ""), ("\nstart: ", silence)) == ()


def test_a_broken_scenario_is_no_duty_s_or_chance_s_fault(spoil: Spoil) -> None:
    assert {p.code for p in spoil(("when: broke", "when: 1 / (trust - 57) > 9"))} == {"X564"}


def friday() -> Scenario:
    found = load_exercise(SAMPLE.parent, SAMPLE.name, Problems())
    assert isinstance(found, Scenario)
    return found


def test_a_judgement_is_kept_and_taken_from_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = judged(friday(), tmp_path)
    assert [flat.scene for flat in made.flat] == ["weekend"]
    assert made.chance == pytest.approx(0.25)
    monkeypatch.setattr(module, "dilemmas", None)
    assert judged(friday(), tmp_path) == made


def test_faults_of_branches_are_kept_with_their_places(spoil: Spoil, tmp_path: Path) -> None:
    changes = (("when: trust >= 70", "when: trust >= 700"), ("when: broke", "when: trust > 99"))
    first = spoil(*changes, cache=tmp_path / "cache")
    assert [p.code for p in first] == ["X563", "X561"]
    assert spoil(*changes, cache=tmp_path / "cache") == first
    assert spoil(*changes) == first


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"branches": [], "flat": [["a"]]}', '{"branches": 1}', '{"branches": [{}]}', "[" * 9999],
)
def test_a_broken_cache_is_made_again(tmp_path: Path, text: str) -> None:
    made = judged(friday(), tmp_path)
    (file,) = (tmp_path / "scenarios").iterdir()
    file.write_text(text)
    assert judged(friday(), tmp_path) == made
    assert file.read_text() != text


def test_another_text_or_another_version_of_the_rules_is_judged_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged(friday(), tmp_path)
    monkeypatch.setattr(module, "VERSION", module.VERSION + 1)
    judged(friday(), tmp_path)
    assert len(list((tmp_path / "scenarios").iterdir())) == 2


def test_a_cache_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    (tmp_path / "scenarios").write_text("in the way")
    assert judged(friday(), tmp_path) == judged(friday(), None)


def test_old_judgements_give_way(tmp_path: Path) -> None:
    folder = tmp_path / "scenarios"
    folder.mkdir()
    for n in range(KEPT + 5):
        (folder / f"{n}.json").touch()
    judged(friday(), tmp_path)
    assert len(list(folder.iterdir())) == KEPT
