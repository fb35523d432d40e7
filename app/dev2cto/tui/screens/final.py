"""A final form: an exam with an overview, in which questions are flagged and gone to by number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType

from dev2cto.presenters.quiz_text import flag_notice, form_title
from dev2cto.study.queries.question_models import Question
from dev2cto.study.sessions.final import FinalSession
from dev2cto.study.state.location import Location, from_json, to_json
from dev2cto.study.state.unsubmitted import is_begun
from dev2cto.tui.screens.quiz import QuizPage

if TYPE_CHECKING:
    from dev2cto.tui.host import Host


def open_page(host: Host, location: Location) -> FinalPage:
    """Open the attempt with the second id."""
    return FinalPage(host.study.final_attempt(location.ids[1]), location)


class FinalPage(QuizPage):
    """One attempt, left and continued at will; what is chosen and not submitted waits at its question."""

    name_of_place = "final"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "overview", "overview", tooltip="overview of all questions", id="final.overview"),
        Binding(
            "exclamation_mark",
            "report",
            "report",
            tooltip="report what is wrong with this question",
            show=False,
            id="final.report",
        ),
        Binding("m", "flag", "flag", tooltip="flag this question, or take the flag away", id="final.flag"),
    ]

    def __init__(self, session: FinalSession, place: Location) -> None:
        super().__init__(session, place)
        self.form = session
        self.begun: dict[str, Any] = dict(place.extra.get("begun", {}))
        """What was chosen and not submitted, and where the cursor was, by question."""
        self._overview_at = int(place.extra.get("overview", 0))

    async def begin(self) -> None:
        """Where the learner was; in the overview, if it was open."""
        await super().begin()
        if self._overview_at and not self.form.finished:
            self.open_overview(self._overview_at)

    async def ask(self, question: Question | None) -> None:
        """Show that question with what was chosen there, and keep what was chosen at the one that is left."""
        self.stash()
        if question is not None and self._restored is None and question.item in self.begun:
            response, cursor = self.begun.pop(question.item)
            self._restored = Location("final", (question.item,), from_json(response), int(cursor))
        await super().ask(question)

    def stash(self) -> None:
        """Keep what is chosen and not submitted at the question on screen."""
        box = self.box()
        asked = self.form.question(box.question.number) if box is not None else None
        if box is not None and asked is not None and is_begun(asked, box.response):
            self.begun[asked.item] = [to_json(box.response), box.cursor]

    def title_of(self, question: Question, verdict: str = "") -> None:
        """Which question, whether it is flagged, and how many are left."""
        self.set_title(*form_title(self.form, question))

    def place(self) -> Location:
        """This attempt at this question, and what waits at others."""
        place = super().place()
        begun = {item: response for item, response in self.begun.items() if item != place.ids[-1]}
        return place._replace(extra={**place.extra, "begun": begun}) if begun else place

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No overview of a form that is over."""
        if action in ("overview", "flag"):
            return self.current is not None and not self.form.finished
        return super().check_action(action, parameters)

    def action_flag(self) -> None:
        """Flag the question, or take its flag away."""
        if self.current is not None:
            flagged = self.form.flag(self.current.item)
            self.title_of(self.current)
            self.notify_learner(flag_notice(flagged, self.key("outline")))

    def action_overview(self) -> None:
        """All questions, and the way to each."""
        if self.current is not None:
            self.open_overview(self.current.number)

    def open_overview(self, number: int) -> None:
        """The overview, with the cursor on that question."""
        from dev2cto.tui.screens.overview import OverviewPage

        self.stash()
        self.app.push_screen(OverviewPage(self, number))

    async def go_to(self, number: int) -> None:
        """Show question `number`, with what was chosen there."""
        if self.current is None or number != self.current.number:
            await self.ask(self.form.question(number))

    async def finished(self) -> None:
        """Show the result."""
        from dev2cto.tui.screens.final_result import FinalResultPage

        self.app.switch_screen(FinalResultPage(self.form))
