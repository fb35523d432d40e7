"""Lets closed screens go.

`StylesCache.get_inner_outer` is an `lru_cache` on a method: its first argument is the cache of one widget, so that it
keeps the last 1,024 of those caches alive, each with every line that its widget drew. The value depends on the two
colours alone.
"""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache

from textual.color import Color
from textual.style import Style


@lru_cache(maxsize=1024)
def _inner_and_outer(base_background: Color, background: Color) -> tuple[Style, Style]:
    return Style(background=base_background + background), Style(background=base_background)


def _get_inner_outer(cache: object, base_background: Color, background: Color) -> tuple[Style, Style]:
    return _inner_and_outer(base_background, background)


def install() -> None:
    """Replace the method, where this Textual has it in this form."""
    with suppress(ImportError, AttributeError):
        from textual._styles_cache import StylesCache

        if hasattr(StylesCache.get_inner_outer, "cache_info"):
            StylesCache.get_inner_outer = _get_inner_outer  # type: ignore[method-assign,assignment]
