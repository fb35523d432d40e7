"""The full-screen front end: the only part of the program that imports Textual."""
