"""code: edit files in a workspace; they are judged by check.py or, if they are tests, by mutants of the code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from dev2cto.errors import LabError
from dev2cto.exercises.base import Exercise, FileName
from dev2cto.exercises.mutants import MOST, PATCH, Mutant, hides_a_module, is_test, mutant_faults
from dev2cto.labs.result import Limits
from dev2cto.labs.safe_files import files_under, read_text, resolve_inside
from dev2cto.yaml.decode import MemberCount, MultilineText, Range, ValidationError, did_you_mean

JudgeKind = Literal["check", "mutants"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code(Exercise):
    """Edit `files` (relative to starter/) in a workspace; `solution` explains the files in solution/.

    With `judge: mutants`, the files are tests of the code in `subject`: they must pass on it and fail on at least
    `kill` of the `mutants`.
    """

    files: Annotated[tuple[FileName, ...], MemberCount(1, 20)]
    judge: JudgeKind = "check"
    subject: Annotated[tuple[FileName, ...], MemberCount(0, 20)] = ()
    mutants: Annotated[tuple[Mutant, ...], MemberCount(0, MOST)] = ()
    kill: Annotated[int, Range(1, MOST)] | None = None
    limits: Limits = Limits()  # noqa: RUF009  (frozen)
    solution: MultilineText

    meaning: ClassVar[tuple[str, ...]] = ("files",)

    def meant(self) -> tuple[str, ...]:
        return (*self.meaning, "judge", "subject", "kill") if self.by_mutants else self.meaning

    @property
    def by_mutants(self) -> bool:
        """Whether the files are tests, judged by mutants."""
        return self.judge == "mutants"

    @property
    def needed(self) -> int:
        """The number of mutants that the tests must notice."""
        return self.kill or len(self.mutants)

    @property
    def tests(self) -> tuple[str, ...]:
        """The files that contain tests."""
        return tuple(name for name in self.files if is_test(name))

    def faults(self) -> Iterator[ValidationError]:
        """Yield faults: files listed twice, fields that do not fit the judge."""
        for field, names in (("files", self.files), ("subject", self.subject)):
            for n, name in enumerate(names):
                if name in names[:n]:
                    yield ValidationError((field, n), "X500", f"duplicate file {name!r}")
        if self.by_mutants:
            yield from self._mutants_fit()
            return
        for field in ("subject", "mutants", "kill"):
            if getattr(self, field):
                yield ValidationError(
                    (field,), "X533", f"{field!r} needs judge: mutants", f"add it, or remove {field}", key=True
                )

    def _mutants_fit(self) -> Iterator[ValidationError]:
        for field in ("subject", "mutants", "kill"):
            if not getattr(self, field):
                yield ValidationError(("judge",), "X533", f"judge: mutants needs {field!r}")
        if self.kill is not None and self.kill > len(self.mutants):
            yield ValidationError(("kill",), "X533", f"there are only {len(self.mutants)} mutants")
        if not self.tests:
            yield ValidationError(("files",), "X533", "none of the files contains tests", "name one test_something.py")
        for n, name in enumerate(self.subject):
            if name in self.files:
                yield ValidationError(
                    ("subject", n), "X533", f"{name} is also one of the learner's files", "rename one of them"
                )
            if hides_a_module(name):
                yield ValidationError(("subject", n), "X533", f"{name} hides a standard library module", "rename it")
        names = [mutant.name for mutant in self.mutants]
        for n, mutant in enumerate(self.mutants):
            if mutant.name in names[:n]:
                yield ValidationError(("mutants", n, "name"), "X500", f"duplicate name {mutant.name!r}")
            if not mutant.file.endswith(PATCH) and mutant.replaces not in self.subject:
                message = f"{mutant.file} needs 'replaces' with a file of the subject"
                hint = did_you_mean(mutant.replaces or "", self.subject) or f"one of {', '.join(self.subject)}"
                yield ValidationError(("mutants", n, "replaces"), "X533", message, hint)

    def folder_faults(self, folder: Path) -> Iterator[ValidationError]:
        """Yield faults of files: missing, not text, outside the folder, not valid Python."""
        if self.by_mutants:
            yield from mutant_faults(folder, self.subject, self.mutants)
            if (folder / "check.py").exists():
                yield ValidationError(
                    ("judge",), "X536", "there is a check.py, but mutants judge", "remove one of the two"
                )
        else:
            yield from _python(folder, "check.py", ("kind",))
        for n, name in enumerate(self.files):
            for part in ("starter", "solution"):
                yield from _python(folder, f"{part}/{name}", ("files", n))
        for name in files_under(folder / "solution"):
            if name not in self.files and not (folder / "starter" / name).is_file():
                yield ValidationError(
                    ("files",), "X531", f"solution/{name} is neither listed under 'files' nor in starter/"
                )


def _python(folder: Path, name: str, steps: tuple[str | int, ...]) -> Iterator[ValidationError]:
    try:
        text = read_text(resolve_inside(folder, name))
        if name.endswith(".py") and not name.startswith("starter/"):
            ast.parse(text)
    except LabError as error:
        yield ValidationError(steps, "X530", error.message.replace(Path(name).name, name, 1), error.hint)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = f":{error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        yield ValidationError(steps, "X532", f"{name}{line} is not valid Python")
