"""One-shot commands: each is a module of this package, imported when it is needed.

A module has its help text `HELP`, its `ARGUMENTS` in addition to those of every command, and the function `run`. It may
have `USAGE`, the usage line, and `MIXED`: whether options can be given between positional arguments.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from argparse import Namespace
    from typing import Protocol

    from dev2cto.cli.arguments import Arguments

    class Command(Protocol):
        """The module of a command."""

        HELP: str
        ARGUMENTS: Arguments

        def run(self, options: Namespace) -> int:
            """Run it and return its exit code."""
            ...


def names() -> list[str]:
    """Return the names of all commands, in alphabetical order, without importing them."""
    from pkgutil import iter_modules

    return [module.name for module in iter_modules(__path__)]


def command(name: str) -> Command | None:
    """Import and return the command of that name; None if there is none."""
    if not name.isidentifier() or name.startswith("_"):
        return None
    module = f"{__name__}.{name}"
    try:
        return cast("Command", import_module(module))
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        return None


def run(options: Namespace) -> int:
    """Run the command given by the options and return its exit code."""
    found = command(options.command)
    assert found is not None
    return found.run(options)
