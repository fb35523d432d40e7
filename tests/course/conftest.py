"""What the tests of courses share: files that were not changed are not read again."""

from __future__ import annotations

import pytest

from tests.support import unchanged_files


@pytest.fixture(autouse=True)
def unchanged_files_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test changes one file of a course, and reads all of them."""
    unchanged_files.keep(monkeypatch)
