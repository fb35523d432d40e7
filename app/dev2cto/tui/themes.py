"""Colour themes: one accent; muted text is dimmed; verdict colours only support a word."""

from __future__ import annotations

from textual.theme import Theme

TERMINAL = Theme(
    name="terminal",
    ansi=True,
    dark=True,
    primary="ansi_blue",
    secondary="ansi_blue",
    accent="ansi_blue",
    success="ansi_green",
    warning="ansi_yellow",
    error="ansi_red",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    variables={
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "input-cursor-background": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "input-cursor-text-style": "reverse",
        "block-cursor-foreground": "ansi_default",
        "block-cursor-background": "ansi_default",
    },
)
"""The terminal's own sixteen colours and background: works on dark and light, and takes few bytes."""

DARK = Theme(
    name="dark",
    dark=True,
    primary="#7fb4ca",
    secondary="#7fb4ca",
    accent="#7fb4ca",
    success="#98bb6c",
    warning="#e6c384",
    error="#e46876",
    foreground="#d8d5c8",
    background="#16181d",
    surface="#16181d",
    panel="#16181d",
    boost="#16181d",
)
LIGHT = Theme(
    name="light",
    dark=False,
    primary="#1f5f8b",
    secondary="#1f5f8b",
    accent="#1f5f8b",
    success="#3b6e22",
    warning="#7a5c00",
    error="#a3262a",
    foreground="#24272e",
    background="#fbfaf6",
    surface="#fbfaf6",
    panel="#fbfaf6",
    boost="#fbfaf6",
)
THEMES = (TERMINAL, DARK, LIGHT)
