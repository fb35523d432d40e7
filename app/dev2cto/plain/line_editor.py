"""Entering a text line by line; saved after every line, so that a dropped connection loses one line at most."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal

from dev2cto.errors import Dev2CtoError
from dev2cto.plain.external_editor import edited
from dev2cto.plain.ui import PlainUI
from dev2cto.text import pluralize

End = Literal["end", "leave"]
HELP = (
    "Every line becomes part of your text, except these commands:",
    ". ends the text",
    ".l lists your text with line numbers; .l 3-9 only those lines",
    ".a 5 continues after line 5; .a 0 before the first line",
    ".r 5 TEXT replaces line 5 with TEXT",
    ".d 5 deletes line 5; .d 3-9 all of those lines",
    ".e opens the text in your editor",
    ".q leaves the text",
    "Put a second dot in front to enter such a line as text.",
)
BEGIN = "Type your text, line by line. A single dot on a line ends it; .? lists the commands."
COMMAND = re.compile(r"\.(?:([?lardeq])(?:[ \t]+(.*))?)?")
MEANT = re.compile(r"\s*(?:\.?[a-z?]|back|exit|help|quit)\s*", re.IGNORECASE)
"""Lines of text that look as if they were meant as a command."""


class TextEntry:
    """A text being entered, and the line after which new lines are inserted."""

    def __init__(
        self, ui: PlainUI, text: str, keep: Callable[[str, int], None], *, after: int | None = None, suffix: str = ".md"
    ) -> None:
        self.ui, self._keep, self._suffix = ui, keep, suffix
        self.lines = text.split("\n") if text else []
        while self.lines and not self.lines[-1].strip():
            self.lines.pop()
        self.after = len(self.lines) if after is None else max(0, min(after, len(self.lines)))

    @property
    def text(self) -> str:
        """The current text; it ends with a newline unless it is empty."""
        return "\n".join([*self.lines, ""]) if self.lines else ""

    def run(self) -> End:
        """Read lines until the text is ended or left. Raises SessionEnded."""
        if self.lines:
            self.list_lines("")
        with self.ui.console.together():
            self.ui.say(BEGIN)
            self.where()
        while True:
            line = self.ui.read("")
            command = COMMAND.fullmatch(line.rstrip())
            if command is None:
                self.type(line[1:] if COMMAND.fullmatch(line.rstrip()[1:]) and line.startswith("..") else line)
                continue
            match command[1] or ".", (command[2] or "").strip():
                case ".", _:
                    return "end"
                case "q", _:
                    return "leave"
                case "l", rest:
                    self.list_lines(rest)
                case "a", rest:
                    self.go_on_after(rest)
                case "r", rest:
                    self.replace(rest)
                case "d", rest:
                    self.delete(rest)
                case "e", _:
                    self.edit()
                case _:
                    self.ui.show_all_commands(HELP)

    def keep(self) -> None:
        """Save the text and the line."""
        self._keep(self.text, self.after)

    def type(self, line: str) -> None:
        """Insert a line and save; point it out if it looks like a command."""
        self.lines.insert(self.after, line)
        self.after += 1
        self.keep()
        if MEANT.fullmatch(line):
            at = self.after
            self.ui.say(f"{line.strip()!r} is now line {at} of your text. .d {at} deletes it; .? lists the commands.")

    @property
    def position(self) -> str:
        """Message: where new lines go."""
        return f"New text goes after line {self.after}." if self.after else "New text goes before line 1."

    def where(self) -> None:
        """Say where typing continues, unless the text is empty."""
        if self.lines:
            self.ui.say(self.position)

    def list_lines(self, rest: str) -> None:
        """List the lines with their numbers; `rest` may be a line or a range."""
        first, last = self._range(rest) if rest else (1, len(self.lines))
        if not self.lines:
            self.ui.say("The text is empty.")
        shown: Sequence[tuple[int, str]] = list(enumerate(self.lines, 1))[first - 1 : last]
        self.ui.console.gap()
        for n, line in shown:
            self.ui.console.numbered(n, line)
        self.ui.console.gap()

    def go_on_after(self, rest: str) -> None:
        """Continue typing after the line given in `rest`."""
        if not rest.isdecimal() or int(rest) > len(self.lines):
            self.ui.say(f"Type a line from 0 to {len(self.lines)}, like .a {len(self.lines)}.")
            return
        self.after = int(rest)
        self.keep()
        self.ui.say(self.position)

    def replace(self, rest: str) -> None:
        """Replace a line; `rest` is its number and the new text."""
        number, _, text = rest.partition(" ")
        if not number.isdecimal() or not 1 <= int(number) <= len(self.lines):
            self.ui.say(f"Type a line from 1 to {len(self.lines)} and its new text, like .r 1 TEXT.")
            return
        self.lines[int(number) - 1] = text
        self.keep()
        self.ui.say(f"Line {number} replaced.")

    def delete(self, rest: str) -> None:
        """Delete the line or range of lines given in `rest`."""
        first, last = self._range(rest)
        if not first:
            self.ui.say(f"Type a line from 1 to {len(self.lines)}, or a range like .d 1-{max(1, len(self.lines))}.")
            return
        del self.lines[first - 1 : last]
        if self.after >= first:
            self.after = max(first - 1, self.after - (last - first + 1))
        self.keep()
        self.ui.say(
            f"{'Line' if first == last else 'Lines'} {rest} deleted; {pluralize(len(self.lines), 'line')} left."
        )

    def edit(self) -> None:
        """Edit the whole text in the learner's editor."""
        try:
            text = edited(self.ui, self.text, self._suffix, lambda text: self._keep(text, self.after))
        except Dev2CtoError as error:
            self.ui.show_error(error)
            return
        self.lines = text.rstrip("\n").split("\n") if text.strip() else []
        self.after = len(self.lines)
        self.keep()
        self.ui.say(f"The text now has {pluralize(len(self.lines), 'line')}. A single dot ends it; .l lists it.")

    def _range(self, rest: str) -> tuple[int, int]:
        """Return the first and last line of "5" or "3-9"; (0, 0) if the text has no such lines."""
        found = re.fullmatch(r"(\d+)(?:\s*-\s*(\d+))?", rest)
        if found is None:
            return 0, 0
        first, last = int(found[1]), int(found[2] or found[1])
        return (first, last) if 1 <= first <= last <= len(self.lines) else (0, 0)
