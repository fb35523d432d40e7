"""Counts agree with their verbs."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from dev2cto.presenters.quiz_text import unanswered


@pytest.mark.parametrize(("left", "words"), [(("a",), "1 of 3 has no answer"), (("a", "b"), "2 of 3 have no answer")])
def test_questions_without_an_answer(left: tuple[str, ...], words: str) -> None:
    session = cast(Any, SimpleNamespace(left=left, order=("a", "b", "c")))
    warning, way = unanswered(session, "f")
    assert warning.startswith(words)
    assert way == "f finishes anyway."
