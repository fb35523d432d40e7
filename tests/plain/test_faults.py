"""What goes wrong is said in a line with the way out, and what was typed is still there."""

from __future__ import annotations

import errno
import io
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from dev2cto.items.base import Draw
from dev2cto.items.forms import Arrange, Form, MarkLines, Option, PickMany, PickOne
from dev2cto.markdown.layout import WIDTH
from dev2cto.markdown.parser import flowing, plain
from dev2cto.plain.console import Console
from dev2cto.plain.main import run_plain
from dev2cto.plain.navigator import open_location
from dev2cto.plain.screens.question import QuestionPrompt
from dev2cto.plain.signals import Signals
from dev2cto.plain.ui import PlainUI
from dev2cto.study.queries.question_models import Question
from dev2cto.study.study import Study
from dev2cto.text import sanitize
from tests.plain.screens.test_screens import check, said, shows
from tests.support.fake_learner import GOOD_NOTE
from tests.support.studies import COURSE, FakeClock, open_study, trusting
from tests.support.typist import Typist, harmless, typed


class Disk:
    """A disk that is full while `full` is set."""

    def __init__(self, patched: pytest.MonkeyPatch) -> None:
        self.full = False
        real: Callable[..., int] = os.pwrite

        def pwrite(*arguments: Any) -> int:
            if self.full:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real(*arguments)

        patched.setattr(os, "pwrite", pwrite)

    def during(self, *lines: str) -> Iterator[str]:
        """These lines while the disk is full; what follows finds room again."""
        self.full = True
        yield from lines
        self.full = False


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    """The disk."""
    return Disk(monkeypatch)


def test_an_answer_that_is_not_saved_is_not_given_and_still_there(study: Study, disk: Disk) -> None:
    (good,) = said(study, check(study), well=True)
    text = typed(study, "", disk.during(good, "3"), "", "3", "q", "q")
    shows(
        text,
        "No space left on device",
        "Not saved, so not submitted; your answer is still here.",
        "enter submits",
        "Correct.",
    )
    assert "Correct." not in text.partition("Not saved")[0]
    assert len(study.record.table("answers")) == 1


@pytest.mark.parametrize(
    ("before", "refused", "after", "table"),
    [
        (("",), ("m",), ("m", "q", "q"), "bookmarks"),
        (("",), ("x",), ("x", "q", "q"), "sections"),
        (("", "e", "A thought"), (".",), ("s", ".", "q", "q"), "note_revs"),
        (("s", "1"), ("90",), ("90", "q", "q"), "settings"),
        (("2", "5", ""), ("2",), ("2", "q", "q", "q"), "attempts"),
        (("2", "7", "", "1"), ("1",), ("1", "1", "q", "q", "q"), "attempts"),
        (("2", "6", "1", ".d 1-9", *GOOD_NOTE.split("\n"), "."), ("s",), ("s", "q", "q", "q"), "submissions"),
    ],
    ids=["bookmark", "reading", "note", "setting", "scenario", "survey", "artefact"],
)
def test_what_is_not_saved_is_said_and_can_be_done_again(
    study: Study, disk: Disk, before: tuple[str, ...], refused: tuple[str, ...], after: tuple[str, ...], table: str
) -> None:
    text = typed(study, *before, disk.during(*refused), *after)
    assert "No space left on device" in text
    assert dict(study.record.table(table).stream())


def test_a_full_disk_is_reported_once_while_one_reads_on(study: Study, disk: Disk) -> None:
    text = typed(study, disk.during("", "", "", "", "q"), "q")
    assert 1 <= text.count("No space left on device") <= 4
    shows(text, "Section 1 of 3", "Section 2 of 3", "Section 3 of 3", "End of this reading", "Everything is saved.")


def test_what_cannot_be_saved_at_the_end_has_exit_code_3(study: Study, disk: Disk) -> None:
    disk.full = True
    out = io.StringIO()
    assert run_plain(study, source=Typist(["", "q", "q"]), out=out) == 3
    end = out.getvalue().split("q quit")[-1]
    assert "No space left on device" in end
    assert "Everything is saved" not in end
    assert all(cell_len(line) <= WIDTH for line in out.getvalue().split("\n"))


