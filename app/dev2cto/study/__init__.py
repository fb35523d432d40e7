"""What a face holds: the course and the record joined by the rules of learning. Everything saves before it returns."""
