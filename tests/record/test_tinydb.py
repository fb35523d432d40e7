"""What people expect of TinyDB holds for the record's tables; ids are strings, and every change is on the disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tinydb import Query, TinyDB, where
from tinydb.operations import add, decrement, delete, increment, set
from tinydb.table import Document

from dev2cto.record import tables
from dev2cto.record.record import Record
from dev2cto.record.schema import TABLES
from dev2cto.record.tinydb_storage import OwnDocument, RecordStorage, RecordTable

if TYPE_CHECKING:
    from tests.record.conftest import Opener


@pytest.fixture
def record(opened: Opener) -> Record:
    return opened()


@pytest.fixture
def table(record: Record) -> RecordTable:
    """Three documents that differ in `char` and agree in `int`."""
    table = record.table("things")
    table.insert_multiple({"int": 1, "char": char} for char in "abc")
    return table


@pytest.fixture(autouse=True)
def reopened_record_is_the_same(record: Record, opened: Opener) -> Iterator[None]:
    yield
    there = opened(readonly=True)
    assert (there.storage.read() or {}) == (record.storage.read() or {})


def chars(documents: list[Any]) -> list[str]:
    return sorted(document["char"] for document in documents)


def test_inserting_gives_ids_in_order_of_time(record: Record) -> None:
    table = record.table("things")
    ids = [table.insert({"i": i}) for i in range(20)]
    assert ids == sorted(ids)
    assert len({*ids}) == 20
    assert all(isinstance(id, str) and len(id) == 21 for id in ids)
    assert table.get(doc_id=ids[3]) == {"i": 3}


def test_inserting_several_is_one_commit(record: Record) -> None:
    table = record.table("things")
    before = record.reader.seen[record.writer].next
    assert len(table.insert_multiple({"i": i} for i in range(5))) == 5
    assert record.reader.seen[record.writer].next == before + 1
    assert len(table) == 5
    assert table.insert_multiple([]) == []


def test_inserting_with_an_id_of_ones_own(record: Record) -> None:
    table = record.table("things")
    assert str(table.insert(OwnDocument({"i": 1}, "mine"))) == "mine"
    with pytest.raises(ValueError, match="already exists"):
        table.insert(OwnDocument({"i": 2}, "mine"))
    with pytest.raises(ValueError, match="already exists"):
        table.insert_multiple([OwnDocument({"i": 2}, "other"), OwnDocument({"i": 2}, "mine")])
    assert table.all() == [{"i": 1}]


@pytest.mark.parametrize("wrong", [[1, 2], "text", 5])
def test_only_mappings_can_be_inserted(record: Record, wrong: Any) -> None:
    with pytest.raises(ValueError, match="not a Mapping"):
        record.table("things").insert(wrong)
    with pytest.raises(ValueError, match="not a Mapping"):
        record.table("things").insert_multiple([{"i": 1}, wrong])
    assert record.tables() == set_of()


def set_of(*names: str) -> Any:
    return {*names}


def test_any_mapping_can_be_inserted(record: Record) -> None:
    class Own(Mapping[str, Any]):
        def __getitem__(self, key: str) -> Any:
            return {"i": 1}[key]

        def __iter__(self) -> Iterator[str]:
            return iter(["i"])

        def __len__(self) -> int:
            return 1

    id = record.table("things").insert(Own())
    assert record.table("things").get(doc_id=str(id)) == {"i": 1}


def test_searching(table: RecordTable) -> None:
    assert chars(table.search(where("int") == 1)) == ["a", "b", "c"]
    assert chars(table.search((where("char") == "a") | (where("char") == "c"))) == ["a", "c"]
    assert chars(table.search(~(where("char") == "a"))) == ["b", "c"]
    assert chars(table.search(Query().char.one_of(["b"]))) == ["b"]
    assert chars(table.search(Query().char.matches("[ab]"))) == ["a", "b"]
    assert chars(table.search(Query().fragment({"int": 1, "char": "b"}))) == ["b"]
    assert table.search(where("int") == 2) == []
    assert table.search(where("missing").exists()) == []
    assert table.count(where("char") > "a") == 2


def test_searching_after_a_change_finds_what_is_there_now(table: RecordTable) -> None:
    query = where("int") == 1
    assert len(table.search(query)) == 3
    table.insert({"int": 1, "char": "d"})
    assert len(table.search(query)) == 4
    table.remove(where("char") == "a")
    assert chars(table.search(query)) == ["b", "c", "d"]


def test_searching_sees_what_another_session_wrote(table: RecordTable, record: Record, opened: Opener) -> None:
    query = where("int") == 1
    assert len(table.search(query)) == 3
    other = opened()
    other.table("things").insert({"int": 1, "char": "d"})
    record.refresh()
    assert chars(table.search(query)) == ["a", "b", "c", "d"]


def test_getting(table: RecordTable) -> None:
    found = table.get(where("char") == "b")
    assert isinstance(found, Document)
    assert found["char"] == "b"
    assert table.get(doc_id=found.doc_id) == found
    assert table.get(doc_id="nothing") is None
    assert table.get(where("char") == "z") is None
    ids = [document.doc_id for document in table]
    assert chars(table.get(doc_ids=[ids[0], ids[2], "nothing"])) == ["a", "c"]
    assert table.contains(where("char") == "a")
    assert not table.contains(where("char") == "z")
    assert table.contains(doc_id=ids[0])
    with pytest.raises(RuntimeError):
        table.get()
    with pytest.raises(RuntimeError):
        table.contains()


def test_results_are_ones_own_however_deep(record: Record) -> None:
    table = record.table("things")
    id = table.insert({"list": [1], "map": {"a": {"b": 1}}})
    for found in (table.all()[0], table.get(doc_id=id), table.search(lambda _: True)[0]):
        assert found is not None
        found["list"].append(2)
        found["map"]["a"]["b"] = 2
        found["new"] = 1
    assert table.all() == [{"list": [1], "map": {"a": {"b": 1}}}]


def test_what_was_given_is_ones_own_too(record: Record) -> None:
    given: dict[str, Any] = {"list": [1]}
    table = record.table("things")
    table.insert(given)
    given["list"].append(2)
    assert table.all() == [{"list": [1]}]


def test_updating(table: RecordTable) -> None:
    ids = [document.doc_id for document in table]
    assert table.update({"int": 2}, where("char") == "a") == [ids[0]]
    assert table.count(where("int") == 2) == 1
    assert table.update({"int": 3}) == ids
    assert table.count(where("int") == 3) == 3
    assert table.update({"int": 4}, doc_ids=[ids[1], "nothing"]) == [ids[1]]
    assert table.count(where("int") == 4) == 1
    assert table.update({"int": 9}, where("char") == "z") == []


def test_updating_in_place(table: RecordTable) -> None:
    table.update(increment("int"), where("char") == "a")
    table.update(decrement("int"), where("char") == "b")
    table.update(delete("int"), where("char") == "c")
    assert [document.get("int") for document in table] == [2, 0, None]
    table.update(set("deep", {"a": [1]}))
    table.update(lambda document: document["deep"]["a"].append(2), where("char") == "a")
    assert [document["deep"]["a"] for document in table] == [[1, 2], [1], [1]]
    table.update(add("int", 5), where("char") == "a")
    assert [document.get("int") for document in table] == [7, 0, None]


def test_updating_several_ways_at_once(table: RecordTable) -> None:
    ids = [document.doc_id for document in table]
    changed = table.update_multiple([({"int": 2}, where("char") == "a"), ({"int": 4}, where("char") == "b")])
    assert changed == ids[:2]
    assert [document["int"] for document in table] == [2, 4, 1]


def test_an_update_that_fails_changes_nothing(table: RecordTable, record: Record) -> None:
    before, lines = table.all(), record.reader.seen[record.writer].next

    def fail(document: Any) -> None:
        document["int"] = 7
        if document["char"] == "b":
            raise KeyError("on purpose")

    with pytest.raises(KeyError):
        table.update(fail)
    assert table.all() == before
    assert record.reader.seen[record.writer].next == lines


def test_an_update_writes_only_what_it_changes(table: RecordTable, record: Record) -> None:
    journal = record.directory / f"{record.writer}.jsonl"
    before = journal.read_bytes()
    table.update({"int": 1})
    table.remove(where("char") == "z")
    table.update({"int": 2}, where("char") == "z")
    assert journal.read_bytes() == before
    table.update({"int": 2}, where("char") == "b")
    assert b'"char":"a"' not in journal.read_bytes()[len(before) :]


def test_upserting(table: RecordTable) -> None:
    assert len(table.upsert({"int": 5}, where("char") == "a")) == 1
    assert len(table) == 3
    (id,) = table.upsert({"int": 9, "char": "x"}, where("char") == "x")
    assert table.get(doc_id=id) == {"int": 9, "char": "x"}
    assert table.upsert(OwnDocument({"int": 10}, id)) == [id]
    assert table.get(doc_id=id) == {"int": 10, "char": "x"}
    assert [str(id) for id in table.upsert(OwnDocument({"int": 11}, "fresh"))] == ["fresh"]
    with pytest.raises(ValueError, match="doc_id"):
        table.upsert({"int": 1})


def test_removing(table: RecordTable) -> None:
    ids = [document.doc_id for document in table]
    assert table.remove(where("char") == "b") == [ids[1]]
    assert table.remove(where("char") == "b") == []
    assert table.remove(doc_ids=[ids[0], "nothing"]) == [ids[0]]
    assert chars(table.all()) == ["c"]
    with pytest.raises(RuntimeError):
        table.remove()


def test_truncating_and_filling_again(table: RecordTable) -> None:
    table.truncate()
    assert len(table) == 0
    assert table.all() == []
    table.insert({"int": 1, "char": "z"})
    assert chars(table.all()) == ["z"]


def test_the_storage_lists_and_replaces_whole_databases(table: RecordTable, record: Record) -> None:
    """Only TinyDB's own drop_table and drop_tables use this."""
    record.table("others").insert({"i": 1})
    storage = RecordStorage(record)
    data = storage.read()
    assert data is not None
    assert {*data} == {"things", "others"}
    data["things"].clear()
    assert len(table) == 3
    del data["others"]
    data["new"] = {"x": {"i": 2}}
    storage.write(data)
    assert record.tables() == {"new"}
    assert dict(record.table("new").stream()) == {"x": {"i": 2}}
    storage.write({})
    assert storage.read() is None


