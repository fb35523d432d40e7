"""One-shot commands, one module each, imported on demand."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace


def run(options: Namespace) -> int:
    """Run the command given by the options and return its exit code."""
    module = import_module(f"dev2cto.cli.commands.{options.command}")
    code: int = module.run(options)
    return code
