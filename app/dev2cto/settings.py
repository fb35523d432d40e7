"""The learner's settings. Preferences are stored in the record, so that backups and merges include them.

What names a command or a path is not: it is read from a file of this device (`device_settings`).
"""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, get_args, get_type_hints

from dev2cto.errors import UsageError
from dev2cto.symbols import SymbolChoice

Theme = Literal["auto", "dark", "light", "contrast", "terminal"]


class Settings(NamedTuple):
    """All settings with their defaults."""

    goal_minutes: int = 240
    """Weekly goal in minutes of study; 0 for none."""
    finish_by: str = ""
    """The day (ISO 8601) by which the learner wants to be through; empty: none."""
    daily_reviews: int = 20
    """Maximum number of review questions per day."""
    confidence: bool = True
    """Whether "how sure are you?" is asked after each answer."""
    day_start: int = 4
    """Hour at which a study day begins."""
    time_zone: str = ""
    """Name of the learner's time zone ("Europe/Amsterdam"); empty: the machine's."""
    theme: Theme = "auto"
    """Colours: a theme, or the terminal's own sixteen; auto: dark if the terminal has them all. Stored per device."""
    side_panes: bool = True
    """Whether wide terminals show the outline beside a reading."""
    workspace: str = ""
    """Folder for labs and texts; empty: dev2cto in the home directory. Not stored in the record."""
    editor: str = ""
    """The learner's editor command; empty: $EDITOR, then $VISUAL, then nano or vi. Not stored in the record."""
    pager: str = "auto"
    """Lines after which plain mode pauses: "auto" (the height of the terminal), "off" or a number."""
    symbols: SymbolChoice = "auto"
    """Which marks are drawn; auto: those that the terminal can show. Stored per device; lines have plain ones."""
    exam_clock: bool = True
    """Whether an exam shows the minutes it has taken."""
    keys: str = ""
    """The learner's keys in the full-screen UI, as `keymap.parse_keymap` reads them."""


LABELS = {
    "goal_minutes": ("Weekly goal in minutes", "a number; 0 for no goal"),
    "daily_reviews": ("Maximum reviews per day", "a number"),
    "confidence": ("Ask how sure I am after each answer", "on or off"),
    "day_start": ("Hour at which a study day begins", "0 to 12"),
    "time_zone": ("My time zone", "like Europe/Amsterdam; empty: this machine's"),
    "theme": ("Colours on this machine", "auto, dark, light, contrast (high) or terminal (its own sixteen)"),
    "side_panes": ("Outline, brief or log beside the text", "on or off; needs 110 columns"),
    "workspace": ("Folder for labs and texts on this machine", "a folder; empty: dev2cto in your home directory"),
    "editor": ("My editor on this machine", "a command; empty: $EDITOR, $VISUAL, nano or vi"),
    "pager": ("Lines per page in plain mode", "a number from 8 to 500, auto for the window's height, or off"),
    "symbols": ("Marks and bars on this machine", "auto, unicode or plain (letters and signs of ASCII)"),
    "exam_clock": ("Show the minutes that an exam takes", "on or off"),
    "finish_by": ("Day by which I want to be through", "a day like 2027-06-30; empty: no plan"),
    "keys": ("My keys in the full screen", "pairs like hint=u note=y; empty: the defaults"),
}
"""The label of each setting, and the values it accepts."""

DEVICE_BOUND = ("theme", "symbols")
"""Settings that the record keeps for each device."""
ACTING = ("workspace", "editor")
"""Settings that name a command or a path; a record from elsewhere must not supply them."""
FULL_SCREEN_ONLY = ("theme", "side_panes", "keys")
"""Settings without effect in plain mode."""
BOUNDS: dict[str, tuple[int, int]] = {
    "goal_minutes": (0, 6000),
    "daily_reviews": (1, 500),
    "day_start": (0, 12),
    "pager": (8, 500),
}

YEARS = (2020, 2100)
"""The first and the last year of a day."""


def read_settings(
    documents: Mapping[str, Mapping[str, Any]], device: str, acting: Mapping[str, str] | None = None
) -> Settings:
    """Read the settings from the record's documents; invalid values fall back to the default.

    Acting settings come from `acting` alone, whatever the documents say. `keys` is taken unchecked:
    `keymap.parse_keymap` drops and reports its invalid entries one by one.
    """
    values: dict[str, Any] = {name: text for name, text in (acting or {}).items() if name in ACTING}
    for name in Settings._fields:
        if name in ACTING:
            continue
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
    """Return the document id of a setting that the record keeps."""
    return f"{device}/{name}" if name in DEVICE_BOUND else name


def is_preference(id: str) -> bool:
    """Whether a document of that id is a preference, and not an acting setting or a trust from before those moved."""
    return id.rpartition("/")[2] not in ACTING and not id.startswith("trust/")


def checked(name: str, text: str) -> Any:
    """Parse the text as a value of that setting. Raises UsageError if it is invalid."""
    hints = get_type_hints(Settings)
    if name not in hints:
        raise UsageError(f"Unknown setting {name!r}.", f"Settings: {', '.join(hints)}.")
    kind = hints[name]
    if kind is bool:
        if text.lower() in ("true", "yes", "on", "1"):
            return True
        if text.lower() in ("false", "no", "off", "0"):
            return False
        raise UsageError(f"{LABELS[name][0]}: enter on or off, not {text!r}.")
    if kind is int:
        low, high = BOUNDS[name]
        if not text.strip().isdecimal() or not low <= int(text) <= high:
            raise UsageError(f"{LABELS[name][0]}: enter a whole number from {low} to {high}, not {text!r}.")
        return int(text)
    if choices := get_args(kind):
        if text not in choices:
            raise UsageError(f"{LABELS[name][0]}: {text!r} is not one of {', '.join(choices)}.")
        return text
    if name == "keys":
        from dev2cto.keymap import format_keymap, parse_keymap

        own, faults = parse_keymap(text)
        if faults:
            raise UsageError(faults[0], "Enter pairs like hint=u note=y, or nothing.")
        return format_keymap(own)
    if name == "pager":
        number = int(text) if text.strip().isdecimal() else 0
        low, high = BOUNDS[name]
        if text.lower() not in ("auto", "off") and not low <= number <= high:
            raise UsageError(f"{LABELS[name][0]}: enter auto, off or a number from {low} to {high}, not {text!r}.")
        return str(number) if number else text.lower()
    if name == "finish_by" and text.strip():
        from datetime import date

        try:
            day = date.fromisoformat(text.strip())
        except ValueError:
            day = date.min
        if not YEARS[0] <= day.year <= YEARS[1]:
            raise UsageError(f"{LABELS[name][0]}: enter a day like 2027-06-30 or nothing, not {text!r}.")
        return day.isoformat()
    if name == "time_zone" and text:
        from zoneinfo import ZoneInfo

        try:
            ZoneInfo(text)
        except (KeyError, ValueError, OSError):
            raise UsageError(f"Unknown time zone {text!r}.", "Enter a name like Europe/Amsterdam.") from None
    return text
