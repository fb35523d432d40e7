"""What the program says about a text, and what artefact and survey make of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dev2cto.exercises.artefact import Artefact, assess, lint
from dev2cto.exercises.base import Exercise
from dev2cto.exercises.survey import Survey, SurveyAnswer, compare, lint_plan, missing, results
from dev2cto.exercises.text_lint import LengthLimits, Lint, lint_text

Sample = Callable[[str], tuple[Exercise, Path]]


def ok(rules: Lint, text: str) -> bool:
    """Whether the text keeps the one rule that there is."""
    (result,) = lint_text(rules, text)
    return result.ok


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("# Context", True),
        ("### context ##", True),
        ("## **Context**", True),
        ("#### Context", False),
        ("Context", False),
        ("```\n# Context\n```", False),
        ("<!-- # Context -->", False),
        ("#Context", False),
    ],
)
def test_a_heading_counts_down_to_the_third_level(text: str, there: bool) -> None:
    assert ok(Lint(headings=("Context",)), text) is there


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("It takes 120 ms.", True),
        ("It takes 120ms.", True),
        ("31 % fail", True),
        ("31% fail", True),
        ("It costs $4,000.", True),
        ("It costs 40 \u20ac.", True),
        ("a 3-week trial", True),
        ("60/s is the most", True),
        ("6 people", True),
        ("on 30 June 2027", False),
        ("on 2027-06-30", False),
        ("by March 3, 2027 at last", False),
        ("at 9 am", False),
        ("the 1st and the 2nd", False),
        ("version v2 only", False),
        ("1. First\n2. Second", False),
        ("# 12 weeks", False),
        ("no number at all", False),
        ("at 17 she went home", False),
        ("between 40 and many", False),
    ],
)
def test_a_number_needs_a_unit(text: str, there: bool) -> None:
    assert ok(Lint(number_with_unit=True), text) is there


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("Owner: Lena Vos", True),
        ("**Owner:** Lena Vos", True),
        ("- owner: Lena", True),
        ("| Owner | Lena |", False),
        ("Owner:", False),
        ("Owner: <name>", False),
        ("Owner: ...", False),
        ("Owner: TBD", False),
        ("The owner is Lena", False),
        ("Owner: Nadia", True),
    ],
)
def test_an_owner_is_named_on_a_line_of_its_own(text: str, there: bool) -> None:
    assert ok(Lint(owner=True), text) is there


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("by 2027-06-30", True),
        ("by 30 June 2027", True),
        ("by 3 Mar 2027", True),
        ("by March 3, 2027", True),
        ("by 2027-13-30", False),
        ("by 32 June 2027", False),
        ("by June", False),
        ("by June 2027", False),
        ("30/06/2027", False),
    ],
)
def test_a_date_has_a_day_a_month_and_a_year(text: str, there: bool) -> None:
    assert ok(Lint(date=True), text) is there


@pytest.mark.parametrize(
    ("below", "count"),
    [
        ("- a\n- b\n- c", 3),
        ("1. a\n2. b\n3) c", 3),
        ("- a\n  - inner\n  - inner\n  - inner\n- b", 2),
        ("### A\n- x\n- y\n### B\n### C", 3),
        ("### A\n#### A1\n#### A2\n### B", 2),
        ("prose", 0),
        ("```\n- a\n- b\n- c\n```", 0),
        ("- a\n## Decision\n- b\n- c", 1),
        ("| Skill | By |\n|---|---|\n| Design | 21 |\n| Delivery | 25 |\n| Operation | 22 |", 3),
        ("| Skill | By |\n|:--|--:|\n| Design | 21 |\n\n### Then\n\n|A|\n|-|\n|b|\n|c|", 3),
        ("| a | b |\n| c | d |", 0),
        ("```\n| a |\n|---|\n| b |\n```", 0),
    ],
)
def test_entries_rows_or_sub_headings_under_a_heading_are_counted(below: str, count: int) -> None:
    for asked in (1, 2, 3, 4):
        rules = Lint(headings=("Options",), items={"Options": asked})
        assert lint_text(rules, f"## Options\n{below}")[1].ok is (count >= asked)


def test_words_and_mentions() -> None:
    assert [ok(Lint(words=LengthLimits(least=2, most=3)), text) for text in ("a", "a b", "a b c", "a b c d")] == [
        False,
        True,
        True,
        False,
    ]
    assert ok(Lint(mentions=("review",)), "We Reviewed it")
    assert not ok(Lint(mentions=("review",)), "a preview")


@given(st.text())
def test_any_text_can_be_linted(text: str) -> None:
    rules = Lint(
        headings=("A",),
        words=LengthLimits(),
        number_with_unit=True,
        owner=True,
        date=True,
        items={"A": 1},
        mentions=("a",),
    )
    assert len(lint_text(rules, text)) == 7


@pytest.fixture
def note(sample: Sample) -> Artefact:
    exercise = sample("artefact")[0]
    assert isinstance(exercise, Artefact)
    return exercise


def test_the_sample_passes_and_the_template_says_what_it_lacks(note: Artefact) -> None:
    assert all(result.ok for result in lint(note, note.sample))
    lacking = [result.rule for result in lint(note, note.template) if not result.ok]
    assert lacking == ["words", "number", "owner", "date", "items Options", "mention review"]
    assert [r.message for r in lint(note, note.template) if r.rule == "words"] == ["7 words; 30 to 300 required"]


def test_every_criterion_needs_two_of_three(note: Artefact) -> None:
    full = {"context": 3, "options": 2, "reason": 2, "review": 2}
    assert assess(note, full).reached
    assert (assess(note, full).points, assess(note, full).most) == (9, 12)
    low = assess(note, full | {"reason": 1})
    assert (low.reached, low.low, low.unrated) == (False, ("reason",), ())
    partial = assess(note, {"context": 3, "nonsense": 3, "options": 7})
    assert (partial.reached, partial.points, partial.unrated) == (False, 3, ("options", "reason", "review"))


@pytest.fixture
def survey(sample: Sample) -> Survey:
    exercise = sample("survey")[0]
    assert isinstance(exercise, Survey)
    return exercise


def test_a_module_has_the_mean_of_what_was_answered(survey: Survey) -> None:
    first, second = results(survey, {"s1": (3, 2), "s2": (0, 1), "gone": (1, 1), "s3": (9, 0)})
    assert (first.module, first.answered, first.of, first.rating, first.confidence) == ("t1", 2, 2, 1.5, 1.5)
    assert (second.module, second.answered, second.rating) == ("t2", 0, None)
    assert missing(survey, {"s1": (3, 2)}) == ("s2", "s3")


def test_two_takings_are_compared(survey: Survey) -> None:
    before: dict[str, SurveyAnswer] = {"s1": (3, 2), "s2": (0, 1)}
    after: dict[str, SurveyAnswer] = {"s1": (2, 1), "s2": (3, 2), "s3": (1, 1)}
    first, second = compare(survey, before, after)
    assert (first.change, first.overturned) == (1.0, ("s1",))
    assert (second.change, second.overturned) == (None, ())
    (unsure, _) = compare(survey, {"s1": (3, 1), "s2": (1, 2)}, {"s1": (2, 1), "s2": (1, 2)})
    assert unsure.overturned == ()


def test_a_plan_keeps_the_headings_and_adds_words(survey: Survey) -> None:
    assert not all(result.ok for result in lint_plan(survey, survey.template))
    plan = survey.template.replace("## Why", "## Why\n\n" + "because " * 40)
    assert all(result.ok for result in lint_plan(survey, plan))
    assert not all(result.ok for result in lint_plan(survey, plan.replace("## Hours a week", "")))
