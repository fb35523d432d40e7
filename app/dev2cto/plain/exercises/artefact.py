"""An artefact: brief, draft, versions, rubric, sample."""

from __future__ import annotations

from dev2cto.markdown.parser import Listing, para
from dev2cto.plain.exercises.common import title
from dev2cto.plain.exercises.rubric import judge
from dev2cto.plain.exercises.writing import write
from dev2cto.plain.paged_list import choose
from dev2cto.plain.prompt import BACK, ChoiceInput, CommandInput, Prompt, PromptCommand, numbers
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters import two_person
from dev2cto.presenters.exercise_texts import version_blocks
from dev2cto.study.queries.home import ago
from dev2cto.study.sessions.artefact import ArtefactSession
from dev2cto.study.state.location import Location
from dev2cto.text import clean, counted

HINT = PromptCommand("h", "hint", "one more hint")


def artefact(ui: PlainUI, session: ArtefactSession, place: Location | None) -> Location | None:
    """Write, submit, judge, compare, write again."""
    ArtefactScreen(ui, session).run(place)
    return None


class ArtefactScreen:
    """An artefact in the hands of a learner."""

    def __init__(self, ui: PlainUI, session: ArtefactSession) -> None:
        self.ui, self.session = ui, session
        self._hints = 0

    @property
    def place(self) -> Location:
        """This exercise."""
        return Location("exercise", (self.session.exercise.id,))

    def run(self, place: Location | None) -> None:
        """What can be done, until the learner leaves. Raises Ended."""
        ui, session = self.ui, self.session
        if place is not None and place.extra.get("writing"):
            ui.head(title(ui, session))
            self.write(place)
        told = False
        while True:
            ui.keep(self.place)
            versions = session.versions()
            state = "done" if session.done else counted(len(versions), "version") if versions else "not begun"
            ui.head(title(ui, session), state)
            if not told:
                ui.show(ui.prose(session.exercise.brief))
            told = True
            actions = self.actions(len(versions))
            for n, (_, words) in enumerate(actions, 1):
                ui.item(n, words)
            hint = (HINT,) if session.exercise.hints else ()
            match ui.ask(Prompt((*hint, BACK), numbers(len(actions)), enter="is 1")):
                case ChoiceInput(number):
                    self.do(actions[number][0])
                case CommandInput(""):
                    self.do("write")
                case CommandInput("h"):
                    self.hint()
                case CommandInput("q"):
                    return
                case _:
                    pass

    def actions(self, versions: int) -> list[tuple[str, str]]:
        """What can be done now, with its words."""
        session = self.session
        listed = [("write", "Write the next version" if versions else "Write")]
        listed += [(f"other:{n}", f"Another draft, from {by}") for n, (by, _) in enumerate(session.other_texts())]
        if versions:
            rated = len(session.ratings(str(session.versions()[-1]["id"])))
            note = f" ({rated} of {len(session.exercise.rubric)} rated)" if rated else ""
            listed.append(("rate", f"Judge your latest version against the rubric{note}"))
            listed.append(("sample", "Read a strong example"))
            listed.append(("versions", f"Versions ({versions})"))
        if session.exercise.script is not None:
            listed.append(("script", two_person.TITLE))
        return listed

    def do(self, action: str) -> None:
        """One of them."""
        ui, session = self.ui, self.session
        kind, _, number = action.partition(":")
        match kind:
            case "write":
                self.write(self.place)
            case "other":
                self.other(int(number))
            case "rate":
                judge(ui, session, str(session.versions()[-1]["id"]))
            case "sample":
                ui.show(ui.prose(session.exercise.sample))
            case "script" if (script := session.exercise.script) is not None:
                ui.show([para(two_person.TITLE, "heading"), *two_person.script_blocks(script, ui.prose)])
            case _:
                self.versions()

    def write(self, place: Location) -> None:
        """The text, line by line."""
        ui, session = self.ui, self.session

        def submit(text: str) -> None:
            session.submit(text)
            lacks = any(not result.ok for result in session.lint(text))
            form = "; the form of the text still lacks something" if lacks else ""
            ui.say(f"Submitted{form}. Judge it against the rubric, then read the example.")

        suffix = "." + session.exercise.file.rpartition(".")[2]
        write(ui, place, session.text, session.keep, session.lint, submit, suffix)

    def other(self, number: int) -> None:
        """A draft of another session: to read, and to take over."""
        writer, text = self.session.other_texts()[number]
        self.ui.head(f"Draft from {writer}")
        self.ui.show([Listing(tuple(clean(text).split("\n")), indent=0)])
        take = PromptCommand("t", "take", "makes this your draft; the present one stays a draft of its session")
        if self.ui.ask(Prompt((take, BACK), enter="goes back")) == CommandInput("t"):
            self.session.keep(text)

    def versions(self) -> None:
        """All versions; one opens as the difference to the one before."""
        versions = self.session.versions()
        rows = [f"Version {n}, {ago(self.ui.study, str(doc['at']))}" for n, doc in enumerate(versions, 1)]
        self.ui.head("Versions")
        typed = choose(self.ui, rows, "opens it")
        if isinstance(typed, ChoiceInput):
            self.ui.show(version_blocks(versions, typed.number))

    def hint(self) -> None:
        """One more hint."""
        hints = self.session.exercise.hints
        if self._hints < len(hints):
            self._hints += 1
            text = hints[self._hints - 1]
            self.ui.show([para(f"Hint {self._hints} of {len(hints)}"), *self.ui.prose(text)])
        else:
            self.ui.say("There is no further hint.")
