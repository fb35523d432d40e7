"""Two machines, crashes, failing disks, damage, merges and erasures, against a plain list of what was acknowledged."""

from __future__ import annotations

import errno
import os
import random
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from dev2cto.errors import NotSaved
from dev2cto.record.backup.backup import backup
from dev2cto.record.backup.restoring import plan_restore
from dev2cto.record.erase import erase
from dev2cto.record.merge import Consent, merge
from dev2cto.record.opening import open_directory
from dev2cto.record.record import Record
from dev2cto.record.schema import LIVE_TABLES
from tests.support.unchecked import anything

Doc = dict[str, Any]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=6) | st.floats(-1e9, 1e9),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
DOCS = st.dictionaries(st.sampled_from(["response", "score", "text"]), VALUES, max_size=3)
KEYS = st.sampled_from(["q1", "q2", "q3"])
WHO = st.sampled_from(["desk", "laptop"])
SHM = Path("/dev/shm")


class Time:
    """A clock that every step of the machine moves."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> datetime:
        return datetime(2026, 11, 23, tzinfo=UTC) + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return self.seconds


class Machine(RuleBasedStateMachine):
    """`happened` is everything acknowledged, in order; each device knows some of it, and the latest counts."""

    @initialize()
    def start(self) -> None:
        self.folder = Path(tempfile.mkdtemp(dir=SHM if SHM.is_dir() else None))
        self.time = Time()
        self.happened: list[tuple[str, str, Doc | None]] = []
        self.known: dict[str, set[int]] = {"desk": set(), "laptop": set()}
        self.unsaved: dict[str, dict[tuple[str, str], Doc | None]] = {"desk": {}, "laptop": {}}
        self.records = {who: self.open(who) for who in self.known}

    def teardown(self) -> None:
        for record in getattr(self, "records", {}).values():
            record.save_and_close()
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)

    def open(self, who: str, *, readonly: bool = False) -> Record:
        cache = None if readonly else self.folder / "cache"
        return open_directory(
            self.folder / who, clock=self.time, device=who, cache=cache, readonly=readonly, check=anything
        )

    def note(self, who: str, table: str, id: str, doc: Doc | None) -> None:
        self.happened.append((table, id, doc))
        self.known[who].add(len(self.happened) - 1)
        self.unsaved[who].pop((table, id), None)

    def saved(self, who: str) -> None:
        for (table, id), doc in list(self.unsaved[who].items()):
            self.note(who, table, id, doc)

    def state(self, who: str) -> dict[str, dict[str, Doc]]:
        tables: dict[str, dict[str, Doc]] = {}
        latest = [self.happened[number] for number in sorted(self.known[who])]
        latest += [(table, id, doc) for (table, id), doc in self.unsaved[who].items()]
        for table, id, doc in latest:
            tables.setdefault(table, {}).pop(id, None)
            if doc is not None:
                tables[table][id] = doc
        return {table: docs for table, docs in tables.items() if docs}

    @rule(who=WHO, key=KEYS, answer=DOCS, card=DOCS)
    def answer(self, who: str, key: str, answer: Doc, card: Doc) -> None:
        record = self.records[who]
        with record.batch():
            id = record.table("answers").insert(answer)
            record.table("cards").put(key, card)
        self.note(who, "answers", id, answer)
        self.note(who, "cards", key, card)

    @rule(who=WHO, key=KEYS, answer=DOCS)
    def submit(self, who: str, key: str, answer: Doc) -> None:
        """The text that was typed goes with the answer, in one line."""
        record = self.records[who]
        draft = f"{key}/{record.writer}"
        with record.batch():
            id = record.table("submissions").insert(answer)
            record.table("drafts").remove(doc_ids=[draft])
        self.note(who, "submissions", id, answer)
        if self.state(who).get("drafts", {}).get(draft) is not None:
            self.note(who, "drafts", draft, None)

    @rule(who=WHO, key=KEYS)
    def remove(self, who: str, key: str) -> None:
        there = key in self.state(who).get("cards", {})
        self.records[who].table("cards").remove(doc_ids=[key])
        if there:
            self.note(who, "cards", key, None)

    @rule(who=WHO, key=KEYS, text=st.text(max_size=20))
    def type(self, who: str, key: str, text: str) -> None:
        record, before = self.records[who], self.state(who).get("drafts", {})
        record.put_draft(key, text, len(text))
        for id, kept in record.table("drafts").stream():
            if id not in before and id != f"{key}/{record.writer}":
                assert kept == before[f"{key}/{record.writer}"]  # left in this slot by an earlier session
                self.unsaved[who]["drafts", id] = dict(kept)
        doc = {"text": text, "cursor": len(text), "at": self.time.now().isoformat()}
        self.unsaved[who]["drafts", f"{key}/{record.writer}"] = doc

    @rule(who=WHO, where=DOCS)
    def read(self, who: str, where: Doc) -> None:
        self.records[who].table("positions").put("reading", where)
        self.unsaved[who]["positions", "reading"] = where

    @rule(who=WHO)
    def save(self, who: str) -> None:
        self.records[who].save_live()
        self.saved(who)
        assert self.records[who].live_due() is None

    @rule(who=WHO, scope=KEYS)
    def reset(self, who: str, scope: str) -> None:
        id = self.records[who].table("resets").insert({"scope": scope})
        self.note(who, "resets", id, {"scope": scope})

    @rule(who=WHO)
    def undo_reset(self, who: str) -> None:
        for id in sorted(self.state(who).get("resets", {}))[-1:]:
            self.records[who].table("resets").remove(doc_ids=[id])
            self.note(who, "resets", id, None)

    @rule(
        who=WHO, doc=DOCS, number=st.sampled_from([errno.ENOSPC, errno.EIO]), call=st.sampled_from(["pwrite", "fsync"])
    )
    def refused(self, who: str, doc: Doc, number: int, call: str) -> None:
        with mock.patch.object(os, call, side_effect=OSError(number, "refused")), pytest.raises(NotSaved):
            self.records[who].table("cards").put("q1", doc)

    @rule(who=WHO, doc=DOCS)
    def broken_off(self, who: str, doc: Doc) -> None:
        with pytest.raises(KeyError):
            self.break_off(self.records[who], doc)

    def break_off(self, record: Record, doc: Doc) -> None:
        with record.batch():
            record.table("answers").insert(doc)
            record.table("cards").remove(doc_ids=["q1"])
            raise KeyError("on purpose")

    @rule(who=WHO, junk=st.binary(max_size=30))
    def crash(self, who: str, junk: bytes) -> None:
        """The program is killed while it writes; half a line may be left."""
        self.abandon(who)
        with open(self.folder / who / f"{who}.0.jsonl", "ab") as journal:
            journal.write(junk)
        self.records[who] = self.open(who)

    def abandon(self, who: str) -> None:
        record = self.records[who]
        self.unsaved[who].clear()
        record._live.close()
        record._writer.close()
        record._health.close()

    @rule(who=WHO)
    def reopen(self, who: str) -> None:
        self.records[who].close()
        self.saved(who)
        self.records[who] = self.open(who)

    @rule(who=WHO)
    def hang_up(self, who: str) -> None:
        assert self.records[who].save_and_close() == ""
        self.saved(who)
        self.records[who] = self.open(who)

    @rule(who=WHO, seed=st.integers(0, 2**32), how=st.sampled_from(["flip", "cut", "delete", "noise"]))
    def damage(self, who: str, seed: int, how: str) -> None:
        self.records[who].close()
        self.saved(who)
        chance, journal = random.Random(seed), self.folder / who / f"{who}.0.jsonl"
        data = bytearray(journal.read_bytes())
        at = chance.randrange(len(data))
        if how == "flip":
            data[at] ^= 1 << chance.randrange(8)
        elif how == "noise":
            data[at : at + 9] = chance.randbytes(9)
        journal.write_bytes(data[:at] if how == "cut" else data)
        if how == "delete":
            journal.unlink()
        self.records[who] = self.open(who)

    @rule(who=WHO, doc=DOCS, key=KEYS)
    def side_by_side(self, who: str, doc: Doc, key: str) -> None:
        record = self.records[who]
        with self.open(who) as other:
            assert [session.writer for session in other.others()] == [record.writer]
            id = other.table("answers").insert(doc)
            other.table("cards").put(key, doc)
        self.note(who, "answers", id, doc)
        self.note(who, "cards", key, doc)
        record.refresh()

    @rule(who=WHO, packed=st.booleans())
    def merge(self, who: str, packed: bool) -> None:
        other = "laptop" if who == "desk" else "desk"
        source = self.folder / other
        self.records[other].save_live()
        self.saved(other)
        self.time.seconds += 1
        if packed:
            source = backup(
                source, self.folder / f"{len(self.happened)}-{self.time.seconds}.tar.gz", clock=self.time
            ).path
        merge(self.records[who], [source], consent=Consent(lambda _: True, lambda: source))
        self.saved(who)
        self.known[who] |= self.known[other]

    @rule(who=WHO)
    def next_day(self, who: str) -> None:
        self.records[who].close()
        self.saved(who)
        self.time.seconds += 86_400
        self.records[who] = self.open(who)
        self.records[who].wait_for_backup(5)

    @rule(who=WHO)
    def back_up_and_restore(self, who: str) -> None:
        """What was backed up just now changes nothing when it is put back."""
        record = self.records[who]
        record.save_live()
        self.saved(who)
        made = backup(record.directory, self.folder / f"{who}-{self.time.seconds}.tar.gz", clock=self.time).path
        assert plan_restore(record, made).documents == 0

    @precondition(lambda self: any("answers" in self.state(who) for who in self.known))
    @rule(who=WHO)
    def erase(self, who: str) -> None:
        record = self.records[who]
        for id in sorted(self.state(who).get("answers", {}))[:1]:
            erase(record, {"answers": [id]})
            self.saved(who)
            self.note(who, "answers", id, None)
            for journal in record.directory.glob("*.jsonl"):
                assert f'"{id}":'.encode() not in journal.read_bytes()

    @invariant()
    def the_same(self) -> None:
        if not hasattr(self, "records"):
            return
        self.time.seconds += 1
        for who, record in self.records.items():
            wanted = self.state(who)
            assert (record.storage.read() or {}) == wanted
            for table, docs in wanted.items():
                for id, doc in docs.items():
                    assert record.table(table).get(doc_id=id) == doc
            assert not record.lost
            assert record.readonly_reason == ""
            assert (record.live_due() is None) == (not self.unsaved[who])

    @rule(who=WHO)
    def disk_agrees(self, who: str) -> None:
        """A program that reads everything again finds the same, but for what is not saved yet."""
        found = self.open(who, readonly=True)
        wanted = self.state(who)
        for table in LIVE_TABLES:
            wanted.pop(table, None)
        assert {name: dict(found.table(name).stream()) for name in found.tables() if name not in LIVE_TABLES} == wanted


Machine.TestCase.settings = settings(
    max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
TestRecord = Machine.TestCase
