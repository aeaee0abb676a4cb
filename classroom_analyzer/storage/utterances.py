"""What was said, in lesson.db: times and roles always, speaker and sealed words where policy and key allow them.

Words lie under their speaker's own key, so that erasing a participant erases what they said. Words of nobody known (a
recogniser hears no names) lie under a key of their own, so that they can be erased too, all at once.
"""

from __future__ import annotations

import sqlite3

from classroom_analyzer.domain.transcript import SpeakerRole, Utterance
from classroom_analyzer.storage.vault import Vault, participant_scope

__all__ = ["UNKNOWN_SPEAKER_SCOPE", "insert_utterance", "read_utterances"]

UNKNOWN_SPEAKER_SCOPE = "speech"
_KIND = "utterance"


def insert_utterance(connection: sqlite3.Connection, vault: Vault | None, number: int, utterance: Utterance) -> None:
    """Add one row.

    Args:
        connection: Inside a transaction.
        vault: None where nothing about single people may be kept.
        number: From 1, each once.
        utterance: What was said.
    """
    speaker = sealed = None
    if vault is not None:
        speaker = utterance.speaker
        sealed = vault.seal(_scope(speaker), _KIND, number, utterance.text.encode("utf-8", "replace"))
    connection.execute(
        "INSERT INTO utterances VALUES (?, ?, ?, ?, ?, ?)",
        (number, utterance.start_ns, utterance.end_ns, speaker, str(utterance.role), sealed),
    )


def read_utterances(connection: sqlite3.Connection, vault: Vault | None) -> list[Utterance]:
    """Return the utterances whose words are kept, by start; those of erased speakers are left out.

    Raises:
        LessonDamagedError: A record was changed or cut.
    """
    there = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'utterances'").fetchone()
    if there is None or vault is None:  # lessons made before there were transcripts have no table
        return []
    rows = connection.execute(
        "SELECT id, start_ns, end_ns, speaker, role, sealed FROM utterances WHERE sealed IS NOT NULL"
        " ORDER BY start_ns, id"
    )
    found = []
    for number, start_ns, end_ns, speaker, role, sealed in rows:
        words = vault.open(_scope(speaker), _KIND, number, sealed)
        if words is not None:
            found.append(Utterance(start_ns, end_ns, speaker, SpeakerRole(role), words.decode("utf-8")))
    return found


def _scope(speaker: str | None) -> str:
    return UNKNOWN_SPEAKER_SCOPE if speaker is None else participant_scope(speaker)
