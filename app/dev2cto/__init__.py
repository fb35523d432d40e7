"""dev2cto: a self-study course from web developer to CTO, for the terminal."""

__version__ = "0.1.0"
