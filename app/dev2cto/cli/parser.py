"""The whole command line: every command, option and value, with help."""

from __future__ import annotations

import argparse
import difflib
import re
from typing import Any, NoReturn

from dev2cto import __version__
from dev2cto.errors import UsageError

COMMANDS = {
    "status": "how far you are, in one line or more",
    "next": "what comes next, in one line",
    "show": "the course, or one part of it, as text",
    "search": "find words in the course and in your notes",
    "review": "what is due for review",
    "export": "your record as JSON, your transcript, or your portfolio as files",
    "where": "where the record, the course and the workspace are",
    "doctor": "look at terminal, record and course for trouble",
    "reset": "start something over; can be undone",
    "backup": "a copy of the record as one file",
    "restore": "take a backup's answers in again",
    "merge": "take in the record of another machine",
    "check": "look for mistakes in a course",
    "new": "write the skeleton of a course, module, reading, item or exercise",
    "preview": "show one file of a course, or one thing in it",
    "trust": "allow a course from elsewhere to run its labs",
}
EPILOG = """\
Environment: DEV2CTO_HOME, DEV2CTO_COURSE, DEV2CTO_LEARNER, DEV2CTO_PLAIN=1, NO_COLOR.
Exit codes: 0 fine, 1 a problem was found, 2 wrong use, 3 could not be saved,
129, 130, 143 hung up, interrupted, terminated."""


class Parser(argparse.ArgumentParser):
    """Wrong use becomes a UsageError, with the nearest right word."""

    mixed = False
    """Whether options may come between the words that are no options."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # what argparse declares, unoverloaded
        """As argparse does, but for `mixed`."""
        if not self.mixed:
            return super().parse_known_args(args, namespace)
        self.mixed = False  # argparse comes back here for the options
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self.mixed = True

    def error(self, message: str) -> NoReturn:
        """Raise instead of exiting."""
        wrong = re.search(r"invalid choice: '([^']*)' \(choose from (.*)\)|unrecognized arguments: (\S+)", message)
        near: list[str] = []
        if wrong is not None:
            known = re.findall(r"[\w-]+", wrong[2]) if wrong[2] else [*self._option_string_actions]
            near = difflib.get_close_matches(wrong[1] or wrong[3].partition("=")[0], known, 1)
        hint = f"Did you mean {near[0]}? " if near else ""
        raise UsageError(message[:1].upper() + message[1:] + ".", f"{hint}See: {self.prog} --help")


def parser() -> Parser:
    """The whole command line."""
    top = Parser(
        prog="dev2cto",
        description="From web developer to CTO: a self-study course for the terminal.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"dev2cto {__version__}")
    top.add_argument("--plain", action="store_true", help="plain lines instead of the full screen")
    top.add_argument("--resume", action="store_true", help="go straight to where you left off")
    common(top, top=True)
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    for name, text in COMMANDS.items():
        sub = commands.add_parser(name, help=text, description=text[:1].upper() + text[1:] + ".", allow_abbrev=False)
        common(sub, top=False)
        OPTIONS[name](sub) if name in OPTIONS else None
    return top


def common(p: argparse.ArgumentParser, *, top: bool) -> None:
    """Options that every command takes; given after the command they win."""
    default = None if top else argparse.SUPPRESS
    p.add_argument("--course", metavar="DIR", default=default, help="the folder of another course")
    p.add_argument("--learner", metavar="NAME", default=default, help="whose record (default: learner)")


def _show(p: argparse.ArgumentParser) -> None:
    p.add_argument("id", nargs="?", default="", metavar="ID", help="a step, reading, section, exercise or term")


def _search(p: argparse.ArgumentParser) -> None:
    p.add_argument("words", nargs="+", metavar="WORD")
    p.add_argument("--limit", type=int, default=20, metavar="N", help="at most N places (default 20)")


def _json(p: argparse.ArgumentParser) -> None:
    p.add_argument("--json", action="store_true", help="for programs")


def _doctor(p: argparse.ArgumentParser) -> None:
    _json(p)
    p.add_argument("--keys", action="store_true", help="show which keys arrive")


def _export(p: Parser) -> None:
    p.mixed = True
    p.usage = "%(prog)s [-h] [--course DIR] [--learner NAME] [transcript] [FILE] [--format FORMAT] [--portfolio DIR]"
    p.add_argument(
        "to",
        nargs="*",
        metavar="[transcript] FILE",
        help="where to (default: standard output); the word transcript before it: what you did when, and how it came"
        " out",
    )
    p.add_argument("--format", choices=["md", "text", "csv"], help="of the transcript (default: by FILE, else md)")
    p.add_argument("--portfolio", metavar="DIR", help="write the portfolio as Markdown files into DIR")


def _reset(p: argparse.ArgumentParser) -> None:
    p.add_argument("level", nargs="?", choices=["item", "quiz", "reading", "exercise", "final", "step", "all"])
    p.add_argument("id", nargs="?", default="", metavar="ID")
    p.add_argument("--yes", action="store_true", help="do not ask")
    p.add_argument("--list", action="store_true", help="show the resets in force")
    p.add_argument("--undo", metavar="RESET", help="take a reset back")
    p.add_argument("--erase", action="store_true", help="with 'all': erase the answers for good, after a backup")


def _backup(p: argparse.ArgumentParser) -> None:
    p.add_argument("to", nargs="?", default=".", metavar="PATH", help="a file or folder (default: here)")


def _restore(p: argparse.ArgumentParser) -> None:
    p.add_argument("archive", metavar="BACKUP")
    p.add_argument("--yes", action="store_true", help="do it; without this, only say what would be done")


def _merge(p: argparse.ArgumentParser) -> None:
    p.add_argument("sources", nargs="+", metavar="DIR|BACKUP")


def _check(p: argparse.ArgumentParser) -> None:
    p.add_argument("dir", nargs="?", metavar="DIR", help="the folder of the course (default: --course)")
    p.add_argument("--format", choices=["text", "json", "github"], default="text")
    p.add_argument("--run", action="store_true", help="also run the labs and the code of items (needs trust)")


def _new(p: argparse.ArgumentParser) -> None:
    p.add_argument("what", choices=["course", "module", "reading", "item", "exercise"])
    p.add_argument("id", metavar="ID")
    p.add_argument("--module", metavar="FOLDER", help="the module's folder, for a reading, item or exercise")
    p.add_argument("--kind", metavar="KIND", help="the kind of the item or exercise; mutants for a lab of tests")


def _preview(p: argparse.ArgumentParser) -> None:
    p.add_argument("path", metavar="PATH", help="a file of a course, or the id of a reading, item or exercise")


def _trust(p: argparse.ArgumentParser) -> None:
    p.add_argument("--revoke", action="store_true", help="take the trust back")


OPTIONS = {
    "status": _json,
    "next": _json,
    "show": _show,
    "search": _search,
    "export": _export,
    "where": _json,
    "doctor": _doctor,
    "reset": _reset,
    "backup": _backup,
    "restore": _restore,
    "merge": _merge,
    "check": _check,
    "new": _new,
    "preview": _preview,
    "trust": _trust,
}
