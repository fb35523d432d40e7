"""The rules by which a scenario goes on from one moment to the next; chance is decided by who asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dev2cto.exercises.scenario import END, Also, Choice, Ending, Scenario, Scene, name_of, ways
from dev2cto.items.expressions import formula

Gauges = tuple[float, ...]
"""The value of each gauge, in file order."""


@dataclass(frozen=True, slots=True)
class Moment:
    """All that decides how it goes on: what conditions can see, and what is still to strike."""

    scene: str
    gauges: Gauges
    flags: frozenset[str] = frozenset()
    pending: tuple[tuple[int, str, str], ...] = ()
    """Decisions until a delayed consequence strikes, and the scene and choice that it comes from."""


@dataclass(frozen=True, slots=True)
class Change:
    """How far a gauge really moved, after clamping to 0..100."""

    gauge: str
    by: float


@dataclass(frozen=True, slots=True)
class Strike:
    """A delayed consequence that took effect; the text is Markdown."""

    text: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one choice brought."""

    moment: Moment
    result: str
    changes: tuple[Change, ...]
    strikes: tuple[Strike, ...]


class Board:
    """A scenario with its scenes and flags at hand. It has no state."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.scenes = {scene.id: scene for scene in scenario.scenes}
        self.flags = scenario.flags
        self.names = tuple(name_of(gauge.id) for gauge in scenario.gauges)

    def begin(self) -> Moment:
        """The moment before the first scene."""
        return Moment(self.scenario.start, tuple(float(gauge.start) for gauge in self.scenario.gauges))

    def known(self, moment: Moment) -> dict[str, float]:
        """The values that conditions see: gauges, and 1 or 0 for every flag."""
        flags = {flag: float(flag in moment.flags) for flag in self.flags}
        return flags | dict(zip(self.names, moment.gauges, strict=True))

    def offers(self, moment: Moment) -> tuple[Choice, ...]:
        """The choices that are open in the moment's scene."""
        choices = self.scenes[moment.scene].choices
        if not any(choice.when for choice in choices):
            return choices
        names = self.known(moment)
        return tuple(choice for choice in choices if choice.when is None or formula(choice.when).holds(names))

    def go_on(self, moment: Moment) -> Moment:
        """The moment after a scene without choices."""
        return replace(moment, scene=self.scenes[moment.scene].goto or END)

    def decide(self, moment: Moment, choice: Choice, struck: bool) -> Outcome:
        """What the choice brings: its effects, those of its chance where that struck, then what was pending and is due.

        When only the ending follows, everything pending strikes: no consequence is lost.
        """
        chance = choice.chance if struck else None
        effects = dict(choice.effects)
        for gauge, by in (chance.effects if chance else {}).items():
            effects[gauge] = effects.get(gauge, 0) + by
        gauges, changes = self.moved(moment.gauges, effects)
        flags = moment.flags | {name_of(flag) for flag in (*choice.sets, *(chance.sets if chance else ()))}
        goto = (chance and chance.goto) or choice.goto
        over = self.only_ends(goto)
        new = ((choice.later.after + 1, moment.scene, choice.id),) if choice.later else ()
        pending: list[tuple[int, str, str]] = []
        strikes: list[Strike] = []
        for left, scene, origin in sorted((*moment.pending, *new), key=lambda entry: entry[0]):
            if left > 1 and not over:
                pending.append((left - 1, scene, origin))
                continue
            later = next(c.later for c in self.scenes[scene].choices if c.id == origin)
            assert later is not None
            gauges, moves = self.moved(gauges, later.effects)
            flags |= {name_of(flag) for flag in later.sets}
            strikes.append(Strike(later.text, moves))
        result = choice.result if chance is None or chance.result is None else chance.result
        return Outcome(Moment(goto, gauges, flags, tuple(pending)), result, changes, tuple(strikes))

    def moved(self, gauges: Gauges, effects: Mapping[str, float]) -> tuple[Gauges, tuple[Change, ...]]:
        """The gauges after the effects, each kept within 0..100, and how far each really moved."""
        after, changes = [], []
        for gauge, old in zip(self.scenario.gauges, gauges, strict=True):
            new = min(100.0, max(0.0, old + effects.get(gauge.id, 0)))
            after.append(new)
            if gauge.id in effects:
                changes.append(Change(gauge.id, new - old))
        return tuple(after), tuple(changes)

    def only_ends(self, goto: str) -> bool:
        """Whether only scenes without choices lie between there and the endings."""
        while goto != END:
            scene = self.scenes[goto]
            if scene.choices or not scene.goto:
                return False
            goto = scene.goto
        return True

    def ending(self, moment: Moment) -> Ending:
        """The first ending whose condition holds."""
        names = self.known(moment)
        return next(e for e in self.scenario.endings if e.when is None or formula(e.when).holds(names))

    def text(self, part: Scene | Ending, moment: Moment) -> str:
        """The text of a scene or ending with the paragraphs whose condition holds (Markdown)."""
        if not part.also:
            return part.text.strip()
        names = self.known(moment)
        more: tuple[Also, ...] = tuple(also for also in part.also if formula(also.when).holds(names))
        return "\n\n".join([part.text.strip(), *(also.text.strip() for also in more)])

    def most_decisions(self, start: str) -> int:
        """The largest number of decisions between that scene and the end, conditions aside."""
        most = {END: 0}
        todo = [start]
        while todo:
            id = todo[-1]
            following = tuple(ways(self.scenes[id])) if id != END else ()
            if missing := [way for way in following if way not in most]:
                todo += missing
                continue
            todo.pop()
            if id != END:
                most[id] = bool(self.scenes[id].choices) + max(most[way] for way in following)
        return most[start]
