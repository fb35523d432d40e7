"""Parses unified diffs as `git diff` and `diff -u` write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from dev2cto.errors import LabError
from dev2cto.exercises.diffs.changeset import MOST_LINES, DiffLine, FileChange, LineState, Sign

PATCH = "change.diff"
"""The file with a change, next to exercise.yaml."""
HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@.*")
NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)*")
BETWEEN = (
    "diff ", "index ", "new file mode ", "deleted file mode ", "old mode ", "new mode ", "similarity ", "rename ",
)  # fmt: skip
"""Beginnings of the lines that git writes before the names of a file."""
NOTHING = "/dev/null"


@dataclass(slots=True)
class _File:
    """A file being parsed; `old` and `new` are the numbers of the last lines so far."""

    before: str
    after: str
    lines: list[DiffLine] = field(default_factory=list)
    old: int = 0
    new: int = 0


def parse_unified(text: str, source: str = PATCH) -> tuple[FileChange, ...]:
    """Parse a unified diff. Raises LabError with `source` and the line at fault."""
    return tuple(_Parser(text.removesuffix("\n").split("\n"), source).files())


class _Parser:
    def __init__(self, lines: list[str], source: str) -> None:
        self.lines, self.source, self.at = lines, source, 0

    def files(self) -> Iterator[FileChange]:
        seen: set[str] = set()
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if not line.strip() or line.startswith(BETWEEN):
                self.at += 1
                continue
            if not line.startswith("--- ") or not self._next().startswith("+++ "):
                raise self.error("expected the names of a file: --- and +++", "Create it with diff -u or git diff.")
            file = self.file()
            if file.name in seen:
                raise self.error(f"{file.name} occurs twice")
            seen.add(file.name)
            yield file

    def file(self) -> FileChange:
        """Parse the names of a file and all its hunks."""
        made = _File(self.name(self.lines[self.at]), self.name(self._next()))
        name = made.before if made.after == NOTHING else made.after
        if not NAME.fullmatch(name):
            raise self.error(f"{name!r} is not a valid file name", "Use a relative path of letters, digits, _ . and -")
        self.at += 2
        begin = self.at
        while self.at < len(self.lines) and (head := HUNK.fullmatch(self.lines[self.at])):
            self.hunk(made, head)
        if self.at == begin:
            raise self.error(f"{name} has no hunk: @@ -1,3 +1,4 @@")
        state: LineState = "new" if made.before == NOTHING else "deleted" if made.after == NOTHING else "changed"
        return FileChange(name, state, tuple(made.lines))

    def hunk(self, file: _File, head: re.Match[str]) -> None:
        """Parse the lines of one hunk, as many as its header says."""
        old, olds, new, news = (1 if n is None else int(n) for n in head.groups())
        first = (old if olds else old + 1, new if news else new + 1)
        if first[0] <= file.old or first[1] <= file.new:
            raise self.error("this hunk begins before the one above it ends")
        file.old, file.new = first[0] - 1, first[1] - 1
        ends = file.old + olds, file.new + news
        self.at += 1
        while (file.old, file.new) != ends:
            line = self.lines[self.at] if self.at < len(self.lines) else None
            if line is None or (line and line[0] not in " +-\\"):
                raise self.error(f"the hunk is shorter than its header says: {olds} and {news} lines")
            sign = cast(Sign, line[:1] or " ")
            self.at += 1
            if line.startswith("\\"):  # "No newline at end of file"
                continue
            file.old += sign != "+"
            file.new += sign != "-"
            if file.old > ends[0] or file.new > ends[1]:
                self.at -= 1
                raise self.error(f"the hunk is longer than its header says: {olds} and {news} lines")
            file.lines.append(DiffLine(sign, 0 if sign == "+" else file.old, 0 if sign == "-" else file.new, line[1:]))
        if len(file.lines) > MOST_LINES:
            raise self.error(f"more than {MOST_LINES:,} lines of one file")
        if self.at < len(self.lines) and self.lines[self.at].startswith("\\"):
            self.at += 1

    def name(self, line: str) -> str:
        """Return the name in a line with --- or +++, without a/ or b/ and without the time after it."""
        name = line[4:].partition("\t")[0].strip()
        return name[2:] if name.startswith(("a/", "b/")) else name

    def _next(self) -> str:
        return self.lines[self.at + 1] if self.at + 1 < len(self.lines) else ""

    def error(self, message: str, hint: str = "") -> LabError:
        """Return an error at this line."""
        return LabError(f"{self.source}:{min(self.at + 1, len(self.lines))}: {message}", hint)
