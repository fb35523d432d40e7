"""A scenario: gauges, a scene, choices, what comes of them."""

from __future__ import annotations

from dev2cto.plain.exercises.play import PlayScreen
from dev2cto.presenters import scenario_text
from dev2cto.study.sessions.scenario import ScenarioSession


class ScenarioScreen(PlayScreen[ScenarioSession]):
    """Decide, see what comes of it, and in the end what else could have been."""

    texts = scenario_text
