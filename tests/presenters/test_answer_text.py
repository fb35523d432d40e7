"""How the text of a cloze question is shown."""

from __future__ import annotations

from dev2cto.items.forms import Blanks
from dev2cto.markdown.layout import layout
from dev2cto.presenters.answer_text import blanks_blocks


def test_a_text_with_blanks_breaks_between_words_at_80_columns() -> None:
    sentence = "Wholly undifferentiated infrastructure becomes a commodity which everybody rents from a few providers"
    form = Blanks((f"{sentence}, and ", f".\n    - {sentence}: ", "."))
    shown = [line.text for line in layout(blanks_blocks(form, indent=3), 74)]
    assert all(len(line) <= 74 for line in shown)
    text = " ".join(" ".join(shown).split())
    assert f"{sentence}, and [blank 1]. - {sentence}: [blank 2]." in text
