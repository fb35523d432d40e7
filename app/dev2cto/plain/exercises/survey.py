"""The screen of the self-assessment: one statement at a time, then the results, then the plan."""

from __future__ import annotations

from dev2cto.errors import NotSaved
from dev2cto.plain.exercises.common import ExerciseScreen
from dev2cto.plain.exercises.writing import write
from dev2cto.plain.prompt import ChoiceInput, CommandInput, Prompt, PromptCommand, numbers
from dev2cto.presenters import survey_text
from dev2cto.study.sessions.survey import SurveySession
from dev2cto.study.state.location import Location

BEFORE = PromptCommand("b", "before", "the previous statement")
BACK = PromptCommand("q", "back", "goes back; every rating is kept")


class SurveyScreen(ExerciseScreen[SurveySession]):
    """Rate a statement, say how sure, go on; every rating is saved at once."""

    _back_at: int | None = None
    """The statement whose rating was just undone, to go back to."""

    def run(self, place: Location) -> None:
        """Run brief, statements and results, from where the learner left off. Raises SessionEnded."""
        stage = self.session.stage
        if place.extra.get("writing"):
            self.head()
            self.write(place)
        while stage:
            self.ui.save_location(self.here())
            match stage:
                case "brief":
                    stage = self.brief()
                case "statement":
                    stage = self.statements()
                case _:
                    stage = self.results()

    def brief(self) -> str:
        """Show the brief; returns the next stage, empty to leave."""
        self.head("not begun")
        self.ui.show(self.ui.prose(self.session.exercise.brief))
        typed = self.ui.ask(Prompt((BACK,), enter="begins"))
        return {"": "statement", "q": ""}.get(typed.key, "brief") if isinstance(typed, CommandInput) else "brief"

    def statements(self) -> str:
        """Ask the unrated statements, or all if none is unrated; returns the next stage, empty to leave."""
        session = self.session
        going_through, number = not session.missing, session.first_missing
        if self._back_at is not None:
            number, self._back_at = self._back_at, None
        while True:
            step = self.statement(number)
            if self._back_at is not None:
                number, self._back_at = self._back_at, None
                continue
            if step == "left":
                return ""
            if step == "before":
                number = max(0, number - 1)
            elif step == "rated":
                following = session.statement_after(number, going_through=going_through)
                if following is None:
                    return "results"
                number = following
            elif number + 1 < len(session.exercise.statements):
                number += 1
            else:
                return "statement" if session.missing else "results"

    def statement(self, number: int) -> str:
        """Ask one statement; returns "rated", "kept" (unchanged), "undone", "before" (the previous one) or "left"."""
        exercise, ui = self.session.exercise, self.ui
        statement = exercise.statements[number]
        while True:
            given = self.session.answers.get(statement.id)
            self.head(f"statement {number + 1} of {len(exercise.statements)}")
            with ui.console.together():
                ui.say(ui.inline(statement.text))
                for n, words in enumerate(exercise.scale):
                    ui.numbered_line(n, ui.inline(words))
            if given:
                ui.say(f"You rated yourself {given[0]}, {exercise.confidence[given[1]]}.")
            commands = (BEFORE, BACK) if number else (BACK,)
            match ui.ask(Prompt(commands, numbers(4, 0), "rates it", "keeps it" if given else "")):
                case ChoiceInput(rating):
                    if self.rate(number, rating):
                        return "rated"
                case CommandInput(""):
                    return "kept"
                case CommandInput("b"):
                    return "before"
                case CommandInput("q"):
                    return "left"
                case _:
                    pass
            if self._back_at is not None:
                return "undone"

    def rate(self, number: int, rating: int) -> bool:
        """Ask how sure the learner is and save both; returns False to ask for the rating again."""
        exercise = self.session.exercise
        words, statement = exercise.confidence, exercise.statements[number].id
        sure = ", ".join(f"{n} {self.ui.inline(word)}" for n, word in enumerate(words, 1))
        change = PromptCommand("q", "change", "goes back to the rating")
        prompt = Prompt((change,), numbers(len(words)), chooses="", lead=f"How sure are you? {sure}")
        typed = self.ui.ask(prompt)
        if not isinstance(typed, ChoiceInput):
            return False
        try:
            undo = self.session.rate(statement, rating, typed.number)
        except NotSaved as error:
            self.ui.show_error(error)
            return False

        def take_back() -> None:
            undo.run()
            self._back_at = number

        said = survey_text.rated(exercise, number, rating, typed.number)
        self.ui.offer_undo(said, undo._replace(run=take_back))
        return True

    def results(self) -> str:
        """Show the results and the actions; returns the next stage, empty to leave."""
        session, ui = self.session, self.ui
        self.head("done" if session.done else "all statements rated")
        ui.say(f"{survey_text.RESULTS}:")
        for area, mean, change in survey_text.rated_areas(session):
            ui.say(f"{area}: {mean:.1f} of 3{'' if change is None else f', {change:+.1f} since last time'}")
        if guessed := survey_text.guessed(session):
            ui.say(guessed)
        ui.console.gap()
        if session.exercise.again:
            for line in survey_text.then_and_now_words(session):
                ui.say(line)
            ui.show(survey_text.overturned(session, ui.prose))
        for n, (_, words) in enumerate(survey_text.menu(session), 1):
            ui.numbered_line(n, words)
        match ui.ask(Prompt((BACK,), numbers(3), enter="chooses 1")):
            case ChoiceInput(0) | CommandInput(""):
                self.write(self.here())
            case ChoiceInput(1):
                return "statement"
            case ChoiceInput(2) if self.tried(session.again):
                self.ui.end_undo()
                return "statement"
            case CommandInput("q"):
                return ""
            case _ if self._back_at is not None:
                return "statement"
            case _:
                pass
        return "results"

    def write(self, place: Location) -> None:
        """Enter the plan; `place` has the cursor."""

        def submit(text: str) -> None:
            self.ui.say(survey_text.submit(self.session, text))
            self.ui.end_undo()

        write(self.ui, self.session, place, submit)
