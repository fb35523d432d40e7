"""Rules about the order of teaching: too many new terms, terms used before their definition, untested topics."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dev2cto.course.check.course_snapshot import CourseSnapshot, Module
from dev2cto.course.check.rules import Finding, Rule, second_standard
from dev2cto.course.check.text_fields import texts
from dev2cto.course.model import Reading
from dev2cto.yaml.decode import did_you_mean

MOST_NEW = 8
"""Maximum number of new terms in a reading."""


def in_order(snapshot: CourseSnapshot) -> Iterator[tuple[Module, Reading]]:
    """Yield the readings in recommended order."""
    for module in snapshot.modules:
        listed = module.head.readings if module.head else ()
        place = {name: n for n, name in enumerate(listed)}
        for found in sorted(module.readings, key=lambda found: place.get(found.value.id, len(place))):
            yield module, found.value


def too_many_terms(snapshot: CourseSnapshot) -> Iterator[Finding]:
    """Report readings with more new terms than can be learnt at once."""
    known: set[str] = set()
    for _, reading in in_order(snapshot):
        new = [term for term in reading.terms if term.casefold() not in known]
        known |= {term.casefold() for term in new}
        if len(new) > MOST_NEW:
            message = f"{len(new)} terms are new in this reading: at most {MOST_NEW} can be learnt at once"
            yield Finding(reading, ("terms",), message, "define fewer, or split the reading")


def term_before_definition(snapshot: CourseSnapshot) -> Iterator[Finding]:
    """Report the first use of each term in a reading before the one that lists it under `terms`."""
    readings = [reading for _, reading in in_order(snapshot)]
    defined: dict[str, str] = {}
    for reading in readings:
        for term in reading.terms:
            defined.setdefault(term.casefold(), reading.id)
    waiting = dict(defined)
    for reading in readings:
        waiting = {term: name for term, name in waiting.items() if name != reading.id}
        for term in _used(reading, waiting):
            longer = [other for other in defined if term in other and term != other]
            for text in texts(reading):
                if text.markdown and (found := _use(term, longer, text.prose)):
                    message = f"{found[0]!r} is used here and defined later, in {waiting.pop(term)}"
                    yield Finding(reading, text.steps, message, "define it here, or use other words", found.start())
                    break


def _use(term: str, longer: Iterable[str], text: str) -> re.Match[str] | None:
    """Return the first use of the term in the text, ignoring uses within a longer term."""
    within = [found.span() for other in longer for found in _pattern(other).finditer(text)]
    uses = _pattern(term).finditer(text)
    return next((use for use in uses if not any(first <= use.start() < end for first, end in within)), None)


def _pattern(term: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(term)}s?(?![\w-])", re.IGNORECASE)


RUN = re.compile(r"\w+(?:[-'/.]\w+)*")


def _used(reading: Reading, terms: dict[str, str]) -> list[str]:
    """Return the terms that may occur in the reading's texts: a fast filter by words."""
    longest = max((len(RUN.findall(term)) for term in terms), default=0)
    by_words = {tuple(RUN.findall(term)): term for term in terms}
    starts = {words[0] for words in by_words if words}
    found: dict[str, None] = {}
    for text in texts(reading):
        if not text.markdown:
            continue
        words = RUN.findall(text.prose.casefold())
        for start, first in enumerate(words):
            if first not in starts and first.removesuffix("s") not in starts:
                continue
            for size in range(1, longest + 1):
                run = tuple(words[start : start + size])
                for last in (run[-1], run[-1].removesuffix("s")):
                    if term := by_words.get((*run[:-1], last)):
                        found[term] = None
    return list(found)


def topics_asked(snapshot: CourseSnapshot) -> Iterator[Finding]:
    """Report topics of a module's readings that no item covers, if the module's items name topics at all."""
    for module in snapshot.modules:
        asked = {topic.casefold() for item in module.items for topic in item.topics}
        reported: set[str] = set()
        for found in module.readings if asked else ():
            for n, topic in enumerate(found.value.topics):
                if topic.casefold() not in asked | reported:
                    reported.add(topic.casefold())
                    message = f"no item of the module covers the topic {topic!r}"
                    yield Finding(found.value, ("topics", n), message, did_you_mean(topic.casefold(), asked))


RULES = (
    second_standard("C431", "a reading with too many new terms", "course", too_many_terms),
    Rule("C432", "a term is used before it is defined", "course", term_before_definition, "warning"),
    second_standard("C433", "a topic that no item covers", "course", topics_asked),
)
