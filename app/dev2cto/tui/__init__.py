"""The full-screen face: the only part of the program that imports Textual."""