def test_tables_of_one_name_are_one_table(record: Record) -> None:
    assert record.table("things") is record.table("things")
    record.table("things").insert({"i": 1})
    assert len(record.table("others")) == 0
    assert record.table("things").name == "things"
    assert "things" in repr(record.table("things"))


def test_a_batch_takes_in_what_tables_change(record: Record) -> None:
    table = record.table("things")
    before = record.reader.seen[record.writer].next
    with record.batch():
        id = table.insert({"i": 1})
        table.update({"i": 2}, doc_ids=[id])
        assert table.get(doc_id=id) == {"i": 2}
        record.table("others").put("x", {"i": 3})
        table.insert({"i": 4})
        assert len(table) == 2
        table.remove(where("i") == 4)
    assert record.reader.seen[record.writer].next == before + 1
    assert table.all() == [{"i": 2}]


def test_the_record_is_a_tinydb(record: Record) -> None:
    assert isinstance(record, TinyDB)
    assert record.tables() == set_of()
    record.table("things").insert({"i": 1})
    record.table("others").insert({"i": 2})
    assert record.tables() == {"things", "others"}
    record.drop_table("others")
    assert record.tables() == {"things"}
    assert not hasattr(record, "insert")
    with record:
        assert record.table("things").all() == [{"i": 1}]
    assert record.readonly_reason == "it is closed"


