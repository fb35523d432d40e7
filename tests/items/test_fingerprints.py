"""Fingerprints: changed by what a question means, by nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from dev2cto.items.base import Item

ReadItem = Callable[[str], Item]

SINGLE = """kind: single
answer: {text: yes, why: it is}
distractors:
  - {text: no, why: a}
  - {text: maybe, why: b}
"""
NUMERIC = """kind: numeric
given:
  a: [1, 2, 3]
answer: a * 2
tol: 0.1
unit: ms
wrong: [{value: a, why: Not doubled.}]
"""
GROUPS = "kind: categorise\ncategories: {A: [a, b], B: [c, d]}\n"
ORDER = "kind: order\norder: [a, b, c]\nextras: [d, e]\n"


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (SINGLE, "why: it is", "why: of course"),
        (SINGLE, "why: a", "why: z"),
        (SINGLE, "kind: single", "kind: single\nhints: [Look again.]"),
        (SINGLE, "kind: single", "kind: single\nread: a.b\nsilence: [{rule: Q301, reason: r}]\norder: sorted"),
        (
            SINGLE,
            "  - {text: no, why: a}\n  - {text: maybe, why: b}",
            "  - {text: maybe, why: b}\n  - {text: no, why: a}",
        ),
        (NUMERIC, "Not doubled.", "Half of it."),
        (NUMERIC, "[1, 2, 3]", "[3, 1, 2]"),
        (GROUPS, "A: [a, b], B: [c, d]", "B: [d, c], A: [b, a]"),
        (ORDER, "[d, e]", "[e, d]"),
    ],
)
def test_the_same_question_keeps_its_fingerprint(item_of: ReadItem, text: str, old: str, new: str) -> None:
    assert old in text
    assert item_of(text.replace(old, new)).fingerprint == item_of(text).fingerprint


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (SINGLE, "yes", "yes indeed"),
        (SINGLE, "maybe", "perhaps"),
        (SINGLE, "text: no,", "text: no, id: nay,"),
        (
            SINGLE,
            "{text: yes, why: it is}\ndistractors:\n  - {text: no, why: a}",
            "{text: no}\ndistractors:\n  - {text: yes}",
        ),
        (NUMERIC, "a * 2", "a * 3"),
        (NUMERIC, "tol: 0.1", "tol: 0.2"),
        (NUMERIC, "tol: 0.1", "rel: 0.1"),
        (NUMERIC, "unit: ms", "unit: s"),
        (NUMERIC, "[1, 2, 3]", "[1, 2, 4]"),
        (GROUPS, "A: [a, b], B: [c, d]", "A: [a, c], B: [b, d]"),
        (ORDER, "[a, b, c]", "[b, a, c]"),
    ],
)
def test_another_question_has_another(item_of: ReadItem, text: str, old: str, new: str) -> None:
    assert old in text
    assert item_of(text.replace(old, new)).fingerprint != item_of(text).fingerprint


def test_the_prompt_counts_and_the_explanation_does_not(samples: dict[str, Item]) -> None:
    from dataclasses import replace

    for item in samples.values():
        assert replace(item, explain="Else.", hints=(), objective="x", level="remember").fingerprint == item.fingerprint
        assert replace(item, prompt="Else?").fingerprint != item.fingerprint


def test_fingerprints_are_short_distinct_and_the_same_everywhere(samples: dict[str, Item]) -> None:
    prints = [item.fingerprint for item in samples.values()]
    assert len(set(prints)) == len(prints)
    assert all(re.fullmatch(r"[0-9a-f]{16}", each) for each in prints)
    assert samples["s-burn"].fingerprint == "d5fd43d1cd730d7e"
