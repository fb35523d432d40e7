"""Commands for those who write a course: check, new, preview."""

from __future__ import annotations

import json
import shutil
import textwrap
from pathlib import Path

import pytest

from dev2cto.cli import templates
from dev2cto.course.check.slips import placeholders
from dev2cto.course.check.text_fields import texts
from dev2cto.course.model import Course, ModuleFile, Reading
from dev2cto.course.outline_builder import build_outline
from dev2cto.exercises.kinds import KINDS as EXERCISE_KINDS
from dev2cto.exercises.kinds import Exercise
from dev2cto.items.kinds import KINDS as ITEM_KINDS
from dev2cto.items.kinds import Item
from dev2cto.yaml.decode import Decoder, SourceObject
from dev2cto.yaml.tree import Problems, SequenceNode, parse
from tests.support.cli_runner import Call
from tests.support.studies import COURSE


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A copy of the test course, to be changed."""
    return shutil.copytree(COURSE, tmp_path / "course")


@pytest.fixture
def fresh(call: Call, tmp_path: Path) -> Path:
    """A course made with the command alone."""
    folder = tmp_path / "fresh"
    assert call("new", "course", "trial-run", "--course", str(folder)).code == 0
    return folder


def structural(call: Call, course: Path) -> list[str]:
    """Problems that keep something from being read."""
    return [
        f"{entry['path']}:{entry['line']}: {entry['code']} {entry['message']}"
        for entry in json.loads(call("check", str(course), "--format", "json").out)
        if entry["code"][0] in "YS"
    ]


def test_a_broken_course_is_reported_by_place_in_three_forms(call: Call, course: Path) -> None:
    module = course / "modules/01-calls/module.yaml"
    module.write_text(module.read_text(encoding="utf-8").replace("step: 1", "step: eleven"), encoding="utf-8")
    said = call("check", str(course))
    assert said.code == 1
    assert "modules/01-calls/module.yaml:2:7: error S211: step 'eleven'" in said.out
    assert "C413" not in said.out
    assert "error" in said.out.splitlines()[-1]
    found = json.loads(call("check", str(course), "--format", "json").out)
    entry = next(entry for entry in found if entry["path"] == "modules/01-calls/module.yaml")
    assert (entry["line"], entry["column"]) == (2, 7)
    assert entry["severity"] == "error"
    github = call("check", str(course), "--format", "github").out
    assert f"::error file={course}/modules/01-calls/module.yaml,line=2,col=7,title=S211::step 'eleven'" in github


def test_warnings_alone_are_no_failure_and_say_what_they_are(call: Call, course: Path) -> None:
    head = course / "course.yaml"
    head.write_text(
        head.read_text(encoding="utf-8")
        + "checks: {C424: warning, C421: off, Q304: off, Q305: off, Q311: off, standard-2: warning}\n",
        encoding="utf-8",
    )
    (course / "notes.txt").write_text("x")
    said = call("check", str(course))
    assert said.code == 0
    assert "notes.txt:1:1: warning C424: " in said.out
    assert said.out.splitlines()[-1].startswith("0 errors, ")
    found = json.loads(call("check", str(course), "--format", "json").out)
    assert {entry["severity"] for entry in found} == {"warning"}
    assert (
        f"::warning file={course}/notes.txt,line=1,col=1,title=C424::"
        in call("check", str(course), "--format", "github").out
    )


def test_check_takes_the_course_option_and_its_own(call: Call, course: Path) -> None:
    assert call("check", "--course", str(course)).out == call("check", str(course)).out


def test_check_of_no_course_at_all(call: Call, tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nothing", COURSE / "course.yaml"):
        said = call("check", str(folder))
        assert said.code == 1
        assert "is not a course" in said.err


def test_check_runs_the_labs_when_asked(call: Call, course: Path) -> None:
    call("trust", "--course", str(course))
    said = call("check", str(course), "--run")
    assert "R7" not in said.out
    solution = course / "modules/02-weighing/exercises/adding/solution/sums.py"
    starter = course / "modules/02-weighing/exercises/adding/starter/sums.py"
    shutil.copy(starter, solution)
    call("trust", "--course", str(course))
    assert "R704" in call("check", str(course), "--run").out


def test_a_new_course_reads(call: Call, fresh: Path) -> None:
    assert structural(call, fresh) == []
    assert build_outline(fresh).modules[0].broken == ()
    assert call("status", "--course", str(fresh)).code == 0
    assert call("show", "trial-run-m01-first", "--course", str(fresh)).code == 0


def test_a_new_course_has_ids_of_its_own(call: Call, fresh: Path) -> None:
    """Each begins with the course's id, and `new` finds the module and the names of files in such ids."""
    words = ("--course", str(fresh))
    assert call("new", "reading", "trial-run-m01-more", *words).code == 0
    assert call("new", "item", "trial-run-m01-q-it", *words).code == 0
    assert call("new", "exercise", "trial-run-m01-x-it", "--kind", "artefact", *words).code == 0
    assert call("new", "module", "trial-run-m02", "--module", "02-second", *words).code == 0
    module = fresh / "modules/01-first/module.yaml"
    text = module.read_text(encoding="utf-8").replace("exercises: []", "exercises: [trial-run-m01-x-it]")
    module.write_text(text.replace("-m01-first]", "-m01-first, trial-run-m01-more]"), encoding="utf-8")
    head = fresh / "course.yaml"
    head.write_text(head.read_text(encoding="utf-8") + "  - 02-second\n", encoding="utf-8")
    assert structural(call, fresh) == []
    assert (fresh / "modules/01-first/readings/2-more.yaml").exists()
    assert (fresh / "modules/01-first/exercises/it/exercise.yaml").exists()
    outline = build_outline(fresh)
    assert [module.step for module in outline.modules] == ["1", "2"]
    for part in outline.modules:
        ids = [part.id, *(o.id for o in part.objectives), *(r.id for r in part.readings)]
        ids += [*(item.id for item in part.items), *(exercise.id for exercise in part.exercises)]
        assert [id for id in ids if not id.startswith("trial-run-m0")] == []


