"""Sessions of code reviews: lines are marked and commented on, then the review is scored against seeded faults."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import Any, cast

from dev2cto.errors import CourseError, LabError, UsageError
from dev2cto.exercises.diffs.changeset import Changeset
from dev2cto.exercises.diffs.changeset_files import read_changeset
from dev2cto.exercises.diffs.diff import Diff, FaultWeight
from dev2cto.exercises.diffs.folding import ViewRow, fold, gaps
from dev2cto.exercises.diffs.review_score import ReviewMark, ReviewOutcome, judge_review
from dev2cto.exercises.diffs.review_text import review_text
from dev2cto.record.drafts import Draft
from dev2cto.record.tinydb_storage import where
from dev2cto.study.context import StudyContext
from dev2cto.study.sessions.attempt import Attempt, attempts_at, is_helped

MOST_WRITTEN = 5_000
"""The maximum number of characters in a comment."""


class DiffSession:
    """The learner's review of a change. Marks are saved as they are made, comments as they are typed."""

    def __init__(self, study: StudyContext, exercise: Diff) -> None:
        """Raises CourseError if the change cannot be read."""
        self.study, self.exercise = study, exercise
        try:
            self.change: Changeset = read_changeset(study.curriculum.exercise_folder(exercise.id))
        except LabError as error:
            raise CourseError(f"This change cannot be reviewed: {error.message}", error.hint) from error
        self.attempt = Attempt(study, exercise)

    # -- the change

    def rows(self, opened: Collection[str] = ()) -> tuple[ViewRow, ...]:
        """The rows to show of the change; `opened` are the ids of the expanded gaps."""
        return fold(self.change, self.exercise.context, opened)

    @cached_property
    def gaps(self) -> tuple[str, ...]:
        """The ids of all gaps that can be expanded."""
        return gaps(self.change, self.exercise.context)

    @cached_property
    def _order(self) -> Mapping[str, tuple[int, str]]:
        """Each line's index in the change and its text, by address."""
        found = ((file.address(line), line.text) for file in self.change.files for line in file.lines)
        return {address: (n, text) for n, (address, text) in enumerate(found)}

    # -- the state of the review

    def stage_at(self, kept: Mapping[str, Any]) -> str:
        """The stage to resume at, given a location's `extra`: brief, review or verdict."""
        if self.finished:
            return "verdict"
        return "review" if self.attempt.begun or kept.get("stage") == "review" or "at" in kept else "brief"

    def gaps_at(self, kept: Mapping[str, Any]) -> frozenset[str]:
        """The gaps to expand, given a location's `extra`."""
        return frozenset(str(gap) for gap in kept.get("open", ()) if gap in self.gaps)

    def comment_at(self, kept: Mapping[str, Any]) -> str:
        """The address of the line whose comment was being typed, given a location's `extra`; empty if none was."""
        address = str(kept.get("comment", ""))
        return address if self.stage_at(kept) == "review" and self.change.find(address) else ""

    @property
    def finished(self) -> bool:
        """Whether the latest review was submitted and none was begun since."""
        return self.attempt.doc.get("state") == "done"

    @property
    def done(self) -> bool:
        """Whether any review passed."""
        return self.attempt.was_done

    @property
    def helped(self) -> bool:
        """Whether the learner saw the missed faults before any review passed; true for all later attempts as well."""
        return any(is_helped(self.study, id, doc) for id, doc in self._attempts())

    def _attempts(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Yield (id, document) of each attempt at this exercise that no reset covers."""
        return attempts_at(self.study, self.exercise.id)

    def _open(self) -> tuple[str, ...]:
        """The ids of open attempts: more than one if two machines each began one."""
        return tuple(id for id, doc in self._attempts() if doc.get("state") == "open")

    # -- marks

    @property
    def marks(self) -> dict[str, ReviewMark]:
        """The marks by address, in the order of the change, without those on lines that have changed since."""
        found = [
            (self._order[address][0], address, doc)
            for address, doc in self._marked().items()
            if address in self._order and self._order[address][1] == doc.get("line")
        ]
        return {address: _mark(address, doc) for _, address, doc in sorted(found, key=lambda entry: entry[0])}

    @property
    def lost_marks(self) -> tuple[str, ...]:
        """The comments on lines that a course update removed or changed."""
        kept = self.marks
        return tuple(str(doc.get("comment", "")) for address, doc in self._marked().items() if address not in kept)

    def _marked(self) -> dict[str, Mapping[str, Any]]:
        """The newest mark on each line in all open attempts, by address."""
        record = self.study.record
        docs = dict(record.table("marks").stream(where("attempt").one_of([*self._open()])))
        return {str(docs[id]["address"]): docs[id] for id in sorted(docs, key=lambda id: record.version("marks", id))}

    def mark(self, address: str, weight: FaultWeight, comment: str) -> None:
        """Mark a line or change its mark, and drop the draft of its comment. Raises UsageError, NotSaved."""
        if len(comment) > MOST_WRITTEN:
            raise UsageError(
                f"This comment has {len(comment):,} characters; the limit is {MOST_WRITTEN:,}.", "Shorten it."
            )
        with self.study.record.batch():
            self._begin()
            self._put(address, weight, comment.strip("\n"))
            self.study.drop_draft(self.draft_owner(address))

    def weigh(self, address: str, weight: FaultWeight) -> None:
        """Mark a line with that weight; its comment stays. Raises NotSaved."""
        mark = self.marks.get(address)
        with self.study.record.batch():
            self._begin()
            self._put(address, weight, mark.comment if mark else "")

    def unmark(self, address: str) -> None:
        """Remove the mark on a line with its comment and draft. Raises NotSaved."""
        with self.study.record.batch():
            self.study.record.table("marks").remove(doc_ids=(f"{attempt}/{address}" for attempt in self._open()))
            self.study.drop_draft(self.draft_owner(address))

    def _begin(self) -> None:
        if self.finished:
            self.attempt.id = ""  # another session submitted the review: begin the next one
        self.attempt.begin()

    def _put(self, address: str, weight: FaultWeight, comment: str) -> None:
        self.study.record.table("marks").put(f"{self.attempt.id}/{address}", {
            "attempt": self.attempt.id,
            "address": address,
            "line": self._order[address][1],
            "weight": weight,
            "comment": comment,
            "at": self.study.now(),
        })  # fmt: skip

    # -- drafts of comments

    def draft_owner(self, address: str) -> str:
        """The owner id of the draft of the comment on a line."""
        return f"{self.exercise.id}#{address}"

    def drafts(self, address: str) -> tuple[Draft, ...]:
        """The drafts of the comment on a line that are newer than the saved one, newest first."""
        resets, record = self.study.resets, self.study.record
        saved = max((record.changed("marks", f"{attempt}/{address}").ms for attempt in self._open()), default=0)
        submitted = max((record.made("submissions", str(doc["id"])).ms for doc in self.submissions()), default=0)
        return tuple(
            draft
            for draft in self.study.drafts(self.draft_owner(address))
            if draft.text.strip() and submitted < draft.moment.ms >= saved
            if not resets.covers(self.exercise.id, draft.moment)
        )

    def comment(self, address: str) -> tuple[str, tuple[str, ...]]:
        """The text to edit for the comment on a line, and differing drafts from other sessions."""
        mark, drafts = self.marks.get(address), self.drafts(address)
        text = drafts[0].text if drafts else mark.comment if mark else ""
        return text, tuple(dict.fromkeys(draft.text for draft in drafts[1:] if draft.text != text))

    def keep_draft(self, address: str, text: str, cursor: int = 0) -> None:
        """Save the draft of a comment with the live tables; drop it if it equals the saved comment."""
        mark = self.marks.get(address)
        if text.strip() == (mark.comment if mark else "").strip():
            self.study.drop_draft(self.draft_owner(address))
        else:
            self.study.keep_draft(self.draft_owner(address), text, cursor)

    def draft_addresses(self) -> tuple[str, ...]:
        """The addresses of lines with an unsaved draft, in the order of the change."""
        prefix = f"{self.exercise.id}#"
        owners = (owner for owner in self.study.draft_owners() if owner.startswith(prefix))
        addresses = (owner.removeprefix(prefix) for owner in owners)
        found = [address for address in addresses if address in self._order and self.drafts(address)]
        return tuple(sorted(found, key=lambda address: self._order[address][0]))

    # -- submission and outcome

    def doubts(self) -> tuple[str, ...]:
        """What to point out before the review is submitted; empty if nothing seems missing."""
        marks, drafts = self.marks, len(self.draft_addresses())
        bare = sum(not mark.comment.strip() for mark in marks.values())
        found = ["You have not marked a line."] if not marks else []
        if bare:
            found.append(f"{bare} of {len(marks)} marks {'has' if bare == 1 else 'have'} no comment.")
        if drafts:
            found.append(f"{drafts} draft comment{' does' if drafts == 1 else 's do'} not count.")
        return tuple(found)

    def finish(self) -> ReviewOutcome:
        """Submit the review and score it; the exercise is done if it passes. Raises NotSaved."""
        marks = tuple(self.marks.values())
        outcome = judge_review(self.exercise, self.change, marks)
        passed = outcome.passes(self.study.course.pass_mark)
        at, open_ = self.study.now(), self._open()
        with self.study.record.batch():
            self._begin()
            self.attempt.submit(
                passed=passed,
                helped=self.helped,
                attempt=self.attempt.id,
                marks=[[mark.address, mark.weight, mark.comment] for mark in marks],
                score=outcome.score,
                text=review_text(self.exercise.title, self.change, marks),
            )
            self.study.record.table("attempts").update({"state": "left", "finished": at}, doc_ids=open_)
            self.attempt.change(state="done", finished=at)
        return outcome

    def submissions(self) -> list[Mapping[str, Any]]:
        """The submitted reviews, oldest first."""
        return self.attempt.submissions("marks")

    @property
    def submitted(self) -> dict[str, ReviewMark]:
        """The marks of the last submitted review, by address; IndexError if there is none."""
        return {mark.address: mark for mark in submitted_marks(self.submissions()[-1])}

    def outcome(self) -> ReviewOutcome | None:
        """The outcome of the last submitted review; None if there is none."""
        latest = self.submissions()[-1:]
        return judge_review(self.exercise, self.change, submitted_marks(latest[0])) if latest else None

    def passes(self, outcome: ReviewOutcome) -> bool:
        """Whether a review with that outcome passes."""
        return outcome.passes(self.study.course.pass_mark)

    @property
    def shows_missed(self) -> bool:
        """Whether missed faults may be shown without asking: the exercise is done, or they were shown before."""
        return self.done or self.helped

    def show_missed(self) -> None:
        """Record that the learner sees the missed faults, so that a later pass counts as helped. Raises NotSaved."""
        if not self.shows_missed:
            self.attempt.mark_helped()

    def again(self) -> None:
        """Begin another review. Marks that found a fault are copied to it, unless the last review passed.

        Raises NotSaved.
        """
        outcome = self.outcome()
        kept = () if outcome is None or self.passes(outcome) else outcome.found
        with self.study.record.batch():
            self.attempt.change(state="left")
            self.attempt = Attempt(self.study, self.exercise)
            self.attempt.begin()
            for each in kept:
                for mark in each.marks:
                    self._put(mark.address, mark.weight, mark.comment)

    # -- hints

    @property
    def hints_shown(self) -> int:
        """The number of hints opened so far."""
        return self.attempt.hints_shown

    def hint(self) -> str | None:
        """Open the next hint (Markdown); None if all are shown. Raises NotSaved."""
        return self.attempt.hint(self.exercise.hints)


def submitted_marks(submission: Mapping[str, Any]) -> tuple[ReviewMark, ...]:
    """The marks of a submitted review."""
    return tuple(ReviewMark(str(a), cast(FaultWeight, str(w)), str(c)) for a, w, c in submission.get("marks", ()))


def _mark(address: str, doc: Mapping[str, Any]) -> ReviewMark:
    return ReviewMark(address, cast(FaultWeight, str(doc["weight"])), str(doc.get("comment", "")))
