"""The quality rules of a course, one small function each; rules.py defines the rule type."""
