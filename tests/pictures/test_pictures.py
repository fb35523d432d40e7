"""The pictures of the README show what the app shows."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from tests.pictures.make import HERE, PICTURES, make


def words(picture: Path) -> list[str]:
    """The texts in a picture, from top to bottom."""
    found = re.findall(r">([^<]+)</text>", picture.read_text(encoding="utf-8"))
    return [html.unescape(text).replace("\u00a0", " ") for text in found]


@pytest.mark.parametrize("name", PICTURES)
async def test_a_picture_is_as_the_screen_is_now(name: str, tmp_path: Path) -> None:
    await make(name, tmp_path / "home", tmp_path)
    assert words(HERE / name) == words(tmp_path / name), "python tests/pictures/make.py takes them again"
