"""The learning rules as pure functions: files, clock and random source are passed in by the caller."""
