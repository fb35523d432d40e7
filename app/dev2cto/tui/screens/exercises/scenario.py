"""The page of a scenario: gauges, a scene, choices and their consequences."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from dev2cto.presenters import scenario_text
from dev2cto.study.sessions.scenario import ScenarioSession
from dev2cto.tui.screens.exercises.play import PlayPage, play_keys


class ScenarioPage(PlayPage[ScenarioSession]):
    """Decide, see the consequences, and at the end what else could have happened."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *play_keys("scenario"),
        Binding("t", "script", "script for two", tooltip="script for two people", id="scenario.script"),
    ]
    texts = scenario_text
