"""What help, the key line, the list of commands and the texts on screen say about keys is so, on every screen."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from rich.cells import cell_len
from textual.binding import Binding

from dev2cto.keymap import ACTIONS
from dev2cto.study.study import Study
from dev2cto.tui.screens.base import Page
from dev2cto.tui.screens.command_palette import ONLY_KEYS
from dev2cto.tui.screens.too_small import TooSmall
from dev2cto.tui.widgets.title_and_keys import describe, key_name
from tests.support.pilot_driver import opened
from tests.support.screen import WIDTHS, Seen
from tests.support.tour import STOPS

NAMED = re.compile(
    r"(?:^|[\s(;,:])([a-zA-Z?/:!]|esc|tab|space|enter|->|<-) "
    r"(?:opens?|gives?|shows|finishes|writes|makes|looks|sets|plays|leads?|takes|begins?|goes|go on|back|terms|sources"
    r"|next|before)"
    r"\b"
)
"""A key that a text names with what it does."""
RANGE = re.compile(r"^(\d)-(\d)$")
MEANT_ELSEWHERE = {
    "notebook, empty": {"e", "m", "z"},
    "notebook, promise deleted": {"e", "m", "z"},
    "reading, check, how sure": {"enter", "g", "i"},
}
"""Keys that a text names for another screen, and says so."""


def shown(name: str) -> set[str]:
    """The keys that a name on screen stands for."""
    found = RANGE.match(name)
    return {str(n) for n in range(int(found[1]), int(found[2]) + 1)} if found else {name}


def listed(help: str) -> dict[str, set[str]]:
    """What help says is done, with the keys that do it."""
    lines: dict[str, set[str]] = {}
    above = ""
    for line in help.split("\n"):
        if line.startswith("  "):
            keys, what = line[2:24].strip(), line[25:].strip()
            if not what or (len(line) > 24 and line[23:25].strip()):
                above = line.strip()
                continue
            lines[what] = {key for name in (keys or above).split(", ") for key in shown(name)}
            above = ""
    return lines


def names(seen: Seen) -> dict[str, set[str]]:
    """What the live bindings do, with the names of their keys."""
    found: dict[str, set[str]] = {}
    for _, binding in seen.live:
        found.setdefault(describe(binding), set()).add(key_name(binding))
    return found


@pytest.mark.parametrize("name", STOPS)
def test_help_lists_exactly_the_keys_that_work(name: str, tour: Mapping[str, Seen]) -> None:
    assert listed(tour[name].help) == names(tour[name])


@pytest.mark.parametrize("name", STOPS)
def test_the_key_line_fits_and_keeps_help_and_back(name: str, tour: Mapping[str, Seen]) -> None:
    seen = tour[name]
    if not issubclass(seen.screen, Page):
        assert seen.screen is TooSmall
        assert "q quits" in seen.text
        return
    for width, line in zip(WIDTHS, seen.key_lines, strict=True):
        assert "\n" not in line
        assert cell_len(line) <= width, line
        if seen.typing:
            assert "tab " in line, "the way to where letters are commands"
        else:
            assert re.search(r"\? (help|close)   q (back|quit|leave|change the answer)$", line), line


@pytest.mark.parametrize("name", STOPS)
def test_the_key_line_shows_what_works(name: str, tour: Mapping[str, Seen]) -> None:
    seen = tour[name]
    working = {key for keys in names(seen).values() for key in keys}
    for line in seen.key_lines:
        for entry in line.split("   "):
            first, second, *_ = [*entry.split(" "), ""]
            keys = {first, second} if second == "->" else shown(first)
            keys = {f"{first} {second}"} if first in ("ctrl", "shift") else keys
            assert keys <= working, f"{entry!r} in {line!r}"


@pytest.mark.parametrize("name", STOPS)
def test_keys_named_in_texts_work(name: str, tour: Mapping[str, Seen]) -> None:
    seen = tour[name]
    working = {key for keys in names(seen).values() for key in keys} | MEANT_ELSEWHERE.get(name, set())
    if seen.screen.__name__ == "HelpPage":
        return
    for found in NAMED.finditer(seen.text):
        if seen.typing and len(found[1]) == 1:
            continue  # a letter is text until the field is left
        assert found[1] in working, f"{found[0]!r} on\n{seen.text}"


@pytest.mark.parametrize("name", STOPS)
def test_every_command_is_in_the_list_of_commands(name: str, tour: Mapping[str, Seen]) -> None:
    """All but what moves, chooses and types; there also from within a field, where letters are text."""
    seen = tour[name]
    if not issubclass(seen.screen, Page) or ("colon" not in seen.keys and "ctrl+p" not in seen.keys):
        return
    titles = {title.lower() for title in seen.commands}
    for _, bindings in seen.layers:
        for key, binding in bindings:
            if binding.action.rpartition(".")[2].partition("(")[0] not in ONLY_KEYS:
                assert describe(binding).lower() in titles, f"{key} {describe(binding)}"
    for expected in ("open step 1", "open step 2", "settings", "portfolio", "glossary", "help", "quit dev2cto"):
        assert expected in titles or expected == seen.screen.opened_by
    assert len(titles) == len(seen.commands), "two commands have one name"


def test_the_texts_that_name_keys_are_found(tour: Mapping[str, Seen]) -> None:
    """The test above looks at something."""
    found = {key for seen in tour.values() for key in NAMED.findall(seen.text)}
    assert {"g", "i", "e", "m", "z", "a", "enter", "q"} <= found


def test_help_names_keys_as_a_keyboard_does() -> None:
    assert key_name(Binding("question_mark", "", "")) == "?"
    assert key_name(Binding("ctrl+p", "", "")) == "ctrl p"
    assert all(action.what and action.bindings for action in ACTIONS)


def test_moving_to_fields_is_offered_where_there_are_fields(tour: Mapping[str, Seen]) -> None:
    assert "next field" not in tour["sources"].help
    assert "next field" not in tour["home"].help
    assert "next field" in tour["note, below the text"].help


def test_moving_is_listed_where_there_is_something_to_move(tour: Mapping[str, Seen]) -> None:
    for what in ("up, k", "down, j", "home", "end"):
        assert what in tour["step"].help
        assert what not in tour["notebook, empty"].help


@pytest.mark.parametrize(("size", "columns"), [((80, 24), 1), ((120, 40), 2), ((120, 24), 1), ((200, 60), 2)])
async def test_what_is_the_same_everywhere_stands_beside_the_keys_of_the_screen(
    study: Study, size: tuple[int, int], columns: int
) -> None:
    async with opened(study, size) as driver:
        await driver.press("question_mark")
        first = next(line for line in driver.text.split("\n") if "On this screen" in line)
        assert ("Everywhere" in first) == (columns == 2)
        if columns == 2:
            assert "You can change the keys in the settings." in driver.flat.replace(" │ ", " ")
