"""The same key means the same everywhere, nothing is bound twice, nothing needs a key that gets lost on the way."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

import pytest
from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode

from dev2cto.keymap import ACTIONS, MOVING
from dev2cto.tui.app import CourseApp
from tests.support.screen import Seen
from tests.support.tour import ABSTRACT, STOPS, classes, screens

MEANINGS: dict[str, tuple[str, ...]] = {
    "q": ("back",),
    "escape": ("back", "done typing", "keep it", "close the find", "how to quit", "to the text"),
    "question_mark": ("help",),
    "slash": ("find",),
    "colon": ("commands",),
    "ctrl+p": ("commands",),
    "ctrl+q": ("quit",),
    "ctrl+z": ("to the shell",),
    "n": ("notebook", "match"),
    "N": ("match-before",),
    "p": ("progress",),
    "r": ("review",),
    "g": ("glossary",),
    "e": ("note", "editor"),
    "o": ("outline", "reread", "context"),
    "m": ("bookmark",),
    "z": ("promise",),
    "i": ("sources",),
    "x": ("read",),
    "h": ("hint",),
    "s": ("skip",),
    "exclamation_mark": ("report",),
    "f": ("finish",),
    "a": ("again",),
    "v": ("solution",),
    "d": ("brief", "delete"),
    "u": ("undo",),
    "y": ("copy",),
    "c": ("check", "passage"),
    "C": ("clock",),
    "w": ("watch", "packet"),
    "l": ("log", "readers"),
    "t": ("text", "script", "transcript"),
    "space": ("page", "act"),
    "enter": ("submit or open",),
    "left": ("before", "type", "less"),
    "right": ("after", "type", "more"),
    "minus": ("less",),
    "plus": ("more",),
    "up": ("up", "type"),
    "down": ("down", "type"),
    "home": ("beginning", "type"),
    "end": ("end", "type"),
    "pageup": ("page back", "type"),
    "pagedown": ("page", "type"),
    "backspace": ("page back", "type"),
    "b": ("page back",),
    "j": ("down",),
    "k": ("up",),
    "tab": ("next field", "done typing", "keep it", "widen the find", "to the text"),
    "shift+tab": ("field before",),
    "ctrl+c": ("copy", "type", "how to quit"),
    **{str(n): ("by number",) for n in range(10)},
}
"""What each key may mean, from section 4 of the design; `act` is marking or picking up, `type` is editing a text.

