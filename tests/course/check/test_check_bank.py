"""Guessers, and rules that need an item or a bank of a special make."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dev2cto.course.check import grading
from dev2cto.course.check.bank_balance import kinds, levels, same_question
from dev2cto.course.check.check import check_course
from dev2cto.course.check.options import key_longest, near_duplicates, stem_echo
from dev2cto.course.check.rules import Finding, in_file
from dev2cto.course.check.test_wiseness import Bank, Guess, guessable, guesses
from dev2cto.course.check.text_fields import content, stem, without_code
from dev2cto.items.base import Draw, Grade, Item
from dev2cto.items.multi import Multi
from dev2cto.items.options import AnswerChoice
from dev2cto.items.short import Short
from dev2cto.items.single import Single
from dev2cto.yaml.tree import MappingNode as MappingNode
from dev2cto.yaml.tree import NodePath, ScalarNode, SourcePosition

TODAY = date(2026, 11, 23)
CLEAN = Path(__file__).parents[1] / "smallcourse"


def single(key: str, *distractors: str, prompt: str = "Which?", id: str = "q") -> Single:
    return Single(
        kind="single",
        id=id,
        objective="o",
        level="apply",
        prompt=prompt,
        explain="e",
        answer=AnswerChoice(text=key),
        distractors=tuple(AnswerChoice(text=text) for text in distractors),
    )


def multi(answers: list[str], distractors: list[str]) -> Multi:
    return Multi(
        kind="multi",
        id="m",
        objective="o",
        level="apply",
        prompt="Which?",
        explain="e",
        answers=tuple(AnswerChoice(text=text) for text in answers),
        distractors=tuple(AnswerChoice(text=text) for text in distractors),
    )


def by_strategy(*items: Item, kind: type[Single] | type[Multi] = Single) -> dict[str, Guess]:
    return {guess.strategy: guess for guess in guesses(items, kind)}


def test_the_longest_option_earns_what_it_earns() -> None:
    found = by_strategy(single("longest", "short", "brief", "tiny"), single("a", "longer", "long", "lo"))
    guess = found["the longest option"]
    assert (guess.earned, guess.chance, guess.items) == (Fraction(1, 2), Fraction(1, 4), 2)
    assert found["the first option by alphabet"].earned == Fraction(1, 2)


def test_ties_are_broken_by_lot() -> None:
    (guess, *_) = guesses((single("aaa", "bbb", "c"),), Single)
    assert guess.earned == Fraction(1, 2)


def test_details_and_echoes_are_counted() -> None:
    item = single("wait, retry (3 times)", "wait longer", "stop", prompt="What should the client retry?")
    found = by_strategy(item)
    assert found["the most detailed option"].earned == 1
    assert found["the option with most words of the question"].earned == 1


@given(st.integers(1, 4), st.integers(1, 4))
def test_chance_in_multi_items_is_the_mean_over_all_halves(right: int, wrong: int) -> None:
    item = multi([f"r{n}" for n in range(right)], [f"w{n}" for n in range(wrong)])
    options, picks = right + wrong, (right + wrong) // 2
    scores = []
    for marks in product((0, 1), repeat=options):
        if sum(marks) == picks:
            hits = sum(marks[:right])
            scores.append(max(Fraction(0), Fraction(hits, right) - Fraction(picks - hits, wrong)))
    assert next(guesses((item,), Multi)).chance == sum(scores, Fraction(0)) / len(scores)


def bank(*items: Item, quiz: bool = True) -> Bank:
    return Bank(in_file("bank.yaml"), items, quiz)


def test_a_bank_in_which_the_longest_option_pays_is_found() -> None:
    leaky = [single("the right one", "a wrong one", "b wrong one", "c wrong one", id=f"q{n}") for n in range(3)]
    fair = [single("a right one", "the wrong one", "b wrong one", "c wrong one", id=f"f{n}") for n in range(5)]
    (finding,) = [f for f in guessable(bank(*leaky, *fair)) if "longest" in f.message]
    assert finding.message == "picking the longest option earns 38 % in 8 single items; chance would earn 25 %"
    assert finding.hint == "it works on q0, q1, q2"
    assert not [f for f in guessable(bank(*leaky[:2], *fair, fair[0])) if "longest" in f.message]


def test_in_a_handful_of_items_luck_is_no_fault() -> None:
    assert not list(guessable(bank(*[single("the right one", "a b", "c d") for _ in range(7)])))


def test_a_leaky_bank_is_found_in_its_file(tmp_path: Path) -> None:
    course = Path(shutil.copytree(CLEAN, tmp_path / "course"))
    path = course / "modules/01-small/bank.yaml"
    text = path.read_text()
    first = text[text.index("  - id: t-q-retry") : text.index("  - id: t-q-safe")]
    copies = "".join(
        first.replace("id: t-q-retry", f"id: t-q-copy-{n}")
        .replace("What prevents it?", f"What prevents it in case {n}?")
        .replace(
            "A token that both copies carry and the server remembers",
            "A token that both the copies carry and the server remembers",
        )
        for n in range(8)
    )
    path.write_text(text + "\n" + copies)
    problems = check_course(course, TODAY)
    assert {(p.code, p.path, p.mark) for p in problems} == {
        ("Q341", "modules/01-small/bank.yaml", SourcePosition(1, 1)),
        ("Q346", "course.yaml", SourcePosition(1, 1)),
    }


def test_too_few_kinds_are_found_in_their_file(tmp_path: Path) -> None:
    course = Path(shutil.copytree(CLEAN, tmp_path / "course"))
    path = course / "modules/01-small/bank.yaml"
    text = path.read_text()
    path.write_text(text[: text.index("  - id: t-q-methods")])
    (course / "sources.yaml").write_text((course / "sources.yaml").read_text().partition("  - id: status-page")[0])
    (course / "facts.yaml").write_text((course / "facts.yaml").read_text().replace("status-page", "nygard-2018"))
    (problem,) = check_course(course, TODAY)
    assert (problem.code, problem.path, problem.mark) == ("Q342", "modules/01-small/bank.yaml", SourcePosition(1, 1))
    assert problem.message == "the bank has 5 kinds of items; at least 6 are needed"


def test_a_copied_question_is_found_in_its_place(tmp_path: Path) -> None:
    course = Path(shutil.copytree(CLEAN, tmp_path / "course"))
    path = course / "modules/01-small/bank.yaml"
    text = path.read_text()
    copied = text[text.index("  - id: t-q-word") : text.index("  - id: t-q-steps")]
    path.write_text(f"{text}\n{copied.replace('t-q-word', 't-q-copy')}")
    line = text.count("\n") + 3 + copied.split("\n").index("    prompt: |")
    (problem,) = check_course(course, TODAY)
    assert (problem.code, problem.path, problem.mark) == (
        "Q344",
        "modules/01-small/bank.yaml",
        SourcePosition(line - 1, 13),
    )


def short(id: str, level: str = "apply", prompt: str = "Name it.") -> Short:
    return Short(kind="short", id=id, objective="o", level=level, prompt=prompt, explain="e", accept=("it",))  # type: ignore[arg-type]  # a level of the format


def messages(found: list[Finding]) -> list[str]:
    return [finding.message for finding in found]


def test_a_bank_of_one_kind_is_found_twice() -> None:
    assert messages(list(kinds(bank(*[short(f"s{n}") for n in range(4)])))) == [
        "the bank has 1 kind of items; at least 6 are needed",
        "4 of 4 items are short; at most 60 % may be",
    ]
    assert not list(kinds(bank(short("s"), quiz=False)))
    assert not list(kinds(bank()))


def test_a_bank_that_asks_for_recall_is_found() -> None:
    items = [short(f"s{n}", "remember" if n < 4 else "analyse") for n in range(10)]
    assert messages(list(levels(bank(*items)))) == [
        "6 of 10 items are at level apply, analyse or evaluate; at least 70 % are needed"
    ]
    assert not list(levels(bank(*items[2:])))


def test_the_same_question_twice_is_found() -> None:
    (finding,) = same_question(bank(short("a"), short("b", "evaluate"), short("c", prompt="Name that.")))
    assert (finding.at.where.path, finding.message) == ("", "this is the same question as a")


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken(Single):
    """A single whose grader gives every response the same score."""

    gives: float = 1.0

    def judge(self, response: str, draw: Draw) -> Grade:
        return Grade(self.gives)

    def final(self, response: object, draw: Draw) -> Grade:
        return Grade(self.gives)


@pytest.mark.parametrize(
    ("rule", "gives", "message"),
    [
        (grading.key_fails, 0.5, "the key scores 0.50"),
        (grading.blank_earns, 0.5, "an empty response scores 0.50"),
        (grading.mistake_earns_all, 1.0, "the wrong response '"),
    ],
)
def test_a_grader_that_does_not_agree_with_itself_is_found(
    rule: Callable[[Item], list[Finding]], gives: float, message: str
) -> None:
    answer = MappingNode(SourcePosition(4, 11))
    where = NodePath("bank.yaml", MappingNode(SourcePosition(1, 5), items={"answer": answer}))
    base = single("right", "wrong", "other")
    fields = {field.name: getattr(base, field.name) for field in dataclasses.fields(base)}
    item = Broken(**{**fields, "where": where, "gives": gives})
    (finding,) = rule(item)
    assert finding.message.startswith(message)
    assert item.where.mark(*finding.steps) == SourcePosition(4, 11)
    assert not list(rule(base))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Retry once", "retry once.", True),
        ("A retry", "the retry", True),
        ("**Retry**", "retry", True),
        ("`Foo`", "`foo`", False),
        ("`a += 1`", "`a -= 1`", False),
        ("8 ms", "9 ms", False),
    ],
)
def test_options_that_read_alike_are_duplicates(one: str, other: str, same: bool) -> None:
    assert bool(list(near_duplicates(single(one, other, "something else")))) == same


@pytest.mark.parametrize(
    ("key", "distractors", "echoes"),
    [
        ("retry the booking later", ("stop it", "log it"), True),
        ("retry the booking later", ("book the retries elsewhere", "log it"), False),
        ("retry later", ("write the booking twice", "log it"), False),
        ("wait", ("stop", "log"), False),
    ],
)
def test_an_echo_counts_where_no_distractor_echoes_as_much(
    key: str, distractors: tuple[str, ...], echoes: bool
) -> None:
    item = single(key, *distractors, prompt="The clinic retries a booking. What now?")
    assert bool(list(stem_echo(item))) == echoes


@pytest.mark.parametrize(("size", "found"), [(39, False), (40, True)])
def test_the_key_may_be_longer_by_three_tenths(size: int, found: bool) -> None:
    item = single("k" * size, "d" * 29, "e" * 30, "f" * 31)
    assert bool(list(key_longest(item))) == found


def test_short_options_are_not_measured() -> None:
    assert not list(key_longest(single("idempotent", "safe", "pure", "lazy")))


def test_words_are_compared_by_their_stems_and_code_is_left_out() -> None:
    assert stem("retries") == stem("retried") == stem("retry")
    assert stem("caching") == stem("cached") == stem("cache") == stem("caches")
    assert content("Which of the caches are only read?") == {"cach", "read"}
    text = "a `<b>` b\n```html\n<i>x</i>\n```\n<u>"
    assert len(without_code(text)) == len(text)
    assert without_code(text).split() == ["a", "b", "<u>"]


def test_marks_in_quoted_and_block_texts() -> None:
    quoted = NodePath("f", ScalarNode("text", SourcePosition(3, 9)))
    assert quoted.mark(offset=0) == SourcePosition(3, 10)
    assert NodePath("f", ScalarNode("text", SourcePosition(3, 9), plain=True)).mark(offset=2) == SourcePosition(3, 11)
    block = NodePath("f", ScalarNode("one\ntwo", SourcePosition(3, 9), block=True, indent=6))
    assert (block.mark(), block.mark(offset=0), block.mark(offset=5)) == (
        SourcePosition(3, 9),
        SourcePosition(4, 7),
        SourcePosition(5, 8),
    )
