"""The query for the home screen; it reads only the outline and the small tables, since every start runs it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING

from dev2cto.course.outline import ModuleOutline
from dev2cto.errors import NotSaved
from dev2cto.learning.completion import (
    IN_PORTFOLIO,
    CompletedWork,
    course_share,
    exercise_state,
    minutes_done,
    minutes_left,
    module_state,
    reading_state,
)
from dev2cto.learning.days import week_seconds
from dev2cto.learning.next_part import choose_next
from dev2cto.record.layout import is_of_other_course
from dev2cto.study.context import StudyContext
from dev2cto.study.queries.view_models import HomeView, NextStep, StepLine
from dev2cto.study.screens import REVIEWS, SCREENS
from dev2cto.study.state.location import Location
from dev2cto.study.state.sums import FormKind
from dev2cto.text import pluralize

if TYPE_CHECKING:
    from dev2cto.record.record import Record
    from dev2cto.record.set_aside import SetAside

NOWHERE = ("home", "welcome")
"""Places of a learner who has only looked around."""
REVIEW_SECONDS = 45
"""The estimated time of one review, for "about 9 min"."""


def home_view(study: StudyContext) -> HomeView:
    """The snapshot for the home screen."""
    done = study.progress.completed_work()
    course = study.course
    due = due_count(study)
    by_day: dict[date, float] = defaultdict(float)
    for spent in study.study_time():
        by_day[spent.day] += spent.seconds
    artefacts = [e for m in course.modules for e in m.exercises if e.kind in IN_PORTFOLIO]
    found = study.last_place()
    return HomeView(
        title=course.title,
        percent=int(course_share(course, done) * 100),
        onward=next_step(study, done),
        steps=tuple(step_line(study, module, done) for module in course.modules),
        due=due,
        due_minutes=max(1, round(due * REVIEW_SECONDS / 60)) if due else 0,
        week_minutes=int(week_seconds(by_day, study.today()) // 60),
        goal_minutes=study.settings.goal_minutes,
        portfolio_done=sum(e.id in done.exercises for e in artefacts),
        portfolio=len(artefacts),
        last_here=relative_day(study, found[1]) if found and found[0].screen not in NOWHERE else "",
        notices=notices(study),
        promises=study.progress.promises().due(study.today().isoformat()),
    )


def is_new(study: StudyContext) -> bool:
    """Whether the learner is to be welcomed: they were nowhere yet, or the line was lost at the welcome itself."""
    found = study.last_place()
    return not study.record.readonly_reason and (found is None or found[0].screen == "welcome")


def notices(study: StudyContext) -> tuple[str, ...]:
    """Messages shown as long as they are true: the session is read-only, parts of the course are broken."""
    reason = study.record.readonly_reason
    return (*([f"Nothing is saved in this session: {reason}."] if reason else []), *study.course.broken)


def one_time_notices(study: StudyContext) -> tuple[str, ...]:
    """Messages shown once: damage to the record, changes of the course. Marks them as shown if that can be saved."""
    from dev2cto.study.queries.course_changes import mark_seen, what_changed

    record = study.record
    recovery = [
        record.lost,
        record.restored,
        *(f"{d.what}; the original is kept: {d.kept}" for d in record.damage if d.kept),
        *(f"{file} is damaged; dev2cto doctor says what is missing" for file in _damaged(record)),
        *_set_aside(record.unreported),
        *(clock.words for clock in record.clocks),
    ]
    found = (
        *(f"Your record: {text}." for text in recovery if text),
        *_erasures(study),
        *_elsewhere(study),
        *what_changed(study),
    )
    if not record.readonly_reason:
        with suppress(NotSaved):  # shown again next time
            record.acknowledge_loss()
            mark_seen(study)
    return found


def _damaged(record: Record) -> tuple[str, ...]:
    """Names of the files in which damage was found in this session and left in place: those of other machines."""
    return tuple(dict.fromkeys(damage.file for damage in record.damage if not damage.kept))


def _set_aside(found: Sequence[SetAside]) -> Iterator[str]:
    """What is not used of the record, because it is not valid or a newer version wrote it."""
    wrong, newer = sum(not aside.newer for aside in found), sum(aside.newer for aside in found)
    if wrong:
        yield f"{pluralize(wrong, 'entry', 'entries')} not valid, so not used but kept; dev2cto doctor lists them"
    if newer:
        yield f"{pluralize(newer, 'entry', 'entries')} of a newer version kept for it; update dev2cto to use them"


def _erasures(study: StudyContext) -> Iterator[str]:
    """What other machines erased that is still shown here, and the command that decides."""
    asked = dict(study.record.asked_erasures)
    if not asked:
        return
    from dev2cto.study.queries.other_records import merge_command

    counts = [(asked.pop("answers", 0), "answer"), (asked.pop("notes", 0), "note"), (sum(asked.values()), "")]
    parts = [pluralize(n, word) if word else pluralize(n, "other entry", "other entries") for n, word in counts if n]
    yield f"Another machine asks to erase {' and '.join(parts)} here for good. To erase or keep: {merge_command(study)}"


def _elsewhere(study: StudyContext) -> tuple[str, ...]:
    """Notices about other records of this course, on the first visit to a course other than the shipped one."""
    if not is_of_other_course(study.record.directory) or len(study.record.table("course_seen")):
        return ()
    from dev2cto.study.queries.other_records import notices

    return notices(study)


def due_count(study: StudyContext) -> int:
    """The number of reviews left for today, within the daily limit."""
    cards, today = study.progress.cards(), study.today().isoformat()
    known = {item.id for module in study.course.modules for item in module.items}
    due = sum(1 for item, doc in cards.items() if str(doc["due"])[:10] <= today and item in known)
    done_today = sum(1 for doc in cards.values() if int(doc.get("reviews", 1)) > 1 and str(doc["last"])[:10] == today)
    return min(due, max(0, study.settings.daily_reviews - done_today))


def step_line(study: StudyContext, module: ModuleOutline, done: CompletedWork) -> StepLine:
    """A module's line on the home screen."""
    return StepLine(
        module=module.id,
        step=module.step,
        title=module.title,
        state=module_state(module, done),
        readings_done=sum(reading_state(r, done) == "done" for r in module.readings),
        readings=len(module.readings),
        quiz=best(study, module.id) if module.has_quiz else "",
        exercises_done=sum(exercise_state(e, done) == "done" for e in module.exercises),
        exercises=len(module.exercises),
        broken=len(module.broken),
        final=best(study, module.id, "final") if module.final is not None else "",
        passed=module.id in done.quizzes,
        share=minutes_done(module, done) / module.minutes if module.minutes else 0.0,
    )


