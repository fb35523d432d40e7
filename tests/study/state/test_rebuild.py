"""What is kept along the way is what follows from the events: rebuilding it changes nothing."""

from __future__ import annotations

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dev2cto.study.sessions.grading import SubmittedAnswer
from dev2cto.study.state.promises import answer_promise, delete_promise, make_promise, promises, proposed
from dev2cto.study.state.rebuild import rebuild
from dev2cto.study.state.reset_commands import reset, undo
from dev2cto.study.study import Study
from tests.support.fake_learner import assess, calculate, decide, respond, solve, take, write
from tests.support.studies import FakeClock, open_study, trusting

ACTIONS = (
    "quiz t1", "quiz t2", "exam t2", "some of t1", "retry t2", "check", "review", "read", "read all", "unread",
    "calculate", "scenario", "artefact", "lower", "survey", "lab", "failed lab", "again", "leave",
    "promise", "answer", "take back",
    "reset item", "reset quiz", "reset reading", "reset exercise", "reset step", "reset all", "undo",
)  # fmt: skip
SCOPES = {
    "item": "s-retry", "quiz": "t2", "reading": "s-contracts", "exercise": "t-x-note", "step": "t2", "all": "",
}  # fmt: skip


def act(study: Study, action: str, chance: Random) -> None:
    """One thing a learner may do."""
    verb, _, about = action.partition(" ")
    missed = {item.id for module in study.course.modules for item in module.items if chance.random() < 0.3}
    match verb:
        case "quiz":
            take(study, study.quiz(about), miss=missed, confidence=chance.randrange(4))
        case "exam":
            take(study, study.quiz("t2", "exam"), miss=missed)
        case "some":
            session = study.quiz("t1")
            for _ in range(chance.randint(1, 4)):
                if question := session.question():
                    session.answer(question, SubmittedAnswer(respond(study, question, well=chance.random() < 0.5)))
        case "retry":
            finished = [i for i, doc in study.documents.all("attempts").items() if doc.get("quiz") == "t2"]
            for id in sorted(finished):
                attempt = study.attempt(id)
                if attempt.finished and attempt.result().missed:
                    take(study, study.quiz("t2", retry_of=id), miss=missed)
                    return
        case "check":
            reading = study.reading("s-contracts")
            if question := reading.check("twice"):
                reading.answer(question, SubmittedAnswer(respond(study, question, well=chance.random() < 0.5), 2))
        case "review":
            review = study.review()
            for _ in range(3):
                if question := review.question():
                    review.answer(question, SubmittedAnswer(respond(study, question, well=chance.random() < 0.7), 3))
        case "promise":
            make_promise(study, "s-contracts", proposed(study, "s-contracts"))
        case "answer":
            for made in promises(study)[:1]:
                if made.life.choices:
                    answer_promise(study, made.id, chance.choice(made.life.choices), "")
        case "take":
            for made in promises(study)[:1]:
                delete_promise(study, made.id)
        case "read":
            study.reading("s-contracts").mark_section(chance.choice(("twice", "retry", "limits")))
            if about:
                study.reading("t-measuring").mark(read=True)
        case "unread":
            study.reading("t-measuring").mark(read=False)
        case "calculate":
            calculate(study).again() if chance.random() < 0.3 else calculate(study)
        case "scenario":
            decide(study).replay()
        case "artefact":
            write(study, rating=chance.randint(1, 3))
        case "lower":
            written = write(study)
            written.rate(str(written.versions()[0]["id"]), {c.id: 0 for c in written.exercise.rubric})
        case "survey":
            assess(study).again()
        case "lab":
            solve(study)
        case "failed":
            solve(study, passed=False)
        case "again":
            trusting(study).exercise("t-x-adding").fresh()  # type: ignore[union-attr]  # the lab's session
        case "leave":
            study.quiz("t1").leave()
        case "reset":
            reset(study, about, SCOPES[about])
        case _:
            if found := study.resets.all:
                undo(study, chance.choice(found).id)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    steps=st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, 40)), min_size=1, max_size=12),
    seed=st.integers(0, 999),
)
def test_rebuilding_the_sums_changes_nothing(steps: list[tuple[str, int]], seed: int) -> None:
    chance = Random(seed)
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        clock = FakeClock()
        study = open_study(Path(folder), clock)
        for action, hours in steps:
            clock.pass_(hours=hours, seconds=1)
            act(study, action, chance)
            clock.pass_(seconds=1)
            sums, cards, done = (
                dict(study.record.table("sums").stream()),
                dict(study.record.table("cards").stream()),
                study.progress.completed_work(),
            )
            rebuild(study)
            assert dict(study.record.table("sums").stream()) == sums, action
            assert dict(study.record.table("cards").stream()) == cards, action
            assert study.progress.completed_work() == done, action
        study.record.close()


def test_what_was_thrown_away_comes_back(study: Study, clock: FakeClock) -> None:
    take(study, study.quiz("t2"))
    write(study)
    calculate(study)
    sums, cards = dict(study.record.table("sums").stream()), dict(study.record.table("cards").stream())
    with study.record.batch():
        for table in ("sums", "cards"):
            for id in dict(study.record.table(table).stream()):
                study.record.table(table).remove(doc_ids=[id])
    assert study.record.table("sums").all() == []
    clock.pass_(days=3)
    rebuild(study)
    assert dict(study.record.table("sums").stream()) == sums
    assert dict(study.record.table("cards").stream()) == cards


def test_rebuilding_writes_nothing_where_nothing_differs(study: Study) -> None:
    take(study, study.quiz("t2"))
    before = {path: path.stat().st_size for path in study.record.directory.glob("*.jsonl")}
    rebuild(study)
    assert {path: path.stat().st_size for path in study.record.directory.glob("*.jsonl")} == before
