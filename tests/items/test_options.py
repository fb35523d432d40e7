"""The order in which options are shown: chance alone, or their value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from random import Random

import pytest

from dev2cto.items.base import Draw, Item, option_id
from dev2cto.items.forms import PickOne
from dev2cto.items.options import in_order, option_from_text, option_order

ReadItem = Callable[[str], Item]


def single(texts: list[str], more: str = "") -> str:
    first, *rest = texts
    return f"kind: single\nanswer: {{text: '{first}'}}\ndistractors:\n" + "".join(
        f"  - {{text: '{text}'}}\n" for text in rest
    ) + more  # fmt: skip


def shown(item: Item, seed: int) -> list[str]:
    form = item.form(item.draw(Random(seed)))
    assert isinstance(form, PickOne)
    return [option.text for option in form.options]


def test_the_key_is_in_every_position_equally_often(item_of: ReadItem) -> None:
    item = item_of(single(["key", "one", "two", "three"]))
    places = Counter(shown(item, seed).index("key") for seed in range(4000))
    assert all(900 < places[place] < 1100 for place in range(4))


def test_the_file_order_plays_no_part(item_of: ReadItem) -> None:
    one = item_of(single(["key", "a", "b", "c"]))
    other = item_of(single(["key", "c", "a", "b"]))
    assert [shown(one, seed) for seed in range(20)] == [shown(other, seed) for seed in range(20)]


@pytest.mark.parametrize(
    "texts",
    [
        ["90", "100", "1,000", "2,500"],
        ["90 ms", "900 ms", "2 s", "1 min"],
        ["512 kB", "4 MB", "1 GB"],
        ["-3 %", "0 %", "12.5 %"],
        ["$900", "$1,200", "$10,000"],
        ["`2`", "**10**", "300"],
    ],
)
def test_numbers_are_sorted_by_themselves(item_of: ReadItem, texts: list[str]) -> None:
    assert shown(item_of(single([texts[-1], *texts[:-1]])), 1) == texts


@pytest.mark.parametrize(
    "texts",
    [
        ["2026-03-01", "2026-12-01", "2027-01-01"],
        ["30 June 2026", "1 May 2027", "2 May 2027"],
        ["09:30", "16:00", "22:30"],
        ["step 2", "step 10", "step 11"],
        ["Monday", "none", "never on a Friday"][::-1],
    ],
)
def test_sorted_is_honoured_for_dates_and_texts_with_numbers(item_of: ReadItem, texts: list[str]) -> None:
    item = item_of(single([texts[-1], *texts[:-1]], "order: sorted\n"))
    assert (
        shown(item, 1)
        == shown(item, 2)
        == (texts if texts[0][0].isdigit() or "2" in texts[0] else sorted(texts, key=str.casefold))
    )


def test_numbers_of_different_things_are_shuffled() -> None:
    options = [option_from_text(text) for text in ("3 replicas", "2 s", "5 MB")]
    assert len({option_order(options, False, Random(seed)) for seed in range(50)}) > 3


def test_mixed_units_are_sorted_by_what_they_amount_to() -> None:
    texts = ["1 h", "90 s", "2 min", "3 days", "1 week"]
    assert [option.text for option in in_order([option_from_text(t) for t in texts])] == [
        "90 s",
        "2 min",
        "1 h",
        "3 days",
        "1 week",
    ]


def test_an_option_may_carry_its_own_id(item_of: ReadItem) -> None:
    item = item_of("kind: single\nanswer: {text: yes, id: keep}\ndistractors: [{text: no}, {text: maybe}]\n")
    assert item.key(Draw()) == "keep"
    assert set(item.mistakes(Draw())) == {option_id("no"), option_id("maybe")}
