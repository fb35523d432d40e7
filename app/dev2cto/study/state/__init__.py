"""The learner's state: progress, location, notes, study time, resets, and sync with other sessions."""