@pytest.mark.parametrize("kind", sorted(ITEM_KINDS))
def test_a_new_item_of_every_kind_reads(call: Call, fresh: Path, kind: str) -> None:
    assert call("new", "item", "m01-q-it", "--kind", kind, "--course", str(fresh)).code == 0
    assert structural(call, fresh) == []
    assert [item.kind for item in build_outline(fresh).modules[0].items] == ["single", kind]
    codes = {problem["code"] for problem in json.loads(call("check", str(fresh), "--format", "json").out)}
    assert codes <= {"C421", "Q337", "Q342", "Q343"}, "a bank of two items is small, and has words of the skeleton"
    said = call("preview", str(fresh / "modules/01-first/bank.yaml"))
    assert said.code == 0
    assert "m01-q-it" in said.out


@pytest.mark.parametrize("kind", [*sorted(EXERCISE_KINDS), "mutants"])
def test_a_new_exercise_of_every_kind_reads(call: Call, fresh: Path, kind: str) -> None:
    said = call("new", "exercise", "m01-x-it", "--kind", kind, "--course", str(fresh))
    assert said.code == 0
    module = fresh / "modules/01-first/module.yaml"
    module.write_text(module.read_text(encoding="utf-8").replace("exercises: []", "exercises: [m01-x-it]"))
    assert structural(call, fresh) == []
    outline = build_outline(fresh).modules[0]
    assert outline.broken == ()
    assert [exercise.kind for exercise in outline.exercises] == ["code" if kind == "mutants" else kind]
    assert call("preview", str(fresh / "modules/01-first/exercises/it/exercise.yaml")).code == 0
    if kind in ("code", "mutants"):
        call("trust", "--course", str(fresh))
        assert "R7" not in call("check", str(fresh), "--run").out


def test_a_new_scenario_is_a_dilemma_with_chance(call: Call, fresh: Path) -> None:
    call("new", "exercise", "m01-x-it", "--kind", "scenario", "--course", str(fresh))
    module = fresh / "modules/01-first/module.yaml"
    module.write_text(module.read_text(encoding="utf-8").replace("exercises: []", "exercises: [m01-x-it]"))
    found = json.loads(call("check", str(fresh), "--format", "json").out)
    assert [problem for problem in found if problem["code"].startswith("X")] == []


