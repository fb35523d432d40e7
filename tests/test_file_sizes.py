"""A file has one job: none passes 400 lines."""

from __future__ import annotations

from tests.support.studies import PACKAGE, ROOT

MOST = 400


def test_no_file_is_too_long() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in PACKAGE.rglob("*.py")
    }
    assert len(lengths) > 100
    assert {name: count for name, count in lengths.items() if count > MOST} == {}
