"""What is said below an answer: how to give it, or how the numbers typed so far are read."""

from __future__ import annotations

from dev2cto.items.forms import Form, Response
from dev2cto.markdown.parser import Block, Style, para
from dev2cto.presenters.answer_text import read_as
from dev2cto.tui.answers.factory import how_to

INVITATION = "Press enter to answer."


def under(message: str, style: Style) -> list[Block]:
    """Return a message to show below an answer, with a blank line above it; nothing without one."""
    return [para(""), para(message, style, indent=1, tight=True)] if message else []


def guidance(form: Form, response: Response) -> list[Block]:
    """How the numbers typed so far are read; how to answer, where none are."""
    return under(read_as(form, response) or how_to(form), "muted")
