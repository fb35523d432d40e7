"""The learner's choices. They live in the record, so that they follow the learner; some belong to one device."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, get_args, get_type_hints

from dev2cto.errors import UsageError

Theme = Literal["terminal", "dark", "light"]


class Settings(NamedTuple):
    """All settings with their defaults."""

    goal_minutes: int = 240
    """Minutes of study a week that the learner aims at."""
    daily_reviews: int = 20
    """Questions offered for review on one day."""
    confidence: bool = True
    """Whether "how sure are you?" is asked after each answer."""
    day_start: int = 4
    """Hour at which a study day begins."""
    time_zone: str = ""
    """Name of the learner's zone ("Europe/Amsterdam"); empty: the machine's."""
    theme: Theme = "terminal"
    """Colours: the terminal's own, or a dark or light theme."""
    side_panes: bool = True
    """Whether wide terminals show the outline beside a reading."""
    workspace: str = ""
    """Folder for labs and texts; empty: dev2cto in the home directory. Belongs to the device."""
    editor: str = ""
    """Command of the learner's editor; empty: $EDITOR, then $VISUAL, then nano or vi. Belongs to the device."""
    keys: str = ""
    """The learner's own keys in the full-screen face, as `keymap.chosen` reads them."""


LABELS = {
    "goal_minutes": ("Minutes a week I aim at", "a number; 0 for no goal"),
    "daily_reviews": ("Questions to review on one day, at most", "a number"),
    "confidence": ("Ask how sure I am after each answer", "on or off"),
    "day_start": ("Hour at which a study day begins", "0 to 12"),
    "time_zone": ("My time zone", "like Europe/Amsterdam; empty: this machine's"),
    "theme": ("Colours on this machine", "terminal, dark or light"),
    "side_panes": ("Outline, brief or log beside the text", "on or off; from 100 columns on"),
    "workspace": ("Folder for labs and texts on this machine", "a folder; empty: dev2cto in your home directory"),
    "editor": ("My editor on this machine", "a command; empty: $EDITOR, $VISUAL, nano or vi"),
    "keys": ("My own keys in the full-screen face", "pairs like hint=u note=y; empty: the usual ones"),
}
"""What each setting is called, and what it takes."""

DEVICE_BOUND = ("theme", "workspace", "editor")
FULL_SCREEN_ONLY = ("theme", "side_panes", "keys")
"""Settings that change nothing where there are only lines."""
BOUNDS: dict[str, tuple[int, int]] = {
    "goal_minutes": (0, 6000),
    "daily_reviews": (1, 500),
    "day_start": (0, 12),
}


def read_settings(documents: Mapping[str, Mapping[str, Any]], device: str) -> Settings:
    """The settings that the record holds; what cannot be used falls back to its default.

    Of the learner's keys only the entries that cannot be used do: whoever uses them tells which.
    """
    values: dict[str, Any] = {}
    for name in Settings._fields:
        document = documents.get(f"{device}/{name}") or documents.get(name)
        if document is None:
            continue
        text = str(document.get("value", ""))
        try:
            values[name] = text if name == "keys" else checked(name, text)
        except UsageError:
            continue
    return Settings(**values)


def key_of(name: str, device: str) -> str:
    """The id under which a setting is stored."""
    return f"{device}/{name}" if name in DEVICE_BOUND else name


def checked(name: str, text: str) -> Any:
    """The value that the text means for that setting. Raises UsageError where it means none."""
    hints = get_type_hints(Settings)
    if name not in hints:
        raise UsageError(f"There is no setting {name!r}.", f"Settings: {', '.join(hints)}.")
    kind = hints[name]
    if kind is bool:
        if text.lower() in ("true", "yes", "on", "1"):
            return True
        if text.lower() in ("false", "no", "off", "0"):
            return False
        raise UsageError(f"{LABELS[name][0]}: on or off, not {text!r}.", "Write on or off.")
    if kind is int:
        low, high = BOUNDS[name]
        if not text.strip().isdecimal() or not low <= int(text) <= high:
            raise UsageError(
                f"{LABELS[name][0]}: a whole number from {low} to {high}, not {text!r}.", "Write such a number."
            )
        return int(text)
    if choices := get_args(kind):
        if text not in choices:
            raise UsageError(f"{LABELS[name][0]}: this cannot be {text!r}.", f"One of {', '.join(choices)}.")
        return text
    if name == "keys":
        from dev2cto.keymap import format_keymap, parse_keymap

        own, faults = parse_keymap(text)
        if faults:
            raise UsageError(faults[0], "Write pairs like hint=u note=y, or nothing.")
        return format_keymap(own)
    if name == "time_zone" and text:
        from zoneinfo import ZoneInfo

        try:
            ZoneInfo(text)
        except (KeyError, ValueError, OSError):
            raise UsageError(f"There is no time zone {text!r}.", "Write one like Europe/Amsterdam.") from None
    return text
