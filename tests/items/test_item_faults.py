"""What is wrong with an item is said at the line and column where it is wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dev2cto.yaml.tree import Problem

ProblemsOf = Callable[[str], list[Problem]]

SEVEN = ", ".join(f"{{text: {name}}}" for name in "bcdefgh")
STATEMENTS = "kind: matrix\nstatements:\n" + "".join(f"  - {{text: {name}, answer: true}}\n" for name in "abc")
SAY = """kind: say
from: {name: Elena, role: board}
line: So what?
seconds: 60
replies:
  - {text: a, note: n, rank: weak}
  - {text: b, note: n, rank: plausible}
  - {text: c, note: n, rank: strong}
markers:
  - {text: asks, check: question}
  - {text: is short, check: words<=60}
  - {text: blames nobody, check: {none_of: [fault]}}
"""


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("kind: numeric\nanswer: mrr * chrn\ngiven: {mrr: [1, 2], churn: [3, 4]}\n", "I314", 2, 15),
        ("kind: numeric\nanswer: 'mrr * chrn'\ngiven: {mrr: [1, 2], churn: [3, 4]}\n", "I314", 2, 16),
        ("kind: numeric\nanswer: 2 +\n", "I310", 2, 12),
        ("kind: numeric\nanswer: 9 ** 9 ** 9\n", "I315", 2, 11),
        ("kind: numeric\nanswer: 1 / (a - 2)\ngiven: {a: [1, 2]}\n", "I315", 2, 11),
        ("kind: numeric\nanswer: 1\nwrong:\n  - value: 1 / 0\n    why: w\n", "I315", 4, 14),
        ("kind: numeric\nanswer: 1\nwrong:\n  - value: b\n    why: w\n", "I314", 4, 12),
        ("kind: numeric\nanswer: 1\ntol: 1\nrel: 0.1\n", "I311", 4, 6),
        ("kind: numeric\nanswer: 1\nunit: ms\nunits: {s: 0}\n", "I312", 4, 12),
        ("kind: numeric\nanswer: 1\nunits: {s: 10}\n", "I313", 3, 8),
        ("kind: numeric\nanswer: 1\ngiven: {Net: [1, 2]}\n", "I301", 3, 9),
        ("kind: numeric\nanswer: 1\ngiven: {max: [1, 2]}\n", "I301", 3, 9),
        ("kind: numeric\nanswer: 1\ngiven: {n: {from: 5, to: 1}}\n", "I302", 3, 12),
        ("kind: numeric\nanswer: 1\ngiven: {n: [3, 3]}\n", "I302", 3, 12),
        ("kind: numeric\nanswer: 1\ngiven: {n: []}\n", "I302", 3, 12),
        ("kind: short\naccept: [SLO, slo]\n", "I321", 2, 15),
        ("kind: short\naccept: [' ']\n", "S208", 2, 10),
        ("kind: single\nanswer: {text: a}\ndistractors: [{text: b}, {text: a}]\n", "I330", 3, 33),
        ("kind: single\nanswer: {text: a}\ndistractors: []\n", "S216", 3, 14),
        (f"kind: single\nanswer: {{text: a}}\ndistractors: [{SEVEN}]\n", "S216", 3, 14),
        ("kind: multi\nanswers: [{text: a}]\n", "I331", 2, 10),
        ("kind: short\nnear: 1\n", "I322", 1, 1),
        ("kind: short\naccept: [a]\nset: [a, b]\n", "I322", 1, 1),
        ("kind: short\nset: [a]\n", "S216", 2, 6),
        ("kind: short\nset: [one, two, One]\n", "I321", 2, 17),
        ("kind: multi\nanswers: [{text: a}]\ndistractors: [{text: a}]\n", "I330", 3, 22),
        ("kind: order\norder: [a, b, a]\n", "I330", 2, 15),
        ("kind: order\norder: [a, b, c]\nextras: [c]\n", "I330", 3, 10),
        ("kind: match\npairs: [{left: a, right: x}, {left: a, right: y}, {left: c, right: z}]\n", "I330", 2, 37),
        ("kind: match\npairs: [{left: a, right: x}, {left: b, right: x}, {left: c, right: z}]\n", "I330", 2, 47),
        ("kind: categorise\ncategories: {A: [a, b], B: [c, a]}\n", "I330", 2, 32),
        ("kind: categorise\ncategories: {A: [a], B: [c, d]}\n", "I340", 2, 13),
        ("kind: cloze\ntext: nothing to fill\n", "I350", 2, 7),
        ("kind: cloze\ntext: a {{b|}} c\n", "I351", 2, 7),
        ("kind: cloze\ntext: a {{b}} c {{d\n", "I352", 2, 7),
        ("kind: lines\nlang: sql\ncode: |\n  a\n\n  c\nlines: [4]\n", "I360", 7, 9),
        ("kind: lines\nlang: sql\ncode: |\n  a\n\n  c\nlines: [1, 2]\n", "I361", 7, 12),
        ("kind: lines\nlang: sql\ncode: |\n  a\n\n  c\nlines: [1, 1]\n", "I362", 7, 12),
        ("kind: lines\nlang: sql\ncode: |\n  a\n  c\nlines: [1, 2]\n", "I363", 6, 8),
        (STATEMENTS.replace("text: c", "text: a"), "I330", 5, 12),
        (STATEMENTS.replace("true", "yes", 1), "S212", 3, 23),
        ("kind: explain\nmodel: m\nchecklist: [a, b]\n", "S216", 3, 12),
        (SAY.replace("rank: weak", "rank: strong"), "I380", 8, 30),
        (SAY.replace("rank: weak", "rank: poor"), "S206", 6, 30),
        (SAY.replace("  - {text: a, note: n, rank: weak}\n", ""), "S216", 6, 3),
        (SAY.replace("text: b", "text: a"), "I330", 7, 12),
        (SAY.replace("check: question", "check: questoin"), "I381", 10, 25),
        (SAY.replace("words<=60", "words=60"), "I381", 11, 29),
        (SAY.replace("none_of: [fault]", "none_of: [fault], names: [Tom]"), "I382", 12, 34),
        (SAY.replace("none_of: [fault]", ""), "I382", 12, 34),
        (SAY.replace("none_of: [fault]", "none_of: []"), "S216", 12, 44),
        (SAY.replace("none_of: [fault]", "names: [' ']"), "S208", 12, 43),
        (SAY.replace("text: is short", "text: asks"), "I330", 11, 12),
        (SAY.replace("seconds: 60", "seconds: 0"), "S214", 4, 10),
        (SAY.replace("name: Elena, ", ""), "S204", 2, 7),
        ("kind: essay\n", "S203", 1, 7),
    ],
)  # fmt: skip
def test_a_fault_is_found_where_it_is(problems_of: ProblemsOf, text: str, code: str, line: int, column: int) -> None:
    (problem,) = problems_of(text)
    assert (problem.code, problem.mark.line, problem.mark.column) == (code, line, column)


def test_a_wrong_name_brings_the_right_one(problems_of: ProblemsOf) -> None:
    (problem,) = problems_of("kind: numeric\nanswer: mrr * chrn\ngiven: {mrr: [1, 2], churn: [3, 4]}\n")
    assert str(problem) == "item.yaml:2:15: error I314: there is no value 'chrn' (did you mean 'churn'?)"


def test_a_division_by_zero_names_the_draw(problems_of: ProblemsOf) -> None:
    (problem,) = problems_of("kind: numeric\nanswer: b / (a - 2)\ngiven: {b: [7, 8], a: [1, 2]}\n")
    assert problem.message == "for a = 2, b = 7 this divides by zero"


@pytest.mark.parametrize(
    ("check", "hint"),
    [
        ("questoin", "did you mean 'question'?"),
        ("words<60", "did you mean 'words<=60'?"),
        ("polite", "one of question, number, words<=60, words>=20, or words: {none_of: [...]}, {names: [...]}; leave"),
    ],
)
def test_a_check_that_there_is_not_brings_what_there_is(problems_of: ProblemsOf, check: str, hint: str) -> None:
    (problem,) = problems_of(SAY.replace("check: question", f"check: {check}"))
    assert hint in str(problem)
