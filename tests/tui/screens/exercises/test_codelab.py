"""A code lab: files in the workspace, checked as often as one likes."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from dev2cto.study.state.course_trust import revoke, trust
from dev2cto.study.state.location import Location
from dev2cto.study.study import Study
from dev2cto.tui.screens.exercises.codelab import CodePage
from tests.support.fake_learner import on_disk
from tests.support.pilot_driver import Driver, opened
from tests.support.studies import COURSE, SHIPPED, open_study

LAB, NOTICING = "exercise:t-x-adding", "exercise:t-x-noticing"
SOLUTION = COURSE / "modules/02-weighing/exercises/adding/solution/sums.py"


@pytest.fixture
def workspace(study: Study, tmp_path: Path) -> Path:
    """A workspace of the test's own, for a course that is trusted."""
    trust(study)
    study.set("workspace", str(tmp_path / "work"))
    return study.workspace / "t-x-adding"


async def open_lab(driver: Driver) -> None:
    """From home to the lab."""
    await driver.to("CodePage", "2", LAB)


async def checked(driver: Driver) -> None:
    """Until the checks have run."""
    page = driver.page
    assert isinstance(page, CodePage)
    await page.workers.wait_for_complete()
    await driver.settle()


async def test_it_says_where_the_files_will_be(study: Study, workspace: Path) -> None:
    async with opened(study, (80, 40)) as driver:
        await open_lab(driver)
        assert "not begun" in driver.title
        assert "will be copied to" in driver.flat
        assert not workspace.exists()


async def test_a_check_lays_the_files_and_shows_expected_and_got(study: Study, workspace: Path) -> None:
    async with opened(study, (80, 40)) as driver:
        await open_lab(driver)
        await driver.press("c")
        await checked(driver)
        assert (workspace / "sums.py").exists()
        assert "checks passed." in driver.text
        assert "failed" in driver.text
        assert "expected:" in driver.text
        assert "got:" in driver.text


async def test_the_labs_of_a_strangers_course_do_not_run_unasked(study: Study, workspace: Path) -> None:
    revoke(study)
    async with opened(study, (80, 40)) as driver:
        await open_lab(driver)
        await driver.press("c")
        await checked(driver)
        assert "trust" in driver.notice
        assert not on_disk(study.record.directory, "submissions")
        assert not workspace.parent.exists()


async def test_the_command_that_trusts_is_on_a_line_of_its_own(study: Study, workspace: Path) -> None:
    revoke(study)
    command = shlex.join(["dev2cto", "trust", "--course", str(study.curriculum.root)])
    async with opened(study, (max(60, len(command) + 4), 30)) as driver:
        await open_lab(driver)
        await driver.press("c")
        await checked(driver)
        assert command in [line.strip() for line in driver.text.split("\n")]


async def test_files_that_pass_are_done(study: Study, workspace: Path) -> None:
    async with opened(study, (80, 40)) as driver:
        await open_lab(driver)
        await driver.press("c")
        await checked(driver)
        (workspace / "sums.py").write_text(SOLUTION.read_text())
        await driver.press("c")
        await checked(driver)
        assert "All checks pass: done." in driver.text
        assert [doc["passed"] for doc in on_disk(study.record.directory, "submissions").values()] == [False, True]
        await driver.press("q")
        assert "● Adding, and once only" in driver.text


async def test_hints_come_one_by_one(study: Study, workspace: Path) -> None:
    async with opened(study, (80, 40)) as driver:
        await open_lab(driver)
        await driver.press("h")
        assert "Hint 1 of 1" in driver.text
        assert "h hint" not in driver.keys
        await driver.press("q", "h")
        assert "No more hints." in driver.text
        await driver.press("q")
        assert "1 of 1 shown" in driver.text


