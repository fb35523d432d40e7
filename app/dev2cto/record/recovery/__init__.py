"""Detecting damage to the record and recovering lost lines."""
