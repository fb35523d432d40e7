"""Labs in which the learner writes tests, and mutants of the code under test judge them: each is really run."""

from __future__ import annotations

import asyncio
import dataclasses
import difflib
import os
import shutil
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dev2cto.errors import LabError
from dev2cto.exercises.base import Exercise
from dev2cto.exercises.code import Code
from dev2cto.exercises.diffs.patches import patched
from dev2cto.exercises.mutants import meaning, module_of, mutated, mutation, subject_texts
from dev2cto.exercises.mutation_run import FIRST, NO_TESTS, run_mutants, run_mutants_now
from dev2cto.labs import workspace
from dev2cto.labs.result import LabRun, Limits
from dev2cto.labs.trust import copy_code
from dev2cto.yaml.tree import Problem
from tests.support.exercise_samples import FOLDERS

Sample = Callable[[str], tuple[Exercise, Path]]
Changed = Callable[[str, str, str], list[Problem]]
SOURCE = FOLDERS["mutants"]
HEAD = "import unittest\nimport booking\n\n\nclass Fees(unittest.TestCase):\n"
HALF = HEAD + "    def test_half(self):\n        self.assertEqual(booking.fee(40, 2), 20)\n"


@pytest.fixture
def lab(sample: Sample) -> Code:
    """The sample."""
    found, _ = sample("mutants")
    assert isinstance(found, Code)
    return found


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The sample's folder, to be changed."""
    return Path(shutil.copytree(SOURCE, tmp_path / "source"))


@pytest.fixture
def folder(source: Path, lab: Code, tmp_path: Path) -> Path:
    """The learner's folder."""
    return workspace.materialize(source, tmp_path / "work", lab.id).folder


def judged(source: Path, folder: Path, lab: Code, tests: str, **limits: float) -> LabRun:
    """What comes of these tests."""
    (folder / "test_booking.py").write_text(tests, encoding="utf-8")
    bounds = dataclasses.replace(lab.limits, **limits)  # type: ignore[arg-type]  # seconds alone
    return run_mutants_now(source, folder, 1, dataclasses.replace(lab, limits=bounds))


def shown(run: LabRun) -> list[tuple[str, str]]:
    return [(check.status, check.title) for check in run.checks]


# -- reading


def test_the_sample_is_sound_and_its_fingerprint_is_that_of_what_is_asked(lab: Code) -> None:
    assert list(lab.folder_faults(SOURCE)) == []
    other = tuple(dataclasses.replace(mutant, lesson="Another.") for mutant in lab.mutants)
    assert dataclasses.replace(lab, mutants=other).fingerprint == lab.fingerprint
    assert dataclasses.replace(lab, kill=1).fingerprint != lab.fingerprint


def test_the_fingerprint_of_a_lab_with_checks_is_what_it_was(sample: Sample) -> None:
    assert sample("code")[0].fingerprint == "42fa5ffeaca30556"


MISTAKES = [
    ("judge: mutants", "judge: check", "X533", "'subject' needs judge: mutants"),
    ("subject: [booking.py]\n", "", "X533", "judge: mutants needs 'subject'"),
    ("kill: 2\n", "", "X533", "judge: mutants needs 'kill'"),
    ("kill: 2", "kill: 4", "X533", "there are only 3 mutants"),
    ("files: [test_booking.py]", "files: [checks.py]", "X533", "none of the files contains tests"),
    ("files: [test_booking.py]", "files: [test_booking.py, booking.py]", "X533", "is also one of the learner's files"),
    ("subject: [booking.py]", "subject: [booking.py, calendar.py]", "X533", "hides a standard library module"),
    ("replaces: booking.py", "replaces: bookings.py", "X533", "with a file of the subject"),
    ("    replaces: booking.py\n", "", "X533", "with a file of the subject"),
    ("name: nothing limits the fee any more", "name: half of the price became all of it", "X500", "duplicate name"),
    ("judge: mutants", "judge: mutant", "S206", "'mutant'"),
]


