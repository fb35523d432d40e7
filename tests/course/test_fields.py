"""Fields that a course, a module and a bank may have beside their contents."""

from __future__ import annotations

import shutil
from pathlib import Path

from dev2cto.course import loader
from dev2cto.yaml.tree import Problems

EVERY = Path(__file__).parent / "everyfield"


def folder_of_everything(tmp_path: Path) -> Path:
    """The files that use every field, as a course has them."""
    module = tmp_path / "modules" / "01-small"
    (module / "readings").mkdir(parents=True)
    shutil.copy(EVERY / "course.yaml", tmp_path)
    shutil.copy(EVERY / "module.yaml", module)
    shutil.copy(EVERY / "bank.yaml", module)
    shutil.copy(EVERY / "reading.yaml", module / "readings" / "1-every.yaml")
    return tmp_path


def test_a_course_says_whose_it_is(tmp_path: Path) -> None:
    course = loader.load_course(folder_of_everything(tmp_path), problems := Problems())
    assert course is not None
    assert not problems.found
    assert (course.lang, course.authors) == ("en-GB", ("Ada Example", "Bo Sample"))
    assert (course.licence, course.url) == ("CC BY-SA 4.0", "https://example.org/course")


def test_rules_are_weighed_by_the_course_and_by_a_module(tmp_path: Path) -> None:
    root = folder_of_everything(tmp_path)
    course = loader.load_course(root, problems := Problems())
    module = loader.load_module_file(root, "01-small", problems)
    assert course is not None
    assert module is not None
    assert course.checks == {"Q342": "warning", "Q343": "off", "Q303": "error"}
    assert module.checks == {"Q342": "warning"}
    assert not problems.found


def test_rules_are_silenced_in_a_module_and_in_a_bank(tmp_path: Path) -> None:
    root = folder_of_everything(tmp_path)
    module = loader.load_module_file(root, "01-small", problems := Problems())
    bank = loader.load_bank_file(root, "01-small", problems)
    assert module is not None
    assert not problems.found
    assert [(s.rule, bool(s.reason)) for s in module.silence] == [("Q341", True)]
    assert [s.rule for s in bank.silence] == ["Q301"]
    assert bank.where.mark("silence", 0, "rule").line == 2
    assert [item.id for item in bank.items] == ["every-q"]


def test_a_broken_silence_is_reported_and_the_items_are_read(tmp_path: Path) -> None:
    root = folder_of_everything(tmp_path)
    path = root / "modules" / "01-small" / "bank.yaml"
    path.write_text(path.read_text().replace("reason:", "because:"))
    bank = loader.load_bank_file(root, "01-small", problems := Problems())
    assert {p.code for p in problems.found} == {"S204", "S205"}
    assert [item.id for item in bank.items] == ["every-q"]
