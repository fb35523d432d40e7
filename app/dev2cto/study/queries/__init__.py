"""Queries: read-only snapshots of course and record for the front ends."""
