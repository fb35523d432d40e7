"""Promises in status, search and the export of record and portfolio."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from dev2cto.study.state.promises import answer_promise, promises
from dev2cto.study.state.rebuild import rebuild
from dev2cto.study.study import Study
from tests.support.cli_runner import Call

WORDS = "After a *slow* call, I will ask for the xylophone."


@pytest.fixture
def due(elsewhere: Study) -> Study:
    """A study with a promise of which home asked first yesterday."""
    day = (elsewhere.today() - timedelta(days=1)).isoformat()
    row = {"reading": "s-contracts", "after": "a *slow* call", "do": "ask for the xylophone", "look_at": "", "day": day}
    elsewhere.record.table("promises").insert({**row, "at": elsewhere.now()})
    rebuild(elsewhere)
    return elsewhere


def test_status_tells_what_is_due(call: Call, due: Study) -> None:
    assert f"promised: {WORDS}" in call("status").out
    assert [each["words"] for each in json.loads(call("status", "--json").out)["promises"]] == [WORDS]
    answer_promise(due, promises(due)[0].id, "later", "")
    assert "promised:" not in call("status").out


def test_next_is_still_one_line(call: Call, due: Study) -> None:
    assert call("next").out == "trial: Step 1 / Once is enough (9 min)\n"


def test_search_finds_it_with_what_happened(call: Call, due: Study) -> None:
    answer_promise(due, promises(due)[0].id, "kept", "The glockenspiel came.")
    for word in ("xylophone", "glockenspiel"):
        assert "Your promise: Once is enough" in call("search", word).out


def test_the_index_of_the_portfolio_lists_it(call: Call, due: Study, tmp_path: Path) -> None:
    answer_promise(due, promises(due)[0].id, "kept", "It came,\n# late.")
    assert call("export", "--portfolio", str(tmp_path / "mine")).code == 0
    index = (tmp_path / "mine" / "index.md").read_text("utf-8")
    today = due.today().isoformat()
    words = f"After a \\*slow\\* call, I will ask for the xylophone. Kept, {today}."
    assert f"## Promises\n\n- {today}: {words} What happened: It came, \\# late.\n" in index


def test_the_export_of_the_record_has_it(call: Call, due: Study) -> None:
    (promise,) = promises(due)
    answer_promise(due, promise.id, "let go", "No call was slow.")
    exported = json.loads(call("export").out)
    assert exported["promises"][promise.id]["do"] == "ask for the xylophone"
    assert [doc["note"] for doc in exported["outcomes"].values()] == ["No call was slow."]
