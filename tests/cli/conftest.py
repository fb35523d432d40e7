"""The command line called in this process, and a record that another session has open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from dev2cto.cli.main import main
from dev2cto.clock import SystemClock
from dev2cto.course.curriculum import Curriculum
from dev2cto.record.opening import open_directory
from dev2cto.study.study import Study
from tests.support.cli_runner import Call, Said
from tests.support.studies import COURSE, record_of


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Calls dev2cto with these words on the test course; no call may end in a traceback."""
    monkeypatch.setenv("DEV2CTO_COURSE", str(COURSE))

    def calling(*words: str) -> Said:
        capsys.readouterr()
        try:
            code = main([*words])
        except SystemExit as left:
            code = int(left.code or 0)
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err + captured.out
        assert "Something went wrong inside" not in captured.err
        return Said(code, captured.out, captured.err)

    return calling


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Study]:
    """The same learner's study, open for writing in another session while commands are called."""
    record = open_directory(record_of(tmp_path / "home"), clock=SystemClock(), device="laptop")
    yield Study(Curriculum.open(COURSE), record, SystemClock(), Random(3))
    record.close()
