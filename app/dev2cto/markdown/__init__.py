"""Markdown of the course as blocks and lines of styled text; every face shows these, none parses Markdown itself."""
