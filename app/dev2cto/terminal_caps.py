"""The terminal's capabilities according to TERM."""

from __future__ import annotations

import os

DUMB = ("", "dumb", "unknown")
"""Values of TERM for terminals without cursor movement."""
USUAL = (
    "xterm",
    "screen",
    "tmux",
    "rxvt",
    "linux",
    "vt",
    "ansi",
    "alacritty",
    "foot",
    "kitty",
    "st",
    "konsole",
    "gnome",
)
"""Prefixes of common names: all support xterm-like cursor movement, so the slow terminfo lookup is skipped."""


def name() -> str:
    """Return the value of TERM; empty if it is not set."""
    return os.environ.get("TERM", "")


def is_line_only() -> bool:
    """Whether the terminal cannot show a full screen."""
    return name() in DUMB


def prefers_lines() -> bool:
    """Whether the learner asked for plain mode in the environment, or TERM allows nothing else."""
    return os.environ.get("DEV2CTO_PLAIN", "") not in ("", "0") or name() == "dumb"


def is_unknown() -> bool:
    """Whether the name is neither a common one nor in this system's terminfo."""
    term = name()
    if term in DUMB or term.startswith(USUAL):
        return False
    try:
        import curses

        curses.setupterm(term, 1)
    except ImportError:
        return False
    except curses.error:
        return True
    return False
