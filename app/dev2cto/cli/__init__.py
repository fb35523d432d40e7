"""The command line: parsing, launching a front end, and one-shot commands."""
