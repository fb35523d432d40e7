"""Backups: archives made on request, and one made automatically each day."""
