"""dev2cto packet and dev2cto script, as they are called."""

from __future__ import annotations

from pathlib import Path

from dev2cto.study.study import Study
from tests.support.cli_runner import Call
from tests.support.fake_learner import write


def test_a_packet_goes_out_and_comes_back(call: Call, elsewhere: Study, tmp_path: Path) -> None:
    write(elsewhere)
    elsewhere.record.close()
    path = tmp_path / "for-anna.md"
    said = call("packet", "t-x-note", str(path))
    assert (said.code, said.out.splitlines()[0]) == (0, f"Written: {path}")
    said = call("packet", "t-x-note", str(path))
    assert said.code == 1
    assert "may hold what a reader wrote" in said.err
    path.write_text(path.read_text().replace("\nReader:", "\nReader: Anna").replace("Comment 2:", "Comment 2: Which?"))
    said = call("packet", "--back", str(path))
    assert said.code == 0
    assert "Taken in: 0 ratings and 1 comment by Anna on A decision note, version 1." in said.out
    assert "Real options: you 2, Anna not rated" in said.out
    assert "Your record has this already" in call("packet", "--back", str(path)).out
    assert '"reader": "Anna"' in call("export").out


def test_a_packet_is_printed(call: Call, elsewhere: Study) -> None:
    write(elsewhere)
    elsewhere.record.close()
    assert "## Your answers" in call("packet", "t-x-note", "-").out


def test_a_damaged_form_takes_in_nothing(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "back.md"
    path.write_text("Reader: Anna\n")
    said = call("packet", "--back", str(path))
    assert said.code == 1
    assert "is no packet of this program" in said.err


def test_a_script_is_listed_and_printed_part_by_part(call: Call) -> None:
    assert "t-x-note" in call("script").out
    said = call("script", "t-x-note")
    parts = said.out.split("- - - cut here")
    assert len(parts) == 4
    assert "You decided for the queue." in parts[1]
    assert "no script for two people" in call("script", "t-x-waits").err
    assert "no exercise" in call("script", "nothing").err
