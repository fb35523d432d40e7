"""Every command and what it takes, said once: for argparse, and for the plainest command lines, which do without it.

What follows a name are the settings of `argparse.ArgumentParser.add_argument`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Arguments = Mapping[str, Mapping[str, Any]]

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

COMMON: Arguments = {
    "--course": {"metavar": "DIR", "help": "the folder of another course"},
    "--learner": {"metavar": "NAME", "help": "whose record (default: learner)"},
}
"""What every command takes; given after the command it wins."""

START: Arguments = {
    "--plain": {"action": "store_true", "help": "plain lines instead of the full screen"},
    "--resume": {"action": "store_true", "help": "go straight to where you left off"},
}
"""What a start without a command takes."""

JSON: Arguments = {"--json": {"action": "store_true", "help": "for programs"}}

ARGUMENTS: Mapping[str, Arguments] = {
    "status": JSON,
    "next": JSON,
    "show": {
        "id": {"nargs": "?", "default": "", "metavar": "ID", "help": "a step, reading, section, exercise or term"}
    },
    "search": {
        "words": {"nargs": "+", "metavar": "WORD"},
        "--limit": {"type": int, "default": 20, "metavar": "N", "help": "at most N places (default 20)"},
    },
    "export": {
        "to": {
            "nargs": "*",
            "metavar": "[transcript] FILE",
            "help": "where to (default: standard output); the word transcript before it: what you did when, and how it"
            " came out",
        },
        "--format": {"choices": ["md", "text", "csv"], "help": "of the transcript (default: by FILE, else md)"},
        "--portfolio": {"metavar": "DIR", "help": "write the portfolio as Markdown files into DIR"},
    },
    "where": JSON,
    "doctor": {**JSON, "--keys": {"action": "store_true", "help": "show which keys arrive"}},
    "reset": {
        "level": {"nargs": "?", "choices": ["item", "quiz", "reading", "exercise", "final", "step", "all"]},
        "id": {"nargs": "?", "default": "", "metavar": "ID"},
        "--yes": {"action": "store_true", "help": "do not ask"},
        "--list": {"action": "store_true", "help": "show the resets in force"},
        "--undo": {"metavar": "RESET", "help": "take a reset back"},
        "--erase": {"action": "store_true", "help": "with 'all': erase the answers for good, after a backup"},
    },
    "backup": {"to": {"nargs": "?", "default": ".", "metavar": "PATH", "help": "a file or folder (default: here)"}},
    "restore": {
        "archive": {"metavar": "BACKUP"},
        "--yes": {"action": "store_true", "help": "do it; without this, only say what would be done"},
    },
    "merge": {"sources": {"nargs": "+", "metavar": "DIR|BACKUP"}},
    "check": {
        "dir": {"nargs": "?", "metavar": "DIR", "help": "the folder of the course (default: --course)"},
        "--format": {"choices": ["text", "json", "github"], "default": "text"},
        "--run": {"action": "store_true", "help": "also run the labs and the code of items (needs trust)"},
    },
    "new": {
        "what": {"choices": ["course", "module", "reading", "item", "exercise"]},
        "id": {"metavar": "ID"},
        "--module": {"metavar": "FOLDER", "help": "the module's folder, for a reading, item or exercise"},
        "--kind": {"metavar": "KIND", "help": "the kind of the item or exercise; mutants for a lab of tests"},
    },
    "preview": {"path": {"metavar": "PATH", "help": "a file of a course, or the id of a reading, item or exercise"}},
    "trust": {"--revoke": {"action": "store_true", "help": "take the trust back"}},
}
"""What each command takes besides."""
