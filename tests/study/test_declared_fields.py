"""What sessions write is what record/schema.py declares: no field more, and none less."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

from dev2cto.record.schema import TABLES
from dev2cto.study.study import Study
from tests.support.every_session import do_everything, go_on_elsewhere
from tests.support.studies import FakeClock, open_study


def written(*records: Path) -> dict[str, set[str]]:
    """The fields that the journals of these records have in any line, by table."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in (path for record in records for path in record.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            for table, docs in json.loads(line).get("p", {}).items():
                found[table].update(*docs.values())
    return dict(found)


def test_every_kind_of_session_writes_the_declared_fields_and_all_of_them(tmp_path: Path, clock: FakeClock) -> None:
    def close(study: Study) -> Path:
        study.record.close()
        return study.record.directory

    study = open_study(tmp_path / "records", clock)
    do_everything(study, clock)
    close(study)
    elsewhere = open_study(tmp_path / "records", clock, device="server")
    go_on_elsewhere(elsewhere)
    declared = {name: set(table.fields) for name, table in TABLES.items()}
    declared["submissions"].remove("rubric")  # earlier versions wrote it
    declared["attempts"] -= {"hints", "helped"}  # likewise
    assert written(close(elsewhere)) == declared
