"""The command line: which face, which learner, which course; one-shot commands."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING, Any

from dev2cto.cli.arguments import ARGUMENTS, COMMANDS, COMMON, START
from dev2cto.errors import Dev2CtoError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence


def parsed(arguments: Sequence[str]) -> Namespace:
    """What the command line asks for. Raises UsageError; ends the program itself for --help and --version."""
    options = plainly_parsed(arguments)
    if options is None:
        from dev2cto.cli.parser import parser

        options = parser().parse_args(arguments)
    options.course = options.course or os.environ.get("DEV2CTO_COURSE") or None
    options.learner = options.learner or os.environ.get("DEV2CTO_LEARNER") or "learner"
    return options


def plainly_parsed(arguments: Sequence[str]) -> Namespace | None:
    """The same as the whole parser gives, for command lines of switches and plain options; None for all others.

    Loading argparse and describing every command to it costs more than all that `dev2cto next` has to do.
    """
    words = list(arguments)
    command = words.pop(0) if words and words[0] in COMMANDS else None
    takes = {**COMMON, **(START if command is None else ARGUMENTS.get(command, {}))}
    if not all(name.startswith("--") for name in takes):
        return None
    options: dict[str, Any] = {
        name[2:]: False if "action" in how else how.get("default") for name, how in {**START, **takes}.items()
    }
    while words:
        name = words.pop(0)
        how = takes.get(name)
        if how is not None and "action" in how:
            options[name[2:]] = True
        elif how is not None and how.keys().isdisjoint(("type", "choices")) and words and words[0][:1] != "-":
            options[name[2:]] = words.pop(0)
        else:
            return None
    from types import SimpleNamespace

    return SimpleNamespace(command=command, **options)  # type: ignore[return-value]  # read like a Namespace


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns the exit code. No error of ours ends in a traceback."""
    ensure_standard_streams()
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
        sys.stderr.reconfigure(errors="replace")  # type: ignore[union-attr]  # a text stream, as stdout is
    try:
        options = parsed(sys.argv[1:] if arguments is None else arguments)
        if options.command:
            from dev2cto.cli.commands import run

            code = run(options)
            sys.stdout.flush()
            return code
        from dev2cto.cli.launcher import start

        return start(options)
    except Dev2CtoError as error:
        print_error(error.message, error.hint)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        discard_output()
        return 0
    except OSError as error:
        discard_output()
        print_error(f"{error.filename or 'A file'}: {error.strerror or error}.", "Look at its place and permissions.")
        return 1
    except Exception as error:
        from dev2cto.crash_log import write_log

        print_error(write_log(error))
        return 1


def ensure_standard_streams() -> None:
    """Streams that were closed before the start lead nowhere, and no file of ours takes their numbers."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115  (for the whole run)


def discard_output() -> None:
    """What could not be written goes nowhere, so that the end of the process does not try again."""
    try:
        sys.stdout.flush()
    except OSError:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_error(message: str, hint: str = "") -> None:
    """Say what is wrong; where nobody listens any more, the exit code alone says it."""
    with contextlib.suppress(OSError):
        print(f"dev2cto: {message}", file=sys.stderr)
        if hint:
            print(f"         {hint}", file=sys.stderr)
        sys.stderr.flush()
