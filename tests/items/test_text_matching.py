"""Typed texts: what counts as the same, and what as a slip of the finger."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dev2cto.items.base import Draw, Item, Retry
from dev2cto.items.text_matching import as_code, block, is_typo, normalized


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Idempotent", " idempotent "),
        ("write\u2011ahead log", "write-ahead   log"),
        ("Conway\u2019s law", "Conway's Law"),
        ("`git rebase`", "git rebase"),
        ("\u201cshard key\u201d", "shard key"),
        ("idempotent.", "idempotent"),
        ("\uff36\uff13", "V3"),
        ("stra\u00dfe", "STRASSE"),
        ("na\u0131ve"[:2] + "i\u0308ve", "na\u00efve"),
    ],
)
def test_these_are_the_same(one: str, other: str) -> None:
    assert normalized(one) == normalized(other)


@pytest.mark.parametrize(("one", "other"), [("git add .", "git add"), ("a b", "ab"), ("p95", "p99"), ("'", "")])
def test_these_are_not(one: str, other: str) -> None:
    assert normalized(one) != normalized(other)


@pytest.mark.parametrize("typed", ["idmpotent", "idempotentt", "idempotant", "idepmotent", "dempotent", "xidempotent"])
def test_one_typing_error_is_a_slip(typed: str) -> None:
    assert is_typo(typed, "idempotent")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("idempotent", "idempotent"),
        ("idmpotnt", "idempotent"),
        ("elt", "etl"),
        ("8080", "8081"),
        ("", "idempotent"),
        ("port 80", "port 8"),
        ("potent", "idempotent"),
        ("abdc1", "abcd2"),
    ],
)
def test_everything_else_is_none(typed: str, meant: str) -> None:
    assert not is_typo(typed, meant)


def distance(a: str, b: str) -> int:
    """Optimal string alignment by the full table: what `slip` must agree with."""
    rows = [[max(i, j) if 0 in (i, j) else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]))
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


@given(st.text("abc", max_size=7), st.text("abc", min_size=4, max_size=7))
def test_a_slip_is_a_distance_of_one(typed: str, meant: str) -> None:
    assert is_typo(typed, meant) == (distance(typed, meant) == 1)


def test_a_slip_asks_once_and_insisting_is_judged(samples: dict[str, Item]) -> None:
    item = samples["s-idempotent"]
    asked = item.grade("idempotnet", Draw())
    assert isinstance(asked, Retry)
    assert asked.response == "idempotnet"
    insisted = item.grade("idempotnet", Draw(), asked)
    assert not isinstance(insisted, Retry)
    assert insisted.score == 0
    corrected = item.grade("Idempotent", Draw(), asked)
    assert not isinstance(corrected, Retry)
    assert corrected.score == 1
    assert item.final("idempotnet", Draw()).score == 0


@given(st.text(max_size=80))
def test_a_learners_text_cannot_leave_its_code_or_block(text: str) -> None:
    code = as_code(text)
    ticks = len(code) - len(code.lstrip("`"))
    assert "\n" not in code
    assert not text.strip() or "`" * ticks not in code.strip("`")
    fence, *inner = block(text).split("\n")
    assert all(fence not in line for line in inner[:-1])
