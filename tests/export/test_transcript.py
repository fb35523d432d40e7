"""The transcript: what was done when, from the record, in three formats."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dev2cto.export.transcript import COLUMNS, FORMULA, markdown, render, text
from dev2cto.markdown.parser import TableBlock, parse, plain
from dev2cto.study.queries.transcript import (
    ArtefactSummary,
    CriterionScore,
    FinalResult,
    ObjectiveScore,
    StepSummary,
    Transcript,
    TranscriptEntry,
    transcript,
)
from dev2cto.study.state.reset_commands import reset
from dev2cto.study.study import Study
from dev2cto.text import one_line
from tests.support.fake_learner import assess, calculate, decide, review, simulate, solve, take, write
from tests.support.studies import FakeClock


def lived(study: Study, clock: FakeClock) -> Transcript:
    """The transcript after a week of study, a day for each thing."""
    study.timer.record_activity("t2")
    clock.pass_(seconds=90)
    study.timer.record_activity("t2")
    study.timer.keep()
    study.reading("t-measuring").mark(read=True)
    clock.pass_(days=1)
    take(study, study.quiz("t2"), miss=tuple(study.quiz("t2").order))
    clock.pass_(days=1)
    take(study, study.quiz("t2"))
    clock.pass_(days=1)
    calculate(study)
    solve(study, passed=False)
    solve(study)
    clock.pass_(days=1)
    decide(study)
    simulate(study)
    review(study)
    clock.pass_(days=1)
    write(study)
    write(study, rating=3)
    assess(study)
    return transcript(study)


def test_it_says_what_was_done_when(study: Study, clock: FakeClock) -> None:
    first = clock.now().date()
    found = lived(study, clock)
    kinds = [entry.kind for entry in found.entries]
    assert kinds == ["reading", "quiz", "quiz", "calculation", "code lab", "scenario", "simulation", "code review",
                     "artefact", "artefact", "self-assessment"]  # fmt: skip
    assert [(entry.day - first).days for entry in found.entries] == [0, 1, 2, 3, 3, 4, 4, 4, 5, 5, 5]
    results = [entry.result for entry in found.entries]
    assert results[:5] == ["read", "25 %, not passed", "100 %, passed", "passed", "passed"]
    scenario, simulation, code_review = found.entries[5:8]
    assert (code_review.result, code_review.score) == ("100 %, passed", 1)
    assert scenario.result.startswith("ended: ")
    assert simulation.title == "Two quarters"
    assert (found.learner, found.course, found.version) == ("learner", "A course to try things on", "1.0.0")
    assert found.minutes == sum(step.minutes for step in found.steps) == 1


def test_it_has_scores_by_objective_and_ratings_by_criterion(study: Study, clock: FakeClock) -> None:
    found = lived(study, clock)
    assert all(score.answered and score.step == "Step 2" for score in found.objectives)
    assert {score.words for score in found.objectives} <= {"100 %", "no score yet"}
    note, plan = found.artefacts[:2]
    assert (note.title, note.file, note.versions, note.state) == ("A decision note", "note-001.md", 2, "done")
    assert [score.rating for score in note.rubric] == [3] * len(note.rubric)
    assert (plan.file, plan.rubric) == ("00_plan.md", ())
    assert found.finals == ()


def test_what_a_reset_covers_is_not_in_it(study: Study, clock: FakeClock) -> None:
    lived(study, clock)
    clock.pass_(minutes=1)
    reset(study, "all")
    found = transcript(study)
    assert (found.entries, found.objectives, found.artefacts) == ((), (), ())


def test_an_empty_record_makes_one_too(study: Study) -> None:
    found = transcript(study)
    assert found.entries == ()
    for form in ("md", "text"):
        assert "Nothing yet." in render(found, form)


def test_every_format_begins_with_what_it_is_and_is_not(study: Study, clock: FakeClock) -> None:
    found = lived(study, clock)
    for shown in (markdown(found), text(found), render(found, "csv")):
        begin = shown[:500]
        assert "keeps of their own study of A course to try things on" in begin
        assert "It is not a certificate. No one supervised this study" in begin
        assert "Two quarters" in shown
        assert "100 %, passed" in shown
        assert "note-001.md" in shown


DAY = date(2026, 3, 2)
words = st.text(min_size=1, max_size=30)
TRAPS = ("=1+1", "+A1", "-2", "@x", 'a,b\n"c"', "|x|", "*y*", "[z](y)", "\t=2")
lines = st.one_of(words, words.map(lambda word: f"={word}"), st.sampled_from(TRAPS))


def made_of(line: str) -> Transcript:
    """A transcript in which every text is that one."""
    return Transcript(
        line, line, line, DAY, 61, (TranscriptEntry(DAY, line, line, line, line, 0.5),),
        (StepSummary(line, line, "done", 3),),
        (ObjectiveScore(line, line, 0.25, 4),),
        (ArtefactSummary(line, line, line, "done", DAY, 2, (CriterionScore(line, None), CriterionScore(line, 2))),),
        (FinalResult(DAY, 0.75, True, ((line, 0.5, 5),)),),
    )  # fmt: skip


@given(line=lines)
def test_csv_is_well_formed_and_no_cell_is_a_formula(line: str) -> None:
    rows = list(csv.reader(io.StringIO(render(made_of(line), "csv"))))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 1 + 2 + 1 + 1 + 1 + 1 + 1 + 2 + 1 + 1
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULA)]


@given(line=lines)
def test_markdown_shows_the_words_as_they_are(line: str) -> None:
    shown = " ".join(line.replace("[@", "[").replace("[=", "[").split())  # citations are words by then
    blocks = parse(markdown(made_of(f"a {shown} z")))
    cells = {plain(cell) for block in blocks if isinstance(block, TableBlock) for row in block.rows for cell in row}
    assert one_line(f"a {shown} z") in {one_line(cell) for cell in cells}


def test_a_final_form_is_listed_by_step() -> None:
    found = made_of("Step 1")
    assert "## Final form\n\n2 March 2026: 75 %, passed." in markdown(found)
    assert "  Step 1: 50 % of 5 questions" in text(found)
    assert "Final form" not in text(replace(found, finals=()))


def test_figures_are_aligned_at_the_right(study: Study) -> None:
    write(study)
    lines = markdown(transcript(study)).split("\n")
    heads = {lines[n - 1]: line for n, line in enumerate(lines) if line.startswith("| ---")}
    assert heads["| Step | Title | State | Studied |"] == "| --- | --- | --- | ---: |"
    assert heads["| Day | Step | What | Title | Result |"] == "| --- | --- | --- | --- | --- |"
