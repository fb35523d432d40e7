"""Review: what is due today, mixed over the steps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import on

from dev2cto.markdown.parser import Block, Span, para
from dev2cto.presenters import cue_text, quiz_strip
from dev2cto.presenters.promise_text import look_back_blocks
from dev2cto.presenters.quiz_text import review_summary, review_title
from dev2cto.study.queries.plan import extra_of
from dev2cto.study.queries.question_models import Feedback, Question
from dev2cto.study.screens import REVIEWS
from dev2cto.study.sessions.cues import due_cues
from dev2cto.study.sessions.review import ReviewSession
from dev2cto.study.state.location import Location
from dev2cto.tui.screens.base import Body
from dev2cto.tui.screens.question_page import QuestionPage
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from dev2cto.tui.host import Host


def open_page(host: Host, location: Location) -> ReviewPage:
    """Open today's review, or the one beside it that the first id names, at the question with the last id."""
    return ReviewPage(host.study.review(extra_of(location)), location)


class ReviewPage(QuestionPage):
    """Today's questions; a miss comes back until it is right."""

    opened_by = "review"
    name_of_place = "review"

    def __init__(self, session: ReviewSession, place: Location) -> None:
        super().__init__(session, place)
        self.review = session
        session.go_on(place)

    def title_of(self, question: Question, verdict: str = "") -> None:
        """The title line: how many are right already, and where the question comes from."""
        title, words = review_title(self.review, question)
        self.set_title(verdict or title, quiz_strip.review_aside(self.review, words))

    def beside_question(self) -> Iterable[Block]:
        """How the review goes, and what comes on the next days."""
        return quiz_strip.review_beside(self.review)

    def place(self) -> Location:
        """This review at this question, with what is left of it."""
        return self.review.located(self.here(*([self.review.extra] if self.review.extra else [])))

    def judged_before(self, place: Location) -> tuple[Question, Feedback] | None:
        """Judged again from the saved answer."""
        return self.review.judged(place)

    def reread(self, feedback: Feedback) -> list[Block]:
        """The section that answers the question; after one of them, a look back on a promise."""
        found = self.review.look_back(self.current.item) if self.current is not None else None
        return [*super().reread(feedback), *(look_back_blocks(self.study, found) if found is not None else ())]

    async def finished(self) -> None:
        """Nothing is left today: what comes next."""
        self.set_title(REVIEWS[self.review.extra], "")
        first, *more = review_summary(self.review)
        blocks: list[Block] = [
            para(first),
            *(para(line, "muted") for line in [*more, f"{self.key('back')} leads back."]),
        ]
        found = self.review.look_back()
        blocks += look_back_blocks(self.study, found) if found is not None else []
        frame = self.query_one("#frame", Body)
        await frame.mount(MarkdownText(blocks))
        if words := cue_text.due_words(len(due_cues(self.study))):
            rows = Rows((Row("cues", (Span(words),), gap=True),))
            await frame.mount(rows)
            self.set_focus(rows, scroll_visible=False)
        self.refresh_bindings()
        self.keep_place()

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Go on with the learner's own cues."""
        if message.row.id == "cues":
            message.stop()
            self.host.back()
            self.host.go(Location("cues"))
