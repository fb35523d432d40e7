"""dev2cto: a self-study course from web developer to CTO, lived in a terminal."""

__version__ = "0.1.0"
