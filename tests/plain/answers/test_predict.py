"""An interval first, then the number, by lines."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dev2cto.items.forms import Predict
from dev2cto.plain.answers import dispatch
from dev2cto.study.study import Study
from tests.plain.screens.test_screens import shows
from tests.support.typist import typed

FORM = Predict("ms", {"s": 1000.0})
NOTHING = ("", "", "")


@pytest.mark.parametrize(
    "text",
    ["40 to 60", "40 ms to 60 ms", "40 TO 60", "40..60", "40; 60", "40-60", "40 - 60", "40 and 60"],
)
def test_both_ends_are_typed_at_once(text: str) -> None:
    reply = dispatch.read_response(FORM, NOTHING, text)
    assert reply.response[2] == ""  # type: ignore[index]  # three texts
    assert "Now the number." in reply.message
    assert not reply.submit


def test_the_ends_are_typed_one_after_the_other() -> None:
    low = dispatch.read_response(FORM, NOTHING, "-40")
    assert low.response == ("-40", "", "")
    assert dispatch.how_to(FORM, low.response) == "its high end in ms"
    both = dispatch.read_response(FORM, low.response, "0.1 s")
    assert both.response == ("-40", "0.1 s", "")
    whole = dispatch.read_response(FORM, both.response, "30 ms")
    assert (whole.response, whole.submit) == (("-40", "0.1 s", "30 ms"), True)


@pytest.mark.parametrize("text", ["a lot", "60 to 40", "4 to many", "40 kg to 60 kg"])
def test_what_is_no_interval_is_said_and_not_kept(text: str) -> None:
    reply = dispatch.read_response(FORM, NOTHING, text)
    assert reply.response == NOTHING
    assert "interval" in reply.message


def test_a_calculation_asks_for_the_interval_once(study: Study) -> None:
    def right() -> Iterator[str]:
        (attempt,) = study.record.table("attempts").all()
        yield str(round(attempt["draw"]["given"]["rate"] * 48))

    text = typed(study, "capstone", "2", "", "500 to 3000", "u", "500 to 4000", "7", right(), "q", "q", "q")
    shows(
        text,
        'your 90 % interval in jobs, like "40 to 60"',
        "Your interval: 500 to 4000. Now the number.",
        "Not quite.",
        "a number in jobs",
        "Correct.",
        "Your interval, 500 to 4000 jobs, holds the answer. It is 3500 jobs wide",
    )
    assert [doc["range"] for doc in study.record.table("answers").all()] == [[500, 4000]] * 2


def test_what_was_begun_is_there_again(study: Study) -> None:
    typed(study, "capstone", "2", "", "500 to 3000", "q", "q", "q")
    text = typed(study, "capstone", "2", "q", "q", "q")
    shows(text, "Your answer so far: interval 500 to 3000", "now the number in jobs")


def test_an_interval_says_how_its_ends_are_read() -> None:
    reply = dispatch.read_response(Predict("s"), NOTHING, "0,05 to 1,250")
    assert reply.message == (
        "Your interval: 0,05 to 1,250. Interval read as 0.05 s to 1250 s. "
        "If you mean 1.25, write it like that. Now the number."
    )
    assert dispatch.read_response(Predict("s"), NOTHING, "0,05").message == "Interval read as 0.05 s."


def test_a_number_that_could_be_read_otherwise_waits_for_enter(study: Study) -> None:
    def right() -> Iterator[str]:
        (attempt,) = study.record.table("attempts").all()
        yield f"{round(attempt['draw']['given']['rate'] * 48)},0"

    text = typed(study, "capstone", "2", "", "500 to 4000", "7,500", "8", right(), "", "q", "q", "q")
    shows(
        text,
        "Number read as 7500 jobs. If you mean 7.5, write it like that.",
        "enter submits",
        "Not quite.",
        "Read as",
        "enter submits",
        "Correct.",
    )
    assert len(study.record.table("answers").all()) == 2
