"""Colours code with Pygments, which is imported when code is first shown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from dev2cto.markdown.parser import Span, Spans, Style

if TYPE_CHECKING:
    from pygments.lexer import Lexer

PLAIN_LANGUAGES = ("", "text", "txt", "console", "output")
"""Names that say that a listing is no code."""
PARSED = 64
"""Listings in the cache: those of a reading are laid out again at each new width."""


def coloured_code(lines: Sequence[str], lang: str) -> Sequence[Spans] | None:
    """Return the spans of each line of code in that language; None if the language has no colours."""
    name = lang.split()[0].lower() if lang.strip() else ""
    if name in PLAIN_LANGUAGES:
        return None
    return _coloured("\n".join(lines), name)


def coloured_file(lines: Sequence[str], name: str) -> Sequence[Spans] | None:
    """Return the spans of each line of a file of that name; None if its language is not known by it."""
    lang = _language(name)
    return _coloured("\n".join(lines), lang) if lang else None


@lru_cache(PARSED)
def _language(name: str) -> str:
    from pygments.lexers import find_lexer_class_for_filename

    found = find_lexer_class_for_filename(name)
    aliases: Sequence[str] = found.aliases if found is not None else ()
    return next((alias for alias in aliases if alias not in PLAIN_LANGUAGES), "")


@lru_cache(PARSED)
def _coloured(text: str, lang: str) -> tuple[Spans, ...] | None:
    lexer = _lexer(lang)
    if lexer is None:
        return None
    rows: list[list[Span]] = [[]]
    for kind, value in lexer.get_tokens(f"{text}\n"):  # some lexers know a line by its end
        style = _style(str(kind))
        for n, part in enumerate(value.split("\n")):
            if n:
                rows.append([])
            if part:
                rows[-1].append(Span(part, style))
    lines = text.split("\n")
    found = [tuple(row) for row in rows[: len(lines)]]
    if ["".join(span.text for span in row) for row in found] != lines:  # never show other code than the course's
        return None
    return tuple(found)


@lru_cache(PARSED)
def _lexer(lang: str) -> Lexer | None:
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(lang, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


def _style(token: str) -> Style:
    """Return the style of a token by the name of its kind, such as "Token.Literal.String.Double"."""
    kinds = token.split(".")[1:]
    match kinds:
        case ["Keyword", *_] | ["Operator", "Word"] | ["Name", "Tag" | "Decorator", *_]:
            return "keyword"
        case ["Literal", "String", *_]:
            return "string"
        case ["Literal", "Number", *_]:
            return "number"
        case ["Comment", *_]:
            return "comment"
        case ["Name", "Function" | "Class", *_]:
            return "bright"
        case ["Generic", "Inserted", *_]:
            return "added"
        case ["Generic", "Deleted", *_]:
            return "removed"
        case ["Generic", "Heading" | "Subheading", *_]:
            return "comment"
        case _:
            return ""
