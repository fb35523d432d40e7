"""Fixes a memory leak: lets closed screens be freed.

`StylesCache.get_inner_outer` is a method with an `lru_cache`: its first argument is the cache of one widget, so that
the last 1,024 of those caches stay alive, each with every line that its widget drew. The result depends only on the
two colours.
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
    """Replace the method if this version of Textual has it in this form."""
    with suppress(ImportError, AttributeError):
        from textual._styles_cache import StylesCache

        if hasattr(StylesCache.get_inner_outer, "cache_info"):
            StylesCache.get_inner_outer = _get_inner_outer  # type: ignore[method-assign,assignment]
