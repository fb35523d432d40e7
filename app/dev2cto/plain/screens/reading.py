"""A reading, section by section; its questions are answered in place or passed over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from dev2cto.errors import NotSaved
from dev2cto.items.forms import Response
from dev2cto.markdown.layout import Line
from dev2cto.markdown.parser import Block, Listing, para
from dev2cto.plain.prompt import ChoiceInput, CommandInput, Prompt, PromptCommand, numbers
from dev2cto.plain.screens.find_in_reading import find_here
from dev2cto.plain.screens.highlighting import CHOOSE, block_of, highlight
from dev2cto.plain.screens.question import QuestionPrompt
from dev2cto.plain.screens.question_loop import REASONS, show_reasons
from dev2cto.plain.screens.ticking import judge_own
from dev2cto.plain.spoken import spoken_lines
from dev2cto.plain.ui import AGAIN, PlainUI
from dev2cto.presenters import reading_text
from dev2cto.presenters.feedback import feedback_blocks
from dev2cto.presenters.judged_parts import has_more_reasons
from dev2cto.study.queries.question_models import Feedback, Question
from dev2cto.study.queries.ticking import ticking
from dev2cto.study.sessions.reading import Position, ReadingSession
from dev2cto.study.state.location import Location
from dev2cto.study.state.notes import toggle_bookmark
from dev2cto.study.state.unsubmitted import CHECK, keep_response

BEFORE = PromptCommand("b", "before", "the previous section")
OUTLINE = PromptCommand("o", "outline", "all sections; a number goes there")
NOTE = PromptCommand("e", "note", "writes a note on this section")
MARK = PromptCommand("m", "mark", "sets or removes a bookmark here")
PROMISE = PromptCommand("z", "promise", "makes the reading's plan your promise, or looks back on it", shown=False)
TERMS = PromptCommand("g", "terms", "the terms of this reading", shown=False)
SOURCES = PromptCommand("i", "sources", "the sources of this reading", shown=False)
FIND = PromptCommand("f", "find", "finds words in this reading", "WORDS", shown=False)
SLASH = PromptCommand("/", "search", "finds words in this reading", "WORDS", shown=False)
COPY = PromptCommand("y", "copy", "shows the code of this section unwrapped, to be copied", shown=False)
DRAWING = PromptCommand("d", "drawing", "shows the drawing of this section", shown=False)
READ = PromptCommand("x", "read", "marks the whole reading as read, or takes that back", shown=False)
AGAIN_CHECK = PromptCommand("a", "answer", "answers the question of this section again", shown=False)
SKIP = PromptCommand("s", "skip", "skips the question", shown=False)
LEAVE = PromptCommand("q", "back", "goes back; you can continue here later")
LEADING = ("", "s", "b", "q")
"""Commands that lead out of a section."""
MOVED = CommandInput("moved")
PAUSE = 1.0
"""Seconds that a section's end must be on screen for the section to count as read; enter counts it at once."""


def run(ui: PlainUI, location: Location) -> Location | None:
    """Read the reading named first, from the section named after it or where the learner was, to what comes next."""
    return ReadingScreen(ui, ui.study.reading(location.ids[0]), location).run()