def best(study: StudyContext, module: str, form: FormKind = "") -> str:
    """The best score of a quiz or final form as a percentage; "--" if none was finished."""
    quiz = study.progress.quiz(module, form)
    return quiz.percent if quiz else "--"


def next_step(study: StudyContext, done: CompletedWork | None = None, *, exact: bool = False) -> NextStep | None:
    """Where to continue: at the last location, or else with the next part; None if all is done.

    `done` is the completed work, if the caller has it already. With `exact`, for a line that was lost, a search is
    gone on with even while it finds nothing.
    """
    found = study.last_place()
    place, done = found[0] if found else None, done or study.progress.completed_work()
    if place is not None and place.extra.get("nothing") and not exact:
        place = place.under or place.since
    if place is not None and place.screen == "step":
        place = place.under or place
    return (location_left(study, done, place) if place is not None else None) or _what_comes(study, done, place)


def _what_comes(study: StudyContext, done: CompletedWork, place: Location | None) -> NextStep | None:
    following = choose_next(study.course, done, place.ids[0] if place and place.ids else "")
    if following is None:
        return None
    to = Location(following.part, (following.id,))
    reading = study.course.reading(following.id) if following.part == "reading" else None
    if reading is not None and reading_state(reading, done) == "begun":
        return _reading(study, done, to)
    return NextStep(to, f"{study.module(following.module).name} / {following.title}", f"{following.minutes} min")


def location_left(study: StudyContext, done: CompletedWork, place: Location) -> NextStep | None:
    """The location to return to; None if the learner finished there or it no longer exists."""
    back = BACK.get(place.screen)
    return back(study, done, place) if back is not None else None


def _review(study: StudyContext, done: CompletedWork, place: Location) -> NextStep | None:
    from dev2cto.study.state.remaining import remaining_at

    left = remaining_at(study, place)
    name = next((REVIEWS[id] for id in place.ids[:1] if id in REVIEWS), "")
    count = len(left.ids) if left is not None else 0
    if name:
        return NextStep(place, name, f"{count} left") if count or place.response is not None else None
    count = count or due_count(study)
    begun = count or place.response is not None
    return NextStep(place, str(REVIEWS[None]), f"{count} left for today") if begun else None


