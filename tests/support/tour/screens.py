"""The classes of the full screen that a tour can meet."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

from textual.screen import Screen

import dev2cto.tui
from dev2cto.tui.screens.base import Page
from dev2cto.tui.screens.draft_overlay import DraftOverlay, Overlay
from dev2cto.tui.screens.exercises.base import ExercisePage
from dev2cto.tui.screens.exercises.play import PlayPage
from dev2cto.tui.screens.filtered import FilteredPage
from dev2cto.tui.screens.find_in_page import FindInPageScreen
from dev2cto.tui.screens.passage_choice import PassageChoiceScreen
from dev2cto.tui.screens.question_page import QuestionPage
from dev2cto.tui.screens.reading_checks import ReadingChecksScreen
from dev2cto.tui.screens.text_page import TwoColumnPage
from dev2cto.tui.textual_patches.single_layout import SingleLayoutScreen

ABSTRACT = (
    SingleLayoutScreen,
    Page,
    QuestionPage,
    ExercisePage,
    PlayPage,
    FindInPageScreen,
    PassageChoiceScreen,
    ReadingChecksScreen,
    TwoColumnPage,
    Overlay,
    DraftOverlay,
    FilteredPage,
)
"""Screens that are only ever the base of others."""


def modules() -> Iterator[str]:
    """Every module of the full-screen face."""
    for found in pkgutil.walk_packages(dev2cto.tui.__path__, "dev2cto.tui."):
        yield found.name


def classes() -> set[type]:
    """Every class that the full-screen face defines."""
    found: set[type] = set()
    for name in modules():
        module = importlib.import_module(name)
        found |= {c for _, c in inspect.getmembers(module, inspect.isclass) if c.__module__ == name}
    return found


def screens() -> set[type]:
    """Every screen that can be shown."""
    ours = (c for c in classes() if issubclass(c, Screen) and "textual_patches" not in c.__module__)
    return {c for c in ours if c not in ABSTRACT}
