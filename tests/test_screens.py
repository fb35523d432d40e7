"""One table of screens, and what both front ends make of it."""

from __future__ import annotations

import re
from inspect import signature
from pkgutil import resolve_name
from typing import get_args

import pytest

from dev2cto.errors import CourseError
from dev2cto.exercises.kinds import KINDS
from dev2cto.plain import navigator
from dev2cto.plain.exercises import dispatch
from dev2cto.plain.exercises.common import ExerciseScreen
from dev2cto.plain.prompt import EVERYWHERE
from dev2cto.study.queries.home import BACK
from dev2cto.study.screens import EXERCISES, SCREENS, opener
from dev2cto.study.sessions import exercise_sessions
from dev2cto.study.state.location import Location
from dev2cto.tui import navigation
from dev2cto.tui.app import CourseApp
from dev2cto.tui.screens import exercises
from dev2cto.tui.screens.exercises.base import ExercisePage

FULL_SCREEN_ONLY = {"help", "keys"}
"""Plain mode answers ? at every prompt, and its commands have no keys to choose."""
TABLES = (navigation.PAGES, navigator.SCREENS)


def test_both_front_ends_open_every_screen() -> None:
    assert navigation.PAGES.keys() == SCREENS.keys()
    assert navigator.SCREENS.keys() == SCREENS.keys() - FULL_SCREEN_ONLY


@pytest.mark.parametrize("target", [*navigation.PAGES.values(), *navigator.SCREENS.values()])
def test_what_a_table_names_takes_two_things(target: str) -> None:
    first, *rest = signature(resolve_name(target)).parameters
    assert first in ("host", "ui")
    assert len(rest) == 1


@pytest.mark.parametrize("table", TABLES)
def test_ids_that_are_missing_lead_to_a_screen_that_asks_for_them(table: dict[str, str]) -> None:
    for name in table:
        needed = SCREENS[name].needs
        assert opener(table, Location(name, ("id",) * needed)) == resolve_name(table[name])
        if otherwise := SCREENS[name].otherwise:
            assert SCREENS[otherwise].needs == needed - 1
            assert opener(table, Location(name, ("id",) * (needed - 1))) == resolve_name(table[otherwise])


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("name", ["raeding", "", "otherwise", *(name for name in SCREENS if SCREENS[name].needs)])
def test_a_mistyped_screen_and_one_without_ids_are_refused(table: dict[str, str], name: str) -> None:
    with pytest.raises(CourseError, match=f"There is no screen '{name}'"):
        opener(table, Location(name))


def test_the_learner_is_led_back_only_to_what_both_open() -> None:
    assert BACK.keys() <= navigator.SCREENS.keys()
    assert {name for name, screen in SCREENS.items() if screen.is_part} <= BACK.keys()


def test_every_screen_without_ids_is_found_without_knowing_it() -> None:
    """By a key that works everywhere, or in the palette, and not in both."""
    bindings = (getattr(binding, "action", "") for binding in CourseApp.BINDINGS)
    by_key = {found[1] for action in bindings if (found := re.fullmatch(r"visit\('(\w+)'\)", action))}
    by_name = {name for name, screen in SCREENS.items() if screen.note}
    assert by_key | by_name == {name for name, screen in SCREENS.items() if not screen.needs}
    assert not by_key & by_name
    assert {command.word for command in EVERYWHERE} == by_key - FULL_SCREEN_ONLY


def test_every_kind_of_exercise_has_words_a_session_and_two_screens() -> None:
    for table in (EXERCISES, exercise_sessions.SESSIONS, exercises.PAGES, dispatch.SCREENS):
        assert list(table) == list(KINDS)
    for kind in KINDS:
        session = resolve_name(f"dev2cto.study.sessions.{exercise_sessions.SESSIONS[kind]}")
        page = resolve_name(f"dev2cto.tui.screens.exercises.{exercises.PAGES[kind]}")
        screen = resolve_name(f"dev2cto.plain.exercises.{dispatch.SCREENS[kind]}")
        assert issubclass(page, ExercisePage)
        assert issubclass(screen, ExerciseScreen)
        assert [get_args(shown.__orig_bases__[0]) for shown in (page, screen)] == [(session,), (session,)]
