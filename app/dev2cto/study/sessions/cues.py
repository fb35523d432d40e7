"""Reviews of highlighted passages that the learner wants to be asked about: rated by the learner, scheduled like items.

The cue is the learner's note on the passage, or else how the passage begins. The card's id is highlight:id.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime
from typing import NamedTuple

from dev2cto.learning.review import AGAIN, CardState
from dev2cto.study.context import StudyContext
from dev2cto.study.sessions.grading import keep_review
from dev2cto.study.state.highlights import Highlight, highlights
from dev2cto.study.state.location import Location
from dev2cto.study.state.notes import HIGHLIGHT, note_at, title_of
from dev2cto.study.state.remaining import remaining_at, remaining_extra

OPENING = 5
"""Words of a passage that are its cue where there is no note."""
SHOWN = "shown"
CUES = Location("cues")


class Cue(NamedTuple):
    """A passage to recall: what is asked (whether by the learner's `own` note), where it is, and its words."""

    highlight: str
    asked: str
    own: bool
    where: str
    passage: str


def due_cues(study: StudyContext) -> tuple[Highlight, ...]:
    """The highlights with a cue that are due today, the oldest first."""
    today, found = study.today(), []
    for highlight in reversed(highlights(study)):
        if highlight.cue:
            card = study.progress.card(f"{HIGHLIGHT}{highlight.id}")
            if card is None or CardState.read("", card).due <= today:
                found.append(highlight)
    return tuple(found)


class CueSession:
    """The cues that are due, one after the other; one that was not known comes back at the end."""

    def __init__(self, study: StudyContext, at: Location = CUES) -> None:
        """Begin with the highlight that the location names, if it is due, or go on with what was left there."""
        self.study = study
        due, left = due_cues(study), remaining_at(study, at)
        if left is not None:
            known = {highlight.id: highlight for highlight in highlights(study) if highlight.cue}
            due = tuple(known[id] for id in left.ids if id in known)
        self._queue = deque(sorted(due, key=lambda each: each.id not in at.ids[:1]) if at.ids else due)
        self.known = left.done if left is not None else 0
        self.total = self.known + len(due)

    def location(self, *, shown: bool) -> Location:
        """Where the learner is: at the next cue, whose passage may be shown."""
        ids = [highlight.id for highlight in self._queue]
        stage = {"stage": SHOWN} if shown else {}
        return Location("cues", tuple(ids[:1]), extra={**stage, **remaining_extra(self.study, ids, self.known)})

    def is_shown(self, at: Location) -> bool:
        """Whether the passage of the next cue is shown at a location."""
        return at.extra.get("stage") == SHOWN and at.ids[:1] == tuple(each.id for each in [*self._queue][:1])

    def cue(self) -> Cue | None:
        """The next cue; None if all are done."""
        if not self._queue:
            return None
        highlight = self._queue[0]
        anchor = f"{HIGHLIGHT}{highlight.id}"
        found = note_at(self.study, anchor)
        note = found.text.strip() if found is not None else ""
        words = highlight.quotation.exact.split()
        asked = note or " ".join(words[: min(OPENING, max(1, len(words) // 2))]) + " ..."
        return Cue(highlight.id, asked, bool(note), title_of(self.study, highlight.section), highlight.quotation.exact)

    def rate(self, rating: int) -> None:
        """Save how well the passage was recalled, 1 to 3. Raises NotSaved."""
        study, highlight = self.study, self._queue[0]
        with study.record.batch():
            keep_review(study, f"{HIGHLIGHT}{highlight.id}", rating, datetime.fromisoformat(study.now()), 0)
        self._queue.popleft()
        if rating == AGAIN:
            self._queue.append(highlight)
        else:
            self.known += 1
