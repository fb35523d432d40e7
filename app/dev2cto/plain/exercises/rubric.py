"""Rating one's own text, criterion by criterion."""

from __future__ import annotations

from functools import partial

from dev2cto.errors import NotSaved
from dev2cto.plain.prompt import ChoiceInput, CommandInput, Prompt, PromptCommand, numbers
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters import artefact_text
from dev2cto.study.sessions.artefact import ArtefactSession
from dev2cto.study.state.undo import Undo

BEFORE = PromptCommand("b", "before", "the previous criterion")
TEXT = PromptCommand("t", "text", "your text")
SAMPLE = PromptCommand("v", "example", "the strong example")
BACK = PromptCommand("q", "back", "goes back; every rating is kept")


def assess(ui: PlainUI, session: ArtefactSession, submission: str) -> None:
    """Ask for the criteria one at a time, with descriptions of the ratings 0 to 3. Raises SessionEnded."""
    rubric = session.exercise.rubric
    ratings = session.ratings(submission)
    number = next(iter(session.unrated(ratings)), 0)

    def take_back(rated: int, undo: Undo) -> None:
        nonlocal number, ratings
        undo.run()
        number, ratings = rated, session.ratings(submission)

    while True:
        criterion = rubric[number]
        ui.show_title(*artefact_text.criterion_title(session, number))
        with ui.console.together():
            ui.say(criterion.criterion)
            for n, anchor in enumerate(criterion.anchors):
                ui.numbered_line(n, ui.inline(anchor))
        if criterion.id in ratings:
            ui.say(f"You rated it {ratings[criterion.id]}.")
        enter = "continues" if criterion.id in ratings else ""
        typed = ui.ask(Prompt((BEFORE, TEXT, SAMPLE, BACK), numbers(4, 0), "rates it", enter))
        match typed:
            case ChoiceInput(points):
                given = {**ratings, criterion.id: points}
                try:
                    undo = session.rate(submission, given)
                except NotSaved as error:
                    ui.show_error(error)
                    continue
                ratings = given
                ui.offer_undo(artefact_text.rated(number, points), undo._replace(run=partial(take_back, number, undo)))
                unrated = session.unrated(ratings)
                if not unrated:
                    ui.say(" ".join(artefact_text.rubric_verdict(session, ratings)))
                    return
                number = unrated[0]
            case CommandInput(""):
                if number + 1 == len(rubric):
                    return
                number += 1
            case CommandInput("b"):
                number = max(0, number - 1)
            case CommandInput("t"):
                ui.show(artefact_text.text_blocks(session.submitted_text(submission)))
            case CommandInput("v"):
                ui.show(ui.prose(session.exercise.sample))
            case CommandInput("q"):
                return
            case _:
                pass
