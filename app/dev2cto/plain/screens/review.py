"""Review: what is due today, mixed over the steps; a miss comes back until it is right."""

from __future__ import annotations

from collections.abc import Sequence

from dev2cto.plain.prompt import BACK, CommandInput, Prompt, PromptCommand
from dev2cto.plain.screens.question_loop import BACK_OR_ON, QuestionLoop
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters import cue_text
from dev2cto.presenters.promise_text import look_back_blocks
from dev2cto.presenters.quiz_text import review_summary, review_title
from dev2cto.study.queries.plan import extra_of
from dev2cto.study.queries.question_models import Feedback, Question
from dev2cto.study.queries.ticking import Ticking
from dev2cto.study.screens import REVIEWS
from dev2cto.study.sessions.cues import due_cues
from dev2cto.study.sessions.review import ReviewSession
from dev2cto.study.state.location import Location

CUES = PromptCommand("c", "cues", "passages you want to be asked about")


def run(ui: PlainUI, location: Location) -> Location | None:
    """Ask what is due, from the question named last on; then say what comes next."""
    extra = extra_of(location)
    session, ids = ui.study.review(extra), (extra,) if extra else ()
    session.go_on(location)
    screen = ReviewScreen(ui, session, ids, location)
    if screen.run() == "over":
        screen.keep(Location("review", ids))
        ui.show_title(REVIEWS[extra])
        for line in review_summary(session):
            ui.say(line)
        found = session.look_back()
        ui.show(look_back_blocks(ui.study, found) if found is not None else ())
        words = cue_text.due_words(len(due_cues(ui.study)))
        if not words:
            ui.ask(BACK_OR_ON)
            return None
        ui.say(f"{words}. c begins.")
        if ui.ask(Prompt((CUES, BACK), enter="goes back")) == CommandInput("c"):
            return Location("cues")
    return None


class ReviewScreen(QuestionLoop):
    """Today's questions."""

    def __init__(self, ui: PlainUI, session: ReviewSession, ids: Sequence[str], place: Location) -> None:
        super().__init__(ui, session, "review", ids, place)
        self.review = session

    def keep(self, place: Location) -> None:
        """Save the place with what is left of the review."""
        super().keep(self.review.located(place))

    def judged_before(self, place: Location) -> tuple[Question, Feedback] | None:
        """Judged again from the saved answer."""
        return self.review.judged(place)

    def show_judged(self, question: Question, feedback: Feedback, found: Ticking | None) -> None:
        """The verdict; after one of the questions, a look back on a promise."""
        super().show_judged(question, feedback, found)
        promise = self.review.look_back(question.item)
        self.ui.show(look_back_blocks(self.ui.study, promise) if promise is not None else ())

    def title(self, question: Question) -> tuple[str, str]:
        """Where the question comes from, and how many are right already."""
        return review_title(self.review, question)
