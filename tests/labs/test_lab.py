"""The module that a lab's check.py imports."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dev2cto.labs import lab


def test_it_imports_where_there_is_only_the_standard_library(tmp_path: Path) -> None:
    (tmp_path / "lab.py").write_text(Path(lab.__file__).read_text())
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import lab; print(lab.seed, 'dev2cto' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program],
        env={"LAB_SEED": "12"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "12 False\n"


def mismatch(got: object, expected: object, given: object = "") -> lab.Mismatch:
    with pytest.raises(lab.Mismatch) as raised:
        lab.Case().expect(got, expected, given)
    return raised.value


def test_chance_depends_on_seed_and_name_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lab, "seed", 1)
    first = lab.rng("a").random()
    assert first == lab.rng("a").random() != lab.rng("b").random()
    monkeypatch.setattr(lab, "seed", 2)
    assert lab.rng("a").random() != first


def test_an_equal_result_passes() -> None:
    lab.Case().expect([1, 2], [1, 2])


def test_another_result_fails_with_texts() -> None:
    error = mismatch({"a": 1}, {"a": 2}, given="f()")
    assert (error.given, error.expected, error.got) == ("f()", "{'a': 2}", "{'a': 1}")


def test_a_text_of_several_lines_is_shown_as_it_is() -> None:
    assert mismatch("a\nb", "a\nc").expected == "a\nc"


def test_a_giant_value_is_shown_in_part_and_the_first_difference_named() -> None:
    got, expected = [0] * 5000, [0] * 5000
    got[4000] = 1
    error = mismatch(got, expected)
    assert len(error.got) <= lab.SHOWN + 4
    assert "first differ at index 4000" in str(error)


def test_values_that_look_alike_are_told_apart_by_their_types() -> None:
    class Odd:
        def __repr__(self) -> str:
            return "1"

    assert "it is a Odd, not a int" in str(mismatch(Odd(), 1))


def test_a_value_whose_repr_fails_is_shown_all_the_same() -> None:
    class Broken:
        def __repr__(self) -> str:
            raise RuntimeError

    assert "repr fails" in mismatch([Broken()], []).got or "Broken" in mismatch([Broken()], []).got


def test_a_condition_says_what_was_expected() -> None:
    lab.Case().expect_true(1, "something")
    with pytest.raises(lab.Mismatch, match="three at most") as raised:
        lab.Case().expect_true(False, "three at most", given="f()", got=4)
    assert (raised.value.given, raised.value.got) == ("f()", "4")


def test_an_expected_error_is_returned() -> None:
    error = lab.Case().expect_raises(ValueError, lambda: int("x"))
    assert "invalid literal" in str(error)


def test_no_error_and_another_error_fail() -> None:
    with pytest.raises(lab.Mismatch) as raised:
        lab.Case().expect_raises((KeyError, ValueError), lambda: 5, given="f()")
    assert (raised.value.expected, raised.value.got) == ("raises KeyError or ValueError", "returned 5")
    with pytest.raises(lab.Mismatch) as raised:
        lab.Case().expect_raises(KeyError, lambda: int("x"))
    assert raised.value.got.startswith("raised ValueError: invalid literal")
    with pytest.raises(lab.Mismatch) as caught:
        lab.Case().expect_raises(KeyError, lambda: next(iter(())))
    assert caught.value.got == "raised StopIteration"


def test_the_learners_module_is_imported_afresh_and_python_keeps_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lab, "folder", tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    (tmp_path / "shop_under_test.py").write_text("import part_under_test\nseen = []\n")
    (tmp_path / "part_under_test.py").write_text("value = 1\n")
    first = lab.load("shop_under_test")
    first.seen.append(1)
    (tmp_path / "part_under_test.py").write_text("value = 22\n")
    second = lab.load("shop_under_test")
    assert second.seen == []
    assert second.part_under_test.value == 22
    (tmp_path / "json.py").write_text("")
    with pytest.raises(lab.Stop, match="standard library has a module of that name"):
        lab.load("json")
    with pytest.raises(lab.Stop, match=r"nowhere\.py is missing"):
        lab.load("nowhere")


def test_a_scratch_directory_is_new_and_empty() -> None:
    one, two = lab.scratch(), lab.scratch()
    assert one != two
    assert list(one.iterdir()) == []
