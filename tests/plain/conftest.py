"""What tests of both front ends share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dev2cto.study.study import Study
from tests.support.studies import FakeClock, open_study


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes a study for a front end; both draw the same."""

    def make(name: str) -> Study:
        monkeypatch.setenv("DEV2CTO_HOME", str(tmp_path / name))
        return open_study(tmp_path / name / "records", FakeClock())

    return make
