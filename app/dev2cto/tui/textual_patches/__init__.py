"""Where dev2cto reaches behind Textual's public names; see the README beside this file."""
