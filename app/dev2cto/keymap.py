"""The letters that are commands in the full-screen face: one key for each action, the same on every screen.

Digits, arrows, space, enter, tab and escape are fixed; the letters and signs here can be chosen by the learner. What
was chosen is one text of pairs, "hint=u note=y", kept with the settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from dev2cto.errors import UsageError


class Action(NamedTuple):
    """Something that a letter does, and the bindings that do it on the several screens."""

    name: str
    key: str
    """The key it has unless the learner chose another."""
    what: str
    bindings: tuple[str, ...]
    """Ids of the bindings."""


ACTIONS = (
    Action(
        "back", "q", "back; at home, quit",
        ("page.back", "asking.leave", "home.quit", "sessions.quit", "sure.back", "small.quit"),
    ),
    Action("help", "?", "the keys that work", ("app.help", "help.close")),
    Action("commands", ":", "everything that can be done, by name", ("app.palette",)),
    Action("find", "/", "find words", ("app.search", "home.search", "reading.find", "search.words")),
    Action("match", "n", "next place found", ("reading.next_match",)),
    Action("match-before", "N", "place found before", ("reading.match_before",)),
    Action("notebook", "n", "notebook", ("app.notebook", "home.notebook")),
    Action("progress", "p", "progress", ("app.progress", "home.progress")),
    Action("review", "r", "review what is due", ("app.review", "home.review")),
    Action("glossary", "g", "glossary; in a reading, its terms", ("app.glossary", "reading.terms")),
    Action("outline", "o", "outline of a reading, overview of a final form", ("reading.outline", "final.overview")),
    Action("reread", "o", "open the reading that a question is about", ("asking.reading",)),
    Action("context", "o", "show or hide what a change leaves as it was", ("diff.context",)),
    Action("note", "e", "write a note here", ("reading.note", "asking.note")),
    Action("editor", "e", "open your editor", ("lab.edit", "writing.editor")),
    Action(
        "bookmark", "m", "set or take away a bookmark, or the flag of a question",
        ("reading.bookmark", "final.flag", "overview.flag"),
    ),
    Action("sources", "i", "sources of a reading", ("reading.sources",)),
    Action("read", "x", "mark a reading read or unread", ("reading.toggle_read",)),
    Action("hint", "h", "hint", ("question.hint", "lab.hint", "artefact.hint", "diff.hint")),
    Action("skip", "s", "skip a question", ("asking.skip",)),
    Action("report", "!", "report a question", ("asking.report", "final.report")),
    Action("finish", "f", "finish an exam or a review", ("quiz.finish", "overview.finish", "diff.finish")),
    Action(
        "again", "a", "do it again",
        ("reading.again", "result.retry", "result.another", "calculation.again", "lab.fresh", "scenario.again",
         "simulation.again", "survey.again", "diff.again"),
    ),
    Action(
        "solution", "v", "view the solution, the example, all answers",
        ("calculation.solution", "lab.solution", "rubric.sample", "result.answers", "asking.examples", "diff.missed"),
    ),
    Action(
        "brief", "d", "the brief and its data",
        ("calculation.data", "writing.brief", "simulation.brief", "diff.brief"),
    ),
    Action("check", "c", "check a lab", ("lab.check",)),
    Action("watch", "w", "check a lab at every save", ("lab.watch",)),
    Action(
        "log", "l", "what happened so far; your marks in a review", ("scenario.log", "simulation.log", "diff.marks"),
    ),
    Action("transcript", "t", "what you did when", ("progress.transcript", "portfolio.transcript")),
    Action(
        "text", "t", "the text or the change you judge, the code you test",
        ("rubric.text", "diff.change", "lab.subject"),
    ),
    Action("script", "t", "script for two people", ("scenario.script",)),
)  # fmt: skip
"""Two actions have the same key where one stands in for the other: a match for the notebook while a find is on, the
reading or the lines that a change leaves out for an outline, the editor for the note where files are worked on, a
script for the text that is judged."""

MOVING = {"j": "down", "k": "up", "b": "page back"}
"""Letters that move, beside the arrows; they are fixed."""


def parse_keymap(text: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """Action names to the keys that the learner chose, and a sentence for each entry that cannot be used."""
    pairs = [(entry, *entry.partition("=")[::2]) for entry in text.split()]
    wanted = {name: key for _, name, key in pairs}
    own: dict[str, str] = {}
    faults: list[str] = []
    for entry, name, key in pairs:
        try:
            own[name] = validated_key(name, key, {n: k for n, k in wanted.items() if n != name})
        except UsageError as error:
            wanted.pop(name, None)
            faults.append(f"Own key {entry!r}: {error.message}")
    return {name: key for name, key in own.items() if key != key_of({}, name)}, tuple(faults)


def format_keymap(own: Mapping[str, str]) -> str:
    """The choices as one text."""
    return " ".join(f"{name}={key}" for name, key in own.items())


def with_key(own: Mapping[str, str], name: str, key: str) -> dict[str, str]:
    """The choices with that action on that key. Raises UsageError where the key is not to be had."""
    rest = {n: k for n, k in own.items() if n != name}
    key = validated_key(name, key, rest)
    return rest if key == key_of({}, name) else {**rest, name: key}


def validated_key(name: str, key: str, others: Mapping[str, str]) -> str:
    """That key, where that action can have it beside what the others have. Raises UsageError where it cannot."""
    wanted = action(name)
    if key in MOVING:
        raise UsageError(f"{key} is for moving ({MOVING[key]}) and stays so.", "Choose another key.")
    if len(key) != 1 or not "!" <= key <= "~" or key.isdigit():
        raise UsageError(f"{key!r} cannot be a command; a letter or a sign can.", "Digits and space have their use.")
    for other in ACTIONS:
        shared = other.key == wanted.key == key
        if other is not wanted and key_of(others, other.name) == key and not shared:
            raise UsageError(f"{key} is the key for: {other.what}.", "Choose another, or give that one another first.")
    return key


def action(name: str) -> Action:
    """The action of that name. Raises UsageError where there is none."""
    for known in ACTIONS:
        if known.name == name:
            return known
    raise UsageError(f"There is no action {name!r}.", f"Actions: {', '.join(known.name for known in ACTIONS)}.")


def key_of(own: Mapping[str, str], name: str) -> str:
    """The key of that action."""
    return own.get(name) or action(name).key


def by_binding(own: Mapping[str, str]) -> dict[str, str]:
    """Ids of bindings to the keys that the learner chose for them."""
    return {id: key for name, key in own.items() for id in action(name).bindings}
