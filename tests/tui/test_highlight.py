"""Code is coloured, and stays the course's code."""

from __future__ import annotations

import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from dev2cto.markdown.layout import layout
from dev2cto.markdown.parser import Span, parse, plain
from dev2cto.tui.highlight import coloured_code

CODE = """```python
def owner(key):  # who
    return f"{key}" if key > 4 else None
```"""


def test_keywords_strings_numbers_and_comments_have_their_styles() -> None:
    lines = layout(parse(CODE), colour=coloured_code)
    styles = {span.text.strip(): span.style for line in lines for span in line.spans}
    assert styles["def"] == styles["return"] == "keyword"
    assert styles["owner"] == "bright"
    assert styles["# who"] == "comment"
    assert styles["4"] == "number"
    assert [line.edge for line in lines] == [2, 2]


@settings(deadline=None)
@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=40), st.sampled_from(["python", "sql", "js"]))
def test_what_is_coloured_says_the_same(text: str, lang: str) -> None:
    lines = [text, "", "  x = 1  "]
    found = coloured_code(lines, lang)
    assert found is None or [plain(row) for row in found] == lines


def test_what_is_no_code_or_in_an_unknown_language_has_no_colours() -> None:
    assert coloured_code(["a = 1"], "") is None
    assert coloured_code(["a = 1"], "text") is None
    assert coloured_code(["a = 1"], "no-such-language") is None
    assert layout(parse("```\na = 1\n```"), colour=coloured_code)[0].spans == (Span("    "), Span("a = 1"))


def test_pygments_is_loaded_with_the_first_code() -> None:
    code = "import sys, dev2cto.tui.screens.home; print(any(name.startswith('pygments') for name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
