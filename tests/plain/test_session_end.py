"""A session that ends at any prompt, in any way: the exit code says how, and the next one continues there."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from dev2cto.items.base import Draw
from dev2cto.plain.main import run_plain
from dev2cto.plain.session_end import SessionEnded
from dev2cto.study.study import Study
from tests.plain.screens.test_screens import check, said
from tests.support.fake_learner import GOOD_NOTE, asked_in_quiz, given
from tests.support.responses import lines as lines_for
from tests.support.studies import FakeClock, open_study
from tests.support.typist import Lines, Typist

NOTE = (".d 1-9", *GOOD_NOTE.split("\n"), ".")
TO_CUES = ("", "c 1-2", "q", "n", "a 1", "q", "r", "c")
PROMPTS: dict[str, tuple[str, ...]] = {
    # the lines that lead there, from home
    "home": (),
    "step": ("2",),
    "reading's question": ("",),
    "reading": ("", ""),
    "outline": ("", "o"),
    "finding in a reading": ("", "f"),
    "note": ("", "e", "half a thought"),
    "terms": ("", "g"),
    "how sure": ("", "1"),
    "modes of a quiz": ("1", "3"),
    "question of a quiz": ("1", "3", "1"),
    "report": ("1", "3", "1", "!", "because"),
    "exam": ("1", "3", "2"),
    "part of a calculation": ("2", "3", ""),
    "lab": ("2", "4"),
    "scenario": ("2", "5", ""),
    "after a decision": ("2", "5", "", "1"),
    "text": ("2", "6", "1", "a line"),
    "text that is ended": ("2", "6", "1", *NOTE),
    "rubric": ("2", "6", "1", *NOTE, "s", "2"),
    "survey": ("2", "7", ""),
    "second part of a rating": ("2", "7", "", "1"),
    "search": ("/",),
    "places found": ("/ retry",),
    "glossary": ("g",),
    "notebook": ("", "m", "q", "n"),
    "progress": ("p",),
    "portfolio": ("w",),
    "settings": ("s",),
    "value of a setting": ("s", "1"),
    "review": ("r",),
    "sentences of a section": ("", "c"),
    "note on a highlight": ("", "c 1-2 e", "half a thought"),
    "promise": ("", "z", "2", "read the graph"),
    "field of a promise": ("", "z", "3"),
    "plan": ("l",),
    "day of the plan": ("l", "1"),
    "cue": (*TO_CUES,),
    "passage of a cue": (*TO_CUES, ""),
    "cue that was not known": (*TO_CUES, "", "1"),
    "end of the cues": (*TO_CUES, "", "3"),
}


class CutOff(Typist):
    """Lines, after which the session is ended from outside; of what follows nothing is read."""

    def __init__(self, lines: Sequence[Lines], code: int) -> None:
        super().__init__(lines)
        self._code = code

    def line(self) -> str:
        """The next line, or the end."""
        try:
            return super().line()
        except SessionEnded:
            raise SessionEnded(self._code) from None


def session(home: Path, lines: tuple[str, ...], code: int, *, resume: bool = False) -> tuple[int, str, Study]:
    """Exit code and output of a session that is cut off after these lines, and the study it was."""
    study, out = open_study(home, FakeClock()), io.StringIO()
    return run_plain(study, resume=resume, source=CutOff(lines, code), out=out), out.getvalue(), study


@pytest.mark.parametrize("code", [0, 129, 130, 143])
@pytest.mark.parametrize("prompt", PROMPTS)
def test_a_session_ends_at_any_prompt_with_its_code(tmp_path: Path, prompt: str, code: int) -> None:
    lines = PROMPTS[prompt]
    got, text, _ = session(tmp_path, lines, code)
    assert got == code
    assert "Unknown input" not in text, text
    assert text.endswith("Everything is saved.\n") == (code != 129)
    _, again, study = session(tmp_path, (), 0)
    assert "Something went wrong" not in again
    assert study.record.damage == ()


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        (PROMPTS["reading"], "Section 2 of 3"),
        (PROMPTS["question of a quiz"], "Step 1 / Quiz: question 1 of"),
        (PROMPTS["exam"], "Step 1 / Exam: question 1 of"),
        (PROMPTS["part of a calculation"], "part 1 of 2"),
        (PROMPTS["lab"], "Step 2 / Adding"),
        (PROMPTS["after a decision"], "Step 2 / Release Friday"),
        (PROMPTS["text"], "10  a line"),
        (PROMPTS["second part of a rating"], "Step 2 / Where you stand"),
        (PROMPTS["note"], "half a thought"),
        (PROMPTS["note on a highlight"], "half a thought"),
        (PROMPTS["promise"], "2. I will: read the graph"),
        (PROMPTS["field of a promise"], "Section 1 of 3"),
        (PROMPTS["cue"], "0 of 1 recalled"),
        (PROMPTS["passage of a cue"], "Did you recall it?"),
        (PROMPTS["cue that was not known"], "How does the passage go on?"),
        (PROMPTS["end of the cues"], "Section 1 of 3"),
    ],
)
def test_the_next_session_goes_on_there(tmp_path: Path, lines: tuple[str, ...], shown: str) -> None:
    session(tmp_path, lines, 143)
    assert shown in session(tmp_path, (), 0, resume=True)[1]


@pytest.mark.parametrize(("well", "name"), [(True, "Review ahead"), (False, "Review of what was missed")])
def test_a_review_that_is_not_due_goes_on_with_what_was_left(tmp_path: Path, well: bool, name: str) -> None:
    """A question that was missed comes after the other one, and does so still after the session has ended."""
    study = open_study(tmp_path, FakeClock())
    for item in ("s-retry", "s-closure"):
        attempt, question = asked_in_quiz(study, item)
        attempt.answer(question, given(study, question, well=well))
    study.record.save_and_close()
    clock = FakeClock()
    clock.pass_(days=1)

    def until_it_ends(study: Study, lines: Iterable[str], *, resume: bool = False) -> str:
        out = io.StringIO()
        run_plain(study, resume=resume, source=CutOff(("l", "2", lines) if not resume else (), 143), out=out)
        return out.getvalue()

    def missing_one() -> Iterator[str]:
        found = study.last_place()
        assert found is not None
        item, draw = study.curriculum.item(found[0].ids[-1]), Draw.read(found[0].extra["draw"])
        yield from (*lines_for(item.form(draw), next(iter(item.mistakes(draw)))), "3", "")

    study = open_study(tmp_path, clock)
    shown = until_it_ends(study, missing_one()).rpartition(f"{name} / ")[2].partition("> ")[0]
    assert "0 of 2 right" in shown
    again = open_study(tmp_path, clock)
    assert shown in until_it_ends(again, (), resume=True)
    kept = again.last_place()
    assert kept is not None
    assert len(kept[0].extra["left"]) == 2


def test_what_was_chosen_and_not_submitted_is_chosen_still(tmp_path: Path) -> None:
    study = open_study(tmp_path, FakeClock())
    question = check(study)
    (good,) = said(study, question, well=True)
    study.record.save_and_close()
    assert session(tmp_path, ("", good), 143)[0] == 143
    _, text, study = session(tmp_path, ("", "3"), 0, resume=True)
    assert f"Your answer so far: {good}" in " ".join(text.split())
    assert "Correct." in text
