"""What both front ends say about an artefact: what can be done, its versions, its judgement."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from dev2cto.markdown.parser import Block, Listing, para
from dev2cto.presenters import two_person
from dev2cto.study.queries.home import relative_day
from dev2cto.study.sessions.artefact import ArtefactSession
from dev2cto.text import pluralize, sanitize

SAMPLE = "A strong example"


class ArtefactAction(NamedTuple):
    """Something that can be done with an artefact; several drafts have numbers."""

    id: str
    words: str
    note: str = ""


def state(session: ArtefactSession) -> str:
    """How far it is, for the title."""
    versions = len(session.versions())
    return "done" if session.done else pluralize(versions, "version") if versions else "not begun"


def actions(session: ArtefactSession) -> list[ArtefactAction]:
    """What can be done now."""
    versions = session.versions()
    found = [ArtefactAction("write", "Write the next version" if versions else "Write")]
    found += [
        ArtefactAction(f"other:{n}", f"Another draft, from {writer}")
        for n, (writer, _) in enumerate(session.other_texts())
    ]
    if versions:
        rated = len(session.ratings(str(versions[-1]["id"])))
        note = f"{rated} of {len(session.exercise.rubric)} rated" if rated else ""
        found.append(ArtefactAction("rate", "Judge your latest version against the rubric", note))
        found.append(ArtefactAction("sample", "Read a strong example"))
        found.append(ArtefactAction("versions", f"Versions ({len(versions)})"))
    if session.exercise.script is not None:
        found.append(ArtefactAction("script", two_person.TITLE))
    return found


def submit(session: ArtefactSession, text: str) -> tuple[str, str]:
    """Submit a version; what to do now, and what it lacks. Raises NotSaved."""
    session.submit(text)
    lacks = any(not result.ok for result in session.lint(text))
    form = "Its form still lacks something: look at it when you write the next version." if lacks else ""
    return "Submitted. Judge it against the rubric, then read the example.", form


def text_blocks(text: str) -> list[Block]:
    """A text of the learner's own, line by line as it was typed."""
    return [Listing(tuple(sanitize(text).split("\n")), indent=0)]


def version_names(session: ArtefactSession) -> list[tuple[str, str]]:
    """Each version and when it was submitted, oldest first."""
    return [
        (f"Version {n}", relative_day(session.study, str(doc["at"]))) for n, doc in enumerate(session.versions(), 1)
    ]


def version_blocks(versions: Sequence[Mapping[str, Any]], number: int) -> list[Block]:
    """A version of a text (from 0), after what changed since the one before."""
    text = str(versions[number]["text"])
    blocks: list[Block] = []
    if number:
        before = str(versions[number - 1]["text"])
        names = f"version {number}", f"version {number + 1}"
        diff = difflib.unified_diff(before.splitlines(), text.splitlines(), *names, lineterm="")
        blocks += [para("What changed", "heading"), Listing(tuple(sanitize(line) for line in diff), "diff", indent=0)]
    return [*blocks, para("The text", "heading"), *text_blocks(text)]


def criterion_title(session: ArtefactSession, number: int) -> tuple[str, str]:
    """Where one is in the rubric."""
    return f"Rubric / {session.exercise.title}", f"criterion {number + 1} of {len(session.exercise.rubric)}"


def rubric_verdict(session: ArtefactSession, ratings: Mapping[str, int]) -> tuple[str, str]:
    """Points, and what follows from them; both empty while a criterion is not rated."""
    rubric = session.exercise.rubric
    if len(ratings) < len(rubric):
        return "", ""
    points = f"{sum(ratings.values())} of {3 * len(rubric)} points."
    low = [c.criterion for c in rubric if ratings[c.id] < 2]
    if low:
        return points, "Below 2: " + "; ".join(low) + ". Write the next version, then judge that one."
    form = "" if session.done else " The form still lacks something: look at it in the editor."
    return points, f"Every criterion is at least 2.{form}"
