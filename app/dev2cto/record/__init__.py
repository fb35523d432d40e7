"""What the learner did: TinyDB on append-only journals that survive crashes, full disks and second sessions."""
