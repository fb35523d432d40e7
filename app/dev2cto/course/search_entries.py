"""What of a course can be searched: readings by section, terms, and questions for those who answered them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dev2cto.course import loader
from dev2cto.course.model import Reading
from dev2cto.course.outline import CourseOutline, ModuleOutline
from dev2cto.course.search import IndexEntry, plain_text
from dev2cto.yaml.tree import Problems


def course_entries(root: Path, outline: CourseOutline) -> Iterator[tuple[IndexEntry, ...]]:
    """Yield the entries of one file after the other; broken ones are skipped.

    Of questions, those that have a score are among them, by their prompts alone: the others are indexed with what the
    learner answered.
    """
    for module in outline.modules:
        for listed in module.readings:
            reading = loader.load_file(root, listed.path, Reading, Problems())
            if reading is not None:
                yield tuple(_of_reading(reading, module, outline))
        known = {item.id for item in module.items if item.scored}
        title = f"{module.name} / a question you answered"
        yield tuple(
            IndexEntry("answer", id, title, plain_text(prompt, outline))
            for id, prompt in loader.load_prompts(root, module.folder)
            if id in known
        )
    terms = loader.load_glossary(root, Problems()).terms
    yield tuple(IndexEntry("term", t.term, t.term, plain_text(t.definition, outline), heading=t.term) for t in terms)


def _of_reading(reading: Reading, module: ModuleOutline, outline: CourseOutline) -> Iterator[IndexEntry]:
    title = f"{module.name} / {reading.title}"
    for n, section in enumerate(reading.sections):
        yield IndexEntry(
            "reading",
            f"{reading.id}#{section.id}",
            f"{title} / {section.heading}",
            plain_text(section.text, outline),
            reading.title,
            section.heading,
            " ".join(reading.topics) if n == 0 else "",
        )
    if reading.monday is not None:
        target = f"{reading.id}#{reading.sections[-1].id}"
        text = plain_text(reading.monday.text, outline)
        yield IndexEntry("reading", target, f"{title} / On Monday", text, reading.title)
