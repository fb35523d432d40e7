"""Search of the course and of texts of one's own: what is found, and how words are compared."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, Protocol

from dev2cto.course.outline import CourseOutline
from dev2cto.text import sanitize

What = Literal["reading", "term", "note", "answer", "comment", "review", "highlight", "promise"]
PLAIN = {0x2019: "'", 0x2018: "'", 0x2013: "-", 0x2014: "-", 0x2011: "-"}
TABLE_ROW = r"(?m)^[ \t]*\|(.*)\|[ \t]*$"
MARKED = r"\[([@=])([a-z0-9.-]+)\]"
MARKS = r"(?m)^[ \t]*(?:[-*] |> ?|`{3,}.*$|~{3,}.*$|#+ )|\*\*|`"
"""Patterns that `re` compiles when they are first used: most searches need none of them."""
BRIGHT, DIM = "\x02", "\x03"
"""Put around words found in an excerpt; no text contains them, since control characters are dropped."""


class Hit(NamedTuple):
    """An entry that was found.

    `target` is reading#section, a term, the id of a note, item or promise, or exercise#line for a comment.
    """

    what: What
    target: str
    title: str
    marked: str
    """Plain text around the words found, each between BRIGHT and DIM."""

    @property
    def excerpt(self) -> str:
        """The plain text around the words found."""
        return self.marked.replace(BRIGHT, "").replace(DIM, "")

    @property
    def word(self) -> str:
        """The first word found in the text (case-folded); empty if only the title has any."""
        return casefolded(self.marked.partition(BRIGHT)[2].partition(DIM)[0])

    def pieces(self) -> Iterator[tuple[str, bool]]:
        """Yield the excerpt in parts, each with whether it was searched for."""
        for part in re.split(f"({BRIGHT}[^{DIM}]*{DIM})", self.marked):
            if part:
                yield part.strip(BRIGHT + DIM), part.startswith(BRIGHT)


class SearchResult(NamedTuple):
    """The best hits, and how many entries there are in all.

    `instead` are the words that were searched for because nothing has those that were typed. `partly`: no entry has
    all the words, and these have some.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    instead: str = ""
    partly: bool = False


class IndexEntry(NamedTuple):
    """A searchable text; `title` is shown, `name`, `heading` and `topics` count more than the text."""

    what: What
    target: str
    title: str
    text: str
    name: str = ""
    heading: str = ""
    topics: str = ""


class Search(Protocol):
    """Searches a course, with the learner's own texts beside it."""

    def take(self, own: Sequence[IndexEntry], answered: frozenset[str]) -> None:
        """Search these texts, too, and of the course's questions only those with these ids."""
        ...

    def search(self, words: str, most: int) -> SearchResult:
        """Return the best `most` entries for what was typed."""
        ...


def casefolded(text: str) -> str:
    """Normalize a text for comparison: no case, no accents, plain quotes and dashes."""
    if text.isascii():
        return text.lower()
    text = text.translate(PLAIN)
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def typed_terms(words: str) -> list[str]:
    """Return the words and "quoted phrases" of a search, in order; signs alone are left out."""
    plain = sanitize(words).translate(PLAIN)
    found = (phrase or word for phrase, word in re.findall(r'"([^"]+)"|([^\s"]+)', plain))
    return [term for term in found if any(char.isalnum() for char in term)][:MOST_TERMS]


MOST_TERMS = 16
"""The words of a search that count; a pasted page would only find itself."""


def plain_text(text: str, outline: CourseOutline | None = None) -> str:
    """Return Markdown on one line without its marks; with an outline, its sources and facts are filled in."""

    def filled(found: re.Match[str]) -> str:
        assert outline is not None
        return (outline.cited if found[1] == "@" else outline.facts).get(found[2], found[2])

    text = re.sub(MARKS, "", re.sub(TABLE_ROW, _cells, sanitize(text)))
    return " ".join((re.sub(MARKED, filled, text) if outline is not None else text).split())


def _cells(row: re.Match[str]) -> str:
    """Return a table row's cells separated by commas; empty for the line under the header."""
    cells = [cell.strip() for cell in row[1].split("|")]
    return "" if all(re.fullmatch(r":?-+:?", cell) for cell in cells) else f"{', '.join(cells)};"
