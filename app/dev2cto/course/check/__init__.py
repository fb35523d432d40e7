"""The quality rules of a course: each is a small function, and rules.py says what a rule is."""
