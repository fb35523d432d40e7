"""Colour themes: a cool accent for structure, a warm one for what is the learner's turn, verdict colours, one tint."""

import os
from collections.abc import Mapping
from typing import NamedTuple

from textual.theme import Theme


class Palette(NamedTuple):
    """The named colours of a theme. `faint` is for rules and empty bars only; all others are for text, too."""

    background: str
    tint: str
    text: str
    bright: str
    dim: str
    faint: str
    cool: str
    warm: str
    good: str
    bad: str
    string: str
    number: str
    """`keyword` and `comment` are the cool accent and dim."""


DARK = Palette(
    "#16181d", "#1f232b", "#d8d5c8", "#f2efe4", "#949187", "#3a3d45", "#7fb4ca", "#e0b072", "#98bb6c", "#e8717f",
    "#a3b899", "#d9a877",
)  # fmt: skip
LIGHT = Palette(
    "#fbfaf6", "#efece3", "#24272e", "#0b0d12", "#66635a", "#d0ccc0", "#1f5f8b", "#8a4a06", "#37661f", "#a3262a",
    "#4a6343", "#8a4a06",
)  # fmt: skip
HIGH_CONTRAST = Palette(
    "#000000", "#1c1c1c", "#ffffff", "#ffffff", "#cfcfcf", "#7a7a7a", "#8fd8ff", "#ffd27a", "#a5ec82", "#ffa3a8",
    "#c3e6b5", "#ffc48a",
)  # fmt: skip
PALETTES: Mapping[str, Palette] = {"dark": DARK, "light": LIGHT, "contrast": HIGH_CONTRAST}
"""The palettes by the names of their themes; the theme of the terminal's own colours has none."""


def themed(name: str, palette: Palette) -> Theme:
    """Return Textual's theme for a palette."""
    plain = palette.background
    return Theme(
        name=name,
        dark=name != "light",
        primary=palette.cool,
        secondary=palette.warm,
        accent=palette.cool,
        success=palette.good,
        warning=palette.warm,
        error=palette.bad,
        foreground=palette.text,
        background=plain,
        surface=plain,
        panel=plain,
        boost=plain,
        text_alpha=1.0,
        variables={"dim": palette.dim, "faint": palette.faint, "tint": palette.tint},
    )


TERMINAL = Theme(
    name="terminal",
    ansi=True,
    dark=True,
    primary="ansi_default",
    secondary="ansi_default",
    accent="ansi_default",
    success="ansi_green",
    warning="ansi_default",
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
        "input-cursor-text-style": "none",
        "block-cursor-foreground": "ansi_default",
        "block-cursor-background": "ansi_default",
        "dim": "ansi_default",
        "faint": "ansi_bright_black",
        "tint": "ansi_default",
    },
)
"""The terminal's own sixteen colours and background: works on dark and light, and takes few bytes.

Words have the default colour, bold or dim: how legible the others are is up to the terminal. Marks may have them.
"""
THEMES = (TERMINAL, *(themed(name, palette) for name, palette in PALETTES.items()))


def theme_name(setting: str) -> str:
    """Return the theme for the setting: "auto" is dark where the terminal has all colours, else the terminal's own."""
    if setting != "auto":
        return setting
    return "dark" if os.environ.get("COLORTERM", "") in ("truecolor", "24bit") else "terminal"
