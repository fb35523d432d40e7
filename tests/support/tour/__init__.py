"""A tour through every screen of the app, in every state that takes keys of its own.

Importing it fills `STOPS`: each area has a module.
"""

from tests.support.tour import exercises, final_form, home, plays, promises, quiz, reading, review
from tests.support.tour.opening import at, quickly_opened
from tests.support.tour.quiz import FORMS, question
from tests.support.tour.screens import ABSTRACT, classes, screens
from tests.support.tour.stops import STOPS

AREAS = (home, reading, promises, quiz, review, exercises, plays, final_form)

__all__ = ["ABSTRACT", "AREAS", "FORMS", "STOPS", "at", "classes", "question", "quickly_opened", "screens"]