def test_a_document_put_takes_the_place_of_the_one_before(record: Record) -> None:
    table = record.table("things")
    table.put("mine", {"i": 1, "j": 2})
    table.put("mine", {"i": 3})
    assert table.get(doc_id="mine") == {"i": 3}


def of(answers: list[Any]) -> list[int]:
    return sorted(doc["ms"] for doc in answers)


@pytest.fixture
def answers(record: Record) -> RecordTable:
    """Six answers to three items, in two attempts."""
    table = record.table("answers")
    table.insert_multiple({"item": "abc"[n % 3], "attempt": "xy"[n % 2], "ms": n} for n in range(6))
    return table


def test_an_index_finds_what_looking_at_everything_finds(answers: RecordTable, monkeypatch: pytest.MonkeyPatch) -> None:
    queries: list[Any] = [
        where("item") == "b",
        where("item") == "z",
        where("item").one_of(["a", "c"]),
        (where("item") == "a") & (where("attempt") == "y"),
        (where("item") == "a") & (where("ms") > 2),
        (where("item") == "a") | (where("ms") == 2),
        ~(where("item") == "a"),
    ]
    by_index = [answers.search(query) for query in queries]
    assert [of(found) for found in by_index] == [[1, 4], [], [0, 2, 3, 5], [3], [3], [0, 2, 3], [1, 2, 4, 5]]
    monkeypatch.setattr(RecordTable, "_found_by_index", lambda *_: None)
    assert [answers.search(query) for query in queries] == by_index


