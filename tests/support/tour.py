"""A tour through every screen of the app, in every state that takes keys of its own."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from random import Random

from textual.screen import Screen

import dev2cto.tui
from dev2cto.course.curriculum import Curriculum
from dev2cto.items.forms import PickOne
from dev2cto.record.opening import open_directory
from dev2cto.study.sessions.quiz import Mode
from dev2cto.study.state.location import Location
from dev2cto.study.state.notes import toggle_bookmark, write_note
from dev2cto.study.study import Study
from dev2cto.tui.screens.base import Page
from dev2cto.tui.screens.draft_overlay import DraftOverlay
from dev2cto.tui.screens.exercises.base import ExercisePage
from dev2cto.tui.screens.exercises.play import PlayPage
from dev2cto.tui.screens.final import FinalPage
from dev2cto.tui.screens.find_in_page import FindInPageScreen
from dev2cto.tui.screens.question_page import QuestionPage
from dev2cto.tui.screens.quiz import QuizPage
from dev2cto.tui.textual_patches.single_layout import SingleLayoutScreen
from tests.support import fake_learner as learner
from tests.support.capstone import CAPSTONE, take_final
from tests.support.pilot_driver import Driver, opened
from tests.support.studies import COURSE, FakeClock, course_that_asks, open_study

Way = Callable[[Driver], Awaitable[None]]
ABSTRACT = (SingleLayoutScreen, Page, QuestionPage, ExercisePage, PlayPage, FindInPageScreen, DraftOverlay)
"""Screens that are only ever the base of others."""
STOPS: dict[str, Way] = {}
"""Each state by its name, with the way there from a freshly opened home."""
FORMS = {
    "pick one": "s-retry", "pick many": "s-compatible", "number": "s-burn", "line": "s-idempotent",
    "arrange": "s-rename", "pair": "s-runtimes", "group": "s-methods", "blanks": "s-cache-headers",
    "output": "s-closure", "mark lines": "s-race", "matrix": "s-quorum", "text": "s-adr", "said": "s-board",
    "predict": "s-budget-sum",
}  # fmt: skip
"""An item of the test course for each way of answering."""


def modules() -> Iterator[str]:
    """Every module of the full-screen face."""
    for found in pkgutil.walk_packages(dev2cto.tui.__path__, "dev2cto.tui."):
        yield found.name


def classes() -> set[type]:
    """Every class that the full-screen face defines."""
    found: set[type] = set()
    for name in modules():
        module = importlib.import_module(name)
        found |= {c for _, c in inspect.getmembers(module, inspect.isclass) if c.__module__ == name}
    return found


def screens() -> set[type]:
    """Every screen that can be shown."""
    ours = (c for c in classes() if issubclass(c, Screen) and "textual_patches" not in c.__module__)
    return {c for c in ours if c not in ABSTRACT}


def stop(name: str) -> Callable[[Way], Way]:
    """Add a state to the tour."""

    def added(way: Way) -> Way:
        STOPS[name] = way
        return way

    return added


@cache
def curriculum(course: Path = COURSE) -> Curriculum:
    """The test course, read once."""
    return Curriculum.open(course)


def quickly_opened(folder: Path, clock: FakeClock | None = None, course: Path = COURSE) -> Study:
    """A study of the test course, which is not read again for it."""
    clock = clock or FakeClock()
    record = open_directory(folder / "learner", clock=clock, device="laptop")
    return Study(curriculum(course), record, clock, Random(7))


@asynccontextmanager
async def at(name: str, folder: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Driver]:
    """The app in that state, with a record of its own in that folder."""
    clock = FakeClock()
    asking = name.startswith("reading, said")
    study = open_study(folder, clock, course=course_that_asks("s-board", folder)) if asking else None
    study = study or quickly_opened(folder, clock, CAPSTONE if name.startswith("final form") else COURSE)
    study.set("workspace", str(folder / "workspace"))
    if name in LIVED_IN:
        live(study, clock)
    other = open_directory(study.record.directory, clock=clock, device="desk") if name == "sessions" else None
    async with opened(study, size) as driver:
        await STOPS[name](driver)
        await driver.settle()
        yield driver
    study.record.close()
    if other is not None:
        other.close()


def live(study: Study, clock: FakeClock) -> None:
    """A record of some weeks."""
    learner.take(study, study.quiz("t1", "practice"), miss=("s-retry", "s-compatible"))
    learner.write(study)
    learner.write(study, text=learner.GOOD_NOTE + "\nAgain.\n")
    learner.assess(study)
    write_note(study, "s-contracts#twice", "A thought.\nIn two lines.", "", None)
    toggle_bookmark(study, "s-contracts#retry")
    clock.pass_(days=30)


LIVED_IN = {
    "home, lived in", "review", "review judged", "review over", "notebook", "artefact with versions", "rubric",
    "versions", "version", "survey results", "progress", "transcript", "result", "all answers",
    "search with hits", "note again",
}  # fmt: skip
"""States that need a record of some weeks."""


# -- home and its neighbours


@stop("home")
async def home(d: Driver) -> None:
    """Where every session begins."""


@stop("home, lived in")
async def home_lived_in(d: Driver) -> None:
    """With reviews due and steps begun."""


@stop("too small")
async def too_small(d: Driver) -> None:
    """A terminal without room."""
    await d.pilot.resize_terminal(50, 10)


@stop("sessions")
async def sessions(d: Driver) -> None:
    """Somebody else has the record open."""


@stop("step")
async def step(d: Driver) -> None:
    """A step."""
    await d.press("1")


@stop("help")
async def help_(d: Driver) -> None:
    """Help."""
    await d.press("question_mark")


@stop("commands")
async def commands(d: Driver) -> None:
    """The palette, typing."""
    await d.press("colon")


@stop("commands, list")
async def commands_list(d: Driver) -> None:
    """The palette, in its list."""
    await d.press("colon", "down")


@stop("search")
async def search(d: Driver) -> None:
    """Search, typing."""
    await d.press("slash")


@stop("search with hits")
async def hits(d: Driver) -> None:
    """Search, with what was found."""
    await d.press("slash", *"call", "enter")


@stop("notebook")
async def notebook(d: Driver) -> None:
    """Notes and bookmarks."""
    await d.press("n")


@stop("notebook, empty")
async def notebook_empty(d: Driver) -> None:
    """Before there are any."""
    await d.press("n")


@stop("glossary")
async def glossary(d: Driver) -> None:
    """Terms."""
    await d.press("g")


@stop("progress")
async def progress(d: Driver) -> None:
    """How it goes."""
    await d.press("p")


@stop("portfolio")
async def portfolio(d: Driver) -> None:
    """What was written."""
    d.app.go(Location("portfolio"))


@stop("transcript")
async def transcript(d: Driver) -> None:
    """What was done when."""
    d.app.go(Location("transcript"))


@stop("settings")
async def settings(d: Driver) -> None:
    """The choices."""
    d.app.go(Location("settings"))


@stop("settings, typing")
async def settings_typing(d: Driver) -> None:
    """A value being typed."""
    d.app.go(Location("settings"))
    await d.settle()
    await d.press("enter")


@stop("keys")
async def keys(d: Driver) -> None:
    """The learner's own keys."""
    d.app.go(Location("keys"))


