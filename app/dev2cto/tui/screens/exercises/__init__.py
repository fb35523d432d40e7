"""The pages of exercises: one for each kind."""
