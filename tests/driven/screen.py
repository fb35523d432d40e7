"""The learner's hand on the full screen: the keys that come next, read off the screen that is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import events

from dev2cto.exercises.diffs.diff import WEIGHTS
from dev2cto.items.forms import Response
from dev2cto.tui.answers.arrange import ArrangeAnswer
from dev2cto.tui.answers.assign import AssignAnswer
from dev2cto.tui.answers.mark_lines import MarkLinesAnswer
from dev2cto.tui.answers.pick import PickManyAnswer, PickOneAnswer
from dev2cto.tui.answers.several import SeveralLines
from dev2cto.tui.answers.typed import WriteAnswer
from dev2cto.tui.screens.base import Page
from dev2cto.tui.screens.exercises.artefact import ArtefactPage
from dev2cto.tui.screens.exercises.calculation import CalculationPage
from dev2cto.tui.screens.exercises.codelab import CodePage
from dev2cto.tui.screens.exercises.diff import DiffPage
from dev2cto.tui.screens.exercises.diff_comment import DiffCommentPage
from dev2cto.tui.screens.exercises.rubric import RubricPage
from dev2cto.tui.screens.exercises.scenario import ScenarioPage
from dev2cto.tui.screens.exercises.simulation import SimulationPage
from dev2cto.tui.screens.exercises.survey import SurveyPage
from dev2cto.tui.screens.exercises.writing import WritingPage
from dev2cto.tui.screens.final import FinalPage
from dev2cto.tui.screens.final_start import FinalStartPage
from dev2cto.tui.screens.home import HomePage
from dev2cto.tui.screens.quiz import QuizPage
from dev2cto.tui.screens.quiz_start import QuizStartPage
from dev2cto.tui.screens.reading import ReadingPage
from dev2cto.tui.screens.step import StepPage
from dev2cto.tui.widgets.amounts import AmountRows
from dev2cto.tui.widgets.diff_rows import DiffRows
from dev2cto.tui.widgets.inputs import COLUMNS, LineInput, TextEditor
from dev2cto.tui.widgets.question import QuestionBox
from dev2cto.tui.widgets.reading_view import ReadingView
from dev2cto.tui.widgets.rows import Rows
from tests.driven.plan import Part, Plan, solve
from tests.support.pilot_driver import Driver
from tests.support.responses import spelled

TYPED = 12
"""Characters of a text that are typed before the rest is pasted."""
Move = str | events.Paste
"""A key, or a text that is pasted."""


def moves(driver: Driver, plan: Plan, part: Part) -> Sequence[Move]:
    """What is pressed next; never nothing."""
    page = driver.page
    here = part.id == getattr(getattr(page, "exercise", None), "id", "")
    match page:
        case HomePage():
            return opening(page.query_one(Rows), part.module)
        case StepPage(module=part.module):
            return opening(page.query_one(Rows), f"{part.screen}:{part.id}")
        case ReadingPage() if page.session.reading.id == part.id:
            return reading(page, plan)
        case QuizStartPage(module=part.module) if part.screen == "quiz":
            return opening(page.query_one(Rows), plan.mode(part.module))
        case FinalStartPage(module=part.module) if part.screen == "final":
            return ["enter"]
        case QuizPage() if page.quiz.module.id == part.module:
            asks = "final" if isinstance(page, FinalPage) else "quiz"
            return quiz(page, plan) if asks == part.screen else leave(page)
        case CalculationPage() if here:
            return calculation(page, plan)
        case SurveyPage() if here:
            return survey(page, plan)
        case ArtefactPage() if here:
            return artefact(page, plan)
        case RubricPage() if page.session.exercise.id == part.id:
            criterion = page.session.exercise.rubric[page.number].id
            return [str(plan.rating(part.id, criterion, 3, 2))]
        case WritingPage() if page._place.ids[0] == part.id:
            return writing(page, plan, part)
        case ScenarioPage() if here or page.stage == "ending":
            return [str(plan.choice(page.session)), "enter"] if page.stage == "scene" else onward(page.stage)
        case SimulationPage() if here or page.stage == "ending":
            return simulation(page, plan, again=here)
        case DiffPage() if here:
            return review(page, plan)
        case DiffCommentPage() if page.session.exercise.id == part.id:
            return comment(page, plan)
        case CodePage() if here:
            return lab(page, plan, part)
        case _:
            return leave(page)


def leave(page: Page) -> Sequence[Move]:
    """Back; out of a text first."""
    return ["tab"] if isinstance(page.focused, LineInput | TextEditor) else ["q"]


def onward(stage: str) -> Sequence[Move]:
    """On, until nothing comes any more."""
    return ["q"] if stage == "debrief" else ["enter"]


def to(rows: Rows, id: str) -> list[Move]:
    """The arrows that lead to that row."""
    ids = [row.id for row in rows.rows if row.id]
    by = ids.index(id) - rows.at
    return ["down" if by > 0 else "up"] * abs(by)


def opening(rows: Rows, id: str) -> Sequence[Move]:
    """The keys that open that row."""
    return [*to(rows, id), "enter"]


# -- texts


def line_keys(field: LineInput, wanted: str) -> list[Move]:
    """The keys that make a line that text; none where it is."""
    value = field.value
    if wanted.startswith(value) and field.cursor_position == len(value):
        return [*spelled(wanted[len(value) :])]
    return ["end", *["backspace"] * len(value)]


def text_keys(editor: TextEditor, wanted: str) -> list[Move]:
    """The keys that make a text that one: the first characters typed, the rest pasted; none where it is."""
    text, lines = editor.text, editor.text.split("\n")
    if text == wanted:
        return []
    if wanted.startswith(text) and editor.cursor == (len(lines) - 1) * COLUMNS + len(lines[-1]):
        rest = wanted[len(text) :]
        return [*spelled(rest[:TYPED]), *([events.Paste(rest[TYPED:])] if rest[TYPED:] else [])]
    height = editor.wrapped_document.height
    return [*["down"] * height, "end", *["shift+up"] * height, "shift+home", "delete"]


def writing(page: WritingPage, plan: Plan, part: Part) -> Sequence[Move]:
    """A text, then Submit."""
    session = plan.study.exercise(part.id)
    assert hasattr(session, "lint")
    rows = page.query_one(Rows)
    if page.focused is rows:
        return opening(rows, "submit")
    return text_keys(page.query_one(TextEditor), plan.text(session)) or ["tab"]  # type: ignore[arg-type]


# -- questions


def answer(box: QuestionBox, wanted: Response, sure: int) -> Sequence[Move]:
    """The next keys of an answer, from whatever is there already."""
    if box.asks_how_sure:
        return [str(sure)]
    if box.has_focus:
        return ["enter"]
    widget = box._answer
    match widget:
        case PickOneAnswer():
            number = [option.id for option in widget.form.options].index(str(wanted)) + 1
            return ["enter"] if widget.response == wanted else [str(number), "enter"]
        case PickManyAnswer():
            ids = [option.id for option in widget.form.options]
            return [*(str(ids.index(id) + 1) for id in sorted(set(wanted) ^ widget.marked)), "enter"]
        case MarkLinesAnswer():
            wrong = sorted(int(number) for number in {*wanted} ^ widget.marked)
            return [*to(widget, str(wrong[0])), "space"] if wrong else ["enter"]
        case ArrangeAnswer():
            return arrange(widget, tuple(wanted))
        case AssignAnswer():
            assert isinstance(wanted, Mapping)
            return assign(widget, wanted)
        case WriteAnswer(form=form) if form.lines:
            if isinstance(box.page.focused, Rows):
                return opening(box.page.focused, "submit")
            return text_keys(widget.query_one(TextEditor), str(wanted)) or ["tab"]
        case WriteAnswer():
            return line_keys(widget.query_one(LineInput), str(wanted)) or ["enter"]
        case SeveralLines():
            at = next(n for n, field in enumerate(widget.fields) if field.has_focus)
            return line_keys(widget.fields[at], tuple(wanted)[at]) or ["enter"]
        case _:
            raise AssertionError(widget)


def arrange(widget: ArrangeAnswer, wanted: tuple[str, ...]) -> Sequence[Move]:
    """One entry to its place, or out."""
    if widget.carrying:
        return ["space"]
    kept = [option.id for option in widget.kept]
    for id in kept:
        if id not in wanted:
            return [*to(widget, id), "0"]
    for place, id in enumerate(wanted):
        if place >= len(kept) or kept[place] != id:
            return [*to(widget, id), str(place + 1)]
    return ["enter"]


def assign(widget: AssignAnswer, wanted: Mapping[str, str]) -> Sequence[Move]:
    """One entry to its number."""
    targets = [target.id for target in widget.targets]
    for entry in widget.entries:
        if widget.given.get(entry.id) != wanted[entry.id]:
            return [*to(widget, entry.id), str(targets.index(wanted[entry.id]) + 1)]
    return ["enter"]


def reading(page: ReadingPage, plan: Plan) -> Sequence[Move]:
    """Page by page, each check where it occurs; at the end, what was too short to be seen scrolling is marked read."""
    box, session = page.focused_box(), page.session
    if box is not None and not box.answered:
        return answer(box, plan.answer(box.question), plan.sure(box.question))
    reader = page.query_one(ReadingView)
    open_ = [box for box in page.query(QuestionBox) if not box.answered]
    if reader.at_end and not any(reader.shows(box) for box in open_):
        if open_:
            return ["home"]
        if session.read != {section.id for section in session.reading.sections}:
            return ["x"]
    return ["enter"]


def quiz(page: QuizPage, plan: Plan) -> Sequence[Move]:
    """The question on screen, or the next one that is open; an exam is finished when none is."""
    box = page.box()
    if page.feedback is not None or box is None:
        return ["enter"]
    question, session = box.question, page.quiz
    if question.given is None or box.asks_how_sure:
        return answer(box, plan.answer(question), plan.sure(question))
    if isinstance(page.focused, LineInput | TextEditor):
        return ["tab"]
    if not session.left:
        return ["f"]
    return ["right" if session.order.index(session.left[0]) >= question.number else "left"]


# -- exercises


def calculation(page: CalculationPage, plan: Plan) -> Sequence[Move]:
    """Part by part."""
    box, session, number = page.box(), page.session, page.number
    if box is None or page.judged:
        return ["enter"]
    tried = session.feedback(number) is not None
    return answer(box, plan.part_answer(session.sheet.item(number), box.question, tried=tried), 3)


def survey(page: SurveyPage, plan: Plan) -> Sequence[Move]:
    """Statement by statement, then the plan."""
    if page.stage != "statement":
        return opening(page.query_one(Rows), "begin" if page.stage == "brief" else "plan")
    exercise = page.session.exercise
    statement = exercise.statements[page.number].id
    if page.rating is None:
        return [str(plan.rating(exercise.id, statement, 3))]
    return [str(plan.rating(exercise.id, f"sure of {statement}", 3, 1))]


def artefact(page: ArtefactPage, plan: Plan) -> Sequence[Move]:
    """Two versions, the second judged."""
    return opening(page.query_one(Rows), "rate" if len(page.session.versions()) > 1 else "write")


def simulation(page: SimulationPage, plan: Plan, *, again: bool) -> Sequence[Move]:
    """Amounts by digits, decisions by number, and another play after the first debrief."""
    session, rows = page.session, page.query_one(AmountRows)
    if page.stage == "debrief":
        return ["a"] if again else ["q"]
    if page.stage == "decision":
        return [str(plan.choice(session)), "enter"]
    if page.stage != "divide":
        return ["enter"]
    for (budget, use), amount in plan.amounts(session).items():
        if session.amount(budget, use) != amount:
            there = to(rows, f"{budget}.{use}")
            if page._typed and not there:
                return ["up"] if rows.at else ["down"]  # ends the number that was being typed
            return [*there, *f"{amount:g}"]
    return ["enter"]


def review(page: DiffPage, plan: Plan) -> Sequence[Move]:
    """Marks by weight, the first one with a comment; then the verdict, and again until it is good enough."""
    session = page.session
    if page.stage == "brief":
        return ["enter"]
    if page.stage == "verdict":
        return ["a"]
    rows = page.query_one(DiffRows)
    for n, (address, fault) in enumerate(plan.marks(session).items()):
        mark = session.marks.get(address)
        if mark is not None and mark.weight == fault.weight:
            continue
        if address not in {row.id for row in rows.rows}:
            return ["o"]
        return [*to(rows, address), "enter" if n == 0 else str(WEIGHTS.index(fault.weight) + 1)]
    return ["f"]


def comment(page: DiffCommentPage, plan: Plan) -> Sequence[Move]:
    """What the fault is, saved with its weight."""
    fault = plan.marks(page.session).get(page.address)
    rows = page.query_one("#choices", Rows)
    if page.focused is rows:
        return opening(rows, fault.weight if fault is not None else "leave")
    return text_keys(page.query_one(TextEditor), fault.what if fault is not None else "") or ["tab"]


def lab(page: CodePage, plan: Plan, part: Part) -> Sequence[Move]:
    """The starter is checked, then the solution."""
    if plan.submitted(part.id):
        solve(page.session)
    return ["c"]
