"""Template of a lab in which the learner writes tests; text in capitals is to be replaced."""

MUTANTS = """\
judge: mutants
subject: [answer.py]
files: [test_answer.py]
mutants:
  - file: mutants/negative.py
    replaces: answer.py
    name: A RULE IS BROKEN, in words that follow "Not noticed:"
    lesson: |
      WHICH TEST NOTICES IT, AND WHY IT IS EASILY FORGOTTEN.
  - file: mutants/zero.patch
    name: ANOTHER RULE IS BROKEN
    lesson: |
      WHICH TEST NOTICES IT, AND WHY IT IS EASILY FORGOTTEN.
kill: 2
hints: [A FIRST NUDGE]
solution: |
  WHAT THE TESTS LOOK AT, AND WHY.
"""

SUBJECT = '''\
"""WHAT THE CODE UNDER TEST IS FOR."""


def answer(n: int) -> int:
    """Twice n, and 1 for 0."""
    if n == 0:
        return 1
    return 2 * n
'''
TESTS = '''\
"""Tests of answer.py."""

import unittest

import answer


class Answers(unittest.TestCase):
    def test_twice(self) -> None:
        """Twice the number"""
        self.assertEqual(answer.answer(3), 6)
'''
SOLVED = '''
    def test_negative(self) -> None:
        """Twice a negative number"""
        self.assertEqual(answer.answer(-3), -6)

    def test_zero(self) -> None:
        """One for nothing"""
        self.assertEqual(answer.answer(0), 1)
'''
PATCH = """\
--- a/answer.py
+++ b/answer.py
@@ -4,4 +4,4 @@
 def answer(n: int) -> int:
     \"\"\"Twice n, and 1 for 0.\"\"\"
     if n == 0:
-        return 1
+        return 0
"""

MUTANTS_FILES = {
    "subject/answer.py": SUBJECT,
    "starter/test_answer.py": TESTS,
    "solution/test_answer.py": TESTS + SOLVED,
    "mutants/negative.py": SUBJECT.replace("2 * n\n", "2 * abs(n)\n"),
    "mutants/zero.patch": PATCH,
}
