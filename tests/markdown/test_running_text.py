"""The words of blocks as one text: its sentences, and where they are on screen at any width."""

from __future__ import annotations

import pytest

from dev2cto.markdown.layout import layout
from dev2cto.markdown.parser import para, parse
from dev2cto.markdown.running_text import running_text
from tests.support.studies import SHIPPED, opened

TEXT = """\
Two writers, e.g. two pods, write at once. "Who wins?" Nobody **knows** yet.

- First, a lock.
- Then a queue that keeps its promises even when the reader is late by an hour or two.

> A quotation.

| a | b |
|---|---|
| 1 | 2 |

```sh
make test
make ship
```
"""


def test_sentences_end_where_a_reader_says() -> None:
    text = running_text(parse(TEXT))
    assert [text.text[first:last] for first, last in text.sentences()] == [
        "Two writers, e.g. two pods, write at once.", '"Who wins?"', "Nobody knows yet.", "First, a lock.",
        "Then a queue that keeps its promises even when the reader is late by an hour or two.", "A quotation.",
        "make test", "make ship",
    ]  # fmt: skip


@pytest.mark.parametrize("width", [24, 40, 76])
def test_every_sentence_is_found_on_the_lines_that_show_it(width: int) -> None:
    text, lines = running_text(parse(TEXT)), layout(parse(TEXT), width)
    for first, last in text.sentences():
        cells = text.cells(lines, first, last)
        shown = " ".join(lines[cell.line].text[cell.first : cell.last] for cell in cells)
        assert shown.split() == text.text[first:last].split()
        back = [text.offsets(lines[cell.line], cell.first, cell.last) for cell in cells]
        assert (back[0] or (0, 0))[0] == first
        assert (back[-1] or (0, 0))[1] == last


def test_tables_and_marks_have_no_words_in_it() -> None:
    text, lines = running_text(parse(TEXT)), layout(parse(TEXT), 76)
    table = next(n for n, line in enumerate(lines) if line.text.strip() == "1   2")
    assert text.offsets(lines[table], 0, 5) is None
    bullet = next(line for line in lines if "First, a lock." in line.text)
    first, last = text.offsets(bullet, 0, 2) or (0, 0)
    assert text.text[first:last] == ""


def test_the_block_of_an_offset_is_known() -> None:
    text = running_text((para("A heading"), *parse(TEXT)), skip=1)
    assert text.place(0) == (1, 0)
    block, offset = text.place(text.text.index("a lock"))
    assert (block, offset) == (2, len("First, "))


def test_every_section_of_the_first_step_maps_at_two_widths() -> None:
    curriculum = opened(SHIPPED)
    for outline in curriculum.outline.modules[1].readings[:4]:
        for section in curriculum.reading(outline.id).sections:
            blocks = parse(section.text, curriculum.cite, curriculum.fact)
            text = running_text(blocks)
            for width in (40, 76):
                lines = layout(blocks, width)
                for first, last in text.sentences():
                    shown = "".join(lines[c.line].text[c.first : c.last] for c in text.cells(lines, first, last))
                    wanted = "".join(text.text[first:last].split())
                    assert wanted in "".join(shown.split()), (section.id, width)
