"""Which section of a text a criterion of the rubric is about."""

from __future__ import annotations

import pytest

from dev2cto.exercises.artefact import Artefact, Criterion
from dev2cto.exercises.text_sections import section_about, sections
from tests.support.studies import SHIPPED, opened

TEXT = """# Note
Before.
## Load and promises
40 a second.
### By hour
More.
## Limits of load
```
## no heading
```
"""


def test_a_section_ends_at_the_next_heading_of_its_level() -> None:
    assert [(s.level, s.heading, s.text) for s in sections(TEXT)[1:]] == [
        (2, "Load and promises", "40 a second.\n### By hour\nMore."),
        (3, "By hour", "More."),
        (2, "Limits of load", "```\n## no heading\n```"),
    ]


@pytest.mark.parametrize(
    ("id", "criterion", "heading"),
    [
        ("limits", "Limits with the load at which they are reached", "Limits of load"),
        ("numbers", "Promise in numbers", "Load and promises"),
        ("voice", "Brevity", None),
    ],
)
def test_the_words_of_the_criterion_choose_it(id: str, criterion: str, heading: str | None) -> None:
    about = Criterion(id=id, criterion=criterion, anchors=("", "", "", ""))
    found = section_about(about, TEXT, ("load and promises", "limits of load"))
    assert (found.heading if found else None) == heading
    assert section_about(about, TEXT, ()) is None


def test_most_criteria_of_the_course_have_a_section_of_their_example() -> None:
    course = opened(SHIPPED)
    texts = [e.id for m in course.outline.modules for e in m.exercises if e.kind == "artefact"]
    found = [
        section_about(criterion, artefact.sample, artefact.lint.headings) is not None
        for artefact in map(course.exercise, texts)
        if isinstance(artefact, Artefact)
        for criterion in artefact.rubric
    ]
    assert sum(found) > len(found) / 2
