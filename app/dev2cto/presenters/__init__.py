"""Presenters: texts and blocks that both front ends show, so that they say the same."""
