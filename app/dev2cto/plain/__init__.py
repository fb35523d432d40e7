"""Plain mode: append-only output for screen readers, dumb terminals, serial lines and pipes."""
