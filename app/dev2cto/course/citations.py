"""Format sources for citations in running text and for reference lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dev2cto.course.model import Source

KINDS = {"law": "law", "standard": "standard", "report": "report", "doc": "documentation", "post": "article"}


BY_INITIALS = re.compile(r"[^,]+,\s*(?:[A-Z]\.[\s-]*)+")
LONGEST = 500
"""Characters of a list of authors that is split at their initials, which takes quadratic time."""


def citation(source: Source) -> str:
    """Return the in-text citation: "Fielding 2000", "Humble & Farley 2010", "Bass et al. 2021"."""
    names = [family_name(name) for name in authors(source.authors)]
    match len(names):
        case 1:
            who = names[0]
        case 2:
            who = f"{names[0]} & {names[1]}"
        case _:
            who = f"{names[0]} et al."
    return f"{who} {source.year}"


def authors(authors: str) -> list[str]:
    """Split a source's author field at semicolons, "and" or "&".

    A field like "Bass, L., Clements, P." is split after each group of initials.
    """
    parts = [part.strip(" ,") for part in re.split(r";|\band\b|&", authors) if part.strip(" ,")]
    if len(parts) == 1 and len(authors) <= LONGEST:
        listed = BY_INITIALS.findall(authors)
        if len(listed) > 1:
            return [name.strip(" ,") for name in listed]
    return parts or [authors]


def family_name(name: str) -> str:
    """Return the part before the comma, or the whole name if it has none (an organisation, for example)."""
    return name.partition(",")[0].strip()


def reference(source: Source) -> str:
    """Return the entry for a reference list, in Markdown: authors, year, title, kind, locator, as-of date.

    The kind is shown only for those in `KINDS`; the locator and date only if the source has them.
    """
    kind = f" [{KINDS[source.kind]}]" if source.kind in KINDS else ""
    where = f", {source.locator}" if source.locator else ""
    as_of = f" (as of {source.as_of})" if source.as_of else ""
    return f"{source.authors} ({source.year}). *{source.title}*{kind}{where}{as_of}"
