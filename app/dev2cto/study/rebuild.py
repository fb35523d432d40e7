"""Sums and cards made anew from the events: after a reset, a merge, or another session's answers."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from dev2cto.learning.completion import reading_state
from dev2cto.learning.review import rebuild as rebuild_card

if TYPE_CHECKING:
    from dev2cto.study.core import Study


def rebuild(study: Study) -> None:
    """Bring `sums` and `cards` into agreement with the events; writes only what differs, in one batch."""
    record = study.record
    with record.batch():
        for table, wanted in (("sums", sums(study)), ("cards", cards(study))):
            there = record.all(table)
            for id in there:
                if id not in wanted and not id.startswith(("check:", "seen:")):
                    record.remove(table, id)
            for id, doc in wanted.items():
                if there.get(id) != doc:
                    record.put(table, id, doc)


def sums(study: Study) -> dict[str, dict[str, Any]]:
    """What the sums must be, from answers, attempts, sections and submissions."""
    wanted: dict[str, dict[str, Any]] = {}
    _objectives(study, wanted)
    _quizzes(study, wanted)
    _readings(study, wanted)
    _exercises(study, wanted)
    return wanted


def _objectives(study: Study, wanted: dict[str, dict[str, Any]]) -> None:
    from dev2cto.study.history import answers

    objective = {item.id: item.objective for module in study.course.modules for item in module.items}
    for doc in answers(study):
        if doc["item"] in objective and doc.get("scored", True):
            sum_ = wanted.setdefault(f"objective:{objective[doc['item']]}", {"scores": {}})
            sum_["scores"][doc["item"]] = [doc["score"], doc["at"]]


def _quizzes(study: Study, wanted: dict[str, dict[str, Any]]) -> None:
    from dev2cto.study.resets import Resets

    resets = Resets(study.course, study.record)
    attempts = sorted(study.record.all("attempts").values(), key=lambda doc: str(doc.get("finished", "")))
    for doc in attempts:
        if "quiz" not in doc or doc.get("state") != "done" or doc.get("retry_of"):
            continue
        module = study.course.module(str(doc["quiz"]))
        if module is None or resets.covers(module.id, str(doc["finished"]), "attempt"):
            continue
        before = wanted.get(f"quiz:{module.id}", {})
        wanted[f"quiz:{module.id}"] = {
            "best": max(float(doc["score"]), before.get("best", 0.0)),
            "last": float(doc["score"]),
            "passed": bool(doc.get("passed")) or before.get("passed", False),
            "attempts": before.get("attempts", 0) + 1,
            "at": doc["finished"],
        }


def _readings(study: Study, wanted: dict[str, dict[str, Any]]) -> None:
    done = study.known.done()
    read_at = {id: str(doc.get("read_at", "")) for id, doc in study.record.all("sections").items()}
    from dev2cto.study.resets import Resets

    resets = Resets(study.course, study.record)
    kept = {
        id: doc
        for id, doc in study.record.all("sums").items()
        if id.startswith("reading:") and not resets.covers(id[8:], str(doc.get("at", "")))
    }
    for module in study.course.modules:
        for reading in module.readings:
            id = f"reading:{reading.id}"
            if id in kept:
                wanted[id] = dict(kept[id])
            elif all(s in done.sections for s in reading.section_ids()) and reading_state(reading, done) == "done":
                at = max(read_at.get(s, "") for s in reading.section_ids())
                wanted[id] = {"state": "done", "at": at}


def _exercises(study: Study, wanted: dict[str, dict[str, Any]]) -> None:
    from dev2cto.study.history import submissions
    from dev2cto.study.resets import Resets

    resets = Resets(study.course, study.record)
    for doc in study.record.all("attempts").values():
        if "exercise" in doc and not resets.covers(str(doc["exercise"]), str(doc.get("started", ""))):
            wanted[f"exercise:{doc['exercise']}"] = {"state": "begun", "at": doc.get("started", "")}
    for submission in submissions(study):
        id = f"exercise:{submission['exercise']}"
        before = wanted.get(id, {})
        if submission.get("passed") and before.get("state") != "done":
            wanted[id] = {"state": "done", "helped": bool(submission.get("helped")), "at": submission["at"]}
        elif not before:
            wanted[id] = {"state": "begun", "at": submission["at"]}


def cards(study: Study) -> dict[str, dict[str, Any]]:
    """What the cards must be, from the reviews."""
    from dev2cto.study.history import reviews

    logged: dict[str, list[tuple[datetime, int]]] = defaultdict(list)
    for doc in reviews(study):
        logged[doc["card"]].append((datetime.fromisoformat(str(doc["at"])), int(doc["rating"])))
    return {
        item: state.document()
        for item, events in logged.items()
        if (state := rebuild_card(item, _first_of_days(study, events))) is not None
    }


def _first_of_days(study: Study, events: list[tuple[datetime, int]]) -> list[tuple[datetime, int]]:
    firsts: dict[object, tuple[datetime, int]] = {}
    for at, rated in sorted(events):
        firsts.setdefault(study.today(at), (at, rated))
    return list(firsts.values())
