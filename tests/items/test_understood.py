"""What a typed number is understood to be."""

from __future__ import annotations

import pytest

from dev2cto.items.understood import understood


@pytest.mark.parametrize(
    ("text", "unit", "words", "instead", "certain"),
    [
        ("75", "ms", "75 ms", "", True),
        ("12.5 ms", "ms", "12.5 ms", "", True),
        ("-3", "", "-3", "", True),
        ("0,075", "", "0.075", "", False),
        ("12,5", "s", "12.5 s", "", False),
        ("1,250", "ms", "1250 ms", "1.25", False),
        ("1.250", "ms", "1.25 ms", "1250", False),
        ("-12,500", "", "-12 500", "-12.5", False),
        ("1,250,000", "", "1 250 000", "", False),
        ("1,250.5", "", "1250.5", "", False),
        ("about 500", "", "500", "", False),
        ("2.3k", "EUR", "2300 EUR", "", False),
        ("$300k/month", "EUR", "300 000 $/month", "", False),
        ("2,3 s", "ms", "2.3 s", "", False),
        ("1e3", "", "1000", "", False),
    ],
)
def test_a_number_is_understood(text: str, unit: str, words: str, instead: str, certain: bool) -> None:
    found = understood(text, unit)
    assert found is not None
    assert (found.words, found.instead, found.certain) == (words, instead, certain)


@pytest.mark.parametrize("text", ["", "abc", "1 to 2", "0,075,000"])
def test_what_is_no_number_is_not_understood(text: str) -> None:
    assert understood(text, "ms") is None