def test_preview_of_a_scenario_says_what_its_author_wants_to_know(call: Call) -> None:
    said = call("preview", "t-x-friday")
    assert said.code == 0
    for words in (
        "  fund: $1,200 ($0 to $5,000, better high; figures)",
        "  trust: 60 (0 to 100, better high; words until the debrief)",
        "  red-build: a dilemma",
        "  weekend: tell is at least as good as the others (a duty)",
        "Chance changes the ending on 25.0 of 100 paths.",
        "Waiting for more information",
        "SCRIPT FOR TWO PEOPLE",
    ):
        assert words in said.out


def test_every_kind_has_a_skeleton() -> None:
    assert set(templates.ITEMS) == set(ITEM_KINDS)
    assert set(templates.EXERCISES) == {*EXERCISE_KINDS, "mutants"}


def test_a_new_module_and_reading_read(call: Call, fresh: Path) -> None:
    assert call("new", "module", "m02", "--module", "02-second", "--course", str(fresh)).code == 0
    assert call("new", "reading", "m02-more", "--course", str(fresh)).code == 0
    course = fresh / "course.yaml"
    course.write_text(course.read_text(encoding="utf-8") + "  - 02-second\n", encoding="utf-8")
    module = fresh / "modules/02-second/module.yaml"
    module.write_text(module.read_text(encoding="utf-8").replace("[m02-first]", "[m02-first, m02-more]"))
    assert structural(call, fresh) == []
    outline = build_outline(fresh)
    assert [module.step for module in outline.modules] == ["1", "2"]
    assert [reading.id for reading in outline.modules[1].readings] == ["m02-first", "m02-more"]