@stop("keys, asking")
async def keys_asking(d: Driver) -> None:
    """A key being asked for."""
    d.app.go(Location("keys"))
    await d.settle()
    await d.press("enter")


# -- reading


async def reading(d: Driver) -> None:
    """The first reading."""
    d.app.go(Location("reading", ("s-contracts",)))
    await d.settle()


STOPS["reading"] = reading


@stop("reading, further on")
async def reading_on(d: Driver) -> None:
    """In its second section."""
    await reading(d)
    await d.press("right")


@stop("reading, finding")
async def finding(d: Driver) -> None:
    """Words being typed."""
    await reading(d)
    await d.press("slash")


@stop("reading, found")
async def found(d: Driver) -> None:
    """A find that is on."""
    await reading(d)
    await d.press("slash", *"the", "enter")


@stop("reading, check")
async def check(d: Driver) -> None:
    """An inline question."""
    await reading(d)
    for _ in range(20):
        if d.page.focused is not None:
            return
        await d.press("enter")


@stop("reading, check, how sure")
async def check_sure(d: Driver) -> None:
    """An inline question that asks for the confidence."""
    await check(d)
    await d.press("1", "enter")


@stop("reading, check answered")
async def check_answered(d: Driver) -> None:
    """An inline question with its verdict on screen."""
    await check_sure(d)
    await d.press("3")


@stop("outline")
async def outline(d: Driver) -> None:
    """The sections to choose from."""
    await reading(d)
    await d.press("o")


@stop("terms")
async def terms(d: Driver) -> None:
    """The terms of a reading."""
    await reading(d)
    await d.press("g")


@stop("sources")
async def sources(d: Driver) -> None:
    """The sources of a reading."""
    await reading(d)
    await d.press("i")


@stop("note")
async def note(d: Driver) -> None:
    """A note being written."""
    await reading(d)
    await d.press("e")