class ReadingScreen:
    """One reading, section by section."""

    def __init__(self, ui: PlainUI, session: ReadingSession, place: Location) -> None:
        self.ui, self.session, self.reading = ui, session, session.reading
        self.ids = [s.id for s in self.reading.sections]
        section = next((id for id in self.ids if id in place.ids[1:2]), "")
        start = Position(section) if section else self.opening(place)
        self.number, self.block = self.ids.index(start.section), start.block
        self._restored: Location | None = place
        self._shown_at: float | None = None
        self._from = "from where you were"
        if passage := block_of(ui, self.reading, str(place.extra.get("highlight", ""))):
            self.number, self.block = self.ids.index(passage[0]), passage[1]
            self._from = "from the passage"
        module = ui.study.course.module_of(self.reading.id)
        self.module = ui.module = module.id if module else ""

    def opening(self, place: Location) -> Position:
        """Where the learner was; from the end, the first section that is not read, if the reading is opened again."""
        was = self.session.position
        unread = next((id for id in self.ids if id not in self.session.read), "")
        at_end = place.cursor is None and was.section == self.ids[-1] and was.section in self.session.read
        return Position(unread) if at_end and unread else was

    @property
    def section(self) -> str:
        """The id of the section on screen."""
        return self.ids[self.number]

    @property
    def here(self) -> str:
        """The section as notes and bookmarks name it."""
        return f"{self.reading.id}#{self.section}"

    def run(self) -> Location | None:
        """Show sections until the learner leaves. Raises SessionEnded."""
        self.ui.show_title(reading_text.reading_title(self.session), reading_text.time_left(self.session))
        while True:
            said = self.show() or self.after()
            self.seen(said)
            match said:
                case CommandInput("" | "s"):
                    if self.number + 1 == len(self.ids):
                        return self.go_on()
                    self.turn(self.number + 1)
                case CommandInput("b"):
                    if self.block == 0 and self.number == 0:
                        self.ui.say("This is the first section.")
                    self.turn(max(0, self.number - (self.block == 0)))
                case CommandInput("q"):
                    return None
                case _:
                    pass

    def turn(self, number: int, block: int = 0) -> None:
        """Another section, from its beginning or a block on."""
        self.number, self.block = number, block
        self._from = "from the match"

    # -- showing

    def blocks(self) -> list[Block]:
        """Heading, text, and what the drawing says."""
        section = self.reading.sections[self.number]
        blocks = [para(section.heading), *self.ui.prose(section.text)]
        if section.diagram is not None:
            blocks.append(para(f"Drawing: {section.diagram.alt} d shows it."))
        return blocks

    def show(self) -> CommandInput | None:
        """The section, page by page, from the block on; a command where one was typed between pages."""
        console = self.ui.console
        heading = self.reading.sections[self.number].heading
        note = f" ({self._from})" if self.block else " (read)" if self.section in self.session.read else ""
        self.ui.show_title(f"Section {self.number + 1} of {len(self.ids)}", f"{self.ui.inline(heading)}{note}")
        first = max(1, self.block)
        lines = [line for line in spoken_lines(self.blocks(), console.width) if line.block >= first]
        while lines and not lines[0].text.strip():
            lines.pop(0)
        pages = parts(lines, console.page, console.room)
        for number, page in enumerate(pages, 1):
            self.keep(page[0].block if number > 1 else self.block)
            console.write([line.text for line in page])
            if number < len(pages):
                self._shown_at = None
                said = self.ask("shows more of this section")
                if said != CommandInput(""):
                    return said
        self._shown_at = self.ui.study.clock.monotonic()
        console.gap()
        return None

    def keep(self, block: int) -> None:
        """Remember the place."""
        self.block = block
        self.session.move(Position(self.section, block))
        self.ui.save_location(Location("reading", (self.reading.id,)))

    def ask(self, enter: str, *more: PromptCommand) -> CommandInput:
        """A command that leads on from here, or one of `more`; all others are done at once."""
        while True:
            typed = self.ui.ask(Prompt([*more, *self.commands()], enter=enter))
            said = typed if isinstance(typed, CommandInput) else AGAIN
            if said.key in LEADING or said.key in [command.key for command in more]:
                return said
            match self.command(said):
                case "moved":
                    return MOVED
                case "elsewhere":
                    self.ui.say(f"Back in {self.reading.title}, section {self.number + 1}.")

    def commands(self) -> list[PromptCommand]:
        """What can be typed here."""
        reading = self.reading
        commands = [BEFORE, OUTLINE, NOTE, MARK, CHOOSE, FIND, SLASH, READ, LEAVE]
        commands += [PROMISE] if reading.monday is not None else []
        commands += [TERMS] if reading.terms else []
        commands += [SOURCES] if reading.sources else []
        commands += [COPY] if self.code else []
        commands += [DRAWING] if reading.sections[self.number].diagram is not None else []
        return commands

    @property
    def code(self) -> list[str]:
        """The lines of code in the section, with a blank line between two listings."""
        blocks = self.ui.prose(self.reading.sections[self.number].text)
        listings = [block for block in blocks if isinstance(block, Listing) and block.code]
        return [line for n, code in enumerate(listings) for line in ((*([""] if n else []), *code.lines))]

    def seen(self, said: CommandInput) -> None:
        """Mark the section read if its end was on screen long enough or the learner moves on from it."""
        if self._shown_at is None:
            return
        shown = self.ui.study.clock.monotonic() - self._shown_at
        if said in (CommandInput(""), CommandInput("s")) or shown >= PAUSE:
            try:
                self.session.mark_section(self.section)
            except NotSaved as error:
                self.ui.show_error(error)

    # -- below a section

    def after(self) -> CommandInput:
        """The question of the section, then the way on."""
        question = self.session.check(self.section)
        if question is None:
            return self.way_on()
        shown = self.session.answered(question)
        if shown is None:
            return self.check(question)
        self.ui.say(f"{reading_text.answered_before(shown)} a answers it again.")
        found = ticking(self.ui.study, shown)
        if found is not None and found.is_open and judge_own(self.ui, shown, found) == "left":
            return CommandInput("q")
        said = self.way_on(AGAIN_CHECK)
        if said.key != "a":
            return said
        self.session.again(question)
        return self.check(question)

    def way_on(self, *more: PromptCommand) -> CommandInput:
        """What leads on from a section; at the end of the reading, after what to do at work with it."""
        if self.number + 1 == len(self.ids):
            plan = reading_text.monday_blocks(self.reading, self.ui.prose)
            self.ui.show([*plan, *reading_text.promise_words(self.session, PROMISE.key)])
        return self.ask(self.onward, *more)

    @property
    def onward(self) -> str:
        """What enter does under a section."""
        return "continues" if self.number + 1 < len(self.ids) else "ends the reading"

    def check(self, question: Question) -> CommandInput:
        """Ask the question; show the verdict, or return the command that passes over it."""
        ui = self.ui

        def keep(response: Response | None) -> None:
            ui.save_location(Location("reading", (self.reading.id, question.item), response))
            keep_response(ui.study, CHECK, question, response)

        asking = QuestionPrompt(
            ui,
            question,
            lambda number: self.session.hint(question, number),
            keep,
            confidence=ui.study.settings.confidence,
            passing="skips it",
        )
        place, self._restored = self._restored, None
        chosen = place.response if place is not None and place.ids[1:] == (question.item,) else None
        asking.restore(self.session.left_at(question) if chosen is None else chosen)
        asking.put("Check")
        while isinstance(
            got := asking.answer([*self.commands(), SKIP], lambda g: self.session.answer(question, g)), CommandInput
        ):
            if got.key in LEADING:
                return self.passed(got)
            match self.command(got):
                case "moved":
                    return MOVED
                case "elsewhere":
                    asking.put("Check")
        ui.save_location(Location("reading", (self.reading.id,)))
        found = ticking(ui.study, got)
        if found is None:
            ui.show(feedback_blocks(got, ui.prose))
        elif judge_own(ui, got, found) == "left":
            return CommandInput("q")
        return self.after_verdict(got)

    def after_verdict(self, feedback: Feedback) -> CommandInput:
        """What leads on from a verdict; all its reasons can be shown before."""
        more = (REASONS,) if has_more_reasons(feedback) else ()
        said = self.way_on(*more)
        while said.key == REASONS.key and more:
            show_reasons(self.ui, feedback)
            said = self.ask(self.onward, *more)
        return said

    def passed(self, said: CommandInput) -> CommandInput:
        """The question is passed over; at the end of the reading, what to do at work is shown first."""
        if said.key in ("", "s"):
            self.ui.say(reading_text.CHECK_SKIPPED)
        last = self.number + 1 == len(self.ids) and bool(self.session.monday)
        return self.way_on() if last and said.key in ("", "s") else said

    # -- commands

    def command(self, said: CommandInput) -> Literal["here", "elsewhere", "moved"]:
        """Do what does not lead on; whether the learner is still here, was elsewhere meanwhile, or goes elsewhere."""
        ui, at = self.ui, (self.number, self.block)
        match said.key:
            case "o":
                return "moved" if self.outline() else "here"
            case "e":
                ui.go(Location("note", (self.here,)))
            case "m":
                self.bookmark()
            case "c":
                if highlight(ui, self.reading, self.section, said.words):
                    return "elsewhere"
            case "z":
                ui.go(reading_text.promise_location(self.session))
            case "g":
                ui.go(Location("glossary", extra={"only": self.reading.terms}))
            case "i":
                self.sources()
            case "d":
                diagram = self.reading.sections[self.number].diagram
                ui.show([Listing(tuple(diagram.art.split("\n")))] if diagram else [])
            case "f" | "/":
                found = find_here(ui, self.reading, said.words)
                if found is not None:
                    self.turn(self.ids.index(found.section), found.block)
                    return "moved"
            case "x":
                self.toggle_read()
            case "y":
                ui.console.gap()
                ui.console.write(self.code)
                ui.console.gap()
            case _:
                return "elsewhere"
        if at != (self.number, self.block):
            return "moved"
        return "elsewhere" if said.key in ("e", "z", "g", "f", "/") else "here"

    def outline(self) -> bool:
        """All sections; a number goes there, also to the beginning of the present one. Whether one was typed."""
        read = self.session.read
        self.ui.show_title(reading_text.outline_title(self.reading))
        for n, section in enumerate(self.reading.sections, 1):
            here = ", you are here" if section.id == self.section else ""
            self.ui.numbered_line(n, f"{section.heading}: {'read' if section.id in read else 'not read'}{here}")
        typed = self.ui.ask(Prompt((LEAVE,), numbers(len(self.ids)), "goes there", enter="goes back"))
        if not isinstance(typed, ChoiceInput):
            return False
        self.turn(typed.number)
        return True

    def bookmark(self) -> None:
        """Set or remove the bookmark of this section."""
        try:
            marked, undo = toggle_bookmark(self.ui.study, self.here)
        except NotSaved as error:
            self.ui.show_error(error)
            return
        self.ui.offer_undo(reading_text.bookmark_notice(marked, "n"), undo)

    def sources(self) -> None:
        """Where its statements come from."""
        self.ui.show(reading_text.source_blocks(self.session, self.ui.prose))

    def toggle_read(self) -> None:
        """Mark the whole reading read, or unread."""
        try:
            undo = self.session.toggle_read()
        except NotSaved as error:
            self.ui.show_error(error)
            return
        self._shown_at = None
        self.ui.offer_undo(reading_text.read_notice(self.session), undo)

    def go_on(self) -> Location | None:
        """What comes next in this step."""
        following = reading_text.following(self.session)
        end = reading_text.end_of_reading(self.session)
        if following is None:
            self.ui.say(end)
            return None
        stop = "" if following.title.endswith(("?", "!", ".")) else "."
        self.ui.say(f"{end} Next: {following.title}{stop}")
        return Location(following.part, (following.id,))


def parts(lines: Sequence[Line], page: int | None, room: int | None) -> list[Sequence[Line]]:
    """The lines in pages, the first of at most `room`; broken at a blank line in the second half of a page, if any."""
    if page is None or room is None:
        return [lines]
    pages: list[Sequence[Line]] = []
    rest = list(lines)
    while len(rest) > (most := page if pages else max(1, room)):
        blanks = [n for n in range(most // 2, most + 1) if not rest[n].text.strip()]
        cut = blanks[-1] if blanks else most
        pages.append(rest[:cut])
        rest = rest[cut:]
        while rest and not rest[0].text.strip():
            rest.pop(0)
    return [*pages, rest]
