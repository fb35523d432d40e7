"""The argparse parser with its help texts, built from arguments.py."""

from __future__ import annotations

import argparse
import difflib
import re
from typing import Any, NoReturn

from dev2cto import __version__
from dev2cto.cli.arguments import ARGUMENTS, COMMANDS, COMMON, START
from dev2cto.errors import UsageError

EPILOG = """\
Environment: DEV2CTO_HOME, DEV2CTO_COURSE, DEV2CTO_LEARNER, DEV2CTO_PLAIN=1, NO_COLOR.
Exit codes: 0 success, 1 a problem was found, 2 usage error, 3 could not be saved,
129, 130, 143 hung up, interrupted, terminated."""

USAGE_OF_EXPORT = (
    "%(prog)s [-h] [--course DIR] [--learner NAME] [transcript] [FILE] [--format FORMAT] [--portfolio DIR]"
)


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

    def error(self, message: str) -> NoReturn:
        """Raise UsageError instead of exiting."""
        wrong = re.search(r"invalid choice: '([^']*)' \(choose from (.*)\)|unrecognized arguments: (\S+)", message)
        near: list[str] = []
        if wrong is not None:
            known = re.findall(r"[\w-]+", wrong[2]) if wrong[2] else [*self._option_string_actions]
            near = difflib.get_close_matches(wrong[1] or wrong[3].partition("=")[0], known, 1)
        hint = f"Did you mean {near[0]}? " if near else ""
        raise UsageError(message[:1].upper() + message[1:] + ".", f"{hint}See: {self.prog} --help")


def parser() -> Parser:
    """Build the parser of the whole command line."""
    top = Parser(
        prog="dev2cto",
        description="From web developer to CTO: a self-study course for the terminal.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"dev2cto {__version__}")
    for name, how in {**START, **COMMON}.items():
        top.add_argument(name, **how)
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    for name, text in COMMANDS.items():
        sub = commands.add_parser(name, help=text, description=text[:1].upper() + text[1:] + ".", allow_abbrev=False)
        for argument, how in COMMON.items():
            sub.add_argument(argument, default=argparse.SUPPRESS, **how)
        for argument, how in ARGUMENTS.get(name, {}).items():
            sub.add_argument(argument, **how)
        if name == "export":
            sub.mixed, sub.usage = True, USAGE_OF_EXPORT
    return top
