"""What is shown of a place that was found: words, without the halves of marks that were cut off."""

from __future__ import annotations

import pytest

from dev2cto.course.search import IndexEntry, excerpt

LONG = " and so on" * 12
TABLE = "| busy | response |\n|------|---------:|\n| 50 % | 40 ms |\n"


@pytest.mark.parametrize(
    ("text", "wanted", "shown"),
    [
        (
            f"It is said to be **much longer than what is shown here of it{LONG}** there",
            "said",
            "It is said to be much",
        ),
        (f"Words that begin far before **the emphasis of them** stand{LONG}", "emphasis", "**the emphasis of them**"),
        (
            f"Call `one.of(those, that, take, more, arguments, than, there, is, room, for{LONG}` now",
            "call",
            "Call one.of(",
        ),
        (f"{TABLE}Then{LONG}", "response", "busy, response; 50 %, 40 ms; Then"),
        ("Either a | b or `c | d`.", "either", "Either a | b or `c | d`."),
    ],
    ids=["emphasis cut off", "emphasis whole", "code cut off", "table", "bars"],
)
def test_an_excerpt_shows_words(text: str, wanted: str, shown: str) -> None:
    found = excerpt(IndexEntry("reading", "r#s", "Title", "", text), [wanted])
    assert shown in found
    assert found.count("**") % 2 == found.count("`") % 2 == 0
