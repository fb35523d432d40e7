"""The screen of a code lab: files in the learner's workspace, checked any number of times."""

from __future__ import annotations

from dev2cto.errors import Dev2CtoError
from dev2cto.plain.exercises.common import ExerciseScreen
from dev2cto.plain.external_editor import edit
from dev2cto.plain.prompt import BACK, CommandInput, Prompt, PromptCommand
from dev2cto.presenters import lab_result
from dev2cto.presenters.exercise_texts import next_hint
from dev2cto.study.sessions.code_lab import WATCH_SECONDS, CodeSession
from dev2cto.study.state.location import Location

COMMANDS = (
    PromptCommand("e", "edit", "opens your files in your editor"),
    PromptCommand("c", "check", "checks them"),
    PromptCommand("w", "watch", "checks at every save, until you press Enter"),
    PromptCommand("h", "hint", "the hints so far and the next one"),
    PromptCommand("v", "solution", "the solution, compared with yours"),
    PromptCommand("f", "fresh", "starts over with a fresh copy; this one is kept", shown=False),
    PromptCommand("b", "brief", "the brief again", shown=False),
    BACK,
)
TESTED = PromptCommand("t", "code", "the code that your tests are for")


class CodeLabScreen(ExerciseScreen[CodeSession]):
    """Edit, check, read what failed, repeat."""

    def run(self, place: Location) -> None:
        """Run commands until the learner leaves. Raises SessionEnded."""
        self.ui.save_location(self.here())
        self.brief()
        commands = (*COMMANDS[:2], TESTED, *COMMANDS[2:]) if self.session.exercise.by_mutants else COMMANDS
        while True:
            typed = self.ui.ask(Prompt(commands))
            if typed == CommandInput("q"):
                return
            try:
                self.command(typed.key if isinstance(typed, CommandInput) else "")
            except Dev2CtoError as error:
                self.ui.show_error(error)

    def command(self, key: str) -> None:
        """Run the command with that key. Raises Dev2CtoError."""
        ui, session = self.ui, self.session
        match key:
            case "e":
                session.begin()
                edit(ui, session.files())
                ui.say("c checks your files.")
            case "c":
                ui.console.begin()
                self.check()
            case "w":
                self.watch()
            case "h":
                ui.show(next_hint(session, ui.prose))
            case "t":
                ui.show(lab_result.subject_blocks(session))
            case "v":
                free = session.done or session.attempt.helped
                if free or self.confirmed("v", lab_result.HELPED, "opens it anyway"):
                    ui.show(lab_result.solution_blocks(session, ui.prose))
            case "f":
                ui.say(lab_result.fresh_copy(session))
            case _:
                self.brief()

    def brief(self) -> None:
        """Show what to do and where the files are."""
        session = self.session
        self.head(lab_result.state(session))
        self.ui.show(self.ui.prose(session.exercise.brief))
        self.ui.say(f"Your files: {lab_result.files_line(session)}")
        if tested := lab_result.tested_line(session.exercise):
            self.ui.say(tested)
        if session.exercise.hints:
            self.ui.say(f"Hints: {lab_result.hints_line(session)}.")

    def check(self) -> None:
        """Run the checks and show the result. Raises Dev2CtoError."""
        self.ui.say("Checking ...")
        run = self.ui.run(self.session.check())
        self.ui.show(lab_result.result_blocks(run, self.session, self.ui.prose))

    def watch(self) -> None:
        """Check whenever a file is saved, until a line is typed. Raises Dev2CtoError."""
        self.session.begin()
        stamps = self.session.stamps()
        self.ui.save_live()
        self.ui.say(f"{lab_result.WATCHING} Enter stops it.")
        while not self.ui.console.wait(WATCH_SECONDS):
            now = self.session.stamps()
            if now != stamps:
                stamps = now
                self.check()
        self.ui.read("")
        self.ui.say("Stopped watching.")
