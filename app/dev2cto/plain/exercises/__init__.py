"""One file for each kind of exercise, by lines."""
