"""Writing a comment on one line of a diff: typed line by line, then saved with its weight."""

from __future__ import annotations

from collections.abc import Collection

from dev2cto.errors import Dev2CtoError
from dev2cto.exercises.diffs.diff import WEIGHTS, address_text
from dev2cto.exercises.diffs.folding import LineRow
from dev2cto.plain.exercises.diff_listing import listing, notes_of
from dev2cto.plain.line_editor import TextEntry
from dev2cto.plain.prompt import BACK, ChoiceInput, CommandInput, Prompt, numbers
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters.diff import BEGUN_ELSEWHERE, MEANINGS, short_comment, tally
from dev2cto.study.sessions.comments import comment_location
from dev2cto.study.sessions.diff import DiffSession


def comment(
    ui: PlainUI, session: DiffSession, address: str, opened: Collection[str], *, after: int | None = None
) -> None:
    """Enter the comment on a line and its weight; `opened` are the open gaps, `after` is the line to continue after.

    Raises SessionEnded.
    """
    show_line(ui, session, address)
    text, others = session.comment(address)
    for other in others:
        ui.say(f"{BEGUN_ELSEWHERE} {other}")

    def keep(text: str, line: int) -> None:
        session.keep_draft(address, text, line * 10_000)
        stay(line)

    def stay(line: int) -> None:
        place = comment_location(session.exercise.id, address, line * 10_000)
        ui.save_location(place._replace(extra={**place.extra, "stage": "review", "open": sorted(opened)}))

    entry = TextEntry(ui, text, keep, after=after)
    stay(entry.after)
    if entry.run() == "leave" or not weigh(ui, session, address, entry.text):
        ui.say(f"Left; {ui.study.draft_is_kept}.")


def weigh(ui: PlainUI, session: DiffSession, address: str, text: str) -> bool:
    """Ask how much the comment matters and save it; returns False if the learner left. Raises SessionEnded."""
    mark = session.marks.get(address)
    ui.say("How much does it matter?")
    for n, weight in enumerate(WEIGHTS, 1):
        ui.numbered_line(n, f"{weight}: {MEANINGS[weight]}")
    enter = f"keeps {mark.weight}" if mark else ""
    while True:
        match ui.ask(Prompt((BACK,), numbers(3), "saves the comment", enter)):
            case ChoiceInput(number):
                chosen = WEIGHTS[number]
            case CommandInput("") if mark:
                chosen = mark.weight
            case CommandInput("q"):
                return False
            case _:
                continue
        try:
            session.mark(address, chosen, text)
        except Dev2CtoError as error:
            ui.show_error(error)
            continue
        say_mark(ui, session, address)
        return True


def show_line(ui: PlainUI, session: DiffSession, address: str) -> None:
    """Show the line and its mark."""
    found = session.change.find(address)
    if found is not None:
        rows = [LineRow(address, found[1])]
        ui.console.write(["", f"{found[0].name}:", *listing(rows, (), notes_of(session.marks), ui.console.width), ""])


def say_mark(ui: PlainUI, session: DiffSession, address: str) -> None:
    """Show the saved mark and the tally."""
    mark = session.marks[address]
    ui.say(f"{address_text(address)} is marked as a {mark.weight}: {short_comment(mark)}")
    ui.say(f"{tally(session.marks)}.")
