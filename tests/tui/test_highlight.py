"""Code is coloured, and stays the course's code."""

from __future__ import annotations

import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from dev2cto.exercises.diffs.changeset import Changeset, DiffLine, FileChange
from dev2cto.exercises.diffs.folding import fold
from dev2cto.items.forms import MarkLines, Option
from dev2cto.markdown.layout import layout
from dev2cto.markdown.parser import Listing, Span, parse, plain
from dev2cto.tui.answers.base import styled_text
from dev2cto.tui.answers.mark_lines import MarkLinesAnswer
from dev2cto.tui.highlight import coloured_code, coloured_file
from dev2cto.tui.widgets.diff_rows import diff_rows

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


def test_a_file_is_coloured_by_its_name() -> None:
    rows = coloured_file(["def owner(key):", "    return 4"], "calls.py")
    assert rows is not None
    assert rows[0][0] == Span("def", "keyword")
    assert coloured_file(["a"], "no-known.ending") is None


def test_a_change_is_coloured_and_what_has_no_colour_says_whether_it_is_new() -> None:
    file = FileChange("calls.py", "changed", (
        DiffLine(" ", 1, 1, '"""Calls,'),
        DiffLine("-", 2, 0, 'in two lines."""'),
        DiffLine("+", 0, 2, 'for short."""'),
        DiffLine("+", 0, 3, "    return LIMIT"),
    ))  # fmt: skip
    rows = diff_rows(fold(Changeset((file,)), 3), {})
    shown = [row.spans for row in rows[1:]]
    assert [plain(spans).replace("\u00a0", " ") for spans in shown] == [line.text for line in file.lines]
    assert {span.style for spans in shown[:3] for span in spans} == {"string"}, "a text goes on in the next line"
    assert shown[3][-2:] == (Span(" ", "added"), Span("LIMIT", "added"))
    assert Span("return", "keyword") in shown[3]


def test_what_changed_in_a_text_is_coloured() -> None:
    diff = Listing(("--- version 1", "+++ version 2", "@@ -1 +1 @@", "-one", "+two"), "diff", indent=2, code=True)
    styles = [line.spans[-1].style for line in layout([diff], colour=coloured_code)]
    assert styles == ["removed", "added", "comment", "removed", "added"]


def test_code_in_an_option_is_coloured_on_lines_of_its_own() -> None:
    option = Option("a", f"This one:\n\n{CODE}\n\nand nothing else")
    spans = styled_text(option)
    styles = {span.text.strip("\u00a0\n"): span.style for span in spans}
    assert styles["def"] == styles["return"] == "keyword"
    assert styles["4"] == "number"
    text = plain(spans).replace("\u00a0", " ")
    assert text.split("\n")[1:3] == ["def owner(key):  # who", '    return f"{key}" if key > 4 else None']
    assert plain(styled_text(Option("b", "```\na  = 1\n```"))) == "a\u00a0\u00a0=\u00a01"


def test_lines_to_mark_are_coloured_and_keep_their_indentation() -> None:
    code = ("def owner(key):", "    if key:", "", "        return 4")
    rows = MarkLinesAnswer(MarkLines("python", code)).rows_now()
    assert [plain(row.spans).replace("\u00a0", " ") for row in rows] == [*code[:2], " ", code[3]]
    assert all("\u00a0" * 4 in plain(rows[n].spans) for n in (1, 3))
    assert {span.text for row in rows for span in row.spans if span.style == "keyword"} >= {"def", "if", "return"}
    plainly = MarkLinesAnswer(MarkLines("no-such-language", code)).rows_now()
    assert {span.style for row in plainly for span in row.spans} == {"code"}


def test_questions_load_pygments_with_the_first_code() -> None:
    code = "import sys, dev2cto.tui.widgets.question; print(any(name.startswith('pygments') for name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