def test_a_record_for_reading_says_so_and_can_be_read(tmp_path: Path) -> None:
    open_study(tmp_path, FakeClock()).record.save_and_close()
    study = open_study(tmp_path, FakeClock(), readonly=True)
    (good,) = said(study, check(study), well=True)
    text = typed(study, "", good, "3", "s", "q", "q")
    shows(text, "Nothing is saved in this session", "Section 1 of 3", "Not saved, so not submitted", "Section 2 of 3")
    assert text.endswith("Nothing was saved: it was opened for reading only.\n")
    assert not study.record.table("answers").all()


def test_an_error_that_nobody_foresaw_ends_with_a_sentence(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr("dev2cto.plain.screens.home.go_on", fails)
    out = io.StringIO()
    assert run_plain(study, source=Typist(["", "q"]), out=out) == 1
    assert "Something went wrong inside dev2cto. Your answers and your place are saved." in out.getvalue()
    assert "a mistake of ours" not in out.getvalue()


def test_a_broken_part_of_the_course_is_reported_and_the_rest_works(tmp_path: Path) -> None:
    course = tmp_path / "course"
    shutil.copytree(COURSE, course)
    (course / "modules/02-weighing/exercises/note/exercise.yaml").write_text("id: t-x-note\nkind: artefact\n")
    (course / "modules/01-calls/readings/2-short.yaml").write_text("id: [\n")
    study = open_study(tmp_path / "records", FakeClock(), course=course)
    text = typed(study, "2", "5", "q", "q", "1", "1", "q", "q", "q")
    shows(
        text,
        "in its files, see the step",
        "Some of this step cannot be shown; the course has mistakes here:",
        "Section 1 of 3",
    )


def test_a_lab_of_a_course_from_elsewhere_is_not_run(study: Study) -> None:
    """Nor is anything of it copied: a folder .git in a lab has code run by a prompt that looks at repositories."""
    text = typed(study, "2", "4", "c", "e", "w", "f", "q", "3", "q", "q", "q")
    shows(text, *["This course is not trusted: its code does not run, its files are not copied."] * 5, "dev2cto trust")
    assert not study.workspace.exists()


def test_without_an_editor_the_way_out_is_said(study: Study, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    text = typed(trusting(study), "2", "4", "e", "q", "6", "1", ".e", ".q", "q", "q", "q")
    flat = " ".join(text.split())
    assert flat.count("There is no terminal here that an editor could use. Set $EDITOR, or choose one") == 2


PIECES = st.one_of(
    st.characters(exclude_categories=["Cs"]),
    st.sampled_from(list("[]*_`\\|#<&> \n\t\x1b\x07\u202e\u200b\ufeff\uff21\u4e2d\U0001f600")),
    st.sampled_from(["\x1b[2J", "\x1b]0;title\x07", "[/b]", "[@x]", "[=x]", "a" * 90]),
)
NASTY = st.lists(PIECES, min_size=1, max_size=120).map("".join).filter(lambda text: bool(sanitize(text).strip()))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    prompt=NASTY,
    options=st.lists(NASTY, min_size=2, max_size=4),
    kind=st.sampled_from([PickOne, PickMany, Arrange, MarkLines]),
)
def test_any_question_is_shown_whole_and_harmless(study: Study, prompt: str, options: list[str], kind: type) -> None:
    form: Form = (
        MarkLines("text", tuple(sanitize(option).replace("\n", " ") for option in options))
        if kind is MarkLines
        else kind(tuple(Option(str(n), option) for n, option in enumerate(options)))
    )
    question = Question("s-retry", "t1", "single", 1, 1, prompt, form, Draw(), 0)
    out = io.StringIO()
    ui = PlainUI(study, Console(Typist([]), out), Signals(), open_location)
    QuestionPrompt(ui, question, lambda _: "", lambda _: None, confidence=True).put()
    lines = out.getvalue().split("\n")
    assert all(map(harmless, lines))
    assert all(cell_len(line) <= WIDTH for line in lines)
    shown = "".join(out.getvalue().split())
    for option in options:
        text = option if kind is MarkLines else plain(flowing(option))
        assert "".join(sanitize(text).split()) in _without_numbers(shown, len(options)) or _in_order(
            sanitize(text), shown
        )


def _without_numbers(shown: str, count: int) -> str:
    for number in range(1, count + 1):
        shown = shown.replace(f"{number}.", "", 1)
    return shown


def _in_order(text: str, shown: str) -> bool:
    at = 0
    for char in "".join(text.split()):
        at = shown.find(char, at) + 1
        if not at:
            return False
    return True
