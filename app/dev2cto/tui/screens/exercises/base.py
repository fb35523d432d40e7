"""What the exercise screens share."""

from __future__ import annotations

from dev2cto.exercises.base import Exercise
from dev2cto.study.context import StudyContext
from dev2cto.study.state.location import Location
from dev2cto.tui.screens.base import Page


class ExercisePage(Page):
    """A screen of one exercise."""

    exercise: Exercise

    def begin(self, exercise: Exercise, study: StudyContext) -> None:
        """Say which exercise and module this is."""
        self.exercise = exercise
        module = study.course.module_of(exercise.id)
        self.module = module.id if module else ""

    def name_it(self, aside: str) -> None:
        """The title line."""
        name = self.study.module(self.module).name if self.module else ""
        self.head(f"{name} / {self.exercise.title}", aside)

    def place(self) -> Location:
        """This exercise."""
        return Location("exercise", (self.exercise.id,))