@stop("note, below the text")
async def note_below(d: Driver) -> None:
    """Save or leave."""
    await note(d)
    await d.press("a", "tab")


@stop("note again")
async def note_again(d: Driver) -> None:
    """An old note."""
    await notebook(d)
    await d.press("enter")


# -- quiz


@stop("quiz start")
async def quiz_start(d: Driver) -> None:
    """Practice or exam."""
    d.app.go(Location("quiz", ("t1",)))


async def question(d: Driver, item: str, mode: Mode = "practice") -> None:
    """That question in a quiz."""
    study = d.app.study
    session = study.quiz("t1", mode) if mode == "exam" else learner.asked_in_quiz(study, item)[0]
    d.app.go(Location("quiz", ("t1", session.id)))
    await d.settle()
    page = d.page
    assert isinstance(page, QuizPage), d.text
    await page.ask(page.quiz.question(page.quiz.order.index(item) + 1))
    await d.settle()


def asks(item: str) -> Way:
    """The way to a question."""

    async def way(d: Driver) -> None:
        await question(d, item)

    return way


for form, asked in FORMS.items():
    STOPS[f"quiz, {form}"] = asks(asked)


@stop("quiz, hint shown")
async def hinted(d: Driver) -> None:
    """With a hint."""
    await question(d, "s-burn")
    await d.press("tab", "h")


@stop("quiz, chosen")
async def chosen(d: Driver) -> None:
    """An option chosen, not submitted."""
    await question(d, "s-retry")
    await d.press("2")


@stop("quiz, carrying")
async def carrying(d: Driver) -> None:
    """An entry picked up."""
    await question(d, "s-rename")
    await d.press("space")


@stop("quiz, predicted")
async def predicted(d: Driver) -> None:
    """An interval is given, the number is asked for."""
    await question(d, "s-budget-sum")
    await d.press("2", "enter", "4", "0", "enter")


@stop("quiz, field left")
async def field_left(d: Driver) -> None:
    """Letters are commands again."""
    await question(d, "s-burn")
    await d.press("4", "tab")


@stop("quiz, below the text")
async def below_text(d: Driver) -> None:
    """Submit or leave."""
    await question(d, "s-adr")
    await d.press("a", "tab")


@stop("quiz, how sure")
async def how_sure(d: Driver) -> None:
    """The confidence is asked."""
    await chosen(d)
    await d.press("enter")


@stop("quiz, judged")
async def judged(d: Driver) -> None:
    """The verdict."""
    await how_sure(d)
    await d.press("3")


async def written(d: Driver, item: str) -> None:
    """A text that was submitted, with what it is compared with."""
    await question(d, item)
    await d.press("a", "tab", "enter")


@stop("quiz, text compared")
async def text_compared(d: Driver) -> None:
    """An explanation beside a strong one."""
    await written(d, "s-adr")


@stop("quiz, said, compared")
async def said_compared(d: Driver) -> None:
    """An answer to somebody beside three replies."""
    await written(d, "s-board")


@stop("quiz, said, ticking")
async def ticking(d: Driver) -> None:
    """The points of it, one of them ticked."""
    await written(d, "s-board")
    await d.press("6")


@stop("reading, said")
async def reading_said(d: Driver) -> None:
    """An inline question that is answered in one's own words."""
    d.app.go(Location("reading", ("s-contracts", "limits")))
    await d.settle()
    await d.press("enter")


@stop("reading, said, ticking")
async def reading_ticking(d: Driver) -> None:
    """The points of the answer to it."""
    await reading_said(d)
    await d.press("a", "tab", "enter", "6")


@stop("reading, said, ticked")
async def reading_ticked(d: Driver) -> None:
    """Back in the text."""
    await reading_ticking(d)
    await d.press("tab")


@stop("exam")
async def exam(d: Driver) -> None:
    """A question of an exam."""
    await question(d, "s-retry", "exam")


@stop("exam, typing")
async def exam_typing(d: Driver) -> None:
    """A question of an exam that is typed."""
    await question(d, "s-burn", "exam")


@stop("result")
async def result(d: Driver) -> None:
    """The end of an exam, all of it missed."""
    await exam(d)
    await d.press("f", "f")


@stop("all answers")
async def all_answers(d: Driver) -> None:
    """The answers of a quiz."""
    await result(d)
    await d.press("v")


@stop("report")
async def report(d: Driver) -> None:
    """A report being written."""
    await question(d, "s-retry")
    await d.press("exclamation_mark")


@stop("report, below the text")
async def report_below(d: Driver) -> None:
    """Save or leave."""
    await report(d)
    await d.press("a", "tab")


