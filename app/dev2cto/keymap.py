"""Command keys of the full-screen UI: one key per action, the same on every screen.

Digits, arrows, space, enter, tab and escape are fixed; the letters and signs here can be changed by the learner. The
changes are stored as a setting, a text of pairs: "hint=u note=y".
"""

from collections.abc import Mapping
from typing import NamedTuple

from dev2cto.errors import UsageError


class Action(NamedTuple):
    """An action with its key, and the bindings that implement it on each screen."""

    name: str
    key: str
    """The default key."""
    what: str
    """The description shown in the help and the settings."""
    bindings: tuple[str, ...]
    """Binding ids."""


ACTIONS = (
    Action(
        "back", "q", "back; at home, quit",
        ("page.back", "asking.leave", "home.quit", "sessions.quit", "sure.back", "small.quit"),
    ),
    Action("help", "?", "the keys of this screen", ("app.help", "help.close")),
    Action("commands", ":", "all commands, by name", ("app.palette",)),
    Action("find", "/", "find words", ("app.search", "home.search", "reading.find", "list.filter")),
    Action("match", "n", "next match", ("reading.next_match",)),
    Action("match-before", "N", "previous match", ("reading.match_before",)),
    Action("notebook", "n", "notebook", ("app.notebook", "home.notebook")),
    Action("progress", "p", "progress", ("app.progress", "home.progress")),
    Action("review", "r", "review what is due", ("app.review", "home.review")),
    Action("glossary", "g", "glossary; in a reading, its terms", ("app.glossary", "reading.terms")),
    Action("outline", "o", "outline of a reading, overview of an exam", ("reading.outline", "final.overview")),
    Action("reread", "o", "open the reading that a question is about", ("asking.reading",)),
    Action("context", "o", "show or hide the unchanged lines of a change", ("diff.context",)),
    Action("note", "e", "write a note here", ("reading.note", "asking.note")),
    Action("editor", "e", "open your editor", ("lab.edit", "writing.editor")),
    Action(
        "bookmark", "m", "add or remove a bookmark, or the flag of a question; highlight a chosen passage",
        ("reading.bookmark", "final.flag", "overview.flag"),
    ),
    Action("passage", "c", "choose a passage to highlight", ("reading.passage",)),
    Action(
        "promise", "z", "promise a reading's plan, or look back on it",
        ("reading.promise", "home.promise"),
    ),
    Action("sources", "i", "sources of a reading", ("reading.sources",)),
    Action("read", "x", "mark a reading as read or unread", ("reading.toggle_read",)),
    Action("hint", "h", "hint", ("question.hint", "lab.hint", "artefact.hint", "diff.hint", "hints.next")),
    Action("skip", "s", "skip a question", ("asking.skip",)),
    Action("undo", "u", "undo the last change on this screen", ("page.undo", "answer.undo")),
    Action("copy", "y", "copy the code on screen", ("page.copy_listing",)),
    Action("delete", "d", "delete a note, highlight, promise or bookmark", ("notebook.delete",)),
    Action("report", "!", "report a question", ("asking.report", "final.report")),
    Action("finish", "f", "finish an exam or a review", ("quiz.finish", "overview.finish", "diff.finish")),
    Action(
        "again", "a", "do it again; have reviews ask about a highlight",
        ("reading.again", "notebook.ask", "result.retry", "result.another", "calculation.again", "lab.fresh",
         "scenario.again", "simulation.again", "survey.again", "diff.again"),
    ),
    Action(
        "solution", "v", "view the solution, the example, all answers, all reasons",
        ("calculation.solution", "lab.solution", "rubric.sample", "result.answers", "asking.examples", "asking.reasons",
         "reading.reasons", "diff.missed"),
    ),
    Action(
        "brief", "d", "the brief and its data",
        ("calculation.data", "writing.brief", "simulation.brief", "diff.brief"),
    ),
    Action("clock", "C", "show or hide the clock of an exam", ("exam.clock",)),
    Action("check", "c", "check a lab", ("lab.check",)),
    Action("packet", "w", "write a packet for a reader", ("artefact.packet",)),
    Action("readers", "l", "what readers wrote", ("artefact.readers",)),
    Action("watch", "w", "check a lab at every save", ("lab.watch",)),
    Action(
        "log",
        "l",
        "what has happened so far; your marks in a review",
        ("scenario.log", "simulation.log", "diff.marks"),
    ),
    Action("transcript", "t", "your work by date", ("progress.transcript", "portfolio.transcript")),
    Action(
        "text", "t", "the text or the change you judge, the code you test",
        ("rubric.text", "diff.change", "lab.subject"),
    ),
    Action("script", "t", "script for two people", ("scenario.script",)),
)  # fmt: skip
"""Actions share a default key if they are never available on the same screen at the same time: `match` replaces
`notebook` during a find, `reread` and `context` replace `outline`, `editor` replaces `note` where files are edited,
and `transcript`, `text` and `script` belong to different screens, as do `delete` and `brief`."""

