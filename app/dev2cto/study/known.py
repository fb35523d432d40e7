"""What the record knows of the learner's way through the course, read from the small tables only, under present ids."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dev2cto.curriculum.outline import CourseOutline
from dev2cto.learning.completion import Done, module_state
from dev2cto.record.record import Record
from dev2cto.study.names import current, names
from dev2cto.study.resets import Resets


class Known:
    """A reading of sums, sections, attempts and cards under the course's present ids."""

    def __init__(self, course: CourseOutline, record: Record) -> None:
        self._course = course
        self._renamed = course.renamed
        self._record = record
        self._final: frozenset[str] | None = None
        """The items of the final form, once they were asked for."""

    def find(self, table: str, id: str) -> dict[str, Any] | None:
        """A copy of the document with that id, or else of the one that was kept under an older name of it."""
        for name in names(id, self._renamed):
            found = self._record.get(table, name)
            if found is not None:
                return found
        return None

    def sums(self) -> dict[str, Mapping[str, Any]]:
        """All sums by id: "quiz:m01", and so for final, exercise, reading, module, objective, open."""
        return self._newest("sums")

    def cards(self) -> dict[str, Mapping[str, Any]]:
        """All cards by item, but those of items that are hidden."""
        cards, hidden = self._newest("cards"), self.hidden()
        return {id: doc for id, doc in cards.items() if id not in hidden} if hidden & cards.keys() else cards

    def hidden(self) -> frozenset[str]:
        """The items that only the final form may ask and that it has not asked: nothing shows or counts them."""
        if self._final is None:
            items = (item for module in self._course.modules for item in module.items)
            self._final = frozenset(item.id for item in items if item.final_form)
        return self._final.difference(self.asked_in_finals()) if self._final else self._final

    def asked_in_finals(self) -> dict[str, str]:
        """The items that finished final forms asked, and when the last of them did."""
        found: dict[str, str] = {}
        for module in self._course.modules:
            doc = (self.find("sums", f"final:{module.id}") if module.final is not None else None) or {}
            for item, at in doc.get("asked", {}).items():
                item = current(item, self._renamed)
                found[item] = max(found.get(item, ""), str(at))
        return found

    def _newest(self, table: str) -> dict[str, Mapping[str, Any]]:
        docs = self._record.all(table)
        if not self._renamed:
            return dict(docs)
        old_first = sorted(docs, key=lambda id: current(id, self._renamed) == id)
        return {current(id, self._renamed): docs[id] for id in old_first}

    def attempts(self) -> dict[str, Mapping[str, Any]]:
        """All attempts by id, naming quizzes, exercises and items as the course does now."""
        docs = self._record.all("attempts")
        return {id: self._present(doc) for id, doc in docs.items()} if self._renamed else dict(docs)

    def attempt(self, id: str) -> dict[str, Any] | None:
        """An attempt by its id, as `attempts` has it."""
        doc = self._record.get("attempts", id)
        return None if doc is None else dict(self._present(doc))

    def open_attempts(self, form: str = "") -> dict[str, str]:
        """The quizzes (or with `form` final, the final forms) of attempts that are not over, the newest first."""
        sums = ((id[5:], doc) for id, doc in self._record.all("sums").items() if id.startswith("open:"))
        found = ((id, str(doc["quiz"])) for id, doc in sums if doc.get("form", "") == form)
        return {id: current(quiz, self._renamed) for id, quiz in sorted(found, reverse=True)}

    def keep_open(self, attempt: str, doc: Mapping[str, Any]) -> None:
        """Note that an attempt at a quiz is open, or no longer; part of the caller's batch."""
        if doc["state"] == "open":
            form = {"form": doc["form"]} if doc.get("form") else {}
            self._record.put("sums", f"open:{attempt}", {"quiz": doc["quiz"], **form})
        else:
            self._record.remove("sums", f"open:{attempt}")

    def _present(self, doc: Mapping[str, Any]) -> Mapping[str, Any]:
        if not self._renamed:
            return doc
        new = dict(doc)
        for field in ("quiz", "module", "exercise"):
            if field in new:
                new[field] = current(str(new[field]), self._renamed)
        if "items" in new:
            new["items"] = [current(str(item), self._renamed) for item in new["items"]]
        if "draws" in new:
            new["draws"] = {current(item, self._renamed): draw for item, draw in new["draws"].items()}
        return new

    def done(self) -> Done:
        """What is done and begun, as completion wants it; what a reset covers is neither."""
        sums, resets = self.sums(), Resets(self._course, self._record)
        begun = {id for id in sums if id.startswith(("quiz:", "final:"))}
        begun |= {id[9:] for id, doc in sums.items() if id.startswith("exercise:") and doc.get("state") == "begun"}
        begun |= {f"quiz:{quiz}" for quiz in self.open_attempts().values()}
        begun |= {f"final:{module}" for module in self.open_attempts("final").values()}
        for id, doc in self._record.all("positions").items():
            id = current(id, self._renamed)
            if not resets.covers(id, str(doc.get("at", ""))):
                begun.add(id)
        read = {current(id, self._renamed): doc for id, doc in self._record.all("sections").items()}
        return Done(
            sections={id for id, doc in read.items() if not resets.covers(id, str(doc.get("read_at", "")))},
            readings={
                id[8:]
                for id, doc in sums.items()
                if id.startswith("reading:") and not resets.covers(id[8:], str(doc.get("at", "")))
            },
            modules={
                id[7:]
                for id, doc in sums.items()
                if id.startswith("module:") and not resets.reopens(id[7:], str(doc.get("at", "")))
            },
            quizzes={id[5:] for id, doc in sums.items() if id.startswith("quiz:") and doc.get("passed")},
            exercises={id[9:] for id, doc in sums.items() if id.startswith("exercise:") and doc.get("state") == "done"},
            begun=begun,
            finals={id[6:] for id, doc in sums.items() if id.startswith("final:") and doc.get("passed")},
        )

    def keep_done(self, module: str, at: str) -> None:
        """Note that a module is done, if it is, so that it stays done; part of the caller's batch."""
        outline, done = self._course.module(module), self.done()
        if outline is not None and outline.id not in done.modules and module_state(outline, done) == "done":
            self._record.put("sums", f"module:{outline.id}", {"state": "done", "at": at})

    def latest(self, objective: str) -> dict[str, tuple[float, str]]:
        """For each answered item of an objective: its latest score and when that was."""
        found: dict[str, tuple[float, str]] = {}
        hidden = self.hidden()
        for name in names(f"objective:{objective}", self._renamed):
            doc = self._record.get("sums", name) or {}
            for item, (score, at) in doc.get("scores", {}).items():
                item = current(item, self._renamed)
                if item not in hidden and (item not in found or found[item][1] < at):
                    found[item] = (float(score), str(at))
        return found
