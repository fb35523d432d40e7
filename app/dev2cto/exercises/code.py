"""code: the learner edits files in the workspace, and check.py judges them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar

from dev2cto.errors import LabError
from dev2cto.exercises.base import Exercise, FileName
from dev2cto.exercises.files import contained, files_under, read_text
from dev2cto.exercises.labrun import Limits
from dev2cto.shapes import Count, Fault, Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class Code(Exercise):
    """`files` are what the learner edits, relative to starter/; `solution` explains the one in solution/."""

    files: Annotated[tuple[FileName, ...], Count(1, 20)]
    limits: Limits = Limits()  # noqa: RUF009  (frozen)
    solution: Prose

    meaning: ClassVar[tuple[str, ...]] = ("files",)

    def faults(self) -> Iterator[Fault]:
        """A file listed twice."""
        for n, name in enumerate(self.files):
            if name in self.files[:n]:
                yield Fault(("files", n), "X500", f"{name!r} stands twice")

    def folder_faults(self, folder: Path) -> Iterator[Fault]:
        """Files that are missing, are no text, lie outside, or cannot be Python."""
        yield from _python(folder, "check.py", ("kind",))
        for n, name in enumerate(self.files):
            for part in ("starter", "solution"):
                yield from _python(folder, f"{part}/{name}", ("files", n))
        for name in files_under(folder / "solution"):
            if name not in self.files and not (folder / "starter" / name).is_file():
                yield Fault(("files",), "X531", f"solution/{name} is neither among the files nor in starter/")


def _python(folder: Path, name: str, steps: tuple[str | int, ...]) -> Iterator[Fault]:
    try:
        text = read_text(contained(folder, name))
        if name.endswith(".py") and not name.startswith("starter/"):
            ast.parse(text)
    except LabError as error:
        yield Fault(steps, "X530", error.message.replace(Path(name).name, name, 1), error.hint)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = f":{error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        yield Fault(steps, "X532", f"{name}{line} is no valid Python")
