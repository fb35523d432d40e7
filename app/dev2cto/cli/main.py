"""Entry point of the `dev2cto` command."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from typing import TYPE_CHECKING, Any

from dev2cto.cli import commands, garbage
from dev2cto.cli.arguments import COMMON, START
from dev2cto.cli.output import write
from dev2cto.errors import Dev2CtoError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence


def parsed(arguments: Sequence[str]) -> Namespace:
    """Parse the command line. Raises UsageError; exits the program for --help and --version."""
    options = plainly_parsed(arguments)
    if options is None:
        from dev2cto.cli.parser import parser

        options = parser().parse_args(arguments)
    options.course = options.course or os.environ.get("DEV2CTO_COURSE") or None
    options.learner = options.learner or os.environ.get("DEV2CTO_LEARNER") or "learner"
    return options


def plainly_parsed(arguments: Sequence[str]) -> Namespace | None:
    """Parse simple command lines without argparse, with the same result; None if argparse is needed.

    It imports the module of the command and no other; importing argparse takes longer than the whole of `dev2cto next`.
    """
    words = list(arguments)
    command = commands.command(words[0]) if words else None
    name_of_command = words.pop(0) if command is not None else None
    takes = {**COMMON, **(START if command is None else command.ARGUMENTS)}
    listed = [name for name in takes if not name.startswith("--")]
    if listed and (len(listed) > 1 or takes[listed[0]].get("nargs") != "+" or not words):
        return None
    if listed and any(word.startswith("-") for word in words):
        return None
    options: dict[str, Any] = {
        name.removeprefix("--"): False if "action" in how else how.get("default")
        for name, how in {**START, **takes}.items()
    }
    if listed:
        options[listed[0]], words = words, []
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

    return SimpleNamespace(command=name_of_command, **options)  # type: ignore[return-value]  # read like a Namespace


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return the exit code. Errors are printed as messages, never as tracebacks.

    Without `arguments` they are the process's, and running them is its only task: what it leaves at the end need not
    be searched for garbage, as Python would do.
    """
    if arguments is not None:
        return run(arguments)
    gc.disable()
    try:
        return run(sys.argv[1:])
    finally:
        gc.freeze()


def run(arguments: Sequence[str]) -> int:
    """Do what the arguments ask for and return the exit code."""
    ensure_standard_streams()
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
        sys.stderr.reconfigure(errors="replace")  # type: ignore[union-attr]  # a text stream, as stdout is
    try:
        options = parsed(arguments)
        if options.command:
            garbage.resume()
            code = commands.run(options)
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
        print_error(f"{error.filename or 'A file'}: {error.strerror or error}.", "Check its location and permissions.")
        return 1
    except Exception as error:
        from dev2cto.crash_log import write_log

        print_error(write_log(error))
        return 1


def ensure_standard_streams() -> None:
    """Connect closed standard streams to /dev/null, so that files opened later do not get their descriptors."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115  (for the whole run)


def discard_output() -> None:
    """Discard output that could not be written, so that the interpreter does not retry it at exit."""
    try:
        sys.stdout.flush()
    except OSError:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_error(message: str, hint: str = "") -> None:
    """Print an error and its hint to standard error; ignored if the stream is closed."""
    with contextlib.suppress(OSError):
        write(f"dev2cto: {message}\n", error=True)
        if hint:
            write("".join(f"         {line}\n" for line in hint.split("\n")), error=True)
        sys.stderr.flush()