Where the design says nothing: a again, v view the solution, d brief and data, c check, w watch, l log, t the text, i
sources, x read or unread, z promise, f finish; j, k and b move beside the arrows. Some letters have a second
meaning that replaces the first: n steps through matches while a find is on, o opens the reading that a judged
question is about, as it opens the outline in the reading, and all lines of a change; e opens the editor where files are
worked on and notes are written everywhere else.
"""
FIXED = {
    "page.escape": "back", "sure.escape": "back", "home.stay": "how to quit", "app.not_quit": "how to quit",
    "app.stop": "to the shell", "app.palette_too": "commands", "app.quit": "quit", "page.copy": "copy",
    "field.release": "done typing", "field.escape": "done typing", "field.below": "done typing",
    "field.escape_below": "done typing", "find.widen": "widen the find", "find.close": "close the find",
    "commands.list": "down", "question.leave": "to the text", "question.escape": "to the text",
    "filter.list": "down", "filter.widen": "widen the find", "filter.close": "close the find",
    "list.all": "close the find", "search.list": "down", "search.words": "field before",
    "reading.end_find": "close the find",
    "settings.leave": "keep it", "settings.escape": "keep it",
    "keys.leave": "keep it", "keys.escape": "keep it",
    "page.down": "page", "page.down_too": "page", "rows.page": "page", "rows.page_too": "page",
    "page.up": "page back", "rows.page_back": "page back",
    "page.line_down": "down", "rows.down": "down", "page.line_up": "up", "rows.up": "up",
    "page.begin": "beginning", "rows.first": "beginning", "page.end": "end", "rows.last": "end",
    "page.next_field": "next field", "page.field_before": "field before",
}  # fmt: skip
"""Bindings that are no letters to choose, by id, with what they mean."""
ENTER = ("open", "submit", "onward", "resume", "usual")
"""Actions of enter: it opens the row, submits the answer, continues."""
NUMBERS = ("digit", "pick", "decide", "rate", "sure", "step")
"""Actions of digits: each means the row, option, step or answer that has that number on screen."""
LOST_ON_THE_WAY = re.compile(r"f\d+$|ctrl\+[ab]$|ctrl\+enter$|(.*\+)?(alt|super|meta|hyper)\+.*|ctrl\+shift\+.*")
"""Keys that tmux, screen, mosh, browsers or terminals keep for themselves."""


def declared() -> Iterator[tuple[type, Binding]]:
    """Every binding of the app, with the class that declares it."""
    for cls in sorted(classes(), key=lambda cls: (cls.__module__, cls.__qualname__)):
        if issubclass(cls, DOMNode):
            for binding in cls.__dict__.get("BINDINGS", ()):
                assert isinstance(binding, Binding), f"{cls.__name__}: {binding}"
                yield cls, binding


def named(part: type | Binding) -> str:
    """What a parameter is called: the same in every process."""
    return part.__name__ if isinstance(part, type) else str(part.id)


def meaning(binding: Binding) -> str:
    """What a binding means, in the words of the table."""
    id, name = str(binding.id), binding.action.rpartition(".")[2].partition("(")[0]
    action = next((a.name for a in ACTIONS if id in a.bindings), None)
    if action is not None:
        return action
    if id in FIXED:
        return FIXED[id]
    if id.startswith(("line.", "text.")):
        return "type"
    if binding.key == "enter":
        return "submit or open" if name in ENTER else name
    if binding.key.isdigit():
        return "by number" if name in NUMBERS else name
    return id.rpartition(".")[2]


def expanded(binding: Binding) -> Iterator[Binding]:
    return iter(Binding.make_bindings([binding]))


def test_the_tour_visits_every_screen(tour: Mapping[str, Seen]) -> None:
    assert {seen.screen for seen in tour.values()} == screens()


def test_the_tour_gives_the_focus_to_everything_that_takes_it(tour: Mapping[str, Seen]) -> None:
    visited = {name for seen in tour.values() for name, _ in seen.layers}
    bound = {cls.__name__ for cls in classes() if issubclass(cls, DOMNode) and cls.__dict__.get("BINDINGS")}
    bases = {"AnswerRows", "LineInput", "Rows", *(cls.__name__ for cls in ABSTRACT)}
    assert bound - bases <= visited


@pytest.mark.parametrize(("cls", "binding"), list(declared()), ids=named)
def test_a_key_means_the_same_everywhere(cls: type, binding: Binding) -> None:
    for one in expanded(binding):
        if str(one.id).startswith(("line.", "text.")) and ("+" in one.key or one.key == "delete"):
            continue
        assert meaning(one) in MEANINGS.get(one.key, ()), f"{cls.__name__}: {one.key} is {one.description!r}"


def test_every_binding_has_an_id_of_its_own_and_says_what_it_does() -> None:
    ids = Counter(binding.id for _, binding in declared())
    assert None not in ids
    assert [id for id, count in ids.items() if count > 1] == []
    assert [binding.id for _, binding in declared() if not binding.description] == []


def test_no_key_is_one_that_gets_lost_on_the_way(tour: Mapping[str, Seen]) -> None:
    for seen in tour.values():
        for _, bindings in seen.layers:
            for key, binding in bindings:
                assert not LOST_ON_THE_WAY.match(key), f"{seen.name}: {key} {binding.description}"
                assert binding.id, f"{seen.name}: {key} {binding.description}"


@pytest.mark.parametrize("name", STOPS)
def test_no_key_has_two_meanings_at_one_time(name: str, tour: Mapping[str, Seen]) -> None:
    """A key of the focus may stand in for one further out only where the table has both meanings of it."""
    seen = tour[name]
    for depth, (node, bindings) in enumerate(seen.layers):
        for key, count in Counter(key for key, _ in bindings).items():
            assert count == 1, f"{node} has {key} twice"
        for key, binding in bindings:
            for outer, others in seen.layers[depth + 1 :]:
                for other in (o for k, o in others if k == key):
                    allowed = MEANINGS.get(key, ())
                    both = {meaning(binding), meaning(other)}
                    assert both <= set(allowed), f"{node} and {outer} have {key}: {sorted(both)}"


@pytest.mark.parametrize("name", STOPS)
def test_no_action_needs_escape_or_control(name: str, tour: Mapping[str, Seen]) -> None:
    """Terminals copy, too; enter with no words closes a find; the palette has the rest."""
    seen = tour[name]
    ways: dict[str, set[str]] = defaultdict(set)
    for key, binding in seen.live:
        if not str(binding.id).startswith(("line.", "text.")):
            ways[meaning(binding)].add(key)
    for what, keys in ways.items():
        if what in ("copy", "to the shell", "how to quit", "close the find") or (
            seen.typing and what in ("commands", "quit")
        ):
            continue
        if what == "quit":
            assert "q" in keys | ways["back"], f"{name}: {what} by {keys}"
        else:
            assert any(key != "escape" and not key.startswith("ctrl+") for key in keys), f"{name}: {what} by {keys}"


def test_commands_are_listed_with_the_keys_they_have() -> None:
    """The table that settings and texts go by says what the bindings say."""
    bound = {str(binding.id): [one.key for one in expanded(binding)] for _, binding in declared()}
    names = {one.key: sign for action in ACTIONS for sign in action.key for one in expanded(Binding(sign, ""))}
    for action in ACTIONS:
        for id in action.bindings:
            assert [names.get(key, key) for key in bound[id]] == [action.key], id


def test_every_letter_that_commands_can_be_chosen() -> None:
    listed = {id for action in ACTIONS for id in action.bindings}
    for cls, binding in declared():
        for one in expanded(binding):
            command = len(one.key) == 1 and not one.key.isdigit() and one.key not in MOVING
            if command or one.key in ("question_mark", "slash", "colon", "exclamation_mark"):
                assert binding.id in listed, f"{cls.__name__}: {one.key}"


def test_textual_brings_no_bindings_of_its_own() -> None:
    own = {binding.id for _, binding in declared()}
    for cls in [*classes(), CourseApp]:
        if issubclass(cls, DOMNode):
            for key, binding in cls._merge_bindings():
                assert binding.id in own, f"{cls.__name__}: {key} {binding.description!r} comes from {App.__module__}"
