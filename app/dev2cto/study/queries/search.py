"""Search the course and the learner's notes, highlights, answers and comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from dev2cto.course.search import IndexEntry, SearchResult, plain_text
from dev2cto.errors import CourseError
from dev2cto.record.tinydb_storage import where
from dev2cto.study.context import StudyContext
from dev2cto.study.queries.history import latest_answers
from dev2cto.study.state.highlights import highlights
from dev2cto.study.state.notes import notes, title_of
from dev2cto.study.state.peer_reviews import peer_reviews
from dev2cto.study.state.promises import promises
from dev2cto.study.state.renames import aliases
from dev2cto.text import one_line

if TYPE_CHECKING:
    from dev2cto.items.base import Item

MOST = 60
"""The maximum number of hits listed."""


def search_all(study: StudyContext, words: str, most: int = MOST) -> SearchResult:
    """What is found for these words, best first, without unanswered questions."""
    take_own(study)
    return study.curriculum.search.search(words, most)


def take_own(study: StudyContext) -> None:
    """Have the next searches find the learner's texts, and the answered questions, as they are now."""
    own = tuple(own_entries(study))
    answered = study.progress.answered() | {entry.target for entry in own if entry.what == "answer"}
    study.curriculum.search.take(own, frozenset(answered - study.progress.hidden()))


def own_entries(study: StudyContext) -> Iterator[IndexEntry]:
    """Yield index entries for what the learner wrote or marked without getting a score, and for what readers wrote."""
    for note in notes(study):
        yield IndexEntry("note", note.id, f"Your note: {note.title}", one_line(note.text), note.title)
    for passage in highlights(study):
        title = f"Your highlight: {title_of(study, passage.section)}"
        yield IndexEntry("highlight", passage.id, title, one_line(passage.quotation.exact))
    for made in promises(study):
        reading = study.course.reading(made.reading)
        title = reading.title if reading is not None else made.reading
        yield IndexEntry("promise", made.id, f"Your promise: {title}", " ".join((made.words, *made.notes)), title)
    texts = {i.id: m for m in study.course.modules for i in m.items if not i.scored}
    named = [name for id in texts for name in aliases(id, study.course.renamed)]
    hidden = study.progress.hidden()
    for id, answer in sorted(latest_answers(study, where("item").one_of(named)).items()):
        if id not in texts or id in hidden:
            continue
        try:
            text = question_with_answer(study.curriculum.item(id), answer)
        except CourseError:
            continue
        yield IndexEntry("answer", id, f"{texts[id].name} / a question you answered", text)
    exercises = [exercise for module in study.course.modules for exercise in module.exercises]
    if any(exercise.kind == "diff" and study.progress.exercise(exercise.id) for exercise in exercises):
        from dev2cto.study.sessions.comments import own_comments

        for comment in own_comments(study):
            target = f"{comment.exercise}#{comment.address}"
            yield IndexEntry("comment", target, comment.title, one_line(comment.text))
    titles = {exercise.id: exercise.title for exercise in exercises if exercise.kind == "artefact"}
    if any(study.progress.exercise(id) for id in titles):
        for review, _ in peer_reviews(study):
            title = f"{titles.get(review.exercise, review.exercise)} / what {one_line(review.reader)} wrote"
            if words := one_line(" ".join(review.comments.values())):
                yield IndexEntry("review", review.exercise, title, words)


def question_with_answer(item: Item, answer: Mapping[str, Any]) -> str:
    """The question with the values last drawn, and the learner's text, on one line."""
    from dev2cto.items.base import Draw

    asked = item.ask(Draw.read(answer.get("draw", {})))
    return f"{plain_text(asked)} {one_line(str(answer.get('response', '')))}"
