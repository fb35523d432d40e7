"""Find what people type: words in any form, misspelled, half typed, or in a sentence.

A search asks for less and less until something is found: all words that are not common; the last one as a beginning;
unknown words as they are spelled in the course; at last, some of the words.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from dev2cto.course.search import BRIGHT, DIM, Hit, IndexEntry, SearchResult, What, casefolded, typed_terms
from dev2cto.course.search_index import add

ENGLISH = """
a about an and any are as at be been but by can did do does for from get had has have how i if in into is it its me my
of on or our should so some than that the their them then there these they this to up us was we were what when where
which who why will with would you your
"""
COMMON = frozenset(ENGLISH.split())
"""Words that do not count beside others."""
WEIGHTS = "2.5, 6.0, 3.0, 1.0"
"""How much a word counts in a reading's title, a heading or term, topics, and the text."""
NAMES = "2.5, 6.0, 3.0, 0.0"
EXACT, ASIDE = 100.0, 0.6
"""What a term counts that is called just so, and one that only mentions the words."""
AGAIN = 0.75
"""What each further section of a reading that is already listed counts, compared with the one before."""
CLOSE = 0.78
"""How alike a misspelled word and the one that is meant must be, as difflib measures it."""
BEGUN = 40
"""Words that a half-typed one may become."""
WIDTH = 16
"""Words in an excerpt."""
BETWEEN = r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])"
"""Between letters and digits: "SOC2" also means "SOC 2"."""


class FullTextSearch:
    """Searches an index of a course, with the learner's own texts beside it."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._own: dict[IndexEntry, int] = {}
        self._allowed: frozenset[str] = frozenset()
        database.execute("CREATE TEMP TABLE answered(id TEXT PRIMARY KEY) WITHOUT ROWID")

    def take(self, own: Sequence[IndexEntry], answered: frozenset[str]) -> None:
        """Search these texts too, and of the course's questions only those with these ids."""
        wanted = dict.fromkeys(own)
        for entry in [entry for entry in self._own if entry not in wanted]:
            self._database.execute("DELETE FROM texts WHERE rowid = ?", (self._own.pop(entry),))
        for entry in wanted:
            if entry not in self._own:
                self._own[entry] = add(self._database, entry)
        if answered != self._allowed:
            self._database.execute("DELETE FROM answered")
            self._database.executemany("INSERT INTO answered VALUES (?)", [(id,) for id in answered])
            self._allowed = answered

    def search(self, words: str, most: int) -> SearchResult:
        """Return the best `most` entries for what was typed."""
        named, typed = casefolded(" ".join(typed_terms(words))), without_common(typed_terms(words))
        for wanted in self._narrowed(typed):
            if result := self._found(wanted, " AND ", most, named):
                return result
        terms = [self._corrected(term) for term in typed]
        if not terms or not all(terms):
            return SearchResult()
        wanted = [variants(term) for term in terms]
        instead = " ".join(terms) if terms != typed else ""
        for joint in (" AND ", " OR "):
            if result := self._found(wanted, joint, most, casefolded(instead)):
                return result._replace(instead=instead, partly=joint == " OR ")
        return SearchResult()

    def _narrowed(self, terms: Sequence[str]) -> Iterator[list[str]]:
        """Yield what to look for, as FTS5 expressions: the terms, then the last one as a beginning."""
        if terms:
            yield [variants(term) for term in terms]
            if begun := self._begun(terms[-1]):
                yield [*(variants(term) for term in terms[:-1]), " OR ".join(map(variants, begun))]

    def _begun(self, term: str) -> list[str]:
        """The words that begin with a term, the most frequent first."""
        start = casefolded(term)
        found = self._database.execute(
            "SELECT spelled FROM words WHERE word >= ? AND word < ? ORDER BY count DESC LIMIT ?",
            (start, start + "\U0010ffff", BEGUN),
        )
        return [spelled for (spelled,) in found]

    def _corrected(self, term: str) -> str:
        """The term as the course spells it: itself if anything has it, "" if nothing is like it."""
        if self._rows([variants(term)], " AND ", 1):
            return term
        word = casefolded(term)
        known = self._database.execute("SELECT spelled FROM words WHERE word = ?", (word,)).fetchone()
        if known:
            return str(known[0])
        return self._meant(word) if word.isalpha() and len(word) > 3 else ""

    def _meant(self, word: str) -> str:
        """The known word that is most like this one; of two that are equally alike, the more frequent."""
        import difflib  # only a word that nothing has needs it

        letters = set(word)
        near = self._database.execute(
            "SELECT word, spelled, count FROM words WHERE length(word) BETWEEN ? AND ?", (len(word) - 2, len(word) + 2)
        )
        alike: tuple[float, int, str] = (CLOSE, 0, "")
        compare = difflib.SequenceMatcher(b=word, autojunk=False)
        for other, spelled, count in near:
            if len(letters.symmetric_difference(other)) <= 3:
                compare.set_seq1(other)
                if compare.real_quick_ratio() >= alike[0] and compare.quick_ratio() >= alike[0]:
                    alike = max(alike, (compare.ratio(), count, spelled))
        return alike[2]

    def _rows(self, wanted: Sequence[str], joint: str, most: int = -1) -> list[Row]:
        return self._database.execute(
            f"SELECT rowid, what, target, heading, bm25(texts, {WEIGHTS}), bm25(texts, {NAMES}) FROM texts"
            " WHERE texts MATCH ?"
            " AND (what <> 'answer' OR target IN (SELECT id FROM answered)) LIMIT ?",
            (joined(wanted, joint), most),
        ).fetchall()

    def _found(self, wanted: Sequence[str], joint: str, most: int, named: str) -> SearchResult | None:
        rows = self._rows(wanted, joint)
        if not rows:
            return None
        best = ranked(rows, named)[:most]
        marks = ", ".join("?" * len(best))
        hits = {
            row: Hit(what, target, title, marked.strip())
            for row, what, target, title, marked in self._database.execute(
                f"SELECT rowid, what, target, title, snippet(texts, 3, '{BRIGHT}', '{DIM}', ' ... ', {WIDTH})"
                f" FROM texts WHERE texts MATCH ? AND rowid IN ({marks})",
                (joined(wanted, joint), *best),
            )
        }
        return SearchResult(tuple(hits[row] for row in best), len(rows))


