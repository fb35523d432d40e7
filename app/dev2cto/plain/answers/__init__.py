"""One file for each form of answer: what to print, and what a typed line means."""
