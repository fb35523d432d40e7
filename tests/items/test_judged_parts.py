"""What a verdict says of each part: which was right, what would have been, and how the score is counted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dev2cto.items.base import Draw, Item
from dev2cto.items.forms import Response

ReadItem = Callable[[str], Item]
DRAW = Draw()

MULTI = """kind: multi
answers: [{text: one, id: a, why: first}, {text: two, id: b}]
distractors: [{text: three, id: c}, {text: four, id: d}]
"""
MATCH = "kind: match\npairs: [{left: a, right: x}, {left: b, right: y}, {left: c, right: z, why: because}]\n"
MATRIX = "kind: matrix\nstatements: [{text: a, answer: true}, {text: b, answer: true}, {text: c, answer: false}]\n"
GROUPS = "kind: categorise\ncategories: {odd: ['1', '3'], even: ['2', '4']}\n"
ORDER = "kind: order\norder: [a, b, c, d]\nextras: [x, y]\n"
LINES = "kind: lines\nlang: python\ncode: |\n  a\n  b\n  c\n  d\nlines: [2, 4]\n"
NUMBER = "kind: numeric\nanswer: '5'\nunit: ms\nunits: {s: 1000}\n"


def verdicts(item: Item, response: Response) -> str:
    """The verdict on each part, by its first letter."""
    return "".join(part.verdict[0] for part in item.final(response, DRAW).parts)


def test_a_sample_answered_right_has_no_wrong_part(sample: Item) -> None:
    if not sample.scored:
        return
    grade = sample.final(sample.key(DRAW), DRAW)
    assert grade.parts
    assert {part.verdict for part in grade.parts} <= {"right", "unmarked"}
    assert grade.counted == ""


def test_a_sample_answered_wrong_has_a_part_that_says_so(sample: Item) -> None:
    for response in sample.mistakes(DRAW):
        grade = sample.final(response, DRAW)
        assert not grade.parts or {part.verdict for part in grade.parts} & {"wrong", "missed"}, response


def test_options_are_judged_one_by_one_in_the_order_shown(item_of: ReadItem) -> None:
    single = item_of("kind: single\nanswer: {text: one, id: a}\ndistractors: [{text: two, id: b, why: no}, {text: c}]")
    shown = Draw(("b", "a"))
    parts = single.final("b", shown).parts
    assert [(part.verdict, part.why) for part in parts] == [("wrong", "no"), ("missed", ""), ("unmarked", "")]
    assert [part.id for part in parts[:2]] == ["b", "a"]
    by_id = {part.id: part for part in item_of(MULTI).final(("a", "c"), DRAW).parts}
    assert [by_id[id].verdict for id in "abcd"] == ["right", "missed", "wrong", "unmarked"]
    assert by_id["a"].why == "first"


def test_pairs_groups_and_statements_name_what_is_right(item_of: ReadItem) -> None:
    match = item_of(MATCH)
    key = match.key(DRAW)
    assert isinstance(key, dict)
    a, b, c = key
    (_, _, last) = match.final({**key, c: key[a], a: key[c]}, DRAW).parts
    assert (last.verdict, last.right, last.why) == ("wrong", key[c], "because")
    assert verdicts(match, {**key, a: key[b], b: key[a]}) == "wwr"
    matrix = item_of(MATRIX)
    assert sorted(verdicts(matrix, dict.fromkeys(sorted(matrix.key(DRAW)), "true"))) == ["r", "r", "w"]
    groups = item_of(GROUPS)
    places = groups.key(DRAW)
    assert isinstance(places, dict)
    parts = groups.final(dict.fromkeys(places, next(iter(places.values()))), DRAW).parts
    assert sorted(part.verdict for part in parts) == ["right", "right", "wrong", "wrong"]
    assert {part.id: part.right for part in parts} == places


@pytest.mark.parametrize(
    ("moved", "expected", "places"),
    [
        ("abcd", "rrrruu", "1234"),
        ("bcda", "rrrwuu", "2341"),
        ("bacd", "wrrruu", "2134"),
        ("axbc", "rwrrmu", "1-234"),
        ("dcba", "wwwruu", "4321"),
    ],
)
def test_as_few_entries_as_possible_are_called_wrong(item_of: ReadItem, moved: str, expected: str, places: str) -> None:
    item = item_of(ORDER)
    names = {option.text: option.id for option in item.form(DRAW).entries}  # type: ignore[union-attr]  # an order
    parts = item.final(tuple(names[letter] for letter in moved), DRAW).parts
    got = "".join(part.verdict[0] for part in parts)
    assert sorted(got) == sorted(expected)
    assert got[len(moved) :] == expected[len(moved) :]
    assert [part.right for part in parts][: len(places)] == [place.strip("-") for place in places]


def test_lines_and_blanks_are_judged_by_number(item_of: ReadItem) -> None:
    assert verdicts(item_of(LINES), ("1", "2")) == "wrum"
    parts = item_of("kind: cloze\ntext: 'A {{b|B2}} c {{d}}.'\n").final(("B2", "x"), DRAW).parts
    assert [(part.id, part.verdict, part.right) for part in parts] == [("1", "right", "b"), ("2", "wrong", "d")]


def test_an_interval_is_judged_by_its_ends(item_of: ReadItem) -> None:
    item = item_of(NUMBER + "predict: true\n")
    assert verdicts(item, ("1", "9", "5")) == "rrr"
    assert verdicts(item, ("6", "9", "5")) == "wrr"
    assert verdicts(item, ("1", "2", "4")) == "rww"


@pytest.mark.parametrize(
    ("text", "response", "counted"),
    [
        (MULTI, ("a",), "1 of 2 right options."),
        (MULTI, ("a", "b", "c"), "2 of 2 right options (100 %), less 1 of 2 wrong ones (50 %)."),
        (LINES, ("1", "2"), "1 of 2 faulty lines (50 %), less 1 of 2 correct ones (50 %)."),
        (NUMBER, "5 s", "half for the right number in the wrong unit."),
        ("kind: cloze\ntext: 'A {{b}} c {{d}}.'\n", ("b", "x"), "1 of 2 blanks."),
    ],
)
def test_how_a_score_is_counted(item_of: ReadItem, text: str, response: Response, counted: str) -> None:
    assert item_of(text).final(response, DRAW).counted == counted


def test_how_pairs_groups_and_orders_are_counted(item_of: ReadItem) -> None:
    match = item_of(MATCH)
    key = match.key(DRAW)
    assert isinstance(key, dict)
    a, b, _ = key
    assert match.final({**key, a: key[b], b: key[a]}, DRAW).counted == "1 of 3 pairs."
    matrix = item_of(MATRIX)
    grade = matrix.final(dict.fromkeys(sorted(matrix.key(DRAW)), "true"), DRAW)
    assert grade.counted == "2 of 3 right. Guessing would find 1.5, so 0.5 of 1.5 count."
    assert grade.score == pytest.approx(0.5 / 1.5)
    order = item_of(ORDER)
    names = {option.text: option.id for option in order.form(DRAW).entries}  # type: ignore[union-attr]  # an order
    swapped = order.final(tuple(names[letter] for letter in "bacdx"), DRAW)
    assert swapped.counted == (
        "Pairs of entries in the right order: 5 of 6, less 1 in the wrong order."
        " You used 1 of the 2 extra entries: 50 % off."
    )
    assert swapped.score == pytest.approx((5 - 1) / 6 * 0.5)