@stop("review")
async def review(d: Driver) -> None:
    """What is due."""
    await d.press("r")


@stop("review judged")
async def review_judged(d: Driver) -> None:
    """A verdict in a review."""
    await review(d)
    page = d.page
    assert isinstance(page, QuestionPage)
    asked = page.current
    assert asked is not None
    from dev2cto.tui.widgets.question import QuestionBox

    box = page.query_one(QuestionBox)
    box.post_message(QuestionBox.Answered(box, learner.given(d.app.study, asked)))


@stop("review over")
async def review_over(d: Driver) -> None:
    """Nothing is left today."""
    study = d.app.study
    session = study.review()
    while (asked := session.question()) is not None:
        session.answer(asked, learner.given(study, asked))
    await d.press("r")


@stop("review, nothing due")
async def review_nothing(d: Driver) -> None:
    """Nothing was ever learnt."""
    await d.press("r")


# -- exercises


async def exercise(d: Driver, id: str) -> None:
    """An exercise."""
    d.app.go(Location("exercise", (id,)))
    await d.settle()


@stop("calculation, brief")
async def calculation(d: Driver) -> None:
    """A calculation's brief."""
    await exercise(d, "t-x-waits")


@stop("calculation, part")
async def part(d: Driver) -> None:
    """A part being answered."""
    await calculation(d)
    await d.press("enter")


@stop("calculation, field left")
async def part_left(d: Driver) -> None:
    """A part with its field left."""
    await part(d)
    await d.press("1", "tab")


@stop("calculation, data")
async def data(d: Driver) -> None:
    """Brief and data again."""
    await part_left(d)
    await d.press("d")


@stop("calculation, done")
async def calculated(d: Driver) -> None:
    """All parts right."""
    learner.calculate(d.app.study)
    await calculation(d)


@stop("calculation, solution")
async def solution(d: Driver) -> None:
    """The worked solution."""
    await calculated(d)
    await d.press("v")


@stop("code lab")
async def code(d: Driver) -> None:
    """A code lab."""
    await exercise(d, "t-x-adding")


@stop("code lab, hints")
async def code_hints(d: Driver) -> None:
    """Its hints."""
    await code(d)
    await d.press("h")


@stop("code lab for tests")
async def noticing(d: Driver) -> None:
    """A code lab in which tests are written."""
    await exercise(d, "t-x-noticing")


@stop("code under test")
async def subject(d: Driver) -> None:
    """The code that they are for."""
    await noticing(d)
    await d.press("t")


@stop("scenario, brief")
async def scenario(d: Driver) -> None:
    """A scenario's brief."""
    await exercise(d, "t-x-friday")


@stop("scenario, scene")
async def scene(d: Driver) -> None:
    """A decision."""
    await scenario(d)
    await d.press("enter")


@stop("scenario, result")
async def consequence(d: Driver) -> None:
    """What came of it."""
    await scene(d)
    await d.press("1")


@stop("scenario, log")
async def log(d: Driver) -> None:
    """What happened so far."""
    await consequence(d)
    await d.press("l")


@stop("scenario, script for two people")
async def script(d: Driver) -> None:
    """What two people practise."""
    await scene(d)
    await d.press("t")


@stop("scenario, ending")
async def ending(d: Driver) -> None:
    """An ending."""
    learner.decide(d.app.study)
    await scenario(d)


@stop("scenario, debrief")
async def debrief(d: Driver) -> None:
    """The paths not taken."""
    await ending(d)
    await d.press("enter")


@stop("simulation, brief")
async def simulation(d: Driver) -> None:
    """A simulation's brief."""
    await exercise(d, "t-x-two-quarters")


@stop("simulation, dividing")
async def dividing(d: Driver) -> None:
    """Amounts to be divided."""
    await simulation(d)
    await d.press("enter")


@stop("simulation, divided")
async def divided(d: Driver) -> None:
    """Amounts that can be less and more."""
    await dividing(d)
    await d.press("2", "0", "down", "right")


@stop("simulation, report")
async def period_report(d: Driver) -> None:
    """What a period brought."""
    await dividing(d)
    await d.press("6", "0", "enter", "enter")


@stop("simulation, decision")
async def period_decision(d: Driver) -> None:
    """A decision."""
    await period_report(d)
    await d.press("enter", *"60", "enter", "enter")


@stop("simulation, log")
async def simulation_log(d: Driver) -> None:
    """What happened so far."""
    await period_report(d)
    await d.press("l")


@stop("simulation, ending")
async def simulation_ending(d: Driver) -> None:
    """An ending."""
    learner.simulate(d.app.study)
    await simulation(d)


