"""The page of a script for two people, to read or print."""

from __future__ import annotations

from dev2cto.exercises.base import Exercise
from dev2cto.exercises.script import Script
from dev2cto.markdown.parser import Block, para
from dev2cto.presenters.feedback import RenderMarkdown

TITLE = "Script for two people"
HOW = "Each person reads only their own part. Play it for five minutes, let the observer speak first, then swap parts."


def script_of(exercise: Exercise) -> Script | None:
    """The exercise's script; None if it has none."""
    found = getattr(exercise, "script", None)
    return found if isinstance(found, Script) else None


def script_blocks(script: Script, prose: RenderMarkdown) -> list[Block]:
    """The instructions, then the parts."""
    blocks: list[Block] = [para(HOW, "muted")]
    for who, part in script.parts:
        blocks += [para(who, "heading"), *prose(part)]
    return blocks
