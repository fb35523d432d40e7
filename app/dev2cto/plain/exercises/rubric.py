"""Judging one's own text, criterion by criterion."""

from __future__ import annotations

from dev2cto.errors import NotSaved
from dev2cto.plain.face import Face
from dev2cto.plain.prompt import Chosen, Command, Prompt, Said, numbers
from dev2cto.study.artefact import ArtefactSession
from dev2cto.study.telling import rubric_verdict

BEFORE = Command("b", "before", "the criterion before")
TEXT = Command("t", "text", "your text")
SAMPLE = Command("v", "example", "the strong example")
BACK = Command("q", "back", "goes back; every rating is kept")


def judge(face: Face, session: ArtefactSession, submission: str) -> None:
    """One criterion at a time with what 0 to 3 look like. Raises Ended."""
    rubric = session.exercise.rubric
    ratings = session.ratings(submission)
    number = next((n for n, c in enumerate(rubric) if c.id not in ratings), 0)
    while True:
        criterion = rubric[number]
        face.head(f"Rubric / {session.exercise.title}", f"criterion {number + 1} of {len(rubric)}")
        face.say(criterion.criterion)
        for n, anchor in enumerate(criterion.anchors):
            face.item(n, face.line(anchor))
        if criterion.id in ratings:
            face.say(f"Rated {ratings[criterion.id]}.")
        enter = "goes on" if criterion.id in ratings else ""
        typed = face.ask(Prompt((BEFORE, TEXT, SAMPLE, BACK), numbers(4, 0), "rates it", enter))
        match typed:
            case Chosen(points):
                given = {**ratings, criterion.id: points}
                try:
                    session.rate(submission, given)
                except NotSaved as error:
                    face.complain(error)
                    continue
                ratings = given
                unrated = [n for n, c in enumerate(rubric) if c.id not in ratings]
                if not unrated:
                    face.say(" ".join(rubric_verdict(session, ratings)))
                    return
                number = unrated[0]
            case Said(""):
                if number + 1 == len(rubric):
                    return
                number += 1
            case Said("b"):
                number = max(0, number - 1)
            case Said("t"):
                doc = face.study.record.get("submissions", submission) or {}
                face.show(face.prose(str(doc.get("text", ""))))
            case Said("v"):
                face.show(face.prose(session.exercise.sample))
            case Said("q"):
                return
            case _:
                pass
