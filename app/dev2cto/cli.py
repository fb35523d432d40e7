"""The command line: which face, which learner, which course; one-shot commands."""

from __future__ import annotations

import argparse
import contextlib
import difflib
import os
import re
import sys
from collections.abc import Sequence
from typing import NoReturn

from dev2cto import __version__
from dev2cto.errors import Dev2CtoError, UsageError

COMMANDS = {
    "status": "how far you are, in one line or more",
    "next": "what comes next, in one line",
    "show": "the course, or one part of it, as text",
    "search": "find words in the course and in your notes",
    "review": "what is due for review",
    "export": "your record as JSON, or your portfolio as files",
    "where": "where the record, the course and the workspace are",
    "doctor": "look at terminal, record and course for trouble",
    "reset": "start something over; can be undone",
    "backup": "a copy of the record as one file",
    "restore": "take a backup's answers in again",
    "merge": "take in the record of another machine",
    "check": "look for mistakes in a course",
    "new": "write the skeleton of a course, module, reading, item or exercise",
    "preview": "show one file of a course",
    "trust": "allow a course from elsewhere to run its labs",
}
EPILOG = """\
Environment: DEV2CTO_HOME, DEV2CTO_COURSE, DEV2CTO_LEARNER, DEV2CTO_PLAIN=1, NO_COLOR.
Exit codes: 0 fine, 1 a problem was found, 2 wrong use, 3 could not be saved,
129, 130, 143 hung up, interrupted, terminated."""


class Parser(argparse.ArgumentParser):
    """Wrong use becomes a UsageError, with the nearest right word."""

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


def _export(p: argparse.ArgumentParser) -> None:
    p.add_argument("to", nargs="?", default="-", metavar="FILE", help="where to (default: standard output)")
    p.add_argument("--portfolio", metavar="DIR", help="write the portfolio as Markdown files into DIR")


def _reset(p: argparse.ArgumentParser) -> None:
    p.add_argument("level", nargs="?", choices=["item", "quiz", "reading", "exercise", "step", "all"])
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
    p.add_argument("--kind", metavar="KIND", help="the kind of the item or exercise")


def _preview(p: argparse.ArgumentParser) -> None:
    p.add_argument("path", metavar="PATH")


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


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns the exit code. No error of ours ends in a traceback."""
    fill_streams()
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
        sys.stderr.reconfigure(errors="replace")  # type: ignore[union-attr]  # a text stream, as stdout is
    try:
        options = parser().parse_args(arguments)
        options.course = options.course or os.environ.get("DEV2CTO_COURSE") or None
        options.learner = options.learner or os.environ.get("DEV2CTO_LEARNER") or "learner"
        if options.command:
            from dev2cto.commands import run

            code = run(options)
            sys.stdout.flush()
            return code
        from dev2cto.start import start

        return start(options)
    except Dev2CtoError as error:
        tell(error.message, error.hint)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        let_go_of_output()
        return 0
    except OSError as error:
        let_go_of_output()
        tell(f"{error.filename or 'A file'}: {error.strerror or error}.", "Look at its place and permissions.")
        return 1
    except Exception as error:
        from dev2cto.study.crash import write_log

        tell(write_log(error))
        return 1


def fill_streams() -> None:
    """Streams that were closed before the start lead nowhere, and no file of ours takes their numbers."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115  (for the whole run)


def let_go_of_output() -> None:
    """What could not be written goes nowhere, so that the end of the process does not try again."""
    try:
        sys.stdout.flush()
    except OSError:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def tell(message: str, hint: str = "") -> None:
    """Say what is wrong; where nobody listens any more, the exit code alone says it."""
    with contextlib.suppress(OSError):
        print(f"dev2cto: {message}", file=sys.stderr)
        if hint:
            print(f"         {hint}", file=sys.stderr)
        sys.stderr.flush()
