"""Parse the course's Markdown into blocks and lay them out as lines of styled text, for both front ends."""
