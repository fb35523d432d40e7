"""Search the course and the learner's notes, answers and comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dev2cto.course.search import Hit, IndexEntry, course_entries, search
from dev2cto.items.base import Draw, Item
from dev2cto.study.context import StudyContext
from dev2cto.study.queries.history import latest_answers
from dev2cto.study.state.notes import notes


def search_all(study: StudyContext, words: str) -> tuple[Hit, ...]:
    """Everything that contains all the words, best match first, without unanswered questions."""
    return search(words, (*course_entries(study.curriculum), *own_entries(study)))


def own_entries(study: StudyContext) -> Iterator[IndexEntry]:
    """Yield index entries for the learner's notes, answered questions and comments in code reviews."""
    for note in notes(study):
        yield IndexEntry("note", note.id, f"Your note: {note.title}", note.title, note.text)
    hidden = study.progress.hidden()
    for id, answer in sorted(latest_answers(study).items()):
        item = study.course.item(id)
        module = study.course.module_of(id)
        if item is None or module is None or id in hidden:
            continue
        found = study.curriculum.bank(module.id).get(id)
        if found is not None:
            text = found.prompt if found.scored else question_with_answer(found, answer)
            yield IndexEntry("answer", id, f"{module.name} / a question you answered", "", text)
    if any(exercise.kind == "diff" for module in study.course.modules for exercise in module.exercises):
        from dev2cto.study.sessions.comments import own_comments

        for comment in own_comments(study):
            yield IndexEntry("comment", f"{comment.exercise}#{comment.address}", comment.title, "", comment.text)


def question_with_answer(item: Item, answer: Mapping[str, Any]) -> str:
    """The question with the values last drawn, and the learner's text."""
    asked = item.ask(Draw.read(answer.get("draw", {})))
    return f"{asked}\n\n{answer.get('response', '')}".replace("\n> ", "\n")
