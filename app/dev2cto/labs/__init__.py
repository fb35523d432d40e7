"""Code labs: the learner's files are tested by a course's checks in a supervised child process."""