@pytest.mark.parametrize(("old", "new", "code", "message"), MISTAKES)
def test_a_mistake_is_reported(changed: Changed, old: str, new: str, code: str, message: str) -> None:
    problems = changed("mutants", old, new)
    assert code in {problem.code for problem in problems}
    assert any(message in problem.message for problem in problems), problems


def faults(lab: Code, source: Path) -> list[tuple[str, str]]:
    return [(fault.code, fault.message) for fault in lab.folder_faults(source)]


def test_files_that_do_not_fit_are_found(lab: Code, source: Path) -> None:
    (source / "mutants/sharp.py").write_text((source / "subject/booking.py").read_text() + "\n\n# a comment\n")
    (source / "mutants/whole.patch").write_text((source / "mutants/whole.patch").read_text().replace(">= 24", "> 24"))
    (source / "mutants/no-limit.patch").unlink()
    (source / "subject/notes.py").write_text("")
    (source / "check.py").write_text("")
    assert faults(lab, source) == [
        ("X534", "mutants/sharp.py does not change what the code under test does"),
        ("X535", "mutants/whole.patch does not apply: line 8 of booking.py is not 'if hours > 24:'."),
        ("X530", "mutants/no-limit.patch is missing."),
        ("X536", "subject/notes.py is not listed under 'subject'"),
        ("X536", "there is a check.py, but mutants judge"),
    ]


def test_a_mutant_and_a_subject_must_be_python(lab: Code, source: Path) -> None:
    (source / "mutants/sharp.py").write_text("def fee(:\n")
    assert faults(lab, source) == [("X532", "mutants/sharp.py:1 is not valid Python")]
    (source / "subject/booking.py").unlink()
    assert faults(lab, source) == [("X530", "subject/booking.py is missing.")]


def test_a_mutant_is_more_than_a_comment() -> None:
    assert meaning("x = 1  # one\n") == meaning("x   = 1\n")
    assert meaning("x = 1") != meaning("x = 2")
    assert meaning("x = (") == "x = ("


def test_modules_have_the_names_that_are_imported() -> None:
    assert [module_of(name) for name in ("a.py", "a/b.py", "a/__init__.py")] == ["a", "a.b", "a"]


lines = st.lists(st.sampled_from(["a", "b", "c", ""]), min_size=1, max_size=12)


@given(lines, lines, st.integers(0, 3))
def test_a_patch_makes_what_it_was_made_from(before: list[str], after: list[str], context: int) -> None:
    old, new = ("\n".join(each) + "\n" for each in (before, after))
    diff = difflib.unified_diff(old.splitlines(True), new.splitlines(True), "a/x.py", "b/x.py", n=context)
    patch = "".join(diff)
    assert patched({"x.py": old}, patch, "p").get("x.py", old) == new


@pytest.mark.parametrize(
    ("patch", "message"),
    [
        ("--- a/y.py\n+++ b/y.py\n@@ -1 +1 @@\n-a\n+b\n", "p touches y.py"),
        ("--- /dev/null\n+++ b/x.py\n@@ -0,0 +1 @@\n+b\n", "p touches x.py"),
        ("--- a/x.py\n+++ b/x.py\n@@ -9 +9 @@\n-a\n+b\n", "p does not apply: line 9"),
        ("nothing of the kind\n", "p:1: "),
    ],
)
def test_a_patch_that_does_not_fit_is_refused(patch: str, message: str) -> None:
    with pytest.raises(LabError, match=message):
        patched({"x.py": "a\n"}, patch, "p")


def test_a_mutant_is_shown_as_its_change(lab: Code) -> None:
    subject = subject_texts(SOURCE, lab.subject)
    change = mutation(subject, mutated(SOURCE, subject, lab.mutants[0])).splitlines()
    assert [line for line in change[2:] if line[0] in "+-"] == ["-    if hours >= 24:", "+    if hours > 24:"]


# -- copying the files