def _cues(study: StudyContext, done: CompletedWork, place: Location) -> NextStep | None:
    from dev2cto.study.state.remaining import remaining_at

    left = remaining_at(study, place)
    return NextStep(place, SCREENS["cues"].title, f"{len(left.ids)} left") if left is not None and left.ids else None


def _quiz(study: StudyContext, done: CompletedWork, place: Location) -> NextStep | None:
    doc = study.record.table("attempts").get(doc_id=place.ids[1]) if len(place.ids) > 1 else None
    module = study.course.module(place.ids[0]) if place.ids else None
    if doc is None or module is None:
        return None
    title = f"{module.name} / {SCREENS[place.screen].title}"
    if doc.get("state") == "open":
        return NextStep(place, title, "begun")
    if doc.get("state") == "done" and len(place.ids) > 2:
        return NextStep(place, title, "the last answer and the result")
    return None


def _reading(study: StudyContext, done: CompletedWork, place: Location) -> NextStep | None:
    reading = study.course.reading(place.ids[0]) if place.ids else None
    module = study.course.module_of(place.ids[0]) if place.ids else None
    answering = len(place.ids) > 1 and bool(place.response)
    if reading is None or module is None or (reading_state(reading, done) == "done" and not answering):
        return None
    read = sum(s in done.sections for s in reading.section_ids())
    left = minutes_left(reading.minutes, read, len(reading.sections))
    note = f"{left} min left" if left else "an unsubmitted answer"
    return NextStep(place, f"{module.name} / {reading.title}", note)


def _exercise(study: StudyContext, done: CompletedWork, place: Location) -> NextStep | None:
    exercise = study.course.exercise(place.ids[0]) if place.ids else None
    module = study.course.module_of(place.ids[0]) if place.ids else None
    if exercise is None or module is None:
        return None
    underway = place.extra.get("underway") or (place.extra.get("writing") and study.drafts(exercise.id))
    if exercise_state(exercise, done) == "done" and not underway:
        return None
    return NextStep(place, f"{module.name} / {exercise.title}", "begun")


def _written_over(study: StudyContext, done: CompletedWork, place: Location) -> NextStep | None:
    """A note or report with a draft; otherwise the location below it."""
    from dev2cto.study.state.notes import is_unsaved, notes, title_of

    anchor, *rest = place.ids or ("",)
    name = rest[0] if rest and rest[0] else anchor
    if is_unsaved(study, name) if place.screen == "note" else study.draft(f"report:{name}"):
        anchor = anchor or next((note.anchor for note in notes(study) if rest and note.id == rest[0]), "")
        word = "Note on" if place.screen == "note" else "Report of"
        return NextStep(place, f"{word} {title_of(study, anchor)}", "begun")
    below = place.under or place.since
    return location_left(study, done, below) if below is not None else None


def _promise(study: StudyContext, done: CompletedWork, place: Location) -> NextStep | None:
    """A promise, or what became of one, with a draft; otherwise the location below it."""
    from dev2cto.study.state.promises import draft_of

    drafted = draft_of(study, place.screen, place.ids[0]) if place.ids else None
    if drafted is not None:
        return NextStep(place, drafted.title[:1].upper() + drafted.title[1:], "begun")
    below = place.under or place.since
    return location_left(study, done, below) if below is not None else None


def _settings(study: StudyContext, done: CompletedWork, place: Location) -> NextStep | None:
    return NextStep(place, "Settings", "an unsaved value") if place.extra.get("editing") else None


def _search(study: StudyContext, done: CompletedWork, place: Location) -> NextStep | None:
    return NextStep(place, f"Search for {place.ids[0]}", "begun") if place.ids else None


BACK: dict[str, Callable[[StudyContext, CompletedWork, Location], NextStep | None]] = {
    "reading": _reading,
    "quiz": _quiz,
    "final": _quiz,
    "exercise": _exercise,
    "review": _review,
    "cues": _cues,
    "note": _written_over,
    "report": _written_over,
    "promise": _promise,
    "outcome": _promise,
    "settings": _settings,
    "search": _search,
}
"""The screens to return to, each with a function that gives None if nothing is left to do there."""


def relative_day(study: StudyContext, at: str) -> str:
    """The study day of a time (ISO 8601) relative to today: "today", "yesterday", "3 days ago", "5 weeks ago"."""
    days = (study.today() - study.today(datetime.fromisoformat(at))).days
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    return f"{days} days ago" if days < 21 else f"{days // 7} weeks ago"
