"""docs/SECURITY.md names files that exist and limits that hold."""

from __future__ import annotations

import re

import pytest

from dev2cto.export.packet import LARGEST
from dev2cto.record.journal.line_stream import LONGEST_LINE
from dev2cto.yaml.tree import MAX_BYTES
from tests.support.studies import PACKAGE, ROOT

PAGE = (ROOT / "docs" / "SECURITY.md").read_text(encoding="utf-8")


def test_it_says_how_to_report_a_hole_and_invents_no_address() -> None:
    report = PAGE.partition("## Reporting a hole")[2]
    assert 'tab Security, then "Report a vulnerability"' in report
    assert "repository that you got the program from" in report
    assert not re.search(r"@|https?:", report)


def test_the_files_it_names_exist() -> None:
    named = re.findall(r"`((?:tests|cli)/[\w/.]+)`", PAGE)
    assert len(named) >= 3
    assert [name for name in named if not ((ROOT / name).exists() or (PACKAGE / name).exists())] == []


def test_the_proofs_it_names_exist() -> None:
    proofs = {*re.findall(r"tests\.proofs\.(\w+)", PAGE), "kill", "power", "flips", "hammer", "merge"}
    assert all(f"`{name}`" in PAGE or f"proofs.{name}`" in PAGE for name in proofs)
    assert [name for name in sorted(proofs) if not (ROOT / "tests" / "proofs" / f"{name}.py").is_file()] == []


def test_the_limits_it_gives_are_those_of_the_program() -> None:
    assert f"at most {MAX_BYTES // 1_000_000} MB a file" in PAGE
    assert f"lines of at most {LONGEST_LINE >> 20} MB" in PAGE
    assert f"a text file of at most {LARGEST >> 10} KB" in PAGE


@pytest.mark.parametrize("way", ["dev2cto trust", "dev2cto packet --back", "--partial", "dev2cto backup"])
def test_each_way_in_which_something_from_others_arrives_is_on_it(way: str) -> None:
    assert f"`{way}" in PAGE
