"""Texts for the glossary."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dev2cto.course.model import Term
from dev2cto.course.outline import ReadingOutline
from dev2cto.study.context import StudyContext
from dev2cto.text import pluralize

NO_TERMS = "No terms."


def terms(study: StudyContext, only: Collection[str]) -> list[Term]:
    """The terms in order: all, or only those named (in lower case)."""
    known = study.curriculum.glossary
    return [known[name] for name in sorted(known) if not only or name in only]


def glossary_title(listed: Sequence[Term], only: Collection[str]) -> tuple[str, str]:
    """The title of the list, and the number of terms in it."""
    return "Terms of this reading" if only else "Glossary", pluralize(len(listed), "term")


def readings_on(study: StudyContext, term: Term) -> list[ReadingOutline]:
    """The readings that explain a term."""
    return [found for id in term.see if (found := study.course.reading(id))]
