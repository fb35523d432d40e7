"""Export of the learner's work to files."""