def test_new_writes_over_nothing(call: Call, fresh: Path) -> None:
    before = {path: path.read_bytes() for path in fresh.rglob("*") if path.is_file()}
    for words in (
        ("new", "course", "trial-run"),
        ("new", "module", "m01", "--module", "01-first"),
        ("new", "item", "trial-run-m01-q-first"),
    ):
        said = call(*words, "--course", str(fresh))
        assert said.code == 1
        assert said.err
    assert {path: path.read_bytes() for path in fresh.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("indent", ["", "  ", "    "])
def test_an_item_is_added_as_the_bank_is_indented(call: Call, fresh: Path, indent: str) -> None:
    bank = fresh / "modules/01-first/bank.yaml"
    lines = bank.read_text(encoding="utf-8").split("\n")
    items = [line[2:] if line.startswith("  ") else line for line in lines[2:]]
    bank.write_text("\n".join([*lines[:2], *(indent + line if line else "" for line in items)]), encoding="utf-8")
    assert call("new", "item", "m01-q-it", "--course", str(fresh)).code == 0
    assert structural(call, fresh) == []
    assert len(build_outline(fresh).modules[0].items) == 2


def test_an_item_is_not_added_to_a_bank_that_would_break(call: Call, fresh: Path) -> None:
    bank = fresh / "modules/01-first/bank.yaml"
    for text in ("items: []\n", "items: [1, 2\n", "\t\n"):
        bank.write_text(text, encoding="utf-8")
        call("new", "item", "m01-q-it", "--course", str(fresh))
    bank.write_text("items: []\n", encoding="utf-8")
    said = call("new", "item", "m01-q-it", "--course", str(fresh))
    assert said.code == 1
    assert bank.read_text(encoding="utf-8") == "items: []\n"


@pytest.mark.parametrize(
    "words",
    [
        ("new", "module", "Bad_Id"),
        ("new", "module", "m02", "--module", "../../out"),
        ("new", "reading", "m09-nowhere"),
        ("new", "reading", "more", "--module", "nowhere"),
        ("new", "item", "m01-q-x", "--kind", "riddle"),
        ("new", "exercise", "m01-x-x", "--kind", "riddle"),
        ("new", "poem", "m01"),
        ("new",),
        ("preview", "nothing.yaml"),
        ("preview",),
    ],
)
def test_wrong_use_has_a_hint(call: Call, fresh: Path, words: tuple[str, ...]) -> None:
    said = call(*words, "--course", str(fresh))
    assert said.code == 2
    assert len(said.err.splitlines()) == 2


def test_preview_shows_one_question_with_its_options_and_the_answer(call: Call, course: Path) -> None:
    said = call("preview", "s-retry", "--course", str(course))
    assert said.code == 0
    flat = " ".join(said.out.split())
    assert "1. " in flat
    assert "Answer: The client sends a key it made, and the server stores the first result under it" in flat
    assert said.out.count("(single") == 1
    assert "Once is enough" in call("preview", "s-contracts", "--course", str(course)).out
    assert call("preview", "t-x-waits", "--course", str(course)).code == 0
    said = call("preview", "t-x-review", "--course", str(course))
    assert said.code == 0
    assert (
        "-16      if reply.status != http.OK:\n       MUST: An error of the other service is no longer noticed."
        in said.out
    )
    assert "DECOY: The id is a number of our own; nothing has to be quoted." in said.out
    nothing = call("preview", "nothing-of-this", "--course", str(course))
    assert nothing.code == 2
    assert "id of a reading" in nothing.err


def test_preview_shows_what_an_answer_in_own_words_is_compared_with(call: Call, course: Path) -> None:
    flat = " ".join(call("preview", "s-board", "--course", str(course)).out.split())
    assert "Elena Rossi, investor and board member, impatient:" in flat
    assert flat.index("Reply 1:") < flat.index("Reply 3:") < flat.index("Look for:") < flat.index("Review 1:")
    assert "Strong. She can repeat the figure" in flat
    assert "- Names a number with its unit (checked by the program)" in flat
    assert "- Says what would change your mind Review 1: Helen Brandt, finance, worried:" in flat
    assert "Review 2: Tom Okafor, sales:" in flat
    explain = " ".join(call("preview", "s-adr", "--course", str(course)).out.split())
    assert "A strong answer: Reads may be a minute old" in explain
    assert "Look for: - A drawback is named" in explain


def test_preview_shows_texts_and_tells_mistakes(call: Call, course: Path) -> None:
    reading = course / "modules/01-calls/readings/1-contracts.yaml"
    said = call("preview", str(reading))
    assert said.code == 0
    assert "TWO BOOKINGS FOR ONE CLICK" in said.out
    assert "Check: s-retry" in said.out
    reading.write_text(reading.read_text(encoding="utf-8").replace("minutes: 9", "minutes: soon"), encoding="utf-8")
    said = call("preview", str(reading))
    assert said.code == 1
    assert "1-contracts.yaml:3:" in said.out
    assert call("preview", str(course / "course.yaml")).code == 1


def every_skeleton() -> dict[str, tuple[type, str]]:
    """Each beginning of a file or item that `new` writes, with the class that reads it."""
    exercises = {
        kind: (Exercise, templates.exercise("x", kind, "o", "m")["exercise.yaml"]) for kind in templates.EXERCISES
    }
    items = {kind: (Item, textwrap.dedent(templates.item("q", kind, "o"))) for kind in templates.ITEMS}
    pages: dict[str, tuple[type, str]] = {
        "course": (Course, templates.course("c", "01-first")),
        "module": (ModuleFile, templates.module("m", "1")),
        "reading": (Reading, templates.reading("r", "o")),
    }
    return exercises | items | pages


@pytest.mark.parametrize("name", every_skeleton())
def test_the_checker_knows_every_placeholder_of_a_skeleton(name: str) -> None:
    shape, text = every_skeleton()[name]
    problems = Problems()
    node = parse(text.encode(), name, problems)
    assert node is not None
    thing = Decoder(name, problems).read(shape, node.items[0] if isinstance(node, SequenceNode) else node)
    assert isinstance(thing, SourceObject), problems.found
    known = {finding.steps for finding in placeholders(thing)}
    left = [part for part in texts(thing) if part.name not in ("code", "template") and part.steps not in known]
    assert [part for part in left if len(part.text.strip()) > 1 and part.text.isupper()] == []
    assert known
