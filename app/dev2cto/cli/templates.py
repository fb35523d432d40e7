"""Valid templates for every kind of course file; text in capitals is to be replaced."""

from __future__ import annotations

from dev2cto.cli.mutants_template import MUTANTS, MUTANTS_FILES
from dev2cto.cli.simulation_template import SIMULATION

COURSE = """\
# yaml-language-server: $schema=schema/course.json
format: 1
id: {id}
title: TITLE OF THE COURSE
version: 0.1.0
lang: en
authors: [YOUR NAME]
modules:
  - {module}
"""
GLOSSARY = "# yaml-language-server: $schema=schema/glossary.json\nterms: []\n"
SOURCES = "# yaml-language-server: $schema=schema/sources.json\nsources: []\n"
FACTS = "# yaml-language-server: $schema=schema/facts.json\nfacts: []\n"

MODULE = """\
# yaml-language-server: $schema=../../schema/module.json
id: {id}
step: {step}
title: TITLE OF THE MODULE
summary: |
  WHAT ONE CAN DO AFTERWARDS, IN TWO OR THREE SENTENCES.
objectives:
  - id: {id}-objective
    text: A MEASURABLE OUTCOME, BEGINNING WITH A VERB
readings: [{id}-first]
quiz: {{minutes: 15}}
exercises: []
"""

READING = """\
# yaml-language-server: $schema=../../../schema/reading.json
id: {id}
title: TITLE OF THE READING
minutes: 10
objectives: [{objective}]
topics: []
sections:
  - id: begin
    heading: HEADING
    text: |
      THE SITUATION THAT MAKES THE IDEA NECESSARY.
terms: []
sources: []
monday:
  after: the EVENT THAT COMES UP AT WORK
  do: WHAT I WILL DO THEN
  look_at: WHAT SHOWS WHETHER IT HELPED
"""

ITEM_HEAD = """\
  - id: {id}
    kind: {kind}
    objective: {objective}
    level: apply
    topics: []
    prompt: |
      {prompt}
"""
PROMPT = "THE QUESTION: WHAT FOLLOWS FOR {id}?"
PROMPTS = {
    "multi": "THE QUESTION: WHAT HOLDS FOR {id}? Mark all that apply.",
    "numeric": "THE QUESTION: HOW LONG DO {{n}} OF {id} TAKE?",
    "say": "THE SETTING AND THE TASK OF {id}.",
}
"""Prompts of kinds whose prompt must contain something specific."""
ITEM_TAIL = """\
    explain: |
      WHY THE KEY IS RIGHT, AND WHY THE TEMPTING ANSWER FAILS.
    hints: [A FIRST NUDGE]
"""
ITEMS: dict[str, str] = {
    "single": """\
    answer: {text: THE BEST ANSWER, why: WHY IT IS RIGHT}
    distractors:
      - {text: A REAL MISTAKE, why: THE MISCONCEPTION BEHIND IT}
      - {text: ANOTHER MISTAKE, why: THE MISCONCEPTION BEHIND IT}
      - {text: A THIRD ONE, why: THE MISCONCEPTION BEHIND IT}
""",
    "multi": """\
    answers:
      - {text: HOLDS, why: WHY}
      - {text: HOLDS TOO, why: WHY}
    distractors:
      - {text: DOES NOT HOLD, why: THE MISCONCEPTION BEHIND IT}
      - {text: NOR DOES THIS, why: THE MISCONCEPTION BEHIND IT}
""",
    "numeric": """\
    given: {n: {from: 20, to: 60, step: 5}}
    answer: 2 * n
    rel: 0.01
    unit: ms
    wrong:
      - {value: n, why: WHAT WENT WRONG}
""",
    "short": "    accept: [THE WORD]\n    near: 1\n",
    "order": "    order: [FIRST, SECOND, THIRD]\n",
    "match": """\
    pairs:
      - {left: A, right: ONE}
      - {left: B, right: TWO}
      - {left: C, right: THREE}
""",
    "categorise": "    categories: {GROUP: [A, B], OTHER: [C, D]}\n",
    "cloze": "    text: |\n      A TEXT WITH A {{blank|also accepted}}.\n",
    "output": "    lang: python\n    code: |\n      print(1 + 1)\n    stdout: |\n      2\n",
    "lines": "    lang: python\n    code: |\n      x = 1\n      y = x + '1'\n    lines: [2]\n",
    "matrix": """\
    statements:
      - {text: A TRUE STATEMENT, answer: true, why: WHY}
      - {text: A FALSE STATEMENT, answer: false, why: WHY}
      - {text: ANOTHER, answer: true, why: WHY}
""",
    "explain": "    model: |\n      A STRONG ANSWER.\n    checklist: [A KEY POINT, ANOTHER, A THIRD]\n",
    "say": """\
    from: {name: NAME OF THE PERSON, role: ROLE IN THE COMPANY, mood: MOOD IN ONE WORD}
    line: |
      "WHAT THE PERSON SAYS."
    seconds: 90
    replies:
      - {text: "A STRONG REPLY. WITH A QUESTION?", note: WHY IT WORKS, rank: strong}
      - {text: A PLAUSIBLE REPLY, note: WHAT IT LACKS, rank: plausible}
      - {text: A WEAK REPLY, note: WHAT IT DOES TO THE TALK, rank: weak}
    markers:
      - {text: SOMETHING TO BE SEEN IN THE TEXT, check: question}
      - {text: AT MOST SO MANY WORDS, check: words<=60}
      - {text: SOMETHING THAT ONLY THE LEARNER CAN JUDGE}
    variants:
      - from: {name: NAME OF ANOTHER PERSON, role: ROLE IN THE COMPANY, mood: MOOD IN ONE WORD}
        line: |
          "THE SAME THING, SAID BY SOMEBODY ELSE."
""",
}

