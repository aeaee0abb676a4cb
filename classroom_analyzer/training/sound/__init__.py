"""Judges speech, sound modes, phases and the teacher's voice; trains the voice background."""
