"""The short way of reading a plain command line gives what the whole parser gives."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dev2cto.cli import commands
from dev2cto.cli.arguments import COMMON, START, Arguments
from dev2cto.cli.main import plainly_parsed
from dev2cto.cli.parser import parser
from dev2cto.errors import UsageError


def own(command: str) -> Arguments:
    """The arguments of a command; without one, those of the program."""
    found = commands.command(command)
    return START if found is None else found.ARGUMENTS


TAKES = {command: (*COMMON, *own(command)) for command in ("", *commands.names())}
OTHERS = ("--course=here", "here", "plain", "-", "--", "-h", "--pl", "a b", "")
STRAY = st.sampled_from(sorted({*OTHERS, *TAKES, *(name for takes in TAKES.values() for name in takes)}))


def lines() -> st.SearchStrategy[list[str]]:
    """Command lines: of what a command takes and values for it, or of any words at all."""
    meant = st.sampled_from(sorted(TAKES)).flatmap(
        lambda command: st.lists(st.sampled_from((*TAKES[command], "here")), max_size=5).map(
            lambda words: [command, *words] if command else words
        )
    )
    return meant | st.lists(STRAY, max_size=6)


@given(lines())
@settings(max_examples=300, deadline=None)
def test_both_ways_agree(words: list[str]) -> None:
    short = plainly_parsed(words)
    if short is None:
        return
    try:
        whole = parser().parse_args(words)
    except (UsageError, SystemExit) as error:
        raise AssertionError(f"{words}: the parser refuses what the short way takes") from error
    assert vars(short) == vars(whole)


def test_prompts_need_no_parser() -> None:
    for words in (
        ["search", "a b", "c"],
        [],
        ["next"],
        ["status", "--json"],
        ["--resume"],
        ["next", "--learner", "ann", "--course", "c"],
    ):
        assert plainly_parsed(words) is not None, words
    for words in (
        ["search"],
        ["search", "a", "--limit", "3"],
        ["search", "-x"],
        ["show"],
        ["next", "--resume"],
        ["plain"],
        ["--course"],
        ["next", "--course", "--json"],
    ):
        assert plainly_parsed(words) is None, words


@pytest.mark.parametrize("command", sorted(TAKES))
def test_both_ways_know_every_option(command: str) -> None:
    """Each option of each command by itself and all of them: what is plain is read the short way."""
    takes = {**COMMON, **own(command)}
    each = [[name] if "action" in how else [name, "here"] for name, how in takes.items() if name.startswith("--")]
    plain = all(name.startswith("--") for name in takes)
    for options in ([], *each, [word for option in each for word in option]):
        words = [command, *options] if command else options
        assert (plainly_parsed(words) is not None) == plain
        if plain:
            assert vars(plainly_parsed(words) or Namespace()) == vars(parser().parse_args(words))


@pytest.mark.parametrize("name", ["__init__", "_own", "next.x", "Next", "import", "next ", "../next", "", "\udcff"])
def test_only_the_module_of_a_command_is_one(name: str) -> None:
    assert commands.command(name) is None
    assert name not in commands.names()


def test_every_module_is_a_command_with_its_help() -> None:
    modules = {path.stem for path in Path(commands.__file__).parent.glob("[!_]*.py")}
    assert set(commands.names()) == modules
    for name in modules:
        found = commands.command(name)
        assert found is not None
        assert found.HELP[0].islower()
        assert not found.HELP.endswith(".")
        assert callable(found.run)
