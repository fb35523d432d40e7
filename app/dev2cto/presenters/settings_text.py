"""Texts for settings, and the values that choosing a setting gives it."""

from __future__ import annotations

from typing import get_args, get_type_hints

from dev2cto.settings import Settings


def value_words(settings: Settings, name: str) -> str:
    """A setting's value."""
    value = getattr(settings, name)
    return ("on" if value else "off") if isinstance(value, bool) else str(value) or "not set"


def next_value(settings: Settings, name: str) -> str | None:
    """The value that choosing the setting gives it, out of a few; None if its value is typed."""
    kind, value = get_type_hints(Settings)[name], getattr(settings, name)
    if kind is bool:
        return "off" if value else "on"
    choices = get_args(kind)
    return str(choices[(choices.index(value) + 1) % len(choices)]) if choices else None
