"""The arguments that several commands, or none of them, take.

Each name maps to the keyword arguments of `argparse.ArgumentParser.add_argument`; both the argparse parser and the fast
path for simple command lines read them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Arguments = Mapping[str, Mapping[str, Any]]

COMMON: Arguments = {
    "--course": {"metavar": "DIR", "help": "use the course in DIR"},
    "--learner": {"metavar": "NAME", "help": "use the record of NAME (default: learner)"},
}
"""Options of every command; they may be given before or after it, and the latter takes precedence."""

START: Arguments = {
    "--plain": {"action": "store_true", "help": "use plain lines instead of the full screen"},
    "--resume": {"action": "store_true", "help": "continue where you left off"},
}
"""Options without a command."""

JSON: Arguments = {"--json": {"action": "store_true", "help": "print JSON"}}
"""The option of commands that can print JSON."""