LATER = ("undo", "copy", "passage", "promise", "packet", "readers")
"""Actions that came when their keys were free: a learner who had chosen such a key keeps it, and the action takes the
capital letter or a sign that is free."""
SPARE = ";,'=&$"

MOVING = {"j": "down", "k": "up", "b": "page back"}
"""Letters for movement, in addition to the arrows; they are fixed."""


def parse_keymap(text: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """Parse the setting into keys by action name, and return an error message for each invalid entry."""
    pairs = [(entry, *entry.partition("=")[::2]) for entry in text.split()]
    wanted = {name: key for _, name, key in pairs}
    for name in LATER:
        key = action(name).key
        if name not in wanted and key in wanted.values():
            taken = {*wanted.values(), *(known.key for known in ACTIONS)}
            other = next((spare for spare in (key.upper(), *SPARE) if spare not in taken), key.upper())
            pairs.append((f"{name}={other}", name, other))
            wanted[name] = other
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
    """Return the changed keys in the form that `parse_keymap` reads."""
    return " ".join(f"{name}={key}" for name, key in own.items())


def with_key(own: Mapping[str, str], name: str, key: str) -> dict[str, str]:
    """Return the changed keys with this action on this key. Raises UsageError if the key is not available."""
    rest = {n: k for n, k in own.items() if n != name}
    key = validated_key(name, key, rest)
    return rest if key == key_of({}, name) else {**rest, name: key}


def validated_key(name: str, key: str, others: Mapping[str, str]) -> str:
    """Return the key if the action can have it, given the keys of the others. Raises UsageError if it cannot."""
    wanted = action(name)
    if key in MOVING:
        raise UsageError(f"{key} is reserved for moving ({MOVING[key]}).", "Choose another key.")
    if len(key) != 1 or not "!" <= key <= "~" or key.isdigit():
        raise UsageError(f"{key!r} cannot be used: a key is one letter or sign.", "Digits and space are reserved.")
    for other in ACTIONS:
        shared = other.key == wanted.key == key
        if other is not wanted and key_of(others, other.name) == key and not shared:
            raise UsageError(f"{key} is the key for: {other.what}.", "Choose another key, or change that one first.")
    return key


def action(name: str) -> Action:
    """Return the action of that name. Raises UsageError if there is none."""
    for known in ACTIONS:
        if known.name == name:
            return known
    raise UsageError(f"There is no action {name!r}.", f"Actions: {', '.join(known.name for known in ACTIONS)}.")


def key_of(own: Mapping[str, str], name: str) -> str:
    """Return the key of an action: the learner's, else the default."""
    return own.get(name) or action(name).key


def by_binding(own: Mapping[str, str]) -> dict[str, str]:
    """Return the changed keys by binding id."""
    return {id: key for name, key in own.items() for id in action(name).bindings}
