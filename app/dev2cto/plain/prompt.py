"""Prompts: what can be typed, and how a typed line is interpreted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len


@dataclass(frozen=True, slots=True)
class PromptCommand:
    """A command: typed as a letter or as a whole word. `words` describes the argument, empty if there is none."""

    key: str
    word: str
    what: str
    words: str = ""
    shown: bool = True
    """Whether the prompt shows it; `?` lists all."""


@dataclass(frozen=True, slots=True)
class ChoiceInput:
    """One of the numbered or named choices, by its index from 0."""

    number: int


@dataclass(frozen=True, slots=True)
class CommandInput:
    """A command by its key ("" for enter alone), and its argument."""

    key: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class TextInput:
    """Text that is neither a choice nor a command."""

    text: str


Typed = ChoiceInput | CommandInput | TextInput

ENTER = CommandInput("")
HELP = CommandInput("?")
REPEAT = CommandInput(".")
"""Asks for the present screen again."""
EXIT = CommandInput("exit")
"""Asks for the end of the program."""
ALWAYS = {"?": HELP, "h": HELP, "help": HELP, ".": REPEAT, "again": REPEAT, "exit": EXIT, "quit": EXIT}
"""What every prompt understands, unless it uses the same word itself."""
BACK = PromptCommand("q", "back", "goes back")
SEARCH = PromptCommand("/", "search", "searches the course and your notes", "WORDS")
NOTEBOOK = PromptCommand("n", "notebook", "your notes and bookmarks")
PROGRESS = PromptCommand("p", "progress", "your progress")
REVIEW = PromptCommand("r", "review", "what is due for review")
GLOSSARY = PromptCommand("g", "glossary", "terms and what they mean", "TERM")
UNDO = PromptCommand("u", "undo", "undoes the last change")
EVERYWHERE = (SEARCH, NOTEBOOK, PROGRESS, REVIEW, GLOSSARY)
"""The commands of every prompt that does not ask for text, unless it uses their letter itself.

The word is the name of the screen that the command opens.
"""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt: choices, commands, the effect of enter, and whether text can be typed."""

    commands: Sequence[PromptCommand] = (BACK,)
    choices: Sequence[str] = ()
    """Labels as they are typed: "1", "2", "prologue"."""
    chooses: str = "chooses"
    """What typing a choice does; empty if `text` says it."""
    enter: str = ""
    """What enter alone does; empty if it does nothing."""
    text: str = ""
    """What text can be typed ("your answer"); empty if none is expected."""
    explained: str = ""
    """A sentence about the text, shown by `?`."""
    more: Sequence[str] = ()
    """Sentences shown last by `?`."""
    lead: str = ""
    """A question shown before everything else."""
    free: bool = False
    """Whether any text is valid input: commands are then single letters, and only those of the prompt itself."""
    menu: bool = False
    """Whether it is below a menu that its caller shows again, in full, when that is asked for."""

    @property
    def all_commands(self) -> tuple[PromptCommand, ...]:
        """The prompt's own commands, then those that work everywhere."""
        own = tuple(self.commands)
        taken = {command.key for command in own}
        return own if self.free else (*own, *(c for c in (*EVERYWHERE, UNDO) if c.key not in taken))

    def line(self, width: int) -> str:
        """Return the prompt as one line of at most `width` cells; commands that do not fit are left to `?`."""
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
        """Return everything that can be typed, one line each."""
        lines = [self.explained] if self.explained else [self.text] if self.text else []
        if self.choices and self.chooses:
            lines.append(f"{span(self.choices)}: {self.chooses}")
        if self.enter:
            lines.append(f"enter: {self.enter}")
        for command in self.all_commands:
            follows = f" {command.words}" if command.words and not self.free else ""
            word = "" if self.free else f", or {command.word}"
            lines.append(f"{command.key}{follows}{word}: {command.what}")
        lines.append(f"a single dot, or again: {'shows the whole menu' if self.menu else 'shows this again'}")
        if "quit" not in {command.word for command in self.all_commands}:
            lines.append("quit, or exit: ends dev2cto; everything is saved")
        if self.free:
            lines.append("To enter one of these letters or words as text, put = in front.")
        return [*lines, *self.more]

    def read(self, line: str) -> Typed | None:
        """Interpret a typed line; returns None if it is not valid here."""
        text = line.strip()
        if not text:
            return ENTER if self.enter else None
        for number, label in enumerate(self.choices):
            if text.lower() == label.lower():
                return ChoiceInput(number)
        command = self._command(text) or ALWAYS.get(text.lower() if len(text) > 1 else text)
        if command is not None:
            return command
        if self.free:
            escaped = re.fullmatch(r"=+([^=].*)", text)
            own = {*ALWAYS, *(c.key for c in self.commands)}
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
    """Return the labels in short: "1", "1 or 2", "1 to 9", "1 to 10, prologue or capstone"."""
    numbered = [label for label in labels if label.isdecimal()]
    parts = [f"{numbered[0]} to {numbered[-1]}"] if len(numbered) > 2 else numbered
    parts += [label for label in labels if not label.isdecimal()]
    return ", ".join(parts[:-1]) + (" or " if len(parts) > 1 else "") + parts[-1]


def numbers(count: int, first: int = 1) -> tuple[str, ...]:
    """Return the labels of `count` choices, numbered from `first`."""
    return tuple(str(n) for n in range(first, first + count))
