"""Texts from courses and learners, made harmless."""

from __future__ import annotations

from dev2cto.escapes import CONTROLS
from dev2cto.text import sanitize, shortened


def test_every_character_that_is_to_go_goes() -> None:
    """Alone and beside others; most texts are seen to have none of them without the patterns."""
    every = [chr(code) for code in range(0x110000)]
    text = "".join(every)
    gone = set(CONTROLS.findall(text)) - {"\t", "\n", "\r"}
    assert len(gone) > 4000
    for char in every[:0x10000] + sorted(gone):
        if char not in "\t\n\r\x1b":
            assert sanitize(f"a{char}é") == ("aé" if char in gone else f"a{char}é"), hex(ord(char))
    assert sanitize("a\r\nb\tc\x1b[31md") == "a\nb    cd"


def test_a_text_is_cut_between_words() -> None:
    assert shortened("one two three", 13) == "one two three"
    assert shortened("one two three", 12) == "one two ..."
    assert shortened("one two three", 11) == "one two ..."
    assert shortened("one two three", 10) == "one ..."
    assert shortened("incomprehensible", 10) == "incomp ..."
    assert all(len(shortened("one two three four", most)) <= most for most in range(5, 20))
