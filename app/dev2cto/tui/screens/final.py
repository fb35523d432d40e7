"""A final form: an exam on all steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dev2cto.study.sessions.final import FinalSession
from dev2cto.study.state.location import Location
from dev2cto.tui.screens.quiz import ExamPage

if TYPE_CHECKING:
    from dev2cto.tui.host import Host


def open_page(host: Host, location: Location) -> FinalPage:
    """Open the attempt with the second id."""
    return FinalPage(host.study.final_attempt(location.ids[1]), location)


class FinalPage(ExamPage):
    """One attempt at a final form."""

    name_of_place = "final"

    def __init__(self, session: FinalSession, place: Location) -> None:
        super().__init__(session, place)
        self.final = session

    async def finished(self) -> None:
        """Show the result."""
        from dev2cto.tui.screens.final_result import FinalResultPage

        self.app.switch_screen(FinalResultPage(self.final))
