"""Tables of lesson.db, format version 1.

Times ``t_s`` are whole seconds on the lesson clock, ``*_wall`` are ISO 8601 in UTC. A ``sealed`` column holds a record
of the vault. ``spool_*`` tables hold the rows of the second-by-second files until the lesson is closed.
"""

from __future__ import annotations

__all__ = ["FORMAT_VERSION", "LABEL_UNDOS_TABLE", "MARKER_UNDOS_TABLE", "SCHEMA", "SEAT_EDITS_TABLE"]

FORMAT_VERSION = 1

# Made when the first seat is edited: lessons without the table have no edits.
SEAT_EDITS_TABLE = """
CREATE TABLE IF NOT EXISTS seat_edits (id INTEGER PRIMARY KEY, made_wall TEXT NOT NULL, edit TEXT NOT NULL,
    undone_wall TEXT);
"""

# Made when the first label is undone: in lessons without the table every label is in force.
LABEL_UNDOS_TABLE = """
CREATE TABLE IF NOT EXISTS label_undos (label INTEGER PRIMARY KEY, undone_wall TEXT NOT NULL);
"""

# Made when the first marker is taken back: in lessons without the table every marker is in force.
MARKER_UNDOS_TABLE = """
CREATE TABLE IF NOT EXISTS marker_undos (marker INTEGER PRIMARY KEY, undone_wall TEXT NOT NULL);
"""

SCHEMA = """
CREATE TABLE vault (kind TEXT NOT NULL, salt BLOB NOT NULL, proof BLOB NOT NULL);
CREATE TABLE keys (scope TEXT PRIMARY KEY, wrapped BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE audit (id INTEGER PRIMARY KEY, entry TEXT NOT NULL, hash TEXT NOT NULL);
CREATE TABLE consent (id INTEGER PRIMARY KEY, at_wall TEXT NOT NULL, policy TEXT NOT NULL, basis TEXT NOT NULL,
    place TEXT, ethics_reference TEXT, legal_basis TEXT);
CREATE TABLE events (id INTEGER PRIMARY KEY, t_s INTEGER NOT NULL, kind TEXT NOT NULL, detail TEXT NOT NULL);
CREATE TABLE gaps (id INTEGER PRIMARY KEY, modality TEXT NOT NULL, from_s REAL NOT NULL, to_s REAL NOT NULL,
    reason TEXT NOT NULL);
CREATE TABLE markers (id INTEGER PRIMARY KEY, t_s INTEGER NOT NULL, sealed BLOB);
CREATE TABLE labels (id INTEGER PRIMARY KEY, t_s INTEGER NOT NULL, seat INTEGER, kind TEXT NOT NULL,
    value INTEGER NOT NULL, estimate_visible INTEGER NOT NULL, source TEXT NOT NULL);
CREATE TABLE seats (seat INTEGER PRIMARY KEY, excluded INTEGER NOT NULL);
CREATE TABLE chat (id INTEGER PRIMARY KEY, t_ns INTEGER NOT NULL, participant TEXT, sealed BLOB);
CREATE TABLE utterances (id INTEGER PRIMARY KEY, start_ns INTEGER NOT NULL, end_ns INTEGER NOT NULL, speaker TEXT,
    role TEXT NOT NULL, sealed BLOB);
CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE spool_indicators (id INTEGER PRIMARY KEY, t_s INTEGER NOT NULL, name TEXT NOT NULL, value REAL,
    unit TEXT NOT NULL, quality REAL, n INTEGER);
CREATE TABLE spool_estimates (t_s INTEGER PRIMARY KEY, engagement REAL, low REAL, high REAL, p0 REAL, p1 REAL,
    p2 REAL, p3 REAL, coverage REAL NOT NULL, w_vision REAL, w_audio REAL, w_text REAL, phase TEXT NOT NULL,
    status TEXT NOT NULL);
CREATE TABLE spool_seats (seat INTEGER NOT NULL, t_s INTEGER NOT NULL, sealed BLOB NOT NULL,
    PRIMARY KEY (seat, t_s)) WITHOUT ROWID;
"""
