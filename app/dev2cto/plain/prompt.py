"""What can be typed at a prompt, and what a typed line means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len


@dataclass(frozen=True, slots=True)
class PromptCommand:
    """A letter that does something; the whole word does the same. `words` says what may follow it."""

    key: str
    word: str
    what: str
    words: str = ""
    shown: bool = True
    """Whether the prompt names it; `?` names all."""


@dataclass(frozen=True, slots=True)
class ChoiceInput:
    """One of the numbered (or named) choices, from 0."""

    number: int


@dataclass(frozen=True, slots=True)
class CommandInput:
    """A command by its key ("" for enter alone), and the words after it."""

    key: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class TextInput:
    """A text that is no command."""

    text: str


Typed = ChoiceInput | CommandInput | TextInput

ENTER = CommandInput("")
BACK = PromptCommand("q", "back", "goes back")
SEARCH = PromptCommand("/", "search", "finds words in the course and in your notes", "WORDS")
NOTEBOOK = PromptCommand("n", "notebook", "your notes and bookmarks")
PROGRESS = PromptCommand("p", "progress", "how it goes")
REVIEW = PromptCommand("r", "review", "what is due for review")
GLOSSARY = PromptCommand("g", "glossary", "terms and what they mean", "TERM")
EVERYWHERE = (SEARCH, NOTEBOOK, PROGRESS, REVIEW, GLOSSARY)
"""What works at every prompt that asks for no text, unless the letter means something else there.

The word is the name of the screen that is opened.
"""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt: numbered choices, commands, what enter does, what else can be typed."""

    commands: Sequence[PromptCommand] = (BACK,)
    choices: Sequence[str] = ()
    """Labels as they are typed: "1", "2", "prologue"."""
    chooses: str = "chooses"
    """What typing a choice does; empty where `text` says it."""
    enter: str = ""
    """What enter alone does; empty where it does nothing."""
    text: str = ""
    """What a text is that may be typed ("your answer"); empty where none is expected."""
    explained: str = ""
    """A sentence about it for `?`."""
    more: Sequence[str] = ()
    """Sentences that `?` adds at its end."""
    lead: str = ""
    """A question of our own that stands before all that."""
    free: bool = False
    """Whether any text at all may be meant: then commands are single letters, and only the prompt's own."""

    @property
    def all_commands(self) -> tuple[PromptCommand, ...]:
        """Its own commands, then those that work everywhere."""
        own = tuple(self.commands)
        taken = {command.key for command in own}
        return own if self.free else (*own, *(c for c in EVERYWHERE if c.key not in taken))

    def line(self, width: int) -> str:
        """What matters, in one line of at most that many cells: commands that find no room are left to `?`."""
        parts = [part for part in (self.lead, self.text) if part]
        if self.choices and self.chooses:
            parts.append(f"{span(self.choices)} {self.chooses}")
        if self.enter:
            parts.append(f"enter {self.enter}")
        last = [f"{c.key} {c.word}" for c in self.commands if c.key == "q"] + ["? all"]
        for command in self.commands:
            part = f"{command.key} {command.word}"
            if command.shown and command.key != "q" and cell_len(", ".join([*parts, part, *last])) <= width:
                parts.append(part)
        return ", ".join([*parts, *last])

    def help(self) -> list[str]:
        """All that can be typed, a line for each."""
        lines = [self.explained] if self.explained else [self.text] if self.text else []
        if self.choices and self.chooses:
            lines.append(f"{span(self.choices)}: {self.chooses}")
        if self.enter:
            lines.append(f"enter: {self.enter}")
        for command in self.all_commands:
            follows = f" {command.words}" if command.words and not self.free else ""
            word = "" if self.free else f", or {command.word}"
            lines.append(f"{command.key}{follows}{word}: {command.what}")
        if self.free:
            lines.append("= before one of these letters: the letter itself is your text")
        return [*lines, *self.more]

    def read(self, line: str) -> Typed | None:
        """What a typed line means; None where it means nothing here."""
        text = line.strip()
        if not text:
            return ENTER if self.enter else None
        for number, label in enumerate(self.choices):
            if text.lower() == label.lower():
                return ChoiceInput(number)
        said = self._command(text)
        if said is not None:
            return said
        if self.free:
            escaped = re.fullmatch(r"=+(.)", text)
            own = {"?", *(c.key for c in self.commands)}
            return TextInput(text[1:] if escaped and escaped[1] in own else line.rstrip("\r\n"))
        return TextInput(text) if self.text else None

    def _command(self, text: str) -> CommandInput | None:
        if self.free:
            return next((CommandInput(c.key) for c in self.commands if text == c.key), None)
        head, _, rest = text.partition(" ")
        for command in self.all_commands:
            if rest and not command.words:
                continue
            if head.lower() in (command.key, command.word):
                return CommandInput(command.key, rest.strip())
            if command.key == "/" and head.startswith("/"):
                return CommandInput("/", text[1:].strip())
        return None


def span(labels: Sequence[str]) -> str:
    """Labels in short: "1", "1 or 2", "1 to 9", "1 to 10, prologue or capstone"."""
    numbered = [label for label in labels if label.isdecimal()]
    parts = [f"{numbered[0]} to {numbered[-1]}"] if len(numbered) > 2 else numbered
    parts += [label for label in labels if not label.isdecimal()]
    return ", ".join(parts[:-1]) + (" or " if len(parts) > 1 else "") + parts[-1]


def numbers(count: int, first: int = 1) -> tuple[str, ...]:
    """Labels of `count` choices."""
    return tuple(str(n) for n in range(first, first + count))