def test_an_indexed_query_looks_at_no_other_document(answers: RecordTable) -> None:
    looked: list[int] = []

    def slow(ms: Any) -> bool:
        looked.append(ms)
        return True

    assert of(answers.search((where("item") == "b") & where("ms").test(slow))) == [1, 4]
    assert looked == [1, 4]


def test_an_index_follows_every_change(answers: RecordTable, record: Record, opened: Opener) -> None:
    query = where("item") == "b"
    assert of(answers.search(query)) == [1, 4]
    answers.insert({"item": "b", "ms": 6})
    answers.update({"item": "a"}, where("ms") == 1)
    answers.remove(where("ms") == 4)
    assert of(answers.search(query)) == [6]
    opened().table("answers").insert({"item": "b", "ms": 7})
    record.refresh()
    assert of(answers.search(query)) == [6, 7]
    with record.batch():
        answers.insert({"item": "b", "ms": 8})
        answers.remove(where("ms") == 6)
        assert of(answers.search(query)) == [7, 8]
    assert of(answers.search(query)) == [7, 8]
    with pytest.raises(KeyError), record.batch():
        undone(answers)
    assert of(answers.search(query)) == [7, 8]


def undone(answers: RecordTable) -> None:
    answers.insert({"item": "b", "ms": 9})
    assert of(answers.search(where("item") == "b")) == [7, 8, 9]
    raise KeyError


def test_an_index_of_a_live_table_has_what_is_not_saved_yet(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "TABLES", {"drafts": TABLES["drafts"]._replace(indexed=("text",))})
    table = record.table("drafts")
    table.put("note/desk.0", {"text": "one"})
    assert table.count(where("text") == "one") == 1
    table.put("note/desk.0", {"text": "two"})
    assert table.count(where("text") == "one") == 0
    assert table.count(where("text") == "two") == 1
    record.save_live()


def test_by_id_no_other_document_is_loaded(opened: Opener, tmp_path: Path) -> None:
    cache, large = tmp_path / "cache", tmp_path / "large"
    with opened(large, cache=cache) as first:
        ids = first.table("answers").insert_multiple({"item": "abc"[n % 3], "ms": n} for n in range(3000))
    with opened(large, cache=cache) as record:
        shelf = record.reader.store.table("answers")
        table = record.table("answers")
        assert not shelf.loaded
        assert table.get(doc_id=ids[7]) == {"item": "b", "ms": 7}
        assert len(table.get(doc_ids=[ids[2], "nothing", ids[4]])) == 2
        assert table.contains(doc_id=ids[9])
        new = table.insert({"item": "a", "ms": 3000})
        table.update({"ms": 77}, doc_ids=[ids[7]])
        table.remove(doc_ids=[ids[8]])
        table.put("mine", {"item": "a", "ms": 3001})
        assert not shelf.loaded
        assert of(table.search((where("item") == "b") & (where("ms") < 12))) == [1, 4, 10]
        assert shelf.loaded
        assert of(table.search(where("ms") > 2997)) == [2998, 2999, 3000, 3001]
        assert table.get(doc_id=new) == {"item": "a", "ms": 3000}


def test_large_texts_are_searched_and_found_whole(record: Record) -> None:
    large = "word " * 20_000
    table = record.table("submissions")
    id = table.insert({"exercise": "note", "text": large})
    (kept,) = record.docs("submissions").values()
    assert kept["text"]["size"] == len(large) + 2
    for found in (*table.all(), *table.search(where("text").search("word")), table.get(doc_id=id)):
        assert found == {"exercise": "note", "text": large}
    table.update({"passed": True}, where("exercise") == "note")
    (kept,) = record.docs("submissions").values()
    assert kept["text"]["size"] == len(large) + 2
    assert table.get(doc_id=id) == {"exercise": "note", "text": large, "passed": True}


def test_a_table_may_be_changed_while_it_is_gone_through(table: RecordTable) -> None:
    for id, doc in table.stream():
        table.insert({**doc, "from": id})
    for found in table:
        table.remove(doc_ids=[found.doc_id])
    assert len(table) == 0
