"""What is missing of a response is counted in English."""

from __future__ import annotations

import pytest

from dev2cto.items.forms import Blanks, Form, Group, Option, Pair, Response, incomplete_reason

THREE = tuple(Option(n, n) for n in "xyz")


@pytest.mark.parametrize(
    ("form", "response", "words"),
    [
        (Pair(THREE, THREE), {"x": "y", "y": "x"}, "1 of 3 is still without a partner."),
        (Pair(THREE, THREE), {"x": "y"}, "2 of 3 are still without a partner."),
        (Group(THREE, THREE[:2]), {"x": "y", "y": "x"}, "1 of 3 is still without a group."),
        (Group(THREE, THREE[:2]), {}, "3 of 3 are still without a group."),
        (Blanks(("a", "b", "c")), ("one", " "), "1 of 2 blanks is still empty."),
        (Blanks(("a", "b", "c")), ("", ""), "2 of 2 blanks are still empty."),
    ],
)
def test_one_is_and_several_are(form: Form, response: Response, words: str) -> None:
    assert incomplete_reason(form, response) == words
