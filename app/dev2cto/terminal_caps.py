"""What TERM says of the terminal."""

from __future__ import annotations

import os

DUMB = ("", "dumb", "unknown")
"""Terminals that take lines only, by their own account."""
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
"""Beginnings of names that need not be looked up: all of them move a cursor as xterm does."""


def name() -> str:
    """The terminal's name; empty where it has none."""
    return os.environ.get("TERM", "")


def is_line_only() -> bool:
    """Whether a full screen cannot be drawn on it."""
    return name() in DUMB


def is_unknown() -> bool:
    """Whether neither we nor this system's terminfo know the name."""
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
