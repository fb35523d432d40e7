"""All uses of Textual's private names; see the README beside this file."""
