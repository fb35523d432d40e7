"""Search in an index, its cache, and without one; what is shown of a place that was found."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from dev2cto.course import search_index
from dev2cto.course.curriculum import Curriculum
from dev2cto.course.search import BRIGHT, DIM, Hit, IndexEntry, SearchResult, plain_text, typed_terms
from dev2cto.course.search_index import building, caching, index_file, is_current, read_index
from dev2cto.course.search_plain import excerpt
from dev2cto.course.search_query import FullTextSearch
from tests.support.studies import COURSE

MOST = 20


def searching(*texts: str) -> FullTextSearch:
    """A search in sections with these texts; each is called by its number."""
    entries = tuple(IndexEntry("reading", f"r{n}#s", f"Title {n}", plain_text(text)) for n, text in enumerate(texts))
    *_, database = building([entries])
    return FullTextSearch(database)


def targets(result: SearchResult) -> set[str]:
    return {hit.target.partition("#")[0] for hit in result.hits}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Data that were **sharded** by date", "sharding"),
        ("Three caches in a row", "cache"),
        ("A pipeline for CI/CD", "ci/cd"),
        ("A pipeline for CI/CD", "cicd"),
        ("A read replica that lags", "read-replica"),
        ("A SOC 2 report", "SOC2"),
        ("Send an e-mail", "email"),
        ("What a résumé says", "resume"),
        ("A shard for each clinic", "sha"),
        ("Where the shard lies", "what is a shard"),
        ("It is what it is", "what it is"),
        ("The idempotency key", '"idempotency key"'),
        ("Don't do it", "don\u2019t"),
    ],
)
def test_a_word_is_found_in_any_form(text: str, words: str) -> None:
    search = searching(text, "Nothing of the kind here")
    assert targets(search.search(words, MOST)) == {"r0"}


@pytest.mark.parametrize(
    ("text", "words"),
    [("The key that is idempotent", '"idempotent key"'), ("A slow page", "slo page"), ("A short text", "sqlx")],
)
def test_what_is_not_there_is_not_found(text: str, words: str) -> None:
    assert searching(text).search(words, MOST) == SearchResult()


def test_a_misspelled_word_is_understood_and_said() -> None:
    result = searching("A quorum of two", "A forum of many").search("qourum", MOST)
    assert targets(result) == {"r0"}
    assert (result.instead, result.partly) == ("quorum", False)


def test_of_two_words_that_are_meant_the_more_frequent_is_taken() -> None:
    assert searching("boats", "goats and goats").search("xoats", MOST).instead == "goats"


def test_words_that_are_nowhere_together_find_what_has_some() -> None:
    result = searching("A quorum", "A replica", "Nothing").search("quorum replica", MOST)
    assert targets(result) == {"r0", "r1"}
    assert result.partly


def test_the_words_found_are_marked_in_their_own_form() -> None:
    (hit,) = searching(f"{'before ' * 40} **sharded** data {'after ' * 40}").search("sharding", MOST).hits
    assert f"{BRIGHT}sharded{DIM} data" in hit.marked
    assert hit.word == "sharded"
    assert ("sharded", True) in list(hit.pieces())
    assert hit.excerpt.startswith(" ... ") or hit.excerpt.startswith("...")


def test_questions_are_found_once_they_are_answered_and_own_texts_until_they_are_gone() -> None:
    *_, database = building([(IndexEntry("answer", "q1", "A question", "Which walrus waits?"),)])
    search = FullTextSearch(database)
    note = IndexEntry("note", "n1", "Your note", "A walrus sleeps.")
    assert not search.search("walrus", MOST).hits
    assert not search.search("walrsu", MOST).hits, "nobody is given a word that only a question has"
    search.take((note,), frozenset())
    assert [hit.target for hit in search.search("walrus", MOST).hits] == ["n1"]
    search.take((note,), frozenset({"q1"}))
    assert {hit.target for hit in search.search("walrus", MOST).hits} == {"n1", "q1"}
    search.take((), frozenset({"q1"}))
    assert [hit.target for hit in search.search("walrus", MOST).hits] == ["q1"]


# -- the cache


@pytest.fixture
def cached(tmp_path: Path) -> tuple[Path, str]:
    """An index that was cached, with its stamp."""
    course = Curriculum.open(COURSE, tmp_path)
    assert course.search.search("percentile", MOST).hits
    file = index_file(COURSE, tmp_path)
    return file, course._stamp


def test_an_index_is_built_once(cached: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> None:
    file, _ = cached
    monkeypatch.setattr(search_index, "building", None)
    assert Curriculum.open(COURSE, file.parent).search.search("percentile", MOST).hits


def test_it_is_built_in_steps_in_the_background(tmp_path: Path) -> None:
    course = Curriculum.open(COURSE, tmp_path)
    assert len(list(course.index_steps())) > 3
    assert is_current(index_file(COURSE, tmp_path), course._stamp)
    assert list(course.index_steps()) == []


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-100])


def flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[-2000] ^= 1
    file.write_bytes(data)


def of_others(file: Path) -> None:
    os.chmod(file, 0o666)


def not_json(file: Path) -> None:
    file.write_bytes(b"[" * 100_000)


def no_database(file: Path) -> None:
    file.write_bytes(b'{"format": 1}\nnothing')


@pytest.mark.parametrize("damage", [cut_short, flip, of_others, not_json, no_database, os.remove])
def test_an_index_that_cannot_be_believed_is_built_again(cached: tuple[Path, str], damage: object) -> None:
    file, stamp = cached
    assert callable(damage)
    damage(file)
    assert read_index(file, stamp) is None
    assert Curriculum.open(COURSE, file.parent).search.search("percentile", MOST).hits
    assert read_index(file, stamp) is not None


def test_one_of_another_course_is_not_believed(cached: tuple[Path, str]) -> None:
    file, stamp = cached
    assert read_index(file, f"{stamp} ") is None
    assert read_index(file, stamp) is not None


def test_a_cache_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    course = Curriculum(COURSE, Curriculum.open(COURSE).outline, tmp_path / "file" / "cache", "stamp")
    assert course.search.search("percentile", MOST).hits
    list(caching(COURSE, course.outline, tmp_path / "file" / "cache", "stamp"))


# -- without full-text search


def test_without_full_text_search_words_are_found_as_they_were_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "is_available", lambda: False)
    course = Curriculum.open(COURSE)
    search = course.search
    assert not isinstance(search, FullTextSearch)
    result = search.search("percentil", MOST)
    assert {hit.what for hit in result.hits} == {"reading", "term"}
    assert result.total == len(result.hits)
    assert not search.search("advertisment", MOST).hits
    search.take((IndexEntry("note", "n1", "Your note", "A walrus sleeps."),), frozenset())
    assert [hit.marked for hit in search.search("walrus", MOST).hits] == [f"A {BRIGHT}walrus{DIM} sleeps."]


def test_it_is_available_only_with_both_parts_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert search_index.is_available()
    monkeypatch.setattr(sqlite3, "Connection", object)
    assert not search_index.is_available()


# -- what is shown

LONG = " and so on" * 12
TABLE = "| busy | response |\n|------|---------:|\n| 50 % | 40 ms |\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Words of **emphasis** and `code`", "Words of emphasis and code"),
        (f"{TABLE}Then", "busy, response; 50 %, 40 ms; Then"),
        ("Either a | b or `c | d`.", "Either a | b or c | d."),
        ("- one\n- two\n\n> said\n\n```python\nx = 1\n```\n", "one two said x = 1"),
    ],
    ids=["marks", "table", "bars", "lists and code"],
)
def test_a_text_is_shown_in_words(text: str, shown: str) -> None:
    assert plain_text(text) == shown


def test_an_excerpt_begins_before_the_first_word_found_and_ends_with_a_word() -> None:
    found = excerpt(f"Words that come far before it{LONG} the walrus waits{LONG}", ["walrus"])
    assert f"{BRIGHT}walrus{DIM} waits" in found
    assert found.startswith("... ")
    assert found.endswith(" ...")
    assert Hit("reading", "", "", found).excerpt.count("walrus") == 1


def test_terms_are_words_and_phrases() -> None:
    assert typed_terms('a "b c" d/e - %') == ["a", "b c", "d/e"]
    assert typed_terms("a\x00b \x1b[31mc \ud800d") == ["ab", "c", "d"]
    assert typed_terms('an "open phrase') == ["an", "open", "phrase"]
