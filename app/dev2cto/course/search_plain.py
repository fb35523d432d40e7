"""Search without an index, for a Python whose SQLite has no full-text search: every word as it was typed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dev2cto.course.outline import CourseOutline
from dev2cto.course.search import BRIGHT, DIM, Hit, IndexEntry, SearchResult, casefolded, typed_terms
from dev2cto.course.search_entries import course_entries


class PlainSearch:
    """Looks through all entries each time."""

    def __init__(self, root: Path, outline: CourseOutline) -> None:
        self._entries = tuple(entry for group in course_entries(root, outline) for entry in group)
        self._own: tuple[IndexEntry, ...] = ()
        self._answered: frozenset[str] = frozenset()

    def take(self, own: Sequence[IndexEntry], answered: frozenset[str]) -> None:
        """Search these texts, too, and of the course's questions only those with these ids."""
        self._own, self._answered = tuple(own), answered

    def search(self, words: str, most: int) -> SearchResult:
        """Return the best `most` entries that contain every word and phrase as typed."""
        wanted = [casefolded(term) for term in typed_terms(words)]
        found: list[tuple[int, int, Hit]] = []
        course = (entry for entry in self._entries if entry.what != "answer" or entry.target in self._answered)
        for order, entry in enumerate((*course, *self._own) if wanted else ()):
            keys, text = casefolded(f"{entry.name} {entry.heading} {entry.topics}"), casefolded(entry.text)
            if all(word in keys or word in text for word in wanted):
                weight = sum(100 * (word in keys) + min(20, text.count(word)) for word in wanted)
                weight += 50 if entry.what == "term" and entry.target.lower() == " ".join(wanted) else 0
                hit = Hit(entry.what, entry.target, entry.title, excerpt(entry.text, wanted))
                found.append((-weight, order, hit))
        return SearchResult(tuple(hit for *_, hit in sorted(found, key=lambda f: f[:2])[:most]), len(found))


def excerpt(text: str, wanted: Sequence[str], width: int = 80) -> str:
    """Return about `width` characters around the first word found, which is marked, or the beginning of the text."""
    folded = casefolded(text)
    places = {at: word for word in wanted if (at := folded.find(word)) >= 0} if len(folded) == len(text) else {}
    at = min(places, default=0)
    start = max(0, at - width // 3)
    start = text.find(" ", start, at) + 1 or start if start else 0
    end = start + width
    cut = text[start:end] if end >= len(text) else text[start:end].rsplit(" ", 1)[0]
    if places and at + len(places[at]) <= start + len(cut):
        first, last = at - start, at - start + len(places[at])
        cut = f"{cut[:first]}{BRIGHT}{cut[first:last]}{DIM}{cut[last:]}"
    return ("... " if start else "") + cut + (" ..." if end < len(text) else "")
