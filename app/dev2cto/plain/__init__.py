"""Plain mode: appends only, for screen readers, dumb terminals, serial lines and pipes."""
