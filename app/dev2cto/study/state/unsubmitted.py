"""Responses that were chosen and not submitted: they are there again whenever the question is asked again.

The learner's place keeps the one on screen. This keeps those that were left: another question of an exam, a quiz or a
check from which one went elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dev2cto.items.forms import Arrange, Response, Write, empty_response
from dev2cto.study.state.location import from_json, to_json

if TYPE_CHECKING:
    from dev2cto.study.context import StudyContext
    from dev2cto.study.queries.question_models import Question

CHECK = "check"
"""What asks the questions in readings; those of a quiz are asked by their attempt, by its id."""


def is_begun(question: Question, response: Response) -> bool:
    """Whether the response was begun: it differs from the submitted answer, an empty one and the shown order."""
    form = question.form
    as_shown = tuple(entry.id for entry in form.entries) if isinstance(form, Arrange) else None
    return response not in (question.given, empty_response(form), as_shown)


def keep_response(study: StudyContext, asker: str, question: Question, response: Response | None) -> None:
    """Keep a response with the live tables; one that is empty or submitted already is dropped.

    Texts of several lines are drafts, and are not kept here.
    """
    if study.record.readonly_reason or (isinstance(question.form, Write) and question.form.lines):
        return
    if response is None or not is_begun(question, response):
        drop_responses(study, asker, (question.item,))
    else:
        document = {"response": to_json(response), "at": study.now()}
        study.record.table("responses").put(f"{asker}:{question.item}", document)


def kept_response(study: StudyContext, asker: str, item: str) -> Response | None:
    """The response that was left at that question; None if there is none."""
    found = study.documents.find("responses", f"{asker}:{item}")
    return from_json(found.get("response")) if found is not None else None


def drop_responses(study: StudyContext, asker: str, items: Iterable[str]) -> None:
    """Forget what was left at these questions, because it was submitted or given up."""
    if not study.record.readonly_reason:
        for item in items:
            if study.documents.find("responses", f"{asker}:{item}") is not None:
                study.documents.remove("responses", f"{asker}:{item}")
