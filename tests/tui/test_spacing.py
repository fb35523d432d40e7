"""Space between the parts of a screen: one blank line, never two, and none missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from dev2cto import symbols
from dev2cto.markdown.parser import Span
from dev2cto.tui.widgets.gauges import GaugePanel
from tests.support.tour import at

PARTED = (
    "step", "rubric", "cues", "cues, passage shown", "portfolio", "settings", "settings, typing", "exam, overview",
    "final form, all answers",
)  # fmt: skip
SIZES = ((80, 24), (120, 40))


@pytest.mark.parametrize("stop", PARTED)
@pytest.mark.parametrize("size", SIZES, ids=["80", "120"])
async def test_parts_are_one_blank_line_apart(tmp_path: Path, stop: str, size: tuple[int, int]) -> None:
    async with at(stop, tmp_path, size) as driver:
        text = "\n".join(line.rstrip() for line in driver.text.split("\n")[2:-2])
    assert "\n\n\n" not in text.rstrip("\n"), text


@pytest.mark.parametrize("stop", ["step, filtering", "step, filtered"])
async def test_a_filtered_list_is_parted_from_the_text_above_it(tmp_path: Path, stop: str) -> None:
    async with at(stop, tmp_path) as driver:
        lines = driver.text.split("\n")
    first = next(n for n, line in enumerate(lines) if "Once is enough" in line)
    assert lines[first - 1].strip() == ""


async def test_fields_are_below_their_label_and_apart_from_the_text(tmp_path: Path) -> None:
    async with at("quiz, below the text", tmp_path) as driver:
        lines = driver.text.split("\n")
    label = next(n for n, line in enumerate(lines) if "Your answer" in line)
    assert lines[label].index("Your") == lines[label + 1].index("a")
    async with at("quiz, blanks", tmp_path / "blanks") as driver:
        lines = driver.text.split("\n")
    last = max(n for n, line in enumerate(lines) if "[blank" in line)
    assert [lines[last + 1].strip(), lines[last + 2].strip()] == ["", "blank 1"]


async def test_beside_an_exam_its_questions_begin_right_after_their_numbers(tmp_path: Path) -> None:
    async with at("exam", tmp_path, (120, 40)) as driver:
        beside = [line[82:].strip() for line in driver.text.split("\n")]
    marks = symbols.current()
    assert any(line.startswith(f"{marks.now}  1  A mobile client") for line in beside), beside
    assert any(line.startswith(f"{marks.not_begun}  2  What is an operation ...") for line in beside), beside


async def test_a_result_has_the_sign_of_its_verdict(tmp_path: Path) -> None:
    for stop, words in (("result", "not passed"), ("final form, result", "not passed"), ("diff, verdict", "Not done")):
        async with at(stop, tmp_path / stop) as driver:
            verdict = next(line for line in driver.text.split("\n") if words in line)
        assert verdict.strip().startswith(f"{symbols.current().wrong} "), verdict


async def test_where_nothing_was_answered_the_page_of_all_answers_says_so(tmp_path: Path) -> None:
    async with at("all answers", tmp_path) as driver:
        assert "You answered none of these questions." in driver.text


def test_gauges_on_two_lines_are_in_columns() -> None:
    panel = GaugePanel()
    panel._gauges = tuple((Span(name),) for name in ("a" * 20, "b" * 30, "c" * 24, "d" * 10))
    assert [line.text for line in panel.lines_at(76)] == [
        f"{'a' * 20}{' ' * 13}{'b' * 30}",
        f"{'c' * 24}{' ' * 9}{'d' * 10}",
    ]
    assert len(panel.lines_at(100)) == 1
