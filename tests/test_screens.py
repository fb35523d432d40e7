"""One table of screens, and what both front ends make of it: a module with one function for each."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from inspect import signature
from itertools import product
from pkgutil import iter_modules, resolve_name
from types import ModuleType
from typing import get_args

import pytest

import dev2cto.plain.screens
import dev2cto.tui.screens
from dev2cto.errors import CourseError
from dev2cto.exercises.kinds import KINDS
from dev2cto.plain import navigator
from dev2cto.plain.exercises.common import ExerciseScreen
from dev2cto.plain.prompt import EVERYWHERE
from dev2cto.plain.screens import exercise as screens
from dev2cto.study.queries.home import BACK
from dev2cto.study.screens import EXERCISES, SCREENS
from dev2cto.study.sessions import exercise_sessions
from dev2cto.study.state.location import Location
from dev2cto.tui import navigation
from dev2cto.tui.app import CourseApp
from dev2cto.tui.screens import exercise as pages
from dev2cto.tui.screens.exercises.base import ExercisePage

OPENERS = (navigation.opener, navigator.opener)
IN_PLAIN = {name for name, screen in SCREENS.items() if screen.in_plain}
Opener = Callable[[Location], Callable[..., object]]


def functions(package: ModuleType, name: str) -> dict[str, Callable[..., object]]:
    """The functions of that name that the modules of a package define, by module."""
    modules = (import_module(f"{package.__name__}.{found.name}") for found in iter_modules(package.__path__))
    own = ((module, vars(module).get(name)) for module in modules)
    return {m.__name__.rpartition(".")[2]: f for m, f in own if f is not None and f.__module__ == m.__name__}


def test_each_screen_is_a_module_with_a_function_in_both_front_ends() -> None:
    """Each row has them, and what has them has a row.

    Plain mode answers ? at every prompt, and its commands have no keys to choose.
    """
    assert functions(dev2cto.tui.screens, "open_page").keys() == SCREENS.keys()
    assert functions(dev2cto.plain.screens, "run").keys() == IN_PLAIN
    assert SCREENS.keys() - IN_PLAIN == {"help", "keys"}


def test_these_functions_take_what_they_are_given() -> None:
    for function in functions(dev2cto.tui.screens, "open_page").values():
        assert list(signature(function).parameters) == ["host", "location"]
    for function in functions(dev2cto.plain.screens, "run").values():
        assert list(signature(function).parameters) == ["ui", "location"]


@pytest.mark.parametrize(("opener", "name"), [*product(OPENERS, SCREENS)])
def test_ids_that_are_missing_lead_to_a_screen_that_asks_for_them(opener: Opener, name: str) -> None:
    if opener is navigator.opener and name not in IN_PLAIN:
        with pytest.raises(CourseError, match=f"There is no screen '{name}'"):
            opener(Location(name))
        return
    needed = SCREENS[name].needs
    assert opener(Location(name, ("id",) * needed)).__module__.endswith(f".screens.{name}")
    if otherwise := SCREENS[name].otherwise:
        assert SCREENS[otherwise].needs == needed - 1
        assert opener(Location(name, ("id",) * (needed - 1))).__module__.endswith(f".screens.{otherwise}")


@pytest.mark.parametrize("opener", OPENERS)
@pytest.mark.parametrize("name", ["raeding", "", "otherwise", *(name for name in SCREENS if SCREENS[name].needs)])
def test_a_mistyped_screen_and_one_without_ids_are_refused(opener: Opener, name: str) -> None:
    with pytest.raises(CourseError, match=f"There is no screen '{name}'"):
        opener(Location(name))


def test_the_learner_is_led_back_only_to_what_both_open() -> None:
    assert BACK.keys() <= IN_PLAIN
    assert {name for name, screen in SCREENS.items() if screen.is_part} <= BACK.keys()


def test_every_screen_without_ids_is_found_without_knowing_it() -> None:
    """By a key that works everywhere, or in the palette, and not in both."""
    bindings = (getattr(binding, "action", "") for binding in CourseApp.BINDINGS)
    by_key = {found[1] for action in bindings if (found := re.fullmatch(r"visit\('(\w+)'\)", action))}
    by_name = {name for name, screen in SCREENS.items() if screen.note}
    assert by_key | by_name == {name for name, screen in SCREENS.items() if not screen.needs}
    assert not by_key & by_name
    assert {command.word for command in EVERYWHERE} == by_key & IN_PLAIN


def test_every_kind_of_exercise_has_words_a_session_and_two_screens() -> None:
    for table in (EXERCISES, exercise_sessions.SESSIONS, pages.PAGES, screens.SCREENS):
        assert list(table) == list(KINDS)
    for kind in KINDS:
        session = resolve_name(f"dev2cto.study.sessions.{exercise_sessions.SESSIONS[kind]}")
        page = resolve_name(f"dev2cto.tui.screens.exercises.{pages.PAGES[kind]}")
        screen = resolve_name(f"dev2cto.plain.exercises.{screens.SCREENS[kind]}")
        assert issubclass(page, ExercisePage)
        assert issubclass(screen, ExerciseScreen)
        assert [get_args(shown.__orig_bases__[0]) for shown in (page, screen)] == [(session,), (session,)]