@stop("simulation, debrief")
async def simulation_debrief(d: Driver) -> None:
    """All figures, and what was luck."""
    await simulation_ending(d)
    await d.press("enter")


@stop("artefact")
async def artefact(d: Driver) -> None:
    """An artefact's brief."""
    await exercise(d, "t-x-note")


@stop("artefact with versions")
async def artefact_versions(d: Driver) -> None:
    """After two versions."""
    await artefact(d)


@stop("writing")
async def writing(d: Driver) -> None:
    """A text being written."""
    await artefact(d)
    await d.press("enter")


@stop("writing, below the text")
async def writing_below(d: Driver) -> None:
    """What can be done with it."""
    await writing(d)
    await d.press("a", "tab")


@stop("rubric")
async def rubric(d: Driver) -> None:
    """Judging it."""
    await artefact(d)
    await d.choose("rate")


@stop("versions")
async def versions(d: Driver) -> None:
    """All versions."""
    await artefact(d)
    await d.choose("versions")


@stop("version")
async def version(d: Driver) -> None:
    """A version against the one before."""
    await versions(d)
    await d.press("1")


@stop("survey, brief")
async def survey(d: Driver) -> None:
    """The self-assessment's brief."""
    await exercise(d, "t-x-self")


@stop("survey, statement")
async def statement(d: Driver) -> None:
    """A statement."""
    await survey(d)
    await d.press("enter")


@stop("survey, how sure")
async def statement_sure(d: Driver) -> None:
    """A statement, rated."""
    await statement(d)
    await d.press("2")


@stop("survey results")
async def survey_results(d: Driver) -> None:
    """Where one stands."""
    await survey(d)


@stop("diff, brief")
async def diff_brief(d: Driver) -> None:
    """A code review's brief."""
    await exercise(d, "t-x-review")


@stop("diff, change")
async def diff_change(d: Driver) -> None:
    """The change, before a line is marked."""
    await diff_brief(d)
    await d.press("enter")


@stop("diff, marked line")
async def diff_marked(d: Driver) -> None:
    """A marked line under the cursor."""
    await diff_change(d)
    await d.press("right", "1")


@stop("diff, gap")
async def diff_gap(d: Driver) -> None:
    """Lines that are left out under the cursor."""
    await diff_change(d)
    await d.press(*["down"] * 9)


@stop("diff, marks")
async def diff_marks(d: Driver) -> None:
    """All marks."""
    await diff_marked(d)
    await d.press("l")


@stop("diff, comment")
async def diff_comment(d: Driver) -> None:
    """A comment being written."""
    await diff_marked(d)
    await d.press("enter")


@stop("diff, below the comment")
async def diff_comment_below(d: Driver) -> None:
    """What can be done with it."""
    await diff_comment(d)
    await d.press("a", "tab")


@stop("diff, verdict")
async def diff_verdict(d: Driver) -> None:
    """What was found and missed, without what was missed."""
    await diff_marked(d)
    await d.press("f", "f")


@stop("diff, verdict with all")
async def diff_verdict_all(d: Driver) -> None:
    """What was missed as well."""
    await diff_verdict(d)
    await d.press("v", "v")


@stop("diff, change again")
async def diff_change_again(d: Driver) -> None:
    """The change with the marks that were submitted."""
    await diff_verdict(d)
    await d.press("t")


# -- the final form, in the course that has one


@stop("final form, start")
async def final_start(d: Driver) -> None:
    """What to expect."""
    d.app.go(Location("final", ("c11",)))
    await d.settle()


@stop("final form, question")
async def final_question(d: Driver) -> None:
    """A question with options."""
    form = d.app.study.final("c11")
    d.app.go(Location("final", ("c11", form.id)))
    await d.settle()
    page = d.page
    assert isinstance(page, FinalPage)
    asked = next(question for n in range(1, 9) if (question := form.question(n)) and isinstance(question.form, PickOne))
    await page.ask(asked)
    await d.settle()


@stop("final form, how sure")
async def final_sure(d: Driver) -> None:
    """The confidence is asked."""
    await final_question(d)
    await d.press("1", "enter")


@stop("final form, overview")
async def final_overview(d: Driver) -> None:
    """All questions."""
    await final_question(d)
    await d.press("o")


@stop("final form, result")
async def final_result(d: Driver) -> None:
    """The end, part of it missed."""
    form = d.app.study.final("c11")
    take_final(form, miss=form.order[:3])
    d.app.go(Location("final", ("c11", form.id)))


@stop("final form, all answers")
async def final_answers(d: Driver) -> None:
    """The answers."""
    await final_result(d)
    await d.settle()
    await d.press("v")
