"""The one-shot commands, one file each, imported when called."""

from __future__ import annotations

from argparse import Namespace
from importlib import import_module


def run(options: Namespace) -> int:
    """Run the command that the options name; returns the exit code."""
    module = import_module(f"dev2cto.commands.{options.command}")
    code: int = module.run(options)
    return code
