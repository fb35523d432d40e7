"""Full-text search. The course's entries leave out items, so that results never reveal unanswered questions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from dev2cto.course.curriculum import Curriculum
from dev2cto.errors import CourseError

What = Literal["reading", "term", "note", "answer", "comment"]
PLAIN = {0x2019: "'", 0x2018: "'", 0x2013: "-", 0x2014: "-", 0x2011: "-"}
TABLE_ROW = re.compile(r"^[ \t]*\|(.*)\|[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that contains all the words.

    `target` is reading#section, a term, the id of a note or item, or exercise#line for a comment.
    """

    what: What
    target: str
    title: str
    excerpt: str
    weight: int
    """Rank, higher is better: words in a title, heading or topic count more."""
    word: str = ""
    """The search word (case-folded) that comes first in the text; empty if only the title has them."""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A searchable text under a title; `keys` are its heading and topics."""

    what: What
    target: str
    title: str
    keys: str
    text: str


def casefolded(text: str) -> str:
    """Normalize a text for comparison: no case, no accents, plain quotes and dashes."""
    if text.isascii():
        return text.lower()
    text = text.translate(PLAIN)
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def course_entries(curriculum: Curriculum) -> Iterator[IndexEntry]:
    """Yield the sections of readings and the terms of the glossary; broken readings are skipped."""
    for module in curriculum.outline.modules:
        for outline in module.readings:
            try:
                reading = curriculum.reading(outline.id)
            except CourseError:
                continue
            for n, section in enumerate(reading.sections):
                topics = " ".join((reading.title, *reading.topics)) if n == 0 else ""
                yield IndexEntry(
                    "reading",
                    f"{reading.id}#{section.id}",
                    f"{module.name} / {reading.title} / {section.heading}",
                    f"{section.heading} {topics}",
                    section.text,
                )
            if reading.monday is not None:
                yield IndexEntry(
                    "reading",
                    f"{reading.id}#{reading.sections[-1].id}",
                    f"{module.name} / {reading.title} / On Monday",
                    "",
                    reading.monday.text,
                )
    for term in curriculum.glossary.values():
        yield IndexEntry("term", term.term, term.term, term.term, term.definition)


def search(words: str, entries: Iterable[IndexEntry]) -> tuple[Hit, ...]:
    """Return the entries that contain every word, best first; a quoted phrase must occur as written."""
    wanted = [casefolded(a or b) for a, b in re.findall(r'"([^"]+)"|(\S+)', words)]
    if not wanted:
        return ()
    hits = []
    for order, entry in enumerate(entries):
        keys, text = casefolded(entry.keys), casefolded(entry.text)
        if all(word in keys or word in text for word in wanted):
            weight = sum(100 * (word in keys) + min(20, text.count(word)) for word in wanted)
            weight += 50 if entry.what == "term" and keys == " ".join(wanted) else 0
            word = min((word for word in wanted if word in text), key=text.find, default="")
            hit = Hit(entry.what, entry.target, entry.title, excerpt(entry, wanted), weight, word)
            hits.append((-weight, order, hit))
    return tuple(hit for _, _, hit in sorted(hits, key=lambda h: h[:2]))


def excerpt(entry: IndexEntry, wanted: list[str], width: int = 68) -> str:
    """Return about `width` characters around the first word found, or the beginning of the text."""
    flat = " ".join(TABLE_ROW.sub(_cells, entry.text).split())
    plain = casefolded(flat)
    places = [at for word in wanted if (at := plain.find(word)) >= 0]
    if len(plain) != len(flat):
        places = []
    start = max(0, min(places, default=0) - width // 3)
    if start:
        start = flat.find(" ", start) + 1
    end = start + width
    cut = flat[start:end] if end >= len(flat) else flat[start:end].rsplit(" ", 1)[0]
    more = " ..." if start + len(cut) < len(flat) else ""
    for mark in ("**", "`"):
        if cut.count(mark) % 2:  # the matching mark was cut off
            cut = cut.replace(mark, "")
    return ("... " if start else "") + cut + more


def _cells(row: re.Match[str]) -> str:
    """Return a table row's cells separated by commas; empty for the line under the header."""
    cells = [cell.strip() for cell in row[1].split("|")]
    return "" if all(re.fullmatch(r":?-+:?", cell) for cell in cells) else f"{', '.join(cells)};"