EXERCISE_HEAD = """\
# yaml-language-server: $schema=../../../../schema/exercise.json
id: {id}
kind: {kind}
title: TITLE OF THE EXERCISE
minutes: 30
objectives: [{objective}]
brief: |
  THE SITUATION AND THE TASK.
"""
EXERCISES: dict[str, str] = {
    "calculation": """\
parts:
  - id: first
    prompt: |
      WHAT IS TO BE WORKED OUT?
    answer: 6 * 7
    explain: |
      THE WORKED STEP.
solution: |
  THE WHOLE SOLUTION, WORKED.
""",
    "code": """\
files: [answer.py]
hints: [A FIRST NUDGE]
solution: |
  WHAT THE SOLUTION DOES, AND WHY.
""",
    "mutants": MUTANTS,
    "scenario": """\
gauges:
  - {id: trust, name: trust, start: 50, meaning: WHAT IT MEASURES}
  - {id: speed, name: speed, start: 50, meaning: WHAT IT MEASURES}
  - {id: cash, name: cash, start: 400, known: true, unit: $k, most: 1000, meaning: WHAT IT MEASURES}
start: first
scenes:
  - id: first
    title: THE FIRST SCENE
    text: |
      THE SITUATION.
    choices:
      - id: one
        text: ONE WAY
        effects: {trust: 20, cash: -50}
        result: |
          WHAT HAPPENS.
        chance:
          p: 0.4
          effects: {trust: -25}
          result: |
            WHAT HAPPENS WITH BAD LUCK.
        goto: after
        aside: WHAT THIS TRADES.
      - id: other
        text: ANOTHER WAY
        effects: {speed: 20}
        result: |
          WHAT HAPPENS.
        goto: after
        aside: WHAT THIS TRADES.
  - id: after
    title: THE NEXT SCENE
    text: |
      WHAT CAME OF IT, READ BEFORE THE ENDING.
    goto: end
endings:
  - id: trusted
    title: AN ENDING
    when: trust > speed
    text: |
      HOW IT ENDED.
    good: true
  - id: quick
    title: ANOTHER ENDING
    text: |
      HOW IT ENDED.
    good: true
debrief: |
  THE TRADE-OFF, AND WHAT ANOTHER PATH WOULD HAVE BROUGHT.
fails: |
  WHAT WAS TAUGHT AND DOES NOT WORK HERE, AND WHY.
""",
    "simulation": SIMULATION,
    "artefact": """\
file: text.md
template: |
  # TITLE

  ## Context

  ## Decision
rubric:
  - {id: context, criterion: CONTEXT, anchors: [NONE, A LITTLE, MOST, ALL OF IT]}
  - {id: decision, criterion: DECISION, anchors: [NONE, A LITTLE, MOST, ALL OF IT]}
  - {id: consequences, criterion: CONSEQUENCES, anchors: [NONE, A LITTLE, MOST, ALL OF IT]}
  - {id: concision, criterion: CONCISION, anchors: [NONE, A LITTLE, MOST, ALL OF IT]}
sample: |
  # A STRONG EXAMPLE

  ## Context

  THE SITUATION IN A FEW WORDS, with a number such as 310 ms.

  ## Decision

  WHAT WAS DECIDED.
lint:
  headings: [Context, Decision]
  number_with_unit: true
""",
    "survey": """\
scale: [never done it, done it with help, do it alone, teach it]
confidence: [guess, fairly sure, sure]
statements:
  - {id: first, module: {module}, text: I can DO SOMETHING}
file: plan.md
template: |
  # My plan

  ## Next
""",
    "diff": """\
context: 3
faults:
  - file: orders.py
    line: 6
    weight: must
    what: WHAT IS WRONG, IN ONE LINE.
    comment: |
      WHAT A SENIOR ENGINEER WOULD HAVE WRITTEN.
  - file: orders.py
    removed: 5
    weight: should
    what: WHAT WAS REMOVED AND IS MISSED.
    comment: |
      WHAT A SENIOR ENGINEER WOULD HAVE WRITTEN.
  - file: orders.py
    line: 12
    lines: [11, 12]
    weight: question
    what: WHAT HAS TO BE ASKED.
    comment: |
      WHAT A SENIOR ENGINEER WOULD HAVE WRITTEN.
decoys:
  - {file: orders.py, line: 8, why: WHY THIS LINE LOOKS WRONG AND IS RIGHT}
debrief: |
  WHAT THESE FAULTS HAVE IN COMMON, AND HOW TO FIND THE NEXT ONES.
""",
}

