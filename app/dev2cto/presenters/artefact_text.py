"""Texts for artefacts: the menu of actions, the versions, the rubric's verdict."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from dev2cto.exercises.text_sections import section_about
from dev2cto.markdown.parser import Block, Listing, para
from dev2cto.presenters import peer_review_text, two_person
from dev2cto.presenters.feedback import RenderMarkdown
from dev2cto.study.queries.home import relative_day
from dev2cto.study.sessions.artefact import ArtefactSession
from dev2cto.text import pluralize, sanitize

SAMPLE = "A strong example"
OWN = "Your text"


class ArtefactAction(NamedTuple):
    """An action on an artefact. The ids of actions on other drafts end with a number: "other:0"."""

    id: str
    words: str
    note: str = ""


def state(session: ArtefactSession) -> str:
    """The state for the title: "done", "2 versions", "not begun"."""
    versions = len(session.versions())
    return "done" if session.done else pluralize(versions, "version") if versions else "not begun"


def actions(session: ArtefactSession) -> list[ArtefactAction]:
    """The available actions."""
    versions = session.versions()
    found = [ArtefactAction("write", "Write the next version" if versions else "Write")]
    found += [
        ArtefactAction(f"other:{n}", f"Another draft, from {writer}")
        for n, (writer, _) in enumerate(session.other_texts())
    ]
    if versions:
        rated = len(session.ratings(str(versions[-1]["id"])))
        note = f"{rated} of {len(session.exercise.rubric)} rated" if rated else ""
        found.append(ArtefactAction("rate", "Rate your latest version against the rubric", note))
        found.append(ArtefactAction("sample", "Read a strong example"))
        found.append(ArtefactAction("versions", f"Versions ({len(versions)})"))
        found.append(ArtefactAction("packet", peer_review_text.WRITE))
        if reviews := session.reviews():
            found.append(ArtefactAction("readers", f"{peer_review_text.TITLE} ({reviews})"))
    if session.exercise.script is not None:
        found.append(ArtefactAction("script", two_person.TITLE))
    return found


def submit(session: ArtefactSession, text: str) -> tuple[str, str]:
    """Submit a version. Return the next step and a warning if the form is incomplete, else "". Raises NotSaved."""
    session.submit(text)
    lacks = any(not result.ok for result in session.lint(text))
    form = "Required parts are missing: add them in the next version." if lacks else ""
    return "Submitted. Rate it against the rubric, then read the example.", form


def text_blocks(text: str) -> list[Block]:
    """The learner's text as typed, line by line."""
    return [Listing(tuple(sanitize(text).split("\n")), indent=0)]


def compared_blocks(session: ArtefactSession, submission: str, number: int, prose: RenderMarkdown) -> list[Block]:
    """What a criterion (`number` from 0) is about: that section of the learner's text, then of the strong example.

    Either is shown whole if none of its headings says that it is about that.
    """
    criterion, own, sample = (
        session.exercise.rubric[number],
        session.submitted_text(submission),
        session.exercise.sample,
    )
    mine, example = (section_about(criterion, text, session.exercise.lint.headings) for text in (own, sample))
    return [
        para(f"{OWN}: {sanitize(mine.heading)}" if mine else OWN, "heading"),
        *text_blocks(mine.text if mine else own),
        para(f"{SAMPLE}: {sanitize(example.heading)}" if mine and example else SAMPLE, "heading"),
        *prose(example.text if mine and example else sample),
    ]


def version_names(session: ArtefactSession) -> list[tuple[str, str]]:
    """(name, day of submission) of each version, oldest first."""
    return [
        (f"Version {n}", relative_day(session.study, str(doc["at"]))) for n, doc in enumerate(session.versions(), 1)
    ]


def version_blocks(versions: Sequence[Mapping[str, Any]], number: int) -> list[Block]:
    """A version of a text (`number` from 0), after a diff from the previous version."""
    text = str(versions[number]["text"])
    blocks: list[Block] = []
    if number:
        before = str(versions[number - 1]["text"])
        names = f"version {number}", f"version {number + 1}"
        diff = difflib.unified_diff(before.splitlines(), text.splitlines(), *names, lineterm="")
        changed = Listing(tuple(sanitize(line) for line in diff), "diff", indent=2, code=True)
        blocks += [para("What changed", "heading"), changed]
    return [*blocks, para("The text", "heading"), *text_blocks(text)]


def criterion_title(session: ArtefactSession, number: int) -> tuple[str, str]:
    """Title and progress for the page of a criterion (`number` from 0)."""
    return f"Rubric / {session.exercise.title}", f"criterion {number + 1} of {len(session.exercise.rubric)}"


def rated(number: int, points: int) -> str:
    """Message that a criterion (`number` from 0) was rated."""
    return f"Criterion {number + 1} rated {points}."


def rubric_verdict(session: ArtefactSession, ratings: Mapping[str, int]) -> tuple[str, str]:
    """The points and their consequence; both empty until all criteria are rated."""
    rubric = session.exercise.rubric
    if len(ratings) < len(rubric):
        return "", ""
    points = f"{sum(ratings.values())} of {3 * len(rubric)} points."
    low = [c.criterion for c in rubric if ratings[c.id] < 2]
    if low:
        return points, "Below 2: " + "; ".join(low) + ". Write the next version, then rate that one."
    form = "" if session.done else " Required parts are missing: see the editor."
    return points, f"Every criterion is at least 2.{form}"
