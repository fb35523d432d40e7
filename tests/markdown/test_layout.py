"""Texts of the course as lines: whole, harmless, never wider than asked."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from dev2cto.markdown.layout import layout, wrap
from dev2cto.markdown.parser import Listing, Paragraph, Span, Style, TableBlock, flowing, inline, parse, plain
from dev2cto.text import one_line, sanitize

ANY = st.text(st.characters(codec="utf-8"), max_size=200)
WIDTHS = st.integers(12, 90)


def lines(text: str, width: int = 76) -> list[str]:
    return [line.text for line in layout(parse(text), width)]


@given(ANY)
def test_nothing_reaches_the_terminal_that_moves_it(text: str) -> None:
    kept = sanitize(text)
    assert "\x1b" not in kept
    assert all(char == "\n" or unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp") for char in kept)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07text", "text"),
        ("a\tb", "a    b"),
        ("a\u200bb\u202ec", "abc"),
        ("bell\x07, null\x00", "bell, null"),
        ("two\r\nlines", "two\nlines"),
        ("漢字 é", "漢字 é"),
    ],
)
def test_escapes_and_invisible_characters_are_taken_out(text: str, wanted: str) -> None:
    assert sanitize(text) == wanted


def test_one_line_folds_white_space() -> None:
    assert one_line(" a \n  b\t c ") == "a b c"


@given(st.lists(st.text("ab漢 \n", max_size=30).map(lambda t: Span(t)), max_size=5), WIDTHS)
def test_wrapping_loses_only_white_space(spans: list[Span], width: int) -> None:
    wrapped = list(wrap(spans, width))
    assert all(cell_len(plain(line)) <= width for line, _ in wrapped)
    squeezed = "".join(plain(line) for line, _ in wrapped).replace(" ", "")
    assert squeezed == plain(spans).replace(" ", "").replace("\n", "")


@given(st.lists(st.text("ab漢 ", max_size=40).map(lambda t: Span(t)), max_size=5), WIDTHS)
def test_a_line_knows_where_in_the_text_it_begins(spans: list[Span], width: int) -> None:
    text = plain(spans)
    for line, offset in wrap(spans, width):
        assert text[offset:].lstrip(" ").startswith(plain(line)[:1])


@given(
    st.lists(st.tuples(st.text("ab漢\t\u00a0 5s%", max_size=12), st.sampled_from(["", "code"])), max_size=5),
    WIDTHS,
)
def test_a_text_that_fits_on_one_line_is_wrapped_like_any_other(pieces: list[tuple[str, Style]], width: int) -> None:
    spans = [Span(text, style) for text, style in pieces]
    *before, after = wrap([*spans, Span("\nb")], width)
    assert list(wrap(spans, width)) == before
    assert plain(after[0]) == "b"


@given(ANY, WIDTHS)
@settings(max_examples=200)
def test_any_markdown_fits(text: str, width: int) -> None:
    for line in layout(parse(text), width):
        assert cell_len(line.text) <= width or any(isinstance(b, TableBlock) for b in parse(text))


@pytest.mark.parametrize("text", ["it was 86 % busy", "it was **86** % busy", "it was **86 %** busy", "in 86 ms, so"])
@pytest.mark.parametrize("width", range(5, 18))
def test_a_number_and_its_unit_stay_on_one_line(text: str, width: int) -> None:
    shown = lines(text, width)
    assert any(kept in "\n".join(shown) for kept in ("86 %", "86 ms"))
    assert all(cell_len(line) <= width for line in shown)


def test_brackets_are_text() -> None:
    assert lines("[Team] Topologies and [/b] and [link](http://x.y)") == [
        "[Team] Topologies and [/b] and [link](http://x.y)"
    ]


def test_html_and_images_are_text() -> None:
    assert lines("<b>bold</b> ![alt](src)") == ["<b>bold</b> ![alt](src)"]


def test_citations_and_facts_are_filled_in() -> None:
    spans = inline("See [@beck-2002]: [=limit].", lambda id: "Beck 2002", lambda id: "2.5 s")
    assert plain(spans) == "See (Beck 2002): 2.5 s."
    assert [span.style for span in spans if "Beck" in span.text] == ["cite"]


def test_lists_hang_under_their_text() -> None:
    assert lines("- one two three four\n- b", 12) == ["- one two", "  three four", "- b"]


def test_code_keeps_its_lines() -> None:
    block = parse("```python\nif a:\n    b()\n```")[0]
    assert block == Listing(("if a:", "    b()"), "python", 4, code=True)


def test_a_listing_breaks_between_words_and_keeps_its_indentation() -> None:
    block = Listing(("    - one two three four", "a  b", "x" * 9), indent=0)
    shown = [line.text for line in layout([block], 14)]
    assert shown == ["    - one two", "    three four", "a  b", "x" * 9]
    assert [line.text for line in layout([Listing(("abcdef ghijkl",), indent=2)], 8)] == ["abcdef", "ghijkl"]
    assert [line.text for line in layout([Listing(("abcdefghij",), indent=2)], 8)] == ["abcdefgh", "ij"]


def test_tables_align_numbers_and_wide_characters() -> None:
    assert lines("| a | n |\n|---|--:|\n| 漢字 | 5 |\n| xyz | 12 |") == [
        "a       n", "─────────", "漢字    5", "xyz    12",
    ]  # fmt: skip


def table(*rows: str) -> str:
    heads, *rest = rows
    return "\n".join(f"| {' | '.join(row.split())} |" for row in (heads, " ".join("---" for _ in heads.split()), *rest))


def test_a_table_gives_up_gaps_before_it_breaks_words() -> None:
    wide = table("minute device total", "0 desktop 2317")
    assert lines(wide, 24)[0] == "minute   device    total"
    assert lines(wide, 22)[0] == "minute  device   total"
    assert lines(wide, 20)[0] == "minute device  total"


def test_a_table_breaks_between_words_before_it_breaks_them() -> None:
    text = "| stage | what it stands for |\n|---|---|\n| dns | name and TLS |"
    assert [line.rstrip() for line in lines(text, 15)] == [
        "stage  what it", "       stands", "       for", "─" * 15, "dns    name and", "       TLS",
    ]  # fmt: skip


@given(st.lists(st.lists(st.text("ab漢 ", max_size=12), min_size=3, max_size=3), min_size=1, max_size=4), WIDTHS)
def test_a_table_fits_and_loses_nothing(rows: list[list[str]], width: int) -> None:
    block = TableBlock(tuple(tuple((Span(cell),) for cell in row) for row in rows), ("left", "right", "center"))
    drawn = [line.text for line in layout([block], width)]
    assert all(cell_len(line) <= width for line in drawn)
    assert sorted("".join(drawn).replace(" ", "").replace("─", "")) == sorted(
        "".join(cell for row in rows for cell in row).replace(" ", "")
    )


def test_a_quote_is_marked() -> None:
    assert lines("> said so") == ["| said so"]


def test_a_paragraph_after_another_has_a_blank_line() -> None:
    assert lines("a\n\nb") == ["a", "", "b"]
    assert isinstance(parse("a")[0], Paragraph)


def flat(text: str) -> list[str]:
    """The lines that a text of an option is shown in."""
    return plain(flowing(text)).split("\n")


def test_code_in_an_option_keeps_its_lines_and_blanks() -> None:
    assert flat("This loop:\n\n```python\nfor n in x:\n    use(n)\n```\nand no\nother.") == [
        "This loop:",
        "for\u00a0n\u00a0in\u00a0x:",
        "\u00a0\u00a0\u00a0\u00a0use(n)",
        "and no other.",
    ]


def test_an_option_of_one_line_is_as_it_was() -> None:
    assert flowing("Use `x` in **place**") == inline("Use `x` in **place**")


@given(st.lists(st.sampled_from(["```", "~~~", "a", "  b", "", "# c", "- d", "```py", "````"]), max_size=9))
def test_all_but_the_fences_of_an_option_is_shown(lines: list[str]) -> None:
    wanted = [char for line in lines for char in line if char in "abcd#-"]
    shown = [char for char in plain(flowing("\n".join(lines))) if char in "abcd#-"]
    assert shown == wanted


def test_blanks_that_kept_a_line_together_are_blanks_in_the_end() -> None:
    assert [line.text for line in layout([Paragraph(flowing("```\na  b\n```\nc"))])] == ["a  b", "c"]


def test_code_that_is_too_wide_keeps_the_cells_of_its_edge() -> None:
    lines = layout([Listing(("a" * 90, "short"), indent=4, code=True)], 76)
    assert {line.edge for line in lines} == {0}
    assert all(line.text.startswith("  ") for line in lines)
    assert "".join(line.text.strip() for line in lines[:2]) == "a" * 90


def test_a_heading_of_a_document_is_a_heading() -> None:
    heading, text = parse("## Two `calls`\n\nText.")
    assert isinstance(heading, Paragraph)
    assert isinstance(text, Paragraph)
    assert heading.spans == (Span("Two ", "heading"), Span("calls", "code"))
    assert text.spans == (Span("Text."),)
