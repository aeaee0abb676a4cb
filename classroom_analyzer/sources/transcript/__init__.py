"""Transcripts of a lesson: what was said, as caption files hold it."""