def test_the_code_under_test_lies_beside_the_tests_and_is_to_be_read_only(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == ["booking.py", "test_booking.py"]
    assert stat.S_IMODE((folder / "booking.py").stat().st_mode) == 0o400
    assert stat.S_IMODE((folder / "test_booking.py").stat().st_mode) & stat.S_IWUSR


def test_trust_covers_subject_and_mutants(source: Path, tmp_path: Path) -> None:
    place = tmp_path / "course/modules/01-one/exercises/noticing"
    shutil.copytree(source, place)
    hashes = set()
    for name in ("subject/booking.py", "mutants/sharp.py", "mutants/whole.patch"):
        (place / name).write_text("changed")
        with copy_code(tmp_path / "course") as copy:
            hashes.add(copy.hash)
    assert len(hashes) == 3


# -- running


def test_the_starter_does_not_notice_enough(source: Path, folder: Path, lab: Code) -> None:
    run = run_mutants_now(source, folder, 1, lab)
    assert not run.passed
    assert shown(run) == [
        ("passed", "Your test passes on the original code"),
        ("failed", "0 of 3 mutants noticed; 2 required"),
        ("missed", "Not noticed: a cancellation 24 hours ahead, to the minute, costs something."),
        ("missed", "Not noticed: half of the price became all of it."),
        ("missed", "Not noticed: nothing limits the fee any more."),
    ]
    assert run.survivors == ("mutants/sharp.py", "mutants/whole.patch", "mutants/no-limit.patch")


def test_the_solution_notices_all(source: Path, folder: Path, lab: Code) -> None:
    run = judged(source, folder, lab, (source / "solution/test_booking.py").read_text())
    assert run.passed
    assert shown(run) == [
        ("passed", "All 3 of your tests pass on the original code"),
        ("passed", "3 of 3 mutants noticed; 2 required"),
    ]
    assert run.survivors == ()


def test_who_notices_enough_has_passed_and_sees_what_is_left(source: Path, folder: Path, lab: Code) -> None:
    tests = HALF + "    def test_dear(self):\n        self.assertLess(booking.fee(1000, 2), 60)\n"
    run = judged(source, folder, lab, tests)
    assert run.passed
    assert run.survivors == ("mutants/sharp.py",)
    assert [check.status for check in run.checks] == ["passed", "passed", "missed"]
    assert len(run.counted) == 2


def test_tests_that_fail_on_the_code_come_first_and_no_mutant_is_tried(source: Path, folder: Path, lab: Code) -> None:
    wrong = "    def test_wrong(self):\n        self.assertEqual(booking.fee(40, 2), 40, 'all of it')\n"
    worse = "    def test_worse(self):\n        booking.refund()\n"
    run = judged(source, folder, lab, HALF + wrong + worse)
    assert not run.passed
    assert run.survivors is None
    assert shown(run) == [("failed", "test wrong"), ("error", "test worse"), ("passed", "test half")]
    assert run.notes[0] == FIRST
    check = run.checks[0]
    assert (check.expected, check.got, check.where) == ("40", "20.0", "test_booking.py:9")
    assert check.message == "20.0 != 40 : all of it"
    assert run.checks[1].message.startswith("AttributeError: module 'booking' has no attribute 'refund'")
    assert run.checks[1].where == "test_booking.py:11"


def test_a_value_that_is_written_out_first_is_what_was_expected(source: Path, folder: Path, lab: Code) -> None:
    run = judged(
        source, folder, lab, HEAD + "    def test_x(self):\n        self.assertEqual(40, booking.fee(40, 2))\n"
    )
    assert (run.checks[0].expected, run.checks[0].got) == ("40", "20.0")


def test_files_without_tests_and_files_that_cannot_be_imported_say_so(source: Path, folder: Path, lab: Code) -> None:
    assert judged(source, folder, lab, "import booking\n").stopped == NO_TESTS
    assert not judged(source, folder, lab, "import booking\n").passed
    assert judged(source, folder, lab, "import bookings\n").stopped == (
        "test_booking.py cannot be imported. Line 1: ModuleNotFoundError: No module named 'bookings'."
    )
    (folder / "test_booking.py").unlink()
    with pytest.raises(LabError, match=r"Missing in your folder: test_booking\.py"):
        run_mutants_now(source, folder, 1, lab)


def test_the_tests_may_use_files_of_their_own_and_data(source: Path, folder: Path, lab: Code) -> None:
    (folder / "prices.py").write_text("PRICE = 40\n")
    (source / "data").mkdir()
    (source / "data" / "fees.txt").write_text("20")
    tests = HALF.replace("import booking\n", "import booking\nimport prices\nfrom pathlib import Path\n").replace(
        "(40, 2), 20)", "(prices.PRICE, 2), int((Path(booking.__file__).parent / 'data/fees.txt').read_text()))"
    )
    assert judged(source, folder, lab, tests).survivors == ("mutants/sharp.py", "mutants/no-limit.patch")


def test_what_is_changed_in_the_learners_copy_of_the_code_counts_for_nothing(
    source: Path, folder: Path, lab: Code
) -> None:
    (folder / "booking.py").chmod(0o644)
    (folder / "booking.py").write_text("def fee(price, hours):\n    return 0\n")
    run = judged(source, folder, lab, HALF)
    assert run.survivors is not None
    assert run.notes == ("Changed in your folder: booking.py. Your tests are judged on the lab's original.",)


HANG = "def fee(price, hours):\n    while True:\n        pass\n"
CRASH = "import os\n\n\ndef fee(price, hours):\n    os._exit(0)\n"
BROKEN = "raise RuntimeError('no')\n"


@pytest.mark.parametrize("mutant", [HANG, CRASH, BROKEN])
def test_a_mutant_on_which_the_tests_hang_or_crash_is_noticed(
    source: Path, folder: Path, lab: Code, mutant: str
) -> None:
    (source / "mutants/sharp.py").write_text(mutant)
    run = judged(source, folder, lab, HALF)
    assert run.survivors == ("mutants/no-limit.patch",)
    assert run.passed
    assert run.seconds < 15


def test_the_limit_holds_for_all_mutants_together(source: Path, folder: Path, lab: Code) -> None:
    slow = HALF.replace("        self", "        import time; time.sleep(1)\n        self")
    run = judged(source, folder, lab, slow, seconds=3)
    assert run.stopped.startswith("Your tests take ")
    assert "with 3 mutants that is more than the limit of 3 s" in run.stopped
    assert (run.passed, run.survivors) == (False, None)
    assert run.seconds < 6


def test_code_that_hangs_by_itself_is_stopped_as_ever(source: Path, folder: Path, lab: Code) -> None:
    run = judged(source, folder, lab, HEAD + "    def test_x(self):\n        while True: pass\n", seconds=1)
    assert run.stopped.startswith("Your program exceeded the time limit of 1 s.")
    assert shown(run) == [("error", "test x")]


def test_nothing_is_left_behind(
    source: Path, folder: Path, lab: Code, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    judged(source, folder, lab, HALF)
    assert os.listdir(tmp_path / "temporary") == []
    assert sorted(path.name for path in folder.iterdir()) == ["booking.py", "test_booking.py"]


def test_a_check_that_is_cancelled_ends_before_the_next_mutant(source: Path, folder: Path, lab: Code) -> None:
    stop = threading.Event()
    stop.set()
    run = run_mutants_now(source, folder, 1, lab, stop)
    assert (run.stopped, run.survivors) == ("The check was cancelled.", None)


async def test_off_the_loop_the_outcome_is_the_same(source: Path, folder: Path, lab: Code) -> None:
    run = await asyncio.create_task(run_mutants(source, folder, 1, lab))
    assert run.survivors is not None
    assert len(run.survivors) == 3
    assert Limits().seconds == lab.limits.seconds
