"""A practice quiz by lines: each answer is judged at once."""

from __future__ import annotations

from dev2cto.plain.screens.question_loop import QuestionLoop
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters import quiz_text
from dev2cto.study.queries.question_models import Feedback, Question
from dev2cto.study.sessions.quiz import QuizSession
from dev2cto.study.state.location import Location


class PracticeScreen(QuestionLoop):
    """Each answer is judged at once."""

    def __init__(self, ui: PlainUI, session: QuizSession, place: Location) -> None:
        super().__init__(ui, session, "quiz", (session.module.id, session.id), place)
        self.quiz, self.asker = session, session.id

    def title(self, question: Question) -> tuple[str, str]:
        """Quiz or retry, and which question."""
        return quiz_text.question_title(self.quiz, question)

    def judged_before(self, place: Location) -> tuple[Question, Feedback] | None:
        """From the attempt's own answers."""
        return self.quiz.judged(place.ids[-1])
