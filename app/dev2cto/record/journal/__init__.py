"""Append-only journals: line format, durable writing, reading, live tables, large texts."""
