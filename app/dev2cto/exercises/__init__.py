"""Exercises: the base class and one module or package for each kind; `kinds` lists them."""
