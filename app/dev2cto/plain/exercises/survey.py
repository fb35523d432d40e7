"""The self-assessment: one statement at a time, then where one stands, then the plan."""

from __future__ import annotations

from dev2cto.errors import NotSaved
from dev2cto.plain.exercises.common import title
from dev2cto.plain.exercises.writing import write
from dev2cto.plain.prompt import ChoiceInput, CommandInput, Prompt, PromptCommand, numbers
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters.exercise_texts import subject
from dev2cto.presenters.survey_text import overturned, then_and_now_words
from dev2cto.study.sessions.survey import SurveySession
from dev2cto.study.state.location import Location

BEFORE = PromptCommand("b", "before", "the statement before")
BACK = PromptCommand("q", "back", "goes back; every rating is kept")


def survey(ui: PlainUI, session: SurveySession, place: Location | None) -> Location | None:
    """Rate, say how sure, next; every rating is kept at once."""
    SurveyScreen(ui, session).run(place)
    return None


class SurveyScreen:
    """A self-assessment in the hands of a learner."""

    def __init__(self, ui: PlainUI, session: SurveySession) -> None:
        self.ui, self.session = ui, session

    @property
    def place(self) -> Location:
        """This exercise."""
        return Location("exercise", (self.session.exercise.id,))

    def run(self, place: Location | None) -> None:
        """Brief, statements, results; from where the learner was. Raises Ended."""
        session, ui = self.session, self.ui
        stage = "results" if not session.missing else "statements" if session.attempt.begun else "brief"
        if place is not None and place.extra.get("writing"):
            ui.head(title(ui, session))
            self.write(place)
        while stage:
            ui.keep(self.place)
            match stage:
                case "brief":
                    stage = self.brief()
                case "statements":
                    stage = self.statements()
                case _:
                    stage = self.results()

    def brief(self) -> str:
        """What it is; the next stage, empty to leave."""
        self.ui.head(title(self.ui, self.session), "not begun")
        self.ui.show(self.ui.prose(self.session.exercise.brief))
        typed = self.ui.ask(Prompt((BACK,), enter="begins"))
        return {"": "statements", "q": ""}.get(typed.key, "brief") if isinstance(typed, CommandInput) else "brief"

    def statements(self) -> str:
        """Every statement without a rating, or all when each has one; the next stage."""
        ids = [s.id for s in self.session.exercise.statements]
        all_again = not self.session.missing
        number = 0 if all_again else ids.index(self.session.missing[0])
        while True:
            step = self.statement(number)
            missing = self.session.missing
            if step == "left":
                return ""
            if step == "before":
                number = max(0, number - 1)
            elif all_again or step == "kept":
                if number + 1 == len(ids):
                    return "statements" if missing else "results"
                number += 1
            elif not missing:
                return "results"
            else:
                later = [ids.index(id) for id in missing if ids.index(id) > number]
                number = later[0] if later else ids.index(missing[0])

    def statement(self, number: int) -> str:
        """One statement: rated, kept as it was, before, or left."""
        exercise, ui = self.session.exercise, self.ui
        statement = exercise.statements[number]
        while True:
            given = self.session.answers.get(statement.id)
            ui.head(title(ui, self.session), f"statement {number + 1} of {len(exercise.statements)}")
            ui.say(ui.line(statement.text))
            for n, words in enumerate(exercise.scale):
                ui.item(n, ui.line(words))
            if given:
                ui.say(f"You said {given[0]}, {exercise.confidence[given[1]]}.")
            commands = (BEFORE, BACK) if number else (BACK,)
            match ui.ask(Prompt(commands, numbers(4, 0), "rates you", "keeps it" if given else "")):
                case ChoiceInput(rating):
                    if self.rate(statement.id, rating):
                        return "rated"
                case CommandInput(""):
                    return "kept"
                case CommandInput("b"):
                    return "before"
                case CommandInput("q"):
                    return "left"
                case _:
                    pass

    def rate(self, statement: str, rating: int) -> bool:
        """Ask how sure that is, and keep both; False where the learner wants to rate anew, or nothing was saved."""
        words = self.session.exercise.confidence
        sure = ", ".join(f"{n} {self.ui.line(word)}" for n, word in enumerate(words, 1))
        change = PromptCommand("q", "change", "goes back to the rating")
        prompt = Prompt((change,), numbers(len(words)), chooses="", lead=f"How sure are you? {sure}")
        typed = self.ui.ask(prompt)
        if not isinstance(typed, ChoiceInput):
            return False
        try:
            self.session.rate(statement, rating, typed.number)
        except NotSaved as error:
            self.ui.complain(error)
            return False
        return True

    def results(self) -> str:
        """Where the learner stands, and what to do now; the next stage."""
        session, ui = self.session, self.ui
        ui.head(title(ui, session), "done" if session.done else "all statements rated")
        for line in self.result_lines():
            ui.say(line)
        ui.console.gap()
        if session.exercise.again:
            for line in then_and_now_words(session):
                ui.say(line)
            ui.show(overturned(session, ui.prose))
        plan = "Revise the plan" if session.done else "Write the plan"
        for n, words in enumerate((plan, "Go through the statements again", "Take it anew; this taking is kept"), 1):
            ui.item(n, words)
        match ui.ask(Prompt((BACK,), numbers(3), enter="is 1")):
            case ChoiceInput(0) | CommandInput(""):
                self.write(self.place)
            case ChoiceInput(1):
                return "statements"
            case ChoiceInput(2):
                try:
                    session.again()
                except NotSaved as error:
                    ui.complain(error)
                    return "results"
                return "statements"
            case CommandInput("q"):
                return ""
            case _:
                pass
        return "results"

    def result_lines(self) -> list[str]:
        """Each subject's mean, how it changed since the last taking, what was guessed."""
        session = self.session
        compared = () if session.exercise.again else session.shifts()
        shifts = {shift.module: shift.change for shift in compared}
        lines = ["Where you see yourself:"]
        for result in session.results():
            if result.rating is not None:
                change = shifts.get(result.module)
                since = f", {change:+.1f} since last time" if change is not None else ""
                lines.append(f"{subject(session, result.module)}: {result.rating:.1f} of 3{since}")
        guessed = [r for r in session.results() if r.confidence is not None and r.confidence < 1]
        if guessed:
            lines.append(f"Guessed rather than known: {'; '.join(subject(session, r.module) for r in guessed)}.")
        return lines

    def write(self, place: Location) -> None:
        """The plan."""
        session, ui = self.session, self.ui

        def submit(text: str) -> None:
            done = session.submit(text)
            ui.say("Submitted: done." if done else "Submitted; the form of the plan still lacks something.")

        write(ui, place, session.text, session.keep, session.lint, submit, ".md")
