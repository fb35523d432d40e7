"""The answer forms at the prompt: what to print, and how a typed line is interpreted."""
