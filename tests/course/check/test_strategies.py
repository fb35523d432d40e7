"""What a guesser earns: each strategy, the exact expectation, and how much is too much."""

from __future__ import annotations

import shutil
from fractions import Fraction
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dev2cto.course.check.answer_options import AnswerOption
from dev2cto.course.check.check import check_course
from dev2cto.course.check.course_snapshot import CourseSnapshot, gather
from dev2cto.course.check.test_wiseness import (
    GuessableKind,
    _expected,
    _score,
    guessable_course,
    guessable_in_other_ways,
    guesses,
    same_number_of_keys,
)
from dev2cto.course.check.text_fields import content, reason_in, words
from dev2cto.items.multi import Multi
from dev2cto.items.single import Single
from dev2cto.yaml.tree import Problems, SourcePosition
from tests.course.check.test_check_bank import CLEAN, TODAY, bank, by_strategy, multi, single


def parts(rights: list[bool]) -> list[AnswerOption]:
    return [AnswerOption((), str(n), right) for n, right in enumerate(rights)]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 2), st.booleans()), min_size=2, max_size=6).filter(
        lambda options: any(right for _, right in options)
    ),
    st.integers(0, 1),
    st.sampled_from([Single, Multi]),
)
def test_the_expectation_is_the_mean_over_all_ways_to_break_ties(
    options: list[tuple[int, bool]], skip: int, kind: GuessableKind
) -> None:
    weights, rights = [weight for weight, _ in options], [right for _, right in options]
    picks = 1 if kind is Single else len(options) // 2
    start = min(skip, len(options) - picks)
    scores = []
    for lot in permutations(range(len(options))):
        ranked = sorted(lot, key=lambda n: -weights[n])
        hits = sum(rights[n] for n in ranked[start : start + picks])
        scores.append(_score(hits, picks, sum(rights), len(options)))
    assert _expected(parts(rights), weights, kind, skip) == sum(scores, Fraction(0)) / len(scores)


@pytest.mark.parametrize(
    ("strategy", "key", "distractors", "prompt"),
    [
        ("the second longest option", "three words", ("four words long", "two", "one"), "?"),
        ("the option of mean length", "1234567", ("12", "123456789012", "1"), "?"),
        (
            "the option nearest to the question",
            "retry bookings",
            ("wait, then retry one", "stop", "log"),
            "Retry bookings?",
        ),
        (
            "the option farthest from the question",
            "sleep",
            ("retry bookings", "retry it", "retry again"),
            "Retry bookings?",
        ),
        ("the odd one out", "a new server", ("the old cache here", "the old cache there", "the old cache"), "?"),
        ("an option with a reason in it", "yes, because it pays", ("yes", "no", "no, never"), "?"),
        ("an option without a reason in it", "yes", ("yes, as it pays", "no, if it fails", "no, since"), "?"),
    ],
)
def test_each_strategy_finds_what_it_goes_by(
    strategy: str, key: str, distractors: tuple[str, ...], prompt: str
) -> None:
    guess = by_strategy(single(key, *distractors, prompt=prompt, id="q"))[strategy]
    assert (guess.earned, guess.chance, guess.works) == (Fraction(1), Fraction(1, 4), ("q",))


def test_of_two_longest_options_one_is_the_second_longest_by_lot() -> None:
    guess = by_strategy(single("aaaa", "bbbb", "c"))["the second longest option"]
    assert guess.earned == Fraction(1, 2)


def test_in_a_multi_item_the_longest_is_passed_over_and_the_next_half_marked() -> None:
    item = multi(["aaa", "bb"], ["dddd", "c"])
    (guess,) = [g for g in guesses([item], Multi) if g.strategy == "the second longest option"]
    assert guess.earned == 1


def test_an_item_whose_options_are_all_right_has_no_false_alarms() -> None:
    assert _score(1, 1, 2, 2) == Fraction(1, 2)


def leaky(count: int) -> list[Single]:
    return [single("no", "so it is", "if it is", "as it is", id=f"q{n}") for n in range(count)]


def fair(count: int) -> list[Single]:
    return [single("if it is so", "so be it", "as it was", "since ever", id=f"f{n}") for n in range(count)]


