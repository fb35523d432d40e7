"""Finding words in one reading."""

from __future__ import annotations

from dev2cto.course.model import Reading
from dev2cto.course.search import casefolded
from dev2cto.markdown.parser import para
from dev2cto.plain.prompt import BACK, ChoiceInput, CommandInput, Prompt, PromptCommand, TextInput, numbers
from dev2cto.plain.spoken import spoken_lines
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters.reading_text import monday_blocks, not_found
from dev2cto.study.sessions.reading import Position
from dev2cto.study.state.location import Location

MOST = 20
"""Places listed."""
WIDER = PromptCommand("w", "wider", "searches the whole course")


def find_here(ui: PlainUI, reading: Reading, words: str) -> Position | None:
    """Where to go: the place that the learner chose among those that contain the words; None to stay."""
    words = words or ask_words(ui)
    wanted = casefolded(words).strip()
    if not wanted:
        return None
    found: list[tuple[Position | None, str]] = []
    for section in reading.sections:
        for line in spoken_lines([para(section.heading), *ui.prose(section.text)], ui.console.width):
            if wanted in casefolded(line.text):
                found.append((Position(section.id, line.block), f"{section.heading}: {line.text.strip()}"))
    monday = monday_blocks(reading, ui.prose)
    if any(wanted in casefolded(line.text) for line in spoken_lines(monday, ui.console.width)):
        found.append((None, "On Monday, at the end of the reading"))
    if not found:
        ui.say(not_found(words))
    for n, (_, words_there) in enumerate(found[:MOST], 1):
        ui.numbered_line(n, words_there)
    if len(found) > MOST:
        ui.say(f"{len(found) - MOST} more places are not listed. Longer words find fewer.")
    match ui.ask(Prompt((WIDER, BACK), numbers(len(found[:MOST])), "goes there", enter="goes back")):
        case ChoiceInput(number):
            if found[number][0] is None:
                ui.show(monday)
            return found[number][0]
        case CommandInput("w"):
            ui.go(Location("search", (words,)))
            return None
        case _:
            return None


def ask_words(ui: PlainUI) -> str:
    """The words to find; empty if the learner goes back."""
    typed = ui.ask(Prompt((BACK,), text="words to find", enter="goes back", free=True))
    return typed.text if isinstance(typed, TextInput) else ""
