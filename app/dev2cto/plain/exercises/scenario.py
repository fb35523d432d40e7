"""The screen of a scenario: gauges, a scene, choices and their consequences."""

from __future__ import annotations

from dev2cto.plain.exercises.play import PlayScreen
from dev2cto.presenters import scenario_text
from dev2cto.study.sessions.scenario import ScenarioSession


class ScenarioScreen(PlayScreen[ScenarioSession]):
    """Decide, see the consequences, and at the end what else could have happened."""

    texts = scenario_text
