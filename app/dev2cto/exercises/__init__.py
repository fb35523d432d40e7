"""Exercises: what an exercise is, one file for each kind, and what runs the labs; `kinds` names them."""
