"""What progress says of ranges, drawn and in words."""

from __future__ import annotations

import pytest

from dev2cto.learning.ranges import RangeTrack
from dev2cto.markdown.layout import layout
from dev2cto.presenters.ranges_text import range_blocks, range_words
from dev2cto.study.queries.ranges import Ranges

SCORES = (None, 1.8, None, 0.6)
WORDS = {
    RangeTrack(3, 3, "unknown", None, False): "It takes 2 more ranges to say whether they are honest.",
    RangeTrack(4, 3, "unknown", None, False): "It takes 1 more range to say whether they are honest.",
    RangeTrack(10, 6, "too narrow", None, False): (
        "They are too narrow: 60 % hold the answer where 90 % would be honest."
    ),
    RangeTrack(10, 9, "honest", (1, 1), False): "They hold the answer about as often as you claim.",
    RangeTrack(20, 18, "honest", (1.2, 0.4), True): (
        "They hold the answer about as often as you claim, and have become narrower without losing hits:"
        " 20 % to either side, 60 % before."
    ),
    RangeTrack(40, 40, "too wide", (1, 1), False): (
        "They hold the answer nearly always, so they can be narrower and still be honest."
    ),
}


@pytest.mark.parametrize("found", WORDS, ids=lambda found: f"{found.held} of {found.given}")
def test_one_sentence_says_what_they_mean(found: RangeTrack) -> None:
    assert range_words(found) == WORDS[found]


def shown(view: Ranges, *, drawn: bool, narrow: bool = False) -> str:
    lines = layout(range_blocks(view, drawn=drawn, narrow=narrow), 40 if narrow else 76)
    return " ".join(" ".join(line.text for line in lines).split())


def test_it_is_said_in_words_and_drawn() -> None:
    view = Ranges(RangeTrack(14, 12, "honest", None, False), SCORES)
    words = shown(view, drawn=False)
    assert "Held the answer: 86 % of 14 ranges, 90 % claimed" in words
    assert "Score by week: 1.8 at first, 0.6 last; 0 is perfect" in words
    assert "a miss costs 20 times what it misses by" in words
    for narrow in (False, True):
        drawn = shown(view, drawn=True, narrow=narrow)
        assert "86 % of 14" in drawn
        assert "score by week: 1.8 at first, 0.6 last" in drawn


def test_nothing_is_said_before_there_is_a_range() -> None:
    assert range_blocks(Ranges(RangeTrack(0, 0, "unknown", None, False), ()), drawn=True) == []