def test_a_cue_that_pays_in_one_module_is_found_there() -> None:
    found = [f for f in guessable_in_other_ways(bank(*leaky(2), *fair(8))) if "without a reason" in f.message]
    assert [finding.message for finding in found] == [
        "picking an option without a reason in it earns 40 % in 10 single items; chance would earn 25 %"
    ]
    assert found[0].hint == "it works on q0, q1"
    assert not [f for f in guessable_in_other_ways(bank(*leaky(1), *fair(9))) if "without a reason" in f.message]


@pytest.fixture
def snapshot(tmp_path: Path) -> CourseSnapshot:
    """The small course."""
    made = gather(Path(shutil.copytree(CLEAN, tmp_path / "course")), TODAY, Problems())
    assert made is not None
    return made


def test_over_the_course_less_is_too_much(snapshot: CourseSnapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    items = [*leaky(3), *fair(22)]
    assert not [f for f in guessable_in_other_ways(bank(*items)) if "without a reason" in f.message]
    monkeypatch.setattr(type(snapshot.modules[0]), "items", tuple(items))
    (finding,) = [f for f in guessable_course(snapshot) if "without a reason" in f.message]
    assert finding.at is snapshot.course
    assert (
        finding.message
        == "picking an option without a reason in it earns 34 % in 25 single items; chance would earn 25 %"
    )


def test_multis_with_one_number_of_keys_are_found_where_there_are_three() -> None:
    same = [multi(["a", "b"], ["c"]), multi(["d", "e"], ["f", "g"]), multi(["h", "i"], ["k"])]
    (finding,) = same_number_of_keys(bank(*same))
    assert finding.message == "each of the 3 multi items has 2 right options"
    assert not list(same_number_of_keys(bank(*same[:2])))
    assert not list(same_number_of_keys(bank(*same, multi(["l"], ["m"]))))


def test_a_bank_with_cues_is_found_in_its_file(tmp_path: Path) -> None:
    course = Path(shutil.copytree(CLEAN, tmp_path / "course"))
    path = course / "modules/01-small/bank.yaml"
    text = path.read_text()
    first = text[text.index("  - id: t-q-retry") : text.index("  - id: t-q-safe")]
    second = text[text.index("  - id: t-q-safe") : text.index("  - id: t-q-sum")]
    copies = [
        first.replace("id: t-q-retry", f"id: t-q-copy-{n}")
        .replace("What prevents it?", f"What prevents it in case {n}?")
        .replace(
            "A longer wait before each retry, doubled after failures", "A longer wait before each retry if it fails"
        )
        .replace(
            "A status of 202 that is sent before the work is done", "A status of 202 so that clients need not wait"
        )
        .replace(
            "A proxy in front that keeps the connection open longer", "A proxy in front, as connections break often"
        )
        for n in range(8)
    ]
    more = [
        second.replace("id: t-q-safe", f"id: t-q-multi-{n}").replace("Which", f"In case {n}, which") for n in (1, 2)
    ]
    path.write_text("\n".join([text, *copies, *more]))
    found = {(p.code, p.path, p.mark, p.severity) for p in check_course(course, TODAY)}
    assert {each for each in found if each[0] in ("Q345", "Q347")} == {
        ("Q345", "modules/01-small/bank.yaml", SourcePosition(1, 1), "warning"),
        ("Q347", "modules/01-small/bank.yaml", SourcePosition(1, 1), "warning"),
    }


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("Because it pays", True),
        ("It pays, so it stays", True),
        ("It is asked for, as it pays", True),
        ("It is twice as fast as the other, so far", False),
        ("It has grown since 2019, and since then more", False),
        ("Sorry, asif", False),
        ("`if x`", False),
        ("In order to learn", True),
        ("Nothing of the kind", False),
    ],
)
def test_a_reason_is_given_by_a_word_of_its_own(text: str, has: bool) -> None:
    assert bool(reason_in(text)) == has


def test_words_of_any_script_are_words() -> None:
    assert words("Für die Prüfung, na\u00efve") == ["für", "die", "prüfung", "na\u00efve"]
    assert words("Повторный запрос") == ["повторный", "запрос"]
    assert words("na\u0069\u0308ve") == ["na\u00efve"]
    assert content("再試行は安全") == {"再試", "試行", "行は", "は安", "安全"}
    assert content("Повторный запрос и ответ") == {"повторный", "запрос", "ответ"}
