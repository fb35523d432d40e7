"""The scores, counted out over every response there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import chain, combinations, permutations, product

import pytest

from dev2cto.items.base import Draw, Item, Retry
from dev2cto.items.forms import Arrange, Group, MarkLines, Pair, PickMany, empty_response

ReadItem = Callable[[str], Item]
DRAW = Draw()


def subsets(ids: list[str]) -> Iterator[tuple[str, ...]]:
    return chain.from_iterable(combinations(ids, size) for size in range(len(ids) + 1))


def ordered(item: Item) -> tuple[str, ...]:
    """The key of an item whose response is a list."""
    key = item.key(DRAW)
    assert isinstance(key, tuple)
    return key


def placed(item: Item) -> dict[str, str]:
    """The key of an item whose response is a mapping."""
    key = item.key(DRAW)
    assert isinstance(key, dict)
    return key


def mean(item: Item, responses: Iterator[object]) -> Fraction:
    scores = [Fraction(item.final(r, DRAW).score).limit_denominator(10_000) for r in responses]  # type: ignore[arg-type]  # shaped by form
    return sum(scores, Fraction(0)) / len(scores)


def multi(right: int, wrong: int) -> str:
    answers = "".join(f"  - {{text: right {n}x}}\n" for n in range(right))
    return f"kind: multi\nanswers:\n{answers}distractors:\n" + "".join(
        f"  - {{text: wrong {n}x}}\n" for n in range(wrong)
    )


@pytest.mark.parametrize(("right", "wrong"), [(1, 1), (1, 4), (2, 3), (3, 2), (4, 1)])
def test_multi_counts_hits_less_false_alarms(item_of: ReadItem, right: int, wrong: int) -> None:
    item = item_of(multi(right, wrong))
    form = item.form(DRAW)
    assert isinstance(form, PickMany)
    belong = {option.id for option in form.options if option.text.startswith("right")}
    ids = [option.id for option in form.options]
    for marked in subsets(ids):
        hits = len(belong & set(marked))
        expected = max(Fraction(0), Fraction(hits, right) - Fraction(len(marked) - hits, wrong))
        assert item.final(marked, DRAW).score == pytest.approx(float(expected))
    assert item.final(tuple(ids), DRAW).score == 0
    assert item.final((), DRAW).score == 0


def test_multi_pays_a_coin_thrower_less_than_a_fifth(item_of: ReadItem) -> None:
    item = item_of(multi(2, 3))
    form = item.form(DRAW)
    assert isinstance(form, PickMany)
    assert mean(item, subsets([option.id for option in form.options])) == Fraction(3, 16)


def arrangement(count: int, extras: int = 0) -> str:
    entries = ", ".join(f"step {n}x" for n in range(count))
    more = ", ".join(f"stray {n}x" for n in range(extras))
    return f"kind: order\norder: [{entries}]\n" + (f"extras: [{more}]\n" if extras else "")


@pytest.mark.parametrize(("count", "expected"), [(3, Fraction(5, 18)), (4, Fraction(7, 36)), (5, Fraction(49, 300))])
def test_a_random_order_earns_little(item_of: ReadItem, count: int, expected: Fraction) -> None:
    item = item_of(arrangement(count))
    assert mean(item, permutations(item.key(DRAW))) == expected


def test_order_is_kendalls_tau(item_of: ReadItem) -> None:
    item = item_of(arrangement(4))
    a, b, c, d = ordered(item)
    for response, score in (
        ((a, b, c, d), 1),
        ((b, a, c, d), 2 / 3),
        ((b, a, d, c), 1 / 3),
        ((a, d, b, c), 1 / 3),
        ((d, c, b, a), 0),
        ((c, d, a, b), 0),
        ((a, b, c), 0.5),
        ((a,), 0),
        ((), 0),
        ((a, b, c, d, a), 0),
    ):
        assert item.final(response, DRAW).score == pytest.approx(score)


def test_what_does_not_belong_divides_the_score(item_of: ReadItem) -> None:
    item = item_of(arrangement(3, extras=2))
    form = item.form(DRAW)
    assert isinstance(form, Arrange)
    assert form.leave_out
    stray, other = (entry.id for entry in form.entries if entry.text.startswith("stray"))
    a, b, c = ordered(item)
    assert item.final((a, stray, b, c), DRAW).score == pytest.approx(0.5)
    assert item.final((a, b, stray, c, other), DRAW).score == 0
    assert item.final((b, a, c, stray), DRAW).score == pytest.approx(1 / 6)


def test_the_order_shown_is_never_the_key(item_of: ReadItem) -> None:
    from random import Random

    item = item_of(arrangement(3, extras=1))
    belong = set(item.key(DRAW))
    for seed in range(200):
        shown = item.draw(Random(seed)).order
        assert len(shown) == 4
        assert tuple(ref for ref in shown if ref in belong) != item.key(DRAW)


def test_match_counts_pairs(item_of: ReadItem) -> None:
    item = item_of("kind: match\npairs:\n" + "".join(f"  - {{left: l{n}, right: r{n}}}\n" for n in range(4)))
    form = item.form(DRAW)
    assert isinstance(form, Pair)
    lefts = list(placed(item))
    rights = list(placed(item).values())
    shuffles = (dict(zip(lefts, order, strict=True)) for order in permutations(rights))
    assert mean(item, shuffles) == Fraction(1, 4)
    assert item.final({lefts[0]: rights[0]}, DRAW).score == 0.25


def test_categorise_gives_chance_nothing(item_of: ReadItem) -> None:
    item = item_of("kind: categorise\ncategories: {A: [a, b], B: [c, d], C: [e, f]}\n")
    form = item.form(DRAW)
    assert isinstance(form, Group)
    right = placed(item)
    entries, groups = [entry.id for entry in form.entries], [group.id for group in form.groups]
    raw = Fraction(0)
    for chosen in product(groups, repeat=6):
        response = dict(zip(entries, chosen, strict=True))
        hits = sum(right[entry] == group for entry, group in response.items())
        corrected = Fraction(hits - 2, 4)
        raw += corrected
        assert item.final(response, DRAW).score == pytest.approx(float(max(Fraction(0), corrected)))
    assert raw == 0
    assert all(item.final(dict.fromkeys(entries, group), DRAW).score == 0 for group in groups)


def test_matrix_gives_a_coin_nothing(item_of: ReadItem) -> None:
    statements = "".join(f"  - {{text: s{n}, answer: {'true' if n < 2 else 'false'}}}\n" for n in range(4))
    item = item_of(f"kind: matrix\nstatements:\n{statements}")
    refs = list(placed(item))
    scores = []
    for words in product(("true", "false"), repeat=4):
        right = sum(word == key for word, key in zip(words, ("true", "true", "false", "false"), strict=True))
        scores.append(item.final(dict(zip(refs, words, strict=True)), DRAW).score)
        assert scores[-1] == max(0, 2 * right / 4 - 1)
    assert scores.count(1) == 1
    assert item.final(dict.fromkeys(refs, "true"), DRAW).score == 0


def test_lines_count_hits_less_false_alarms(item_of: ReadItem) -> None:
    item = item_of("kind: lines\nlang: python\ncode: |\n  a\n  b\n  c\n  d\n  e\nlines: [2, 5]\n")
    form = item.form(DRAW)
    assert isinstance(form, MarkLines)
    assert form.lines == ("a", "b", "c", "d", "e")
    for marked in subsets(["1", "2", "3", "4", "5"]):
        hits = len({"2", "5"} & set(marked))
        expected = max(0, hits / 2 - (len(marked) - hits) / 3)
        assert item.final(marked, DRAW).score == pytest.approx(expected)


def test_cloze_counts_blanks_and_takes_other_spellings(item_of: ReadItem) -> None:
    item = item_of("kind: cloze\ntext: max-age={{31536000|31,536,000}}, {{immutable}}; {{no-cache}}.\n")
    assert item.form(DRAW).pieces == ("max-age=", ", ", "; ", ".")  # type: ignore[union-attr]  # a cloze has blanks
    assert item.final(("31,536,000", "Immutable", "no\u2011cache"), DRAW).score == 1
    assert item.final(("1", "immutable", ""), DRAW).score == pytest.approx(1 / 3)
    assert item.final(empty_response(item.form(DRAW)), DRAW).score == 0
    assert item.solution(DRAW) == ("max-age=**31536000**, **immutable**; **no-cache**.",)


@pytest.mark.parametrize(
    ("typed", "score"),
    [("a\nb", 1), ("a  \nb\n\n", 1), ("a\r\nb", 1), ("a\n b", 0), ("a b", 0), ("\na\nb", 0), ("A\nb", 0), ("", 0)],
)
def test_output_is_exact_but_for_what_cannot_be_seen(item_of: ReadItem, typed: str, score: float) -> None:
    item = item_of("kind: output\nlang: python\ncode: |\n  print('a')\n  print('b')\nstdout: |\n  a\n  b\n")
    assert item.final(typed, DRAW).score == score


def test_output_shows_both_line_by_line(item_of: ReadItem) -> None:
    item = item_of("kind: output\nlang: python\ncode: |\n  print('a')\nstdout: |\n  a\n  b\n")
    (remark,) = item.final("a\nc", DRAW).chosen
    assert remark.text == "```diff\n  a\n- c\n+ b\n```"
    (long,) = item.final("\n".join("x" * 150 for _ in range(100)), DRAW).chosen
    assert len(long.text) < 5000
    assert item.ask(DRAW).endswith("```python\nprint('a')\n```")


def test_single_says_why_the_chosen_option_fails(samples: dict[str, Item]) -> None:
    item = samples["s-timeouts"]
    wrong = next(ref for ref in item.mistakes(DRAW))
    grade = item.final(wrong, DRAW)
    assert grade.chosen[0].about == "2 s"
    assert grade.chosen[0].text == "The second attempt would answer a caller who has gone."
    assert grade.chosen[0].wrong
    assert grade.right == ("900 ms",)
    assert item.final(item.key(DRAW), DRAW).chosen[0].wrong is False


def test_multi_speaks_of_what_is_marked_and_what_is_missing(samples: dict[str, Item]) -> None:
    item = samples["s-compatible"]
    one, other = ordered(item)
    stray = next(iter(set(next(iter(item.mistakes(DRAW)))) - {one, other}))
    about = {remark.about: remark for remark in item.final((one, stray), DRAW).chosen}
    assert [remark.wrong for remark in about.values()].count(True) == 2
    (missing,) = (remark for remark in about.values() if remark.missing)
    assert missing.text.startswith("This one belongs, too.")


def test_explain_is_compared_not_scored(samples: dict[str, Item]) -> None:
    grade = samples["s-adr"].final("We chose a cache.", DRAW)
    assert (grade.scored, grade.verdict, len(grade.points)) == (False, "compare", 4)
    assert grade.right[0].startswith("Reads may be a minute old")


def test_verdicts_follow_the_score(item_of: ReadItem) -> None:
    item = item_of(arrangement(4))
    a, b, c, d = ordered(item)
    verdicts = [item.final(response, DRAW).verdict for response in ((a, b, c, d), (b, a, c, d), (d, c, b, a))]
    assert verdicts == ["correct", "partly", "not quite"]


@pytest.mark.parametrize("right", [2, 3, 5])
def test_where_every_option_belongs_the_share_of_hits_counts(item_of: ReadItem, right: int) -> None:
    item = item_of(multi(right, 0).removesuffix("distractors:\n"))
    form = item.form(DRAW)
    assert isinstance(form, PickMany)
    for marked in subsets([option.id for option in form.options]):
        assert item.final(marked, DRAW).score == pytest.approx(len(marked) / right)


SET = "kind: short\nset: [logs, metrics, distributed traces]\nnear: 1\n"


@pytest.mark.parametrize(
    "typed",
    [
        "logs, metrics, distributed traces",
        "Distributed traces; LOGS; metrics",
        "metrics logs distributed traces",
        "logs and metrics and distributed traces",
        "logs / metrics & `distributed traces`",
    ],
)
def test_a_set_is_right_in_any_order(item_of: ReadItem, typed: str) -> None:
    assert item_of(SET).final(typed, DRAW).score == 1


@pytest.mark.parametrize(
    "typed",
    [
        "logs, metrics",
        "logs, metrics, traces distributed",
        "logs, metrics, distributed traces, alerts",
        "logs, logs, metrics, distributed traces",
        "distributed, logs, metrics, traces",
        "",
    ],
)
def test_a_set_wants_all_its_words_and_no_others(item_of: ReadItem, typed: str) -> None:
    assert item_of(SET).final(typed, DRAW).score == 0


def test_a_wrong_set_says_how_many_are_right(item_of: ReadItem) -> None:
    (remark,) = item_of(SET).final("logs, metrics, alerts", DRAW).chosen
    assert remark.text == "2 of 3 right."


def test_one_slip_in_a_set_asks_again(item_of: ReadItem) -> None:
    item = item_of(SET)
    assert isinstance(item.grade("logs, metrisc, distributed traces", DRAW), Retry)
    assert isinstance(item.grade("logs, metrics, distributed trace", DRAW), Retry)
    assert not isinstance(item.grade("lgos, metrisc, distributed traces", DRAW), Retry)
    assert not isinstance(item.grade("logs, alerts, distributed traces", DRAW), Retry)


def test_an_item_with_words_of_its_own_has_another_fingerprint(item_of: ReadItem) -> None:
    assert item_of(SET).fingerprint == item_of(SET.replace("near: 1", "near: 0")).fingerprint
    assert item_of(SET).fingerprint != item_of(SET.replace("logs", "alerts")).fingerprint
