"""Sessions of code labs: the learner's files and the checks run on them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from dev2cto.exercises.code import Code
from dev2cto.exercises.mutants import mutated, mutation, subject_texts
from dev2cto.labs import workspace
from dev2cto.labs.result import LabRun
from dev2cto.record.tinydb_storage import where
from dev2cto.study.context import StudyContext
from dev2cto.study.queries.history import events
from dev2cto.study.sessions.attempt import Attempt, fresh_seed
from dev2cto.study.state.course_trust import code_of_exercise, copy_to_workspace

WATCH_SECONDS = 1.0
"""How often watch mode polls the files."""


@dataclass(frozen=True, slots=True)
class Survivor:
    """A mutant that the learner's tests did not detect: its name, its lesson (Markdown), and its change as a diff."""

    name: str
    lesson: str
    difference: str


@dataclass(frozen=True, slots=True)
class Solution:
    """The explanation (Markdown), a diff from the learner's files to the solution, and the undetected mutants."""

    text: str
    difference: str
    survivors: tuple[Survivor, ...] = ()


class CodeSession:
    """The learner's files for a code lab, and their checks."""

    def __init__(self, study: StudyContext, exercise: Code) -> None:
        self.study, self.exercise = study, exercise
        self.attempt = Attempt(study, exercise)
        self.source = study.curriculum.exercise_folder(exercise.id)

    @property
    def folder(self) -> Path | None:
        """The folder with the learner's newest copy; None before the lab is begun."""
        copies = workspace.list_copies(self.study.workspace, self.exercise.id)
        return copies[-1] if copies else None

    @property
    def done(self) -> bool:
        """Whether the checks ever passed."""
        return self.attempt.was_done

    @property
    def hints_shown(self) -> int:
        """The number of hints opened so far."""
        return self.attempt.hints_shown

    def begin(self) -> workspace.WorkspaceCopy:
        """Copy missing starter files to the workspace; existing files are untouched. Raises LabError, NotSaved."""
        copied = copy_to_workspace(self.study, self.exercise.id)
        self.attempt.begin()
        return copied

    def fresh(self) -> workspace.WorkspaceCopy:
        """Start a new attempt with a fresh copy beside the old one. Raises LabError, NotSaved."""
        with code_of_exercise(self.study, self.exercise.id) as source:
            copied = workspace.fresh_copy(source, self.study.workspace, self.exercise.id)
        self.attempt = self.attempt.leave()
        self.attempt.begin()
        return copied

    def files(self) -> tuple[Path, ...]:
        """The learner's files to edit; none before the lab is begun."""
        folder = self.folder
        return tuple(folder / name for name in self.exercise.files) if folder else ()

    def stamps(self) -> dict[str, int]:
        """The modification time of each existing file in ns, by path."""
        found = {}
        for file in self.files():
            with suppress(OSError):
                found[str(file)] = file.stat().st_mtime_ns
        return found

    async def check(self) -> LabRun:
        """Run the checks with a new seed and save the result with the files. Raises LabError, NotSaved."""
        from dev2cto.exercises.mutation_run import run_mutants
        from dev2cto.labs.runner import run_lab

        with code_of_exercise(self.study, self.exercise.id) as source:
            folder = workspace.materialize(source, self.study.workspace, self.exercise.id).folder
            self.attempt.begin()
            lab, seed = self.exercise, fresh_seed(self.study)
            if lab.by_mutants:
                run = await run_mutants(source, folder, seed, lab)
            else:
                run = await run_lab(source, folder, seed, lab.limits)
        self.keep(run, folder)
        return run

    def keep(self, run: LabRun, folder: Path) -> None:
        """Save a result together with the checked files. Raises NotSaved."""
        with self.study.record.batch():
            self.attempt.submit(
                passed=run.passed,
                helped=self.attempt.helped,
                seed=run.seed,
                results=[[check.title, check.status] for check in run.checks],
                stopped=run.stopped,
                files=workspace.submitted(folder, self.exercise.files),
                **({} if run.survivors is None else {"survivors": list(run.survivors)}),
            )
            if run.passed and self.attempt.doc.get("state") == "open":
                self.attempt.end("done")

    def hint(self) -> str | None:
        """Open the next hint (Markdown); None if all are shown. Raises NotSaved."""
        return self.attempt.hint(self.exercise.hints)

    def subject(self) -> dict[str, str]:
        """The code under test by file name; empty in labs without mutants. Raises LabError."""
        return subject_texts(self.source, self.exercise.subject)

    def solution(self) -> Solution:
        """The solution, compared with the learner's files.

        Opening it before the lab is done marks the attempt as helped. Raises LabError, NotSaved.
        """
        if not self.done:
            self.attempt.mark_helped()
        ours = workspace.solution(self.source, self.exercise.files)
        folder = self.folder
        mine = workspace.submitted(folder, self.exercise.files) if folder else {}
        return Solution(self.exercise.solution, workspace.difference(mine, ours), tuple(self._survivors()))

    def _survivors(self) -> Iterator[Survivor]:
        """The mutants not detected in the last check of them; all mutants if there was none."""
        left = {mutant.file for mutant in self.exercise.mutants}
        for doc in events(self.study, "submissions", where("survivors").exists()):
            if doc["exercise"] == self.exercise.id:
                left = set(doc["survivors"])
        subject = self.subject()
        for mutant in self.exercise.mutants:
            if mutant.file in left:
                yield Survivor(mutant.name, mutant.lesson, mutation(subject, mutated(self.source, subject, mutant)))
