"""Sessions: a learner's work on one reading, quiz, review or exercise, saved step by step."""