async def test_the_result_is_above_the_brief_and_what_failed_is_first(study: Study, workspace: Path) -> None:
    async with opened(study, (80, 24)) as driver:
        await open_lab(driver)
        await driver.press("c")
        await checked(driver)
        rows = driver.text.splitlines()
        verdict = next(n for n, row in enumerate(rows) if "checks passed." in row)
        states = [
            row.split()[0] for row in rows[verdict:] if row.split() and row.split()[0] in ("failed", "passed", "error")
        ]
        assert states
        assert states == sorted(states, key=lambda state: state == "passed")
        assert rows[verdict + 1].split()[0] in ("failed", "error")
        brief = next(line for line in study.curriculum.exercise("t-x-adding").brief.splitlines() if line.strip())
        below = [n for n, row in enumerate(rows) if brief[:30] in row]
        assert not below or below[0] > verdict


async def test_the_solution_is_asked_about_once(study: Study, workspace: Path) -> None:
    async with opened(study, (80, 40)) as driver:
        await open_lab(driver)
        await driver.press("v")
        assert "marks the lab as helped" in driver.notice
        await driver.press("v")
        assert "Solution" in driver.title
        assert "Add both." in driver.text


async def test_watching_is_turned_on_and_off(study: Study, workspace: Path) -> None:
    async with opened(study, (80, 40)) as driver:
        await open_lab(driver)
        await driver.press("w")
        assert "every save is checked" in driver.notice
        assert "Stop watching" in driver.text
        page = driver.page
        assert isinstance(page, CodePage)
        (workspace / "sums.py").write_text(SOLUTION.read_text())
        page.look()
        await checked(driver)
        assert "All checks pass: done." in driver.text
        await driver.press("w")
        assert "Check at every save" in driver.text


async def test_a_fresh_copy_is_put_beside_the_old_one(study: Study, workspace: Path) -> None:
    async with opened(study, (80, 40)) as driver:
        await open_lab(driver)
        await driver.press("c")
        await checked(driver)
        (workspace / "sums.py").write_text("mine = 1\n")
        await driver.press("a")
        assert "A fresh copy is in" in driver.notice
        assert (workspace / "sums.py").read_text() == "mine = 1\n"


async def test_a_small_terminal_has_room_for_it(study: Study, workspace: Path) -> None:
    async with opened(study, (60, 20)) as driver:
        await open_lab(driver)
        assert driver.keys.endswith("? help   q back")


async def test_a_lab_for_tests_says_what_they_are_for_and_shows_it(study: Study, workspace: Path) -> None:
    async with opened(study) as driver:
        await driver.to("CodePage", "2", NOTICING)
        assert (
            "They test booking.py beside them: they must pass on the original and detect at least 2 of its 3 mutants"
            in driver.flat
        )
        await driver.choose("subject")
        assert "The code under test" in driver.title
        assert "return min(price / 2, LIMIT)" in driver.text
        await driver.press("q", "t")
        assert "The code under test" in driver.title


async def test_what_nobody_noticed_is_named_at_once_and_explained_later(study: Study, workspace: Path) -> None:
    async with opened(study, (80, 40)) as driver:
        await driver.to("CodePage", "2", NOTICING)
        await driver.press("c")
        await checked(driver)
        assert "missed Not noticed: half of the price became all of it." in driver.flat
        assert "Assert the amount" not in driver.flat
        await driver.press("v", "v")
        assert "Solution" in driver.title
        await driver.press("end")
        assert "A rule that seldom applies needs a test of its own." in driver.flat
        assert "-    return min(price / 2, LIMIT)" in driver.text


async def test_other_labs_have_no_code_under_test(study: Study, workspace: Path) -> None:
    async with opened(study, (80, 40)) as driver:
        await open_lab(driver)
        await driver.press("t")
        assert driver.name == "CodePage"
        assert "They test" not in driver.text


async def test_the_next_hint_comes_by_pressing_again(tmp_path: Path) -> None:
    study = open_study(tmp_path / "own", course=SHIPPED)
    lab = next(e.id for m in study.course.modules for e in m.exercises if e.kind == "code")
    count = len(study.curriculum.exercise(lab).hints)
    assert count > 1
    async with opened(study, (80, 40)) as driver:
        driver.app.go(Location("exercise", (lab,)))
        await driver.settle()
        await driver.press("h")
        assert "h hint" in driver.keys
        await driver.press(*["h"] * (count - 1))
        assert f"Hint {count} of {count}" in driver.text
        assert "h hint" not in driver.keys
    study.record.close()
