"""Texts for search results, and the location of each hit."""

from __future__ import annotations

from dev2cto.course.search import Hit, SearchResult
from dev2cto.study.context import StudyContext
from dev2cto.study.state.highlights import highlight_location, highlight_of
from dev2cto.study.state.location import Location, section_location
from dev2cto.text import pluralize

NO_WORDS = "Type words to find."
NO_READING = "No reading answers this question."


def result_line(result: SearchResult, words: str) -> str:
    """How much was found, and for what if not for the words that were typed."""
    if not words.strip():
        return NO_WORDS
    if not result.hits:
        return no_results(words)
    number = pluralize(result.total, "place")
    more = f", the first {len(result.hits)} shown" if result.total > len(result.hits) else ""
    if result.partly:
        named = f" of {result.instead!r}" if result.instead else ""
        return f"No place has all the words{named}; {number} with some of them{more}"
    if result.instead:
        return f"No results for {words!r}; {number} for {result.instead!r}{more}"
    return number + more


def no_results(words: str) -> str:
    """The message if nothing was found, with what to try."""
    return f"No results for {words!r}. Fewer or shorter words find more."


def hit_location(study: StudyContext, hit: Hit) -> Location | None:
    """The location of a hit; None for an answer to a question that names no reading."""
    match hit.what:
        case "reading":
            found = section_location(hit.target)
            return found._replace(ids=(*found.ids, hit.word))
        case "term":
            return Location("glossary", (hit.target,))
        case "note":
            return Location("note", ("", hit.target))
        case "promise":
            return Location("outcome", (hit.target,))
        case "answer":
            read = study.curriculum.item(hit.target).read
            return section_location(read) if read else None
        case "comment":
            from dev2cto.study.sessions.comments import line_location

            exercise, _, address = hit.target.partition("#")
            return line_location(exercise, address)
        case "highlight":
            passage = highlight_of(study, hit.target)
            return highlight_location(passage) if passage is not None else None
        case "review":
            return Location("exercise", (hit.target,))