Row = tuple[int, What, str, str, float, float]
"""Row, kind, target, heading, rank, and rank by all but the text of an entry; a lower rank is better, 0 is none."""


def ranked(rows: Sequence[Row], named: str) -> list[int]:
    """Return the rows, best first: the term of that very name, then by rank, with readings mixed."""
    order: list[tuple[float, int]] = []
    times: dict[str, int] = {}
    for row, what, target, heading, rank, by_name in sorted(rows, key=lambda row: (row[4], row[0])):
        if what == "term":
            rank *= EXACT if casefolded(heading) == named else 1 if by_name else ASIDE
        elif what == "reading":
            reading = target.partition("#")[0]
            rank *= AGAIN ** times.get(reading, 0)
            times[reading] = times.get(reading, 0) + 1
        order.append((rank, row))
    return [row for _, row in sorted(order)]


def without_common(terms: Sequence[str]) -> list[str]:
    """Return the terms without common words; all of them if there are no others."""
    return [term for term in terms if casefolded(term) not in COMMON] or list(terms)


def variants(term: str) -> str:
    """Return a term as an FTS5 expression: as typed, without its inner signs, and with letters apart from digits."""
    ways = [term]
    if " " not in term:
        ways.append("".join(char for char in term if char.isalnum()))
    if " " not in term and any(char.isdigit() for char in term):
        ways.append(re.sub(BETWEEN, " ", term))
    return " OR ".join(f'"{way}"' for way in dict.fromkeys(ways))


def joined(wanted: Iterable[str], joint: str) -> str:
    """Return the expressions as one."""
    return joint.join(f"({one})" for one in wanted)