DIFF_FILES = {
    "before/orders.py": '''\
"""REPLACE BOTH VERSIONS; 40 TO 90 LINES SHOULD CHANGE."""


def total(order):
    assert order.lines
    return sum(line.price * line.count for line in order.lines)
''',
    "after/orders.py": '''\
"""REPLACE BOTH VERSIONS; 40 TO 90 LINES SHOULD CHANGE."""


def total(order):
    sum_ = 0
    for line in order.lines[1:]:
        sum_ += line.price * line.count
    return sum_


def average(order):
    return total(order) / len(order.lines)
''',
}

LAB_FILES = {
    "starter/answer.py": '''\
"""WHAT IS TO BE WRITTEN."""


def answer(n: int) -> int:
    """Twice n."""
    return n
''',
    "solution/answer.py": '''\
"""The solution."""


def answer(n: int) -> int:
    """Twice n."""
    return 2 * n
''',
    "check.py": '''\
"""The checks of this lab."""

import lab


class Answers(lab.Case):
    def test_twice(self) -> None:
        """Twice the number, whatever it is"""
        n = lab.rng("n").randint(2, 99)
        self.expect(lab.load("answer").answer(n), 2 * n, given=f"answer({n})")
''',
}


def course(id: str, module: str) -> str:
    """Return a course.yaml with one module."""
    return COURSE.format(id=id, module=module)


def module(id: str, step: str) -> str:
    """Return a module.yaml."""
    return MODULE.format(id=id, step=step)


def reading(id: str, objective: str) -> str:
    """Return a reading with one section."""
    return READING.format(id=id, objective=objective)


def bank(items: str) -> str:
    """Return a bank.yaml with these items, already indented."""
    return f"# yaml-language-server: $schema=../../schema/bank.json\nitems:\n{items}"


def item(id: str, kind: str, objective: str) -> str:
    """Return an item, indented for a bank."""
    prompt = PROMPTS.get(kind, PROMPT).format(id=id)
    return ITEM_HEAD.format(id=id, kind=kind, objective=objective, prompt=prompt) + ITEMS[kind] + ITEM_TAIL


def exercise(id: str, kind: str, objective: str, module: str) -> dict[str, str]:
    """Return the files of an exercise by relative path; `module` is the id of its module."""
    declared = "code" if kind == "mutants" else kind
    head = EXERCISE_HEAD.format(id=id, kind=declared, objective=objective)
    files = {"exercise.yaml": head + EXERCISES[kind].replace("{module}", module)}
    return files | {"code": LAB_FILES, "diff": DIFF_FILES, "mutants": MUTANTS_FILES}.get(kind, {})
