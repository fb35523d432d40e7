"""Commands and their arguments, used by the argparse parser and by the fast path for simple command lines.

Each name maps to the keyword arguments of `argparse.ArgumentParser.add_argument`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Arguments = Mapping[str, Mapping[str, Any]]

COMMANDS = {
    "status": "show your progress",
    "next": "show what comes next, in one line",
    "show": "print the course, or one part of it, as text",
    "search": "search the course and your notes",
    "review": "show what is due for review",
    "export": "export your record as JSON, your transcript or your portfolio",
    "where": "show the folders of the record, the course and the workspace",
    "doctor": "check the terminal, the record and the course",
    "reset": "start something over; can be undone",
    "backup": "back up the record to one file",
    "restore": "restore answers from a backup",
    "merge": "merge records of other machines into yours",
    "check": "check a course for mistakes",
    "new": "create a course, module, reading, item or exercise from a template",
    "preview": "show a file of a course, or one part of it",
    "trust": "allow a course from elsewhere to run its labs",
}
"""Command names and their help texts."""

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

ARGUMENTS: Mapping[str, Arguments] = {
    "status": JSON,
    "next": JSON,
    "show": {
        "id": {"nargs": "?", "default": "", "metavar": "ID", "help": "a step, reading, section, exercise or term"}
    },
    "search": {
        "words": {"nargs": "+", "metavar": "WORD"},
        "--limit": {"type": int, "default": 20, "metavar": "N", "help": "show at most N results (default 20)"},
    },
    "export": {
        "to": {
            "nargs": "*",
            "metavar": "[transcript] FILE",
            "help": "the output file (default: standard output); with the word transcript before it, export a list of"
            " your work and its results",
        },
        "--format": {
            "choices": ["md", "text", "csv"],
            "help": "format of the transcript (default: by the ending of FILE, else md)",
        },
        "--portfolio": {"metavar": "DIR", "help": "write the portfolio as Markdown files into DIR"},
    },
    "where": JSON,
    "doctor": {**JSON, "--keys": {"action": "store_true", "help": "show the keys that the terminal sends"}},
    "reset": {
        "level": {"nargs": "?", "choices": ["item", "quiz", "reading", "exercise", "final", "step", "all"]},
        "id": {"nargs": "?", "default": "", "metavar": "ID"},
        "--yes": {"action": "store_true", "help": "do not ask for confirmation"},
        "--list": {"action": "store_true", "help": "list the active resets"},
        "--undo": {"metavar": "RESET", "help": "undo a reset"},
        "--erase": {"action": "store_true", "help": "with 'all': delete the answers permanently, after a backup"},
    },
    "backup": {"to": {"nargs": "?", "default": ".", "metavar": "PATH", "help": "a file or folder (default: here)"}},
    "restore": {
        "archive": {"metavar": "BACKUP"},
        "--yes": {"action": "store_true", "help": "do it; without --yes only show what would be done"},
    },
    "merge": {"sources": {"nargs": "+", "metavar": "DIR|BACKUP"}},
    "check": {
        "dir": {"nargs": "?", "metavar": "DIR", "help": "the folder of the course (default: --course)"},
        "--format": {"choices": ["text", "json", "github"], "default": "text"},
        "--run": {"action": "store_true", "help": "also run labs and the code in items (requires trust)"},
    },
    "new": {
        "what": {"choices": ["course", "module", "reading", "item", "exercise"]},
        "id": {"metavar": "ID"},
        "--module": {"metavar": "FOLDER", "help": "the module's folder (for a reading, item or exercise)"},
        "--kind": {"metavar": "KIND", "help": "the kind of item or exercise; mutants for a lab about writing tests"},
    },
    "preview": {"path": {"metavar": "PATH", "help": "a file of a course, or the id of a reading, item or exercise"}},
    "trust": {"--revoke": {"action": "store_true", "help": "withdraw the trust"}},
}
"""The arguments of each command, in addition to `COMMON`."""
