"""A code lab: files in the learner's workspace, checked as often as one likes."""

from __future__ import annotations

from dev2cto.errors import Dev2CtoError
from dev2cto.markdown.parser import Block, para
from dev2cto.plain.exercises.common import title
from dev2cto.plain.external_editor import edit
from dev2cto.plain.prompt import BACK, CommandInput, Prompt, PromptCommand
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters.lab_result import files_line, result_blocks, solution_blocks, subject_blocks, tested_line
from dev2cto.study.sessions.code_lab import CodeSession
from dev2cto.study.state.location import Location

WATCH_SECONDS = 1.0
"""How often a watched file is looked at."""
COMMANDS = (
    PromptCommand("e", "edit", "opens your files in your editor"),
    PromptCommand("c", "check", "checks them"),
    PromptCommand("w", "watch", "checks at every save, until you press enter"),
    PromptCommand("h", "hint", "the next hint, after those before"),
    PromptCommand("v", "solution", "the solution, compared with yours"),
    PromptCommand("f", "fresh", "starts again from a fresh copy, beside this one", shown=False),
    PromptCommand("b", "brief", "the brief again", shown=False),
    BACK,
)
TESTED = PromptCommand("t", "code", "the code that your tests are for")


def codelab(ui: PlainUI, session: CodeSession, place: Location) -> Location | None:
    """Edit, check, read what failed, again."""
    CodeLabScreen(ui, session).run()
    return None


class CodeLabScreen:
    """A code lab in the hands of a learner."""

    def __init__(self, ui: PlainUI, session: CodeSession) -> None:
        self.ui, self.session = ui, session
        self._warned = False
        self.commands = (*COMMANDS[:2], TESTED, *COMMANDS[2:]) if session.exercise.by_mutants else COMMANDS

    def run(self) -> None:
        """Commands until the learner leaves. Raises Ended."""
        ui = self.ui
        ui.keep(Location("exercise", (self.session.exercise.id,)))
        self.brief()
        while True:
            typed = ui.ask(Prompt(self.commands))
            if typed == CommandInput("q"):
                return
            try:
                self.command(typed.key if isinstance(typed, CommandInput) else "")
            except Dev2CtoError as error:
                ui.complain(error)

    def command(self, key: str) -> None:
        """Do what the letter says. Raises Dev2CtoError."""
        match key:
            case "e":
                self.edit()
            case "c":
                self.check()
            case "w":
                self.watch()
            case "h":
                self.hint()
            case "t":
                self.ui.show(subject_blocks(self.session.subject()))
            case "v":
                self.solution()
            case "f":
                self.session.fresh()
                self.ui.say(f"A fresh copy is in {self.session.folder}; your other files stay where they are.")
            case _:
                self.brief()

    def brief(self) -> None:
        """What to do, and where the files are."""
        session = self.session
        state = "done" if session.done else "begun" if session.attempt.begun else "not begun"
        self.ui.head(title(self.ui, session), state)
        self.ui.show(self.ui.prose(session.exercise.brief))
        self.ui.say(f"Your files: {files_line(session)}")
        if tested := tested_line(session.exercise):
            self.ui.say(tested)
        hints = len(session.exercise.hints)
        if hints:
            self.ui.say(f"Hints: {session.hints_shown} of {hints} shown.")

    def edit(self) -> None:
        """The learner's editor. Raises Dev2CtoError."""
        self.session.begin()
        edit(self.ui, self.session.files())
        self.ui.say("c checks your files.")

    def check(self) -> None:
        """Run the checks and show each with what was expected and what came; after passing, our way beside theirs.

        Raises Dev2CtoError.
        """
        self.ui.say("Checking ...")
        run = self.ui.run(self.session.check())
        self.ui.show(result_blocks(run))
        if run.passed:
            self.ui.show(solution_blocks(self.session.solution(), self.ui.prose))

    def watch(self) -> None:
        """Check whenever a file is saved, until a line is typed. Raises Dev2CtoError."""
        self.session.begin()
        stamps = self.stamps()
        self.ui.save_live()
        self.ui.say("Watching: every save is checked. Enter stops it.")
        while not self.ui.console.wait(WATCH_SECONDS):
            now = self.stamps()
            if now != stamps:
                stamps = now
                self.check()
        self.ui.read("")
        self.ui.say("Not watching any more.")

    def stamps(self) -> dict[str, int]:
        """When each file was written last."""
        return {str(file): file.stat().st_mtime_ns for file in self.session.files() if file.exists()}

    def hint(self) -> None:
        """The hints so far and the next one. Raises NotSaved."""
        shown = self.session.hint()
        hints = self.session.exercise.hints
        count = self.session.hints_shown
        blocks: list[Block] = []
        for n, hint in enumerate(hints[:count], 1):
            blocks += [para(f"Hint {n} of {len(hints)}"), *self.ui.prose(hint)]
        if shown is None:
            blocks.append(para("There is no further hint." if count else "This lab has no hints."))
        self.ui.show(blocks)

    def solution(self) -> None:
        """The solution beside one's own; before the lab is solved it is asked once. Raises Dev2CtoError."""
        session = self.session
        if not session.done and not session.attempt.helped and not self._warned:
            self._warned = True
            self.ui.say("Before your files pass, opening it marks the lab as helped. v opens it all the same.")
            return
        self.ui.show(solution_blocks(session.solution(), self.ui.prose))
