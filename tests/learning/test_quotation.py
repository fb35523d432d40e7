"""Passages are found again as far as a person would say they are still there."""

from __future__ import annotations

from random import Random

import pytest

from dev2cto.learning.quotation import AROUND, NEAR, find, quote

TEXT = (
    "A queue keeps its promises in order. Two writers do not. When both write at once, the later one wins, and nobody"
    " is told. That is why a retry needs a key. A retry needs a key that the first call has chosen, too."
)


def found(text: str, passage: str, changed: str) -> str | None:
    """What is found of the passage of one text in another."""
    first = text.index(passage)
    place = find(quote(text, first, first + len(passage)), changed)
    return changed[slice(*place)] if place else None


def test_a_passage_is_found_word_for_word() -> None:
    assert found(TEXT, "Two writers do not.", "New. " + TEXT) == "Two writers do not."


def test_of_equal_passages_the_one_with_the_same_surroundings_is_meant() -> None:
    first = TEXT.rindex("retry needs a key")
    quotation = quote(TEXT, first, first + len("retry needs a key"))
    assert find(quotation, "A preface that moves all of it. " + TEXT) == (first + 32, first + 32 + 17)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("the later one wins", "the second one wins"),
        ("When both write at once", "If both write at once"),
        ("nobody is told", "nobody hears of it"),
        ("When both write at once, the later", "When both write at the same moment, the later"),
    ],
)
def test_a_passage_is_found_with_some_words_changed(old: str, new: str) -> None:
    passage = "When both write at once, the later one wins, and nobody is told."
    assert found(TEXT, passage, TEXT.replace(old, new)) == passage.replace(old, new)


def test_a_passage_that_was_rewritten_is_lost() -> None:
    passage = "When both write at once, the later one wins, and nobody is told."
    assert found(TEXT, passage, TEXT.replace(passage, "Concurrent updates overwrite each other silently.")) is None
    assert found(TEXT, passage, "") is None


def test_white_space_at_the_ends_is_no_part_of_a_passage() -> None:
    quotation = quote(TEXT, TEXT.index(" Two"), TEXT.index(" When") + 1)
    assert quotation.exact == "Two writers do not."
    assert len(quotation.before) <= AROUND
    assert find(quote("   ", 0, 3), "   ") is None


# -- 1,000 random edits, judged by the identity of each word

COMMON = ["the", "a", "of", "to", "and", "in", "that", "it", "is", "was", "for", "on", "with", "as", "at", "by"]
Word = tuple[str, int]
"""A word and its identity: edits move identities, so that it is known what became of each word."""


def random_text(rng: Random, size: int) -> list[Word]:
    """Words of which a third are among the commonest."""
    return [(rng.choice(COMMON) if rng.random() < 0.34 else f"w{rng.randrange(4000)}", n) for n in range(size)]


def edited(rng: Random, words: list[Word]) -> list[Word]:
    """The text after a few edits as editors make them: of words, of sentences, and moved paragraphs."""
    words, fresh = list(words), -1
    for _ in range(rng.randint(1, 12)):
        at, size = rng.randrange(len(words)), rng.choice((1, 1, 1, 2, 3, 8, 15))
        new = [(f"n{rng.randrange(4000)}", fresh - n) for n in range(size)]
        fresh -= size
        match rng.choice(("replace", "replace", "insert", "delete", "move")):
            case "replace":
                words[at : at + size] = new[: len(words[at : at + size])]
            case "insert":
                words[at:at] = new
            case "delete" if len(words) > size + 1:
                del words[at : at + size]
            case "move":
                moved = words[at : at + size]
                del words[at : at + size]
                to = rng.randrange(len(words) + 1)
                words[to:to] = moved
    return words


def best_stretch(kept: list[bool]) -> tuple[int, int]:
    """The stretch in which a person would see the passage: the most of its words, with the fewest others."""
    scored = [
        (sum(kept[a:b]) - 0.5 * (b - a - sum(kept[a:b])), a, -b)
        for a in range(len(kept))
        if kept[a]
        for b in range(a + 1, min(len(kept), a + 90) + 1)
        if kept[b - 1]
    ]
    _, first, last = max(scored, default=(0, 0, 0))
    return first, -last


def test_a_thousand_random_edits() -> None:
    survived = lost = 0
    for seed in range(1000):
        rng = Random(seed)
        words = random_text(rng, rng.randint(60, 160))
        size = rng.randint(5, 40)
        begin = rng.randrange(len(words) - size)
        passage = {id for _, id in words[begin : begin + size]}
        offset = len(" ".join(word for word, _ in words[:begin])) + (begin > 0)
        text = " ".join(word for word, _ in words)
        length = len(" ".join(word for word, _ in words[begin : begin + size]))
        after = edited(rng, words)
        changed = " ".join(word for word, _ in after)
        place = find(quote(text, offset, offset + length), changed)

        kept = [id in passage for _, id in after]
        first, last = best_stretch(kept)
        order = [id for _, id in after[first:last] if id in passage]
        in_order = order == sorted(order)
        share, pure = sum(kept[first:last]) / size, sum(kept[first:last]) / max(1, last - first)
        if share >= 0.75 and pure >= 0.75 and in_order:
            survived += 1
            assert place is not None, (seed, share, pure)
            ends = [len(changed[: place[0]].split()), len(changed[: place[1]].split())]
            both = len({*range(first, last)} & {*range(*ends)})
            assert both >= 0.8 * (last - first), (seed, (first, last), ends)
            assert ends[0] >= first - NEAR, (seed, (first, last), ends)
            assert ends[1] <= last + NEAR, (seed, (first, last), ends)
        elif sum(kept) <= 0.3 * size:
            lost += 1
            assert place is None, (seed, share)
    assert survived > 500
    assert lost > 20
