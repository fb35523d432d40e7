"""Calculations: figures from tables, drawn values, parts judged in order."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dev2cto.errors import LabError
from dev2cto.exercises.base import Exercise
from dev2cto.exercises.calculation import Calculation, Worksheet, worksheet
from dev2cto.exercises.tables import Condition, DataTable, Figure, read_table, statistic
from dev2cto.items.base import Draw, Grade, Retry

Sample = Callable[[str], tuple[Exercise, Path]]

values = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60)


@given(values, st.sampled_from([50, 75, 85, 90, 95, 99]))
def test_a_percentile_is_the_least_value_that_so_many_do_not_exceed(numbers: list[float], percent: int) -> None:
    result = statistic(f"p{percent}", numbers)  # type: ignore[arg-type]  # one of the literals
    assert result in numbers
    assert 100 * sum(n <= result for n in numbers) >= percent * len(numbers)
    assert 100 * sum(n < result for n in numbers) < percent * len(numbers)


@given(values)
def test_the_other_statistics_agree_with_their_definitions(numbers: list[float]) -> None:
    assert statistic("median", numbers) == statistics.median(numbers)
    assert statistic("mean", numbers) == pytest.approx(statistics.fmean(numbers), rel=1e-9, abs=1e-9)
    assert statistic("sum", numbers) == math.fsum(numbers)
    assert (statistic("min", numbers), statistic("max", numbers)) == (min(numbers), max(numbers))
    assert statistic("count", numbers) == len(numbers)


def test_known_percentiles_by_nearest_rank() -> None:
    ranked = [15.0, 20.0, 35.0, 40.0, 50.0]
    assert [statistic(p, ranked) for p in ("p50", "p75", "p90", "p95", "p99")] == [35.0, 40.0, 50.0, 50.0, 50.0]
    assert statistic("p50", [1.0, 2.0]) == 1.0
    assert statistic("median", [1.0, 2.0]) == 1.5


TABLE = DataTable("t.csv", ("route", "ms"), (("/a", "10"), ("/b", "20"), ("/a", ""), ("/a", "30.0")), (2, 3, 4, 5))


def figure(stat: str, *conditions: Condition) -> float:
    return Figure(file="t.csv", column="ms", stat=stat, conditions=conditions).value(TABLE)  # type: ignore[arg-type]


def test_conditions_choose_rows_and_all_must_hold() -> None:
    on_a = Condition(column="route", equals="/a")
    assert figure("count", on_a) == 3
    assert figure("count", Condition(column="ms", above=10)) == 2
    assert figure("count", Condition(column="ms", at_least=10)) == 3
    assert figure("count", Condition(column="ms", below=20)) == 1
    assert figure("count", Condition(column="ms", at_most=20)) == 2
    assert figure("sum", on_a, Condition(column="ms", above=0)) == 40
    assert figure("count", Condition(column="ms", equals="30")) == 1
    assert figure("sum", Condition(column="route", equals="/c")) == 0


def test_a_cell_that_is_no_number_is_reported_with_its_line() -> None:
    with pytest.raises(LabError, match=r"t\.csv:4: ms is '', which is not a number"):
        figure("sum")
    with pytest.raises(LabError, match="no rows for the mean"):
        figure("mean", Condition(column="route", equals="/c"))
    with pytest.raises(LabError, match="no column 'nowhere'"):
        figure("count", Condition(column="nowhere", equals="1"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "has no rows"),
        ("a,b\n", "has no rows"),
        ("a,a\n1,2\n", "t.csv:1: every column needs"),
        ("a,\n1,2\n", "t.csv:1: every column needs"),
        ("a,b\n1,2\n\n1,2,3\n", "t.csv:4: 3 cells"),
        ('a,b\n1,"2\n', "not valid CSV"),
    ],
)
def test_a_broken_table_is_reported_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "t.csv").write_text(text)
    with pytest.raises(LabError, match=message):
        read_table(tmp_path, "t.csv")


def test_a_table_with_quotes_and_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes('\ufeffa,b\r\n"x, y","1\n2"\r\n3,4\r\n'.encode())
    table = read_table(tmp_path, "t.csv")
    assert (table.columns, table.rows, table.lines) == (("a", "b"), (("x, y", "1\n2"), ("3", "4")), (3, 4))


def test_a_table_outside_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a\n1\n")
    with pytest.raises(LabError, match="leads out"):
        read_table(tmp_path / "inner", "../t.csv")


@pytest.fixture
def sheet(sample: Sample) -> Worksheet:
    exercise, folder = sample("calculation")
    assert isinstance(exercise, Calculation)
    return worksheet(exercise, folder, Draw(given={"peak": 50}))


def test_values_come_from_the_data_the_draw_and_earlier_parts(sheet: Worksheet) -> None:
    assert sheet.names == {
        "peak": 50, "n": 6, "p50": 150, "slow": 2, "pages": 200, "middle_wait": 150, "in_progress": 7.5,
    }  # fmt: skip
    assert sheet.brief().startswith("Six requests at 50 a second")
    assert sheet.ask(1) == "With 50 a second and 150 ms each: how many are in progress?"
    assert sheet.reason(1) == "50 x 150 / 1000 = 7.5."
    assert sheet.solution() == "2 of 6 take more than 200 ms, and 7.5 are in progress."
    assert sheet.hint(0, 1) == "Take the third."


def test_parts_are_judged_like_numeric_items(sheet: Worksheet) -> None:
    def score(part: int, text: str) -> float:
        grade = sheet.grade(part, text)
        assert isinstance(grade, Grade)
        return grade.score

    assert [score(0, text) for text in ("150", "150 ms", "0.15 s", "150.6", "150 s")] == [1, 1, 1, 0, 0.5]
    assert [score(1, text) for text in ("7.5", "7.56", "7.6")] == [1, 1, 0]
    mistake = sheet.grade(0, "165")
    assert isinstance(mistake, Grade)
    assert "That is the median" in mistake.chosen[0].text


def test_what_is_no_number_is_asked_again_and_then_judged(sheet: Worksheet) -> None:
    again = sheet.grade(0, "a hundred")
    assert isinstance(again, Retry)
    grade = sheet.grade(0, "a hundred", again)
    assert isinstance(grade, Grade)
    assert grade.score == 0


def test_every_part_agrees_with_itself(sheet: Worksheet) -> None:
    for number in range(len(sheet.exercise.parts)):
        item = sheet.item(number)
        assert item.final(item.key(sheet.showing), sheet.showing).score == 1
        assert all(item.final(wrong, sheet.showing).score < 1 for wrong in item.mistakes(sheet.showing))


def test_the_same_draw_gives_the_same_sheet_and_draws_differ(sample: Sample) -> None:
    exercise, folder = sample("calculation")
    assert isinstance(exercise, Calculation)
    draws = [exercise.draw(Random(seed)) for seed in range(20)]
    assert {draw.given["peak"] for draw in draws} == {40, 50, 60}
    stored = Draw.read(draws[0].document())
    assert worksheet(exercise, folder, stored).names == worksheet(exercise, folder, draws[0]).names
