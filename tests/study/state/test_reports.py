"""A report has what its author needs, in words, and never spoils a question."""

from __future__ import annotations

from random import Random

from dev2cto.study.state.reports import report_text, save_report
from dev2cto.study.study import Study


def test_a_report_before_the_verdict_does_not_give_the_answer_away(study: Study) -> None:
    for item in study.curriculum.bank("t1").values():
        draw = item.draw(Random(1))
        open_report = report_text(study, item.id, None, draw, judged=False)
        assert "right answer" not in open_report
        assert "(none given)" in open_report
        text = report_text(study, item.id, item.key(draw), draw, judged=True)
        assert all(line in text for line in item.solution(draw))


def test_a_report_speaks_in_words_not_ids(study: Study) -> None:
    for item in study.curriculum.bank("t1").values():
        draw = item.draw(Random(1))
        text = report_text(study, item.id, item.key(draw), draw, judged=True)
        assert item.id in text
        assert item.fingerprint in text
        assert all(id not in text for id in draw.order), text


def test_a_second_report_does_not_replace_the_first(study: Study) -> None:
    item = study.curriculum.bank("t1")["s-retry"]
    draw = item.draw(Random(1))
    first = save_report(study, item.id, None, draw, "one")
    second = save_report(study, item.id, None, draw, "two")
    assert (first.read_text(), second.read_text()) == ("one", "two")
    assert (first.name, second.name) == ("s-retry.txt", "s-retry-2.txt")
    assert len(study.record.table("reports")) == 2
