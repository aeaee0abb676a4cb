"""The plain-language README that travels in every lesson folder."""

from __future__ import annotations

__all__ = ["README_NAME", "README_TEXT"]

README_NAME = "README.txt"

README_TEXT = """\
This folder is one lesson, made by Classroom Analyzer on this computer. Nothing in it was sent anywhere.

lesson.json         what this lesson is: when, under which policy, with which program and models
lesson.db           events, gaps, markers, and the log of what was done with this lesson (SQLite)
indicators.parquet  what was measured about the class, second by second
estimates.parquet   the class estimate with its uncertainty, second by second
seats.parquet.enc   rows of numbered seats, encrypted; only there where the policy allows it and a key was set
summary.json        the figures of the whole lesson
media/              encrypted recording; only there if you chose to record
before-recovery/    the damaged database, kept when this lesson was recovered; only there in such a case
exports/            reports you made; each is a folder of its own and never overwritten

Chat text, spoken words, notes and seat rows are encrypted with a key from this computer's key ring or your passphrase.
Without that key nobody can read them, you included. Reports in exports/ are not encrypted.

The figures are built on observable participation. They can be wrong about any person. Do not use them for grades,
discipline, ranking or the appraisal of teachers. To delete the lesson, delete this folder.
"""
