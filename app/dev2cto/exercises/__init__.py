"""One file per kind of exercise, and what runs and lays out labs."""
