"""Sums and cards made anew from the events: after a reset, a merge, or another session's answers."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from dev2cto.learning.completion import reading_state
from dev2cto.learning.review import rebuild as rebuild_card
from dev2cto.study.context import StudyContext
from dev2cto.study.history import answers, reviews, submissions
from dev2cto.study.names import current
from dev2cto.study.resets import Resets

NOT_FROM_EVENTS = ("check:", "seen:", "reading:", "module:")
"""Sums that are facts of their own: what stands on a page, what was read or finished once."""


def rebuild(study: StudyContext) -> None:
    """Bring `sums` and `cards` into agreement with the events; writes only what differs, in one batch."""
    record = study.record
    with record.batch():
        for table, wanted in (("sums", sums(study)), ("cards", cards(study))):
            there = record.all(table)
            for id in there:
                if id not in wanted and not id.startswith(NOT_FROM_EVENTS):
                    record.remove(table, id)
            for id, doc in wanted.items():
                if there.get(id) != doc:
                    record.put(table, id, doc)
        _readings(study)
        for module in study.course.modules:
            study.known.keep_done(module.id, study.now())


def sums(study: StudyContext) -> dict[str, dict[str, Any]]:
    """What the sums must be, from answers, attempts and submissions."""
    wanted: dict[str, dict[str, Any]] = {}
    _objectives(study, wanted)
    _quizzes(study, wanted)
    _exercises(study, wanted)
    return wanted


def _objectives(study: StudyContext, wanted: dict[str, dict[str, Any]]) -> None:
    objective = {item.id: item.objective for module in study.course.modules for item in module.items}
    attempts = study.known.attempts()
    over = {id for id, doc in attempts.items() if doc.get("form") == "final" and doc.get("state") == "done"}
    for doc in answers(study):
        pending = doc.get("context") == "final" and doc.get("attempt") not in over
        if doc["item"] in objective and doc.get("scored", True) and not pending:
            sum_ = wanted.setdefault(f"objective:{objective[doc['item']]}", {"scores": {}})
            sum_["scores"][doc["item"]] = [doc["score"], doc["at"]]


def _quizzes(study: StudyContext, wanted: dict[str, dict[str, Any]]) -> None:
    """The results of quizzes and final forms, and which attempts are open."""
    resets = Resets(study.course, study.record)
    attempts = sorted(study.known.attempts().items(), key=lambda entry: (str(entry[1].get("finished", "")), entry[0]))
    for attempt, doc in attempts:
        if "quiz" not in doc:
            continue
        form = {"form": doc["form"]} if doc.get("form") else {}
        context = doc.get("form") or "attempt"
        if doc.get("state") == "open" and not resets.covers(doc["quiz"], str(doc["started"]), context):
            wanted[f"open:{attempt}"] = {"quiz": doc["quiz"], **form}
        if doc.get("state") != "done" or doc.get("retry_of"):
            continue
        if resets.covers(doc["quiz"], str(doc["finished"]), context):
            continue
        id = f"{doc.get('form') or 'quiz'}:{doc['quiz']}"
        before = wanted.get(id, {})
        asked = {**before.get("asked", {}), **dict.fromkeys(doc["items"], doc["finished"])} if form else {}
        wanted[id] = {
            "best": max(float(doc["score"]), before.get("best", 0.0)),
            "last": float(doc["score"]),
            "passed": bool(doc.get("passed")) or before.get("passed", False),
            "attempts": before.get("attempts", 0) + 1,
            "at": doc["finished"],
            **({"asked": asked} if form else {}),
        }


def _readings(study: StudyContext) -> None:
    """Readings whose sections were read here and elsewhere are done."""
    done = study.known.done()
    read_at = {current(id, study.course.renamed): doc for id, doc in study.record.all("sections").items()}
    for module in study.course.modules:
        for reading in module.readings:
            if reading.id not in done.readings and reading_state(reading, done) == "done":
                at = max(str(read_at[section]["read_at"]) for section in reading.section_ids())
                study.record.put("sums", f"reading:{reading.id}", {"state": "done", "at": at})


def _exercises(study: StudyContext, wanted: dict[str, dict[str, Any]]) -> None:
    resets = Resets(study.course, study.record)
    for _, doc in sorted(study.known.attempts().items()):
        if "exercise" in doc and not resets.covers(doc["exercise"], str(doc.get("started", ""))):
            wanted.setdefault(f"exercise:{doc['exercise']}", {"state": "begun", "at": doc.get("started", "")})
    passed: dict[str, dict[str, Any]] = {}
    for submission in submissions(study):
        id, at = f"exercise:{submission['exercise']}", str(submission["at"])
        wanted.setdefault(id, {"state": "begun", "at": at})
        at = str(submission.get("passed_at", at))
        if submission.get("passed") and (id not in passed or at < passed[id]["at"]):
            passed[id] = {"state": "done", "helped": bool(submission.get("helped")), "at": at}
    wanted |= passed


def cards(study: StudyContext) -> dict[str, dict[str, Any]]:
    """What the cards must be, from the reviews."""
    logged: dict[str, list[tuple[datetime, int]]] = defaultdict(list)
    for doc in reviews(study):
        logged[doc["card"]].append((datetime.fromisoformat(str(doc["at"])), int(doc["rating"])))
    return {
        item: state.document()
        for item, events in logged.items()
        if (state := rebuild_card(item, _first_of_days(study, events))) is not None
    }


def _first_of_days(study: StudyContext, events: list[tuple[datetime, int]]) -> list[tuple[date, int]]:
    firsts: dict[date, int] = {}
    for at, rated in sorted(events):
        firsts.setdefault(study.today(at), rated)
    return list(firsts.items())
