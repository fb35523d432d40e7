"""The short way of reading a plain command line gives what the whole parser gives."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dev2cto.cli.main import EVERYDAY, everyday
from dev2cto.cli.parser import parser
from dev2cto.errors import UsageError

WORDS = (
    *EVERYDAY, "--plain", "--resume", "--json", "--course", "--learner", "--course=here", "here", "plain", "-", "--",
    "-h", "show", "--pl", "a b", "--limit",
)  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=6))
@settings(max_examples=400, deadline=None)
def test_both_ways_agree(words: list[str]) -> None:
    short = everyday(words)
    if short is None:
        return
    try:
        whole = parser().parse_args(words)
    except (UsageError, SystemExit) as error:
        raise AssertionError(f"{words}: the parser refuses what the short way takes") from error
    assert vars(short) == vars(whole)


def test_prompts_need_no_parser() -> None:
    for words in ([], ["next"], ["status", "--json"], ["--resume"], ["next", "--learner", "ann", "--course", "c"]):
        assert everyday(words) is not None, words
    for words in (["show"], ["next", "--resume"], ["plain"], ["--course"], ["next", "--course", "--json"]):
        assert everyday(words) is None, words
