"""The argparse parser. It imports the command that is used; help on the program imports all of them for their texts."""

from __future__ import annotations

import argparse
import difflib
import re
import sys
from typing import Any, NoReturn

from dev2cto import __version__
from dev2cto.cli import commands
from dev2cto.cli.arguments import COMMON, START
from dev2cto.cli.output import write
from dev2cto.errors import UsageError

EPILOG = """\
Environment: DEV2CTO_HOME, DEV2CTO_COURSE, DEV2CTO_LEARNER, DEV2CTO_PLAIN=1, DEV2CTO_WELCOME=0, NO_COLOR.
Exit codes: 0 success, 1 a problem was found, 2 usage error, 3 could not be saved,
129, 130, 143 hung up, interrupted, terminated."""

IN_MODULE = "in its module"
"""Placeholder for a command's help text, until help is shown."""


class Parser(argparse.ArgumentParser):
    """An argument parser that raises UsageError, with the closest valid word as a hint."""

    mixed = False
    """Whether options may appear between positional arguments."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # what argparse declares, unoverloaded
        """Parse as argparse does, but intermixed if `mixed` is set."""
        if not self.mixed:
            return super().parse_known_args(args, namespace)
        self.mixed = False  # parse_known_intermixed_args calls this method again
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self.mixed = True

    def _print_message(self, message: str, file: Any = None) -> None:
        """Print help, usage or the version through the door that filters."""
        write(message, error=file is sys.stderr)

    def error(self, message: str) -> NoReturn:
        """Raise UsageError instead of exiting."""
        wrong = re.search(r"invalid choice: '([^']*)' \(choose from (.*)\)|unrecognized arguments: (\S+)", message)
        near: list[str] = []
        if wrong is not None:
            known = re.findall(r"[\w-]+", wrong[2]) if wrong[2] else [*self._option_string_actions]
            near = difflib.get_close_matches(wrong[1] or wrong[3].partition("=")[0], known, 1)
        hint = f"Did you mean {near[0]}? " if near else ""
        raise UsageError(message[:1].upper() + message[1:] + ".", f"{hint}See: {self.prog} --help")


class CommandParser(Parser):
    """The parser of a command, which has arguments once it is used."""

    def __init__(self, *, command: str, **options: Any) -> None:
        super().__init__(**options)
        self._command = command
        self._is_loaded = False

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # what argparse declares, unoverloaded
        """Import the command, then parse."""
        if not self._is_loaded:
            self._is_loaded = True
            self._load()
        return super().parse_known_args(args, namespace)

    def _load(self) -> None:
        command = commands.command(self._command)
        assert command is not None
        self.description = command.HELP[:1].upper() + command.HELP[1:] + "."
        self.usage = getattr(command, "USAGE", None)
        self.mixed = getattr(command, "MIXED", False)
        for argument, how in COMMON.items():
            self.add_argument(argument, default=argparse.SUPPRESS, **how)
        for argument, how in command.ARGUMENTS.items():
            self.add_argument(argument, **how)


class HelpFormatter(argparse.RawDescriptionHelpFormatter):
    """Formats help with the texts of the commands, which are imported for that."""

    def _get_help_string(self, action: argparse.Action) -> str | None:
        command = commands.command(action.dest) if action.help == IN_MODULE else None
        return super()._get_help_string(action) if command is None else command.HELP


def parser() -> Parser:
    """Build the parser of the whole command line."""
    top = Parser(
        prog="dev2cto",
        description="From web developer to CTO: a self-study course for the terminal.",
        epilog=EPILOG,
        formatter_class=HelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"dev2cto {__version__}")
    for name, how in {**START, **COMMON}.items():
        top.add_argument(name, **how)
    choices = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=CommandParser)
    for name in commands.names():
        choices.add_parser(name, command=name, help=IN_MODULE, allow_abbrev=False)
    return top
