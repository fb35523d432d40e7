"""Parse YAML with source positions and decode it into dataclasses."""
